"""The text of the story, as files beside this module that people can read and change."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
IMPORTED = FOLDER / "imported.csv"
Told = dict[str, Any]


def offices() -> dict[str, Told]:
    return _read(FOLDER / "offices.toml")


def partners() -> dict[str, Told]:
    return _read(FOLDER / "partners.toml")


def vacancies() -> dict[str, Told]:
    """By partner and name, "logam/las-konstruksi"."""
    return {
        f"{path.stem}/{name}": told
        for path in sorted((FOLDER / "vacancies").glob("*.toml"))
        for name, told in _read(path).items()
    }


def programmes() -> dict[str, Told]:
    return _read(FOLDER / "programmes.toml")


def people() -> list[Told]:
    return _read(FOLDER / "people.toml")["client"]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

"""Reads the vocabulary files, and finds an entry by any of its names."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from training.vocabulary.spelling import plain

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Skill:
    id: str
    label: str
    english: str
    group: str
    """Name of its file: "las-dan-logam"."""
    aliases: tuple[str, ...] = ()
    skkni: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True)
class Occupation:
    id: str
    isco: str
    """ISCO-08 unit group, four digits."""
    kbji: str
    """KBJI, "7212.01" or its four-digit group."""
    label: str
    english: str
    about: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """Words that name this trade and others; found by them, but never decided by them."""
    said: tuple[str, ...] = ()
    """How people describe the work when they do not name it: "yang motong rambut". Evidence, never a name."""
    licences: tuple[str, ...] = ()
    essential: tuple[str, ...] = ()
    useful: tuple[str, ...] = ()
    sector: str = ""
    kbji_edition: int = 2014
    """The year of the KBJI that the code is from. A row that follows a later one (there is one of 2026) says so."""
    retired: bool = False


@dataclass(frozen=True)
class Licence:
    id: str
    label: str
    english: str
    about: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    occupations: dict[str, Occupation]
    skills: dict[str, Skill]
    licences: dict[str, Licence]
    groups: dict[str, str] = field(default_factory=dict)
    """Label of each skill group."""
    version: str = ""
    """Differs whenever words were added since; empty for the files alone."""

    @cached_property
    def occupation_names(self) -> dict[str, str]:
        """plain name -> occupation id, for every label, English label and alias."""
        return _names(self.occupations)

    @cached_property
    def skill_names(self) -> dict[str, str]:
        """plain name -> skill id."""
        return _names(self.skills)

    def occupation_named(self, text: str) -> Occupation | None:
        """The occupation with exactly this name, however it is written; None if no name or several decide."""
        found = self.occupation_names.get(plain(text))
        return self.occupations[found] if found else None

    def skill_named(self, text: str) -> Skill | None:
        found = self.skill_names.get(plain(text))
        return self.skills[found] if found else None


def _names(entries: dict[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    # A label outranks an alias, and an Indonesian name an English one.
    for entry in entries.values():
        names.setdefault(plain(entry.label), entry.id)
    for entry in entries.values():
        for alias in entry.aliases:
            names.setdefault(plain(alias), entry.id)
    for entry in entries.values():
        names.setdefault(plain(entry.english), entry.id)
        names.setdefault(plain(entry.id), entry.id)
    return names


def read(folder: Path = FOLDER) -> Vocabulary:
    """Everything below `folder`. Raises ValueError naming file and entry when a file cannot be read."""
    occupations: dict[str, Occupation] = {}
    skills: dict[str, Skill] = {}
    groups: dict[str, str] = {}
    for path in sorted((folder / "skills").glob("*.toml")):
        content = parse(path)
        groups[path.stem] = content["title"]
        for id, entry in content["skills"].items():
            _add(skills, Skill, path, id, {**entry, "group": path.stem})
    for path in sorted((folder / "occupations").glob("*.toml")):
        for id, entry in parse(path).items():
            _add(occupations, Occupation, path, id, {**entry, "sector": path.stem})
    licences: dict[str, Licence] = {}
    for id, entry in parse(folder / "licences.toml").items():
        _add(licences, Licence, folder / "licences.toml", id, entry)
    return Vocabulary(occupations, skills, licences, groups)


def parse(path: Path) -> dict[str, Any]:
    """A TOML file. Raises ValueError naming it when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise ValueError(f"{path.name}: {problem}") from problem


def _add(entries: dict[str, Any], kind: type, path: Path, id: str, values: dict[str, Any]) -> None:
    if id in entries:
        raise ValueError(f"{path.name}: {id} stands twice")
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    try:
        entries[id] = kind(id=id, **frozen)
    except TypeError as problem:
        raise ValueError(f"{path.name}: {id}: {problem}") from problem


@cache
def shipped() -> Vocabulary:
    """The vocabulary of the files alone, read once per process."""
    return read()


_words: Vocabulary | None = None
_forget: list[Callable[[], None]] = []
Remembered = TypeVar("Remembered", bound=Callable[..., Any])


def vocabulary() -> Vocabulary:
    """The files, with the words this installation has added as far as this process knows (training.vocabulary.added).

    The object is another one whenever the words changed, so nobody should keep it.
    """
    return _words or shipped()


def use(words: Vocabulary) -> None:
    """From now on `vocabulary()` is this, and whatever was worked out from another one is forgotten."""
    global _words
    _words = words
    for forget in _forget:
        forget()


def while_words_last(function: Remembered) -> Remembered:
    """Remembers answers like functools.lru_cache, until the words change."""
    remembering = lru_cache(maxsize=1024)(function)
    _forget.append(remembering.cache_clear)
    return remembering  # type: ignore[return-value]

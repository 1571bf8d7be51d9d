"""What people really type, each text with the ids that answer it, and the one split into two halves.

The texts stand with the tests, in a checkout only. `titles.tsv` names occupations, `skills_titles.tsv` skills; both were written by hand from how people speak, without
looking at the aliases or the resolver. Columns: text, ids (comma separated, every acceptable one, the best first),
kind. Where a text names several trades or is ambiguous the order of its ids says little. The test half is for the
report only: whoever adds an alias because a text of the test half was missed has spoilt it.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from portal.settings import ROOT

FOLDER = ROOT / "tests" / "bench"


class Kind(StrEnum):
    """How a text was meant; NONE names nothing of ours and is the only kind without ids."""

    ADVERT = "advert"
    CHAT = "chat"
    MISSPELT = "misspelt"
    REGIONAL = "regional"
    DESCRIPTION = "description"
    MIXED = "mixed"
    BRAND = "brand"
    PLAIN = "plain"
    SEVERAL = "several"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Half(StrEnum):
    """Development may be looked at while words are added; test is read by the report alone."""

    DEVELOPMENT = "development"
    TEST = "test"


@dataclass(frozen=True)
class Labelled:
    """One text with the ids that answer it."""

    text: str
    ids: tuple[str, ...]
    kind: Kind

    @property
    def half(self) -> Half:
        """Depends on the text alone, so that a new line never moves an old one to the other half."""
        return Half.TEST if sha256(self.text.encode()).digest()[-1] % 2 else Half.DEVELOPMENT


def titles() -> list[Labelled]:
    """Texts that name occupations. Raises ValueError for a line without three columns or with an unknown kind."""
    return _read(FOLDER / "titles.tsv")


def skill_phrases() -> list[Labelled]:
    """Texts that name skills. Raises as `titles` does."""
    return _read(FOLDER / "skills_titles.tsv")


def of_half(texts: list[Labelled], half: Half) -> list[Labelled]:
    """The texts of one half, in the order of the file."""
    return [labelled for labelled in texts if labelled.half is half]


def _read(path: Path) -> list[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        # Texts are taken as typed, so a quotation mark is a letter like any other.
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Labelled(text, tuple(filter(None, ids.split(","))), Kind(kind)) for text, ids, kind in rows]

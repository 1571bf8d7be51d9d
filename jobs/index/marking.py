"""Where in a text the words stand that were asked for."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from jobs.index.port import Marked
from jobs.index.words import FILLERS, words

STEMMER = snowballstemmer.stemmer("indonesian")
WORD = re.compile(r"[\w+#]+")
AROUND = 90
"""Characters of a snippet before the first word that is marked."""
LONGEST = 220


class Term(Protocol):
    """One word of a question."""

    @property
    def word(self) -> str: ...
    @property
    def opens(self) -> bool: ...


def title(text: str, terms: Sequence[Term]) -> Marked | None:
    return Marked(text, tuple(_marks(text, terms))) if terms else None


def snippet(text: str, terms: Sequence[Term]) -> Marked | None:
    """The piece around the first place; None where the text holds none of the words."""
    first = next(_marks(text, terms), None) if terms else None
    if first is None:
        return None
    start = _word_start(text, max(0, first[0] - AROUND))
    end = _word_end(text, max(first[1], start + LONGEST))
    piece = " ".join(text[start:end].split())
    said = f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"
    return Marked(said, tuple(_marks(said, terms)))


def _marks(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    telling = [term for term in terms if term.word not in FILLERS] or terms
    stems = {_folded(term.word)[0][1] for term in telling if _folded(term.word)}
    beginnings = tuple(term.word for term in telling if term.opens)
    for found in WORD.finditer(text):
        # Folding may change how long a word is, so places are those of the text as it stands.
        if any(stem in stems or word.startswith(beginnings) for word, stem in _folded(found.group())):
            yield found.span()


@lru_cache(maxsize=50_000)
def _folded(text: str) -> tuple[tuple[str, str], ...]:
    """The plain words of it, each with its stem."""
    return tuple((word, STEMMER.stemWord(word) or word) for word in words(text))


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1 or place


def _word_end(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), place - LONGEST // 4)

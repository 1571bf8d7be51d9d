"""Where in a text the words stand that were asked for."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from jobs.index.port import Document, Marked
from jobs.index.words import FILLERS, words

STEMMER = snowballstemmer.stemmer("indonesian")
WORD = re.compile(r"[\w+#]+")
AROUND = 90
"""Characters of a snippet before the first word that is marked."""
LONGEST = 220


class Term(Protocol):
    """One word of a question. `opens`: as the beginning of one."""

    @property
    def word(self) -> str: ...

    @property
    def opens(self) -> bool: ...


class Marker:
    """Marks the texts of one answer; whether a word is meant is found out once for all of them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [term for term in terms if term.word not in FILLERS] or terms
        self._stems = {_stem(term.word) for term in self._terms if not term.opens}
        self._beginnings = tuple(term.word for term in self._terms if term.opens)
        self._met: dict[str, bool] = {}
        self._hint = re.compile("|".join(map(_core, self._terms)), re.IGNORECASE)

    def of(self, document: Document) -> tuple[Marked | None, Marked | None]:
        """Its title and, where that holds none of the words, the piece of its description that does."""
        title = self.title(document.title)
        return title, None if title is None or title.marks else self.snippet(document.description)

    def title(self, text: str) -> Marked | None:
        return Marked(text, tuple(self._marks(text))) if self._terms else None

    def snippet(self, text: str) -> Marked | None:
        """The piece around the first place; None where the text holds none of the words."""
        first = next(self._marks(text), None) if self._terms else None
        if first is None:
            return None
        start = _word_start(text, max(0, first[0] - AROUND))
        end = _word_end(text, max(first[1], start + LONGEST))
        piece = " ".join(text[start:end].split())
        said = f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"
        return Marked(said, tuple(self._marks(said)))

    def _marks(self, text: str) -> Iterator[tuple[int, int]]:
        if text.isascii() and not self._hint.search(text):
            return
        for found in WORD.finditer(text):
            word = found.group()
            met = self._met.get(word)
            if met is None:
                met = self._met[word] = self._is_met(word)
            if met:
                yield found.span()

    def _is_met(self, word: str) -> bool:
        # Folding may make two words of one and change its length, so places are those of the text as it stands.
        return any(each.startswith(self._beginnings) or _stem(each) in self._stems for each in words(word))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return STEMMER.stemWord(word) or word


def _core(term: Term) -> str:
    """What every word that is meant holds: stemming takes away at the ends, and changes the first letter at most."""
    return re.escape(term.word if term.opens else _stem(term.word)[1:]) if term.word.isalnum() else ""


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1 or place


def _word_end(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), place - LONGEST // 4)

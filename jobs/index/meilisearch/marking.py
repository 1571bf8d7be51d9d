"""Where in a text the words stand that were asked for."""

import re
from collections.abc import Iterator

from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Marked
from jobs.index.words import FILLERS, words

WORD = re.compile(r"[\w+#]+")
AROUND = 90
"""Characters of a snippet before the first word that is marked."""
LONGEST = 220


def title(text: str, question: Question) -> Marked | None:
    return Marked(text, tuple(_marks(text, question))) if question.terms else None


def snippet(text: str, question: Question) -> Marked | None:
    """The piece around the first place; None where the text holds none of the words."""
    first = next(_marks(text, question), None) if question.terms else None
    if first is None:
        return None
    start = _word_start(text, max(0, first[0] - AROUND))
    end = _word_end(text, max(first[1], start + LONGEST))
    piece = " ".join(text[start:end].split())
    said = f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"
    return Marked(said, tuple(_marks(said, question)))


def _marks(text: str, question: Question) -> Iterator[tuple[int, int]]:
    telling = [term for term in question.terms if term.word not in FILLERS] or question.terms
    for found in WORD.finditer(text):
        # Folding may change how long a word is, so places are those of the text as it stands.
        folded = words(found.group())
        if any(term.meets(word) for word in folded for term in telling):
            yield found.span()


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1 or place


def _word_end(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), place - LONGEST // 4)

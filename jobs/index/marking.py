"""Where in a text the words stand that were asked for."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from jobs.index.port import Marked
from jobs.index.words import name_words

WORD = re.compile(r"[\w+#]+")
AROUND = 90
"""Characters of a snippet before the first word that is marked."""
LONGEST = 220

Meets = Callable[[str], bool]
"""Whether a plain word is one that was asked for."""
Names = Collection[tuple[str, ...]]
"""Whole names that count as asked for, as plain words: those of the trade that was meant."""


def mark(text: str, meets: Meets, names: Names = ()) -> Marked:
    """The whole text. Its places are those of the text as it stands, because folding may change how long a word is."""
    return Marked(text, tuple(_marks(text, meets, names)))


def snippet(text: str, meets: Meets) -> Marked | None:
    """The piece around the first place; None where the text holds none of the words."""
    first = next(_marks(text, meets), None)
    if first is None:
        return None
    start = _word_start(text, max(0, first[0] - AROUND))
    end = _word_end(text, max(first[1], start + LONGEST))
    piece = " ".join(text[start:end].split())
    return mark(f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}", meets)


def _marks(text: str, meets: Meets, names: Names = ()) -> Iterator[tuple[int, int]]:
    found = list(WORD.finditer(text)) if names else WORD.finditer(text)
    named = _named([name_words(each.group()) for each in found], names) if names else frozenset()
    for place, each in enumerate(found):
        # One written word may be several plain ones, and nearly all come again and again.
        if place in named or any(map(meets, name_words(each.group()))):
            yield each.span()


def _named(said: Sequence[tuple[str, ...]], names: Names) -> frozenset[int]:
    """Places of the words that make up one of the names."""
    plain = [" ".join(each) for each in said]
    return frozenset(
        place
        for name in names
        for start in range(len(plain) - len(name) + 1)
        if tuple(plain[start : start + len(name)]) == name
        for place in range(start, start + len(name))
    )


def _word_start(text: str, place: int) -> int:
    return 0 if place == 0 else text.find(" ", place) + 1 or place


def _word_end(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), place - LONGEST // 4)

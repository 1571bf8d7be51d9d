"""The words an index without Indonesian is searched by: plain, with their stems beside them, and names in one piece."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import snowballstemmer

from jobs.index.words import wide_meanings, words
from training.vocabulary import while_words_last

STEMMER = snowballstemmer.stemmer("indonesian")
LONGEST_NAME = 3
"""Words. The server tries up to three neighbouring words of a question as one: "montir motor" also as "montirmotor"."""
SPELLED = str.maketrans({"+": "plus", "#": "sharp", "_": "x"})
"""Signs that are part of a word here and would split it there: "c++"."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """As PostgreSQL's `indonesian_stem` has it, so that both indexes take the same words for one."""
    return (STEMMER.stemWord(word) or word).translate(SPELLED)


def token(word: str) -> str:
    return word.translate(SPELLED)


def searchable(given: Iterable[str]) -> str:
    """Every word, and its stem after it where that differs: whole words are asked for by stem, beginnings as typed."""
    found: list[str] = []
    for word in given:
        whole, short = token(word), stem(word)
        found += [whole] if whole == short else [whole, short]
    return " ".join(found)


@while_words_last
def names() -> Mapping[str, tuple[str, ...]]:
    """`o:` and `k:` marks -> what people call them, each name in one piece: "montirmotor".

    A question's neighbouring words are joined in the same way by the server, as one more way to meet them: a name
    is met whole or not at all, and its single words find nothing by it.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, marks in wide_meanings().items():
        parts = words(name)
        if 0 < len(parts) <= LONGEST_NAME:
            for mark in marks:
                found[mark].append("".join(map(stem, parts)))
    return {mark: tuple(dict.fromkeys(joined)) for mark, joined in found.items()}


def own_names(title: str, trade: str | None) -> Iterator[str]:
    """The names of its own trade that a title holds, each in one piece: of a head barista none, of a barista "barista"."""
    given = words(title)
    for start in range(len(given)):
        for end in range(start + 1, min(len(given), start + LONGEST_NAME) + 1):
            if f"o:{trade}" in wide_meanings().get(" ".join(given[start:end]), ()):
                yield "".join(map(stem, given[start:end]))

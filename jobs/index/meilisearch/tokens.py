"""The words an index without Indonesian is searched by: plain, with their stems beside them, and names in one piece."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from jobs.index.words import meanings, words
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
    return " ".join(map(_forms, given))


@lru_cache(maxsize=200_000)
def _forms(word: str) -> str:
    whole, short = token(word), stem(word)
    return whole if whole == short else f"{whole} {short}"


@dataclass(frozen=True)
class Name:
    """What people call a trade or a skill, in stems and in one piece: "montirmotor"."""

    stems: tuple[str, ...]
    joined: str


@while_words_last
def names() -> Mapping[str, tuple[Name, ...]]:
    """`o:` and `k:` marks -> their names.

    A question's neighbouring words are joined in the same way by the server, as one more way to meet them: a name
    is met whole or not at all, and its single words find nothing by it.
    """
    found: dict[str, dict[str, Name]] = defaultdict(dict)
    for name, marks in meanings().items():
        stems = tuple(map(stem, words(name)))
        if 0 < len(stems) <= LONGEST_NAME:
            for mark in marks:
                found[mark].setdefault("".join(stems), Name(stems, "".join(stems)))
    return {mark: tuple(joined.values()) for mark, joined in found.items()}

"""Typing mistakes: which word somebody meant who typed one that nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters. Shorter words are codes and trade words ("las", "AC", "SIM C"): nearly all of them are one letter apart."""
TWO_MISTAKES_FROM = 8
"""Letters. One mistake below; the same letters as the second makes a different word in shorter ones."""


@dataclass(frozen=True)
class Near:
    """A known word that looks like the one typed."""

    word: str
    weight: int
    """How much it is in use: vacancies that hold it, and names of the vocabulary."""


def may_be_wrong(word: str) -> bool:
    """Long enough, and letters only: "k3" and "b1" are no misspelt words."""
    return len(word) >= SHORTEST and word.isalpha()


def mend(word: str, known: Sequence[Near]) -> str | None:
    """The word that was meant: fewest mistakes, then the same first letter, then the one most in use.

    Mistakes are letters missing, too many, wrong, or swapped with a neighbour (optimal string alignment distance).
    """
    allowed = 2 if len(word) >= TWO_MISTAKES_FROM else 1
    ranked = [
        (apart, each.word[0] != word[0], -each.weight, each.word)
        for each in known
        if len(each.word) >= SHORTEST and (apart := OSA.distance(word, each.word)) <= allowed
    ]
    return min(ranked)[3] if ranked else None

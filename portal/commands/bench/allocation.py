"""The measurement of `portal bench allocation`: scoring, the solver step, and bare scipy on the same matrix in the same run.

Needs no database: an allocation is pure once clients and vacancies are read.
"""

from collections.abc import Callable, Sequence
from time import perf_counter, process_time
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from jobs.allocation.fitting import Terms, fits
from jobs.allocation.solving import allocate, first_come
from jobs.bench import profiles, vacancies
from jobs.matching.facts import Occupation, Vacancy
from jobs.matching.reading import background
from portal.places import regions
from training.vocabulary import vocabulary

SIZES = (200, 2_000)
LEVEL = 1.2
"""Most that the solver step may take of what bare scipy takes; at the largest size."""
TERMS = Terms(floor=0.4, reach_km=60.0)
RUNS = 3
"""Both are run so often, in turns, and the quickest counts: what else the machine does only ever adds. For the same reason
the solver's time is the processor's, of which bare scipy and we each use one core."""
Tell = Callable[[str], None]


def measure(sizes: Sequence[int], tell: Tell) -> dict[str, Any]:
    """Figures for so many clients and as many vacancies: as matched, and with every pair possible, which is the hardest."""
    found: dict[str, Any] = {}
    for size in sizes:
        tell(f"Allocating {size} clients to {size} vacancies ...")
        people, offers = list(profiles.generated(size)), list(_offers(size))
        capacity = np.array([positions for _, positions in offers], dtype=np.int64)
        facts = [vacancy for vacancy, _ in offers]
        began = perf_counter()
        matched = fits(people, facts, TERMS, background())
        scoring = round(1000 * (perf_counter() - began), 1)
        # Any numbers do where every pair is possible; those of one seed are the same on every machine.
        everything = np.random.default_rng(3).random((size, size))
        found[str(size)] = {
            "scoring_ms": scoring,
            "matched": _solved(matched, capacity, TERMS.floor),
            "every_pair": _solved(everything, np.ones(size, dtype=np.int64), 0.0),
        }
    return {"sizes": found, "levels": _levels(found)}


def _solved(matrix: np.ndarray, capacity: np.ndarray, floor: float) -> dict[str, Any]:
    costs = expanded(matrix, capacity, floor)
    own, bare = [], []
    for _ in range(RUNS):
        own.append(_timed(lambda: allocate(matrix, capacity, floor)))
        bare.append(_timed(lambda: linear_sum_assignment(costs)))
    best, turns = allocate(matrix, capacity, floor), first_come(matrix, capacity, floor)
    return {
        "pairs": round(float((matrix >= floor).mean()), 5),
        "solver_ms": round(1000 * min(own), 2),
        "bare_scipy_ms": round(1000 * min(bare), 2),
        "ratio": round(min(own) / min(bare), 3),
        "total": round(best.total, 4),
        "bare_total": round(-float(costs[linear_sum_assignment(costs)].sum()), 4),
        "placed": best.placed,
        "first_come": {"total": round(turns.total, 4), "placed": turns.placed},
    }


def expanded(matrix: np.ndarray, capacity: np.ndarray, floor: float) -> np.ndarray:
    """What scipy is given without us: a column for each position, and nothing to gain from a pair that must not be."""
    allowed = matrix >= floor
    positions = np.repeat(
        np.arange(matrix.shape[1]), np.minimum(capacity, np.maximum(1, allowed.sum(axis=0)))
    )
    return np.asarray(np.where(allowed, -matrix, 0.0)[:, positions])


def _levels(found: dict[str, Any]) -> dict[str, Any]:
    largest = found[str(max(map(int, found)))] if found else {}
    return {
        f"solver_of_bare_{kind}": {
            "reached": figures["ratio"],
            "wanted": LEVEL,
            "met": figures["ratio"] <= LEVEL,
        }
        for kind, figures in largest.items()
        if kind != "scoring_ms"
    }


def _timed(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _offers(count: int) -> list[tuple[Vacancy, int]]:
    """Generated vacancies as matching knows them, with their positions."""
    trades, places = vocabulary().occupations, regions()
    found = []
    for number, each in enumerate(vacancies.generated(count)):
        trade, place = trades[each.row["occupation"]], places[each.row["region"]]
        facts = {
            name: each.row[name]
            for name in ("education", "employment_type", "wage_min", "wage_max", "experience_months")
        }
        vacancy = Vacancy(
            id=number,
            occupation=Occupation(trade.isco, trade.id),
            essential=frozenset(each.essential),
            useful=frozenset(each.useful),
            licences=frozenset(each.row["licences"]),
            latitude=place.latitude,
            longitude=place.longitude,
            employer=each.row["employer_name"],
            **facts,
        )
        found.append((vacancy, each.row["positions"]))
    return found

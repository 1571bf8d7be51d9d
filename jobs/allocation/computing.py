"""An allocation worked out: scored and solved in a thread, because it can take seconds and the pages of others must not wait."""

import asyncio
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from jobs.allocation.fitting import Terms, fits
from jobs.allocation.pool import Pool
from jobs.allocation.solving import NOBODY, Assignment, allocate, first_come
from jobs.matching.reading import background, facts_of
from jobs.matching.score import Match, match

_one_at_a_time = asyncio.Semaphore(1)


class Busy(Exception):
    """Another allocation is being worked out in this process."""


@dataclass(frozen=True)
class Worked:
    """The best assignment and that of taking turns; the matches of the best by row; milliseconds of both steps."""

    best: Assignment
    first: Assignment
    matches: dict[int, Match]
    scoring_ms: int
    solving_ms: int


async def work_out(pool: Pool, terms: Terms) -> Worked:
    """Raises Busy instead of taking a second core from whoever reads pages meanwhile."""
    if _one_at_a_time.locked():
        raise Busy
    async with _one_at_a_time:
        return await asyncio.to_thread(_work_out, pool, terms)


def _work_out(pool: Pool, terms: Terms) -> Worked:
    began = perf_counter()
    profiles, vacancies = pool.profiles, [facts_of(each) for each in pool.vacancies]
    matrix = fits(profiles, vacancies, terms, background(), pool.barred)
    scored = perf_counter()
    capacity = np.array([each.positions for each in pool.vacancies], dtype=np.int64)
    best = allocate(matrix, capacity, terms.floor)
    solved = perf_counter()
    return Worked(
        best,
        first_come(matrix, capacity, terms.floor),
        {
            row: match(profiles[row], vacancies[column], background())
            for row, column in enumerate(best.chosen.tolist())
            if column != NOBODY
        },
        round(1000 * (scored - began)),
        round(1000 * (solved - scored)),
    )

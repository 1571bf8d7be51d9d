"""The matrix that is solved: the product's own score of every client and vacancy, NaN where a pair must not be.

Pure, as all of matching. A pair must not be where the vacancy does not fit by `jobs.matching.steps.gap` (a licence the law
demands, the way, the work), where it is beyond the reach of this allocation, or where something else bars it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jobs.matching.dense import Market
from jobs.matching.facts import Profile, Vacancy
from jobs.matching.parts import kilometres_for
from jobs.matching.seeker import Background, Seeker
from jobs.matching.steps import gap


@dataclass(frozen=True)
class Terms:
    """What an allocation is made under: the lowest fit, 0 to 1, and the longest way from home, in kilometres."""

    floor: float
    reach_km: float


def fits(
    profiles: Sequence[Profile],
    vacancies: Sequence[Vacancy],
    terms: Terms,
    background: Background,
    barred: Callable[[int, int], bool] = lambda client, vacancy: False,
) -> np.ndarray:
    """A row for each profile, a column for each vacancy. `barred` is asked with their places about every pair that is left."""
    market = Market(vacancies)
    matrix = np.full((len(profiles), len(vacancies)), np.nan)
    for client, profile in enumerate(profiles):
        seeker = Seeker(profile, background)
        scores = market.scores(seeker)
        # The score of everything takes no longer than one question about a few, so the questions are for what reaches the floor.
        for vacancy in np.flatnonzero(scores >= terms.floor).tolist():
            if _may(seeker, vacancies[vacancy], terms) and not barred(client, vacancy):
                matrix[client, vacancy] = scores[vacancy]
    return matrix


def _may(seeker: Seeker, vacancy: Vacancy, terms: Terms) -> bool:
    """A place that is not known is no hindrance: nobody knows that it is far."""
    far = kilometres_for(seeker, vacancy)
    return (far is None or far <= terms.reach_km) and gap(seeker, vacancy).fits

"""The matrix that is solved: the product's own score of every client and vacancy, NaN where a pair must not be.

Pure, as all of matching. A pair must not be where the vacancy does not fit by `jobs.matching.steps.gap` (a licence the law
demands, the way, the work), where it is beyond the reach of this allocation, or where something else bars it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from jobs.matching.dense import Market
from jobs.matching.facts import Profile, Vacancy
from jobs.matching.parts import kilometres
from jobs.matching.seeker import Background, Seeker
from jobs.matching.steps import gap


@dataclass(frozen=True)
class Terms:
    """What an allocation is made under: the lowest fit, 0 to 1, and the longest way from home, in kilometres."""

    floor: float
    reach_km: float


Place = tuple[float | None, float | None]
"""Latitude and longitude in degrees, as far as they are known."""


def fits(
    profiles: Sequence[Profile],
    vacancies: Sequence[Vacancy],
    terms: Terms,
    background: Background,
    barred: Callable[[int, int], bool] = lambda client, vacancy: False,
) -> np.ndarray:
    """A row for each profile, a column for each vacancy. `barred` is asked with their places about every pair that is left."""
    matrix = np.full((len(profiles), len(vacancies)), np.nan)
    # Most vacancies are too far from most homes, and who lives in one place has the same ones near.
    homes = _grouped((each.latitude, each.longitude) for each in profiles)
    works = _grouped((each.latitude, each.longitude) for each in vacancies)
    for clients in homes.values():
        near = _near(profiles[clients[0]], works, vacancies, terms.reach_km)
        market = Market([vacancies[place] for place in near])
        for client in clients:
            seeker = Seeker(profiles[client], background)
            scores = market.scores(seeker)
            # Scoring everything takes no longer than asking about a few, so it is asked about those that reach the floor.
            for found in np.flatnonzero(scores >= terms.floor).tolist():
                vacancy = near[found]
                if gap(seeker, vacancies[vacancy]).fits and not barred(client, vacancy):
                    matrix[client, vacancy] = scores[found]
    return matrix


def _grouped(places: Iterable[Place]) -> dict[Place, list[int]]:
    groups: dict[Place, list[int]] = {}
    for number, place in enumerate(places):
        groups.setdefault(place, []).append(number)
    return groups


def _near(
    profile: Profile, works: dict[Place, list[int]], vacancies: Sequence[Vacancy], reach_km: float
) -> list[int]:
    """Vacancies within reach of this home, in order. A place that is not known is no hindrance: nobody knows that it is far."""
    found = []
    for group in works.values():
        far = kilometres(profile, vacancies[group[0]])
        if far is None or far <= reach_km:
            found += group
    return sorted(found)

"""Nearly the score of a vacancy for matching, from the little of it that an index compares (docs/matching.md).

The three heaviest parts and three of the rules; whatever the other parts may be is taken to be alike. PostgreSQL works it
out itself (jobs.index.postgres.candidates); an index that cannot is asked for more, of which this keeps the best.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from jobs.index.port import Wanted
from jobs.matching.parts import TRAVEL_KM
from jobs.matching.score import BEYOND, GATE, REACH, WEIGHTS, WORK_ENOUGH, Name
from jobs.matching.seeker import NEARNESS
from training.vocabulary import vocabulary, while_words_last

OTHERS = 15.0
"""What the other parts add up to, more or less."""
TELLING = 0.5
"""What a skill adds to L / tau where nobody says how much it does: half of what makes up for most of a vacancy's."""


class Likeness:
    """For one person; whatever was worked out once is kept."""

    def __init__(self, wanted: Wanted) -> None:
        self._telling = {skill: wanted.telling.get(skill, TELLING) for skill in wanted.skills}
        self._trades = {isco[:digits]: near for digits, near in NEARNESS.items() for isco in wanted.iscos}
        self._licences = wanted.licences
        self._travel = travel_of(wanted)
        self._told = bool(wanted.reach_km)

    def of(self, skills: Iterable[str], isco: str | None, licences: Sequence[str], km: float | None) -> float:
        """`km`: None where nobody knows how far it is."""
        told = self._telling
        skilled = 1 - math.exp(-sum([told[skill] for skill in skills if skill in told]))
        trade = self._trade(isco) if isco else 0.0
        found = OTHERS + WEIGHTS[Name.SKILLS] * skilled + WEIGHTS[Name.OCCUPATION] * trade
        factor = min(1.0, max(skilled, trade) / WORK_ENOUGH)
        if km is not None:
            found += WEIGHTS[Name.DISTANCE] * 0.5 ** (km / self._travel)
            if self._told and km > self._travel:
                factor *= BEYOND ** (km / self._travel - 1)
        if licences and self._licences is not None and not self._licences.issuperset(licences):
            factor *= GATE
        return found * factor

    def _trade(self, isco: str) -> float:
        trades = self._trades
        return trades.get(isco) or trades.get(isco[:3]) or trades.get(isco[:2]) or 0.0


def travel_of(wanted: Wanted) -> float:
    """Kilometres the person travels, or is taken to."""
    return max(1.0, wanted.reach_km / REACH if wanted.reach_km else TRAVEL_KM)


@while_words_last
def trades_of_groups() -> Mapping[str, list[str]]:
    """ISCO-08 minor group, three digits -> the occupations in it."""
    found: dict[str, list[str]] = {}
    for each in vocabulary().occupations.values():
        found.setdefault(each.isco[:3], []).append(each.id)
    return found

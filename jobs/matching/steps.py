"""What still stands between a person and a vacancy, and what a single step would open. Pure, as all of matching.

A vacancy *fits* when the law's licences are there, the way is not longer than the person chose, and the work is
theirs: at least half of the skills asked for, or work of that kind done before. The rule sorts a list into what
fits and what nearly does; the order inside comes from the score alone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jobs.matching.facts import Vacancy
from jobs.matching.parts import NEARNESS, Seeker, kilometres, nearness

FURTHER_KM = 10
"""How much further a person is asked to think of travelling, but never more than twice as far as now."""
NO_STEP = 2
"""Weight of an obstacle that one step does not remove."""


class Kind(StrEnum):
    LICENCE = "licence"
    DISTANCE = "distance"
    SKILL = "skill"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A licence or skill to gain, by its id; or a distance to accept, in whole kilometres."""

    kind: Kind
    id: str = ""
    km: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """How many steps are missing. With exactly one, `steps` are those of which each alone would do.

    Where only one would, it is all that lacks: somebody who has one of three skills lacks two, and either would do.
    """

    count: int
    steps: frozenset[Step] = frozenset()

    @property
    def fits(self) -> bool:
        return self.count == 0

    @property
    def nearly(self) -> bool:
        """Whether a single requirement is all that lacks."""
        return len(self.steps) == 1


@dataclass(frozen=True, slots=True)
class Gain:
    """So many more vacancies would fit after this step."""

    step: Step
    count: int


def gap(seeker: Seeker, vacancy: Vacancy) -> Gap:
    """What is missing until the vacancy fits. What nobody knows of the person is not held against them."""
    lacking = [_licences(seeker, vacancy), _way(seeker, vacancy), _work(seeker, vacancy)]
    count = sum(each.count for each in lacking)
    return Gap(count, frozenset().union(*(each.steps for each in lacking)) if count == 1 else frozenset())


def gains(gaps: Iterable[Gap], limit: int = 3) -> list[Gain]:
    """The steps that open most of the vacancies these gaps belong to, the best first."""
    opened = Counter(step for each in gaps for step in each.steps)
    return [
        Gain(step, count) for step, count in sorted(opened.items(), key=lambda item: (-item[1], item[0]))
    ][:limit]


def further(travel_km: float) -> int:
    """The next distance to think of: candidates are not retrieved from beyond twice the distance chosen."""
    return round(min(travel_km + FURTHER_KM, 2 * travel_km)) if travel_km else FURTHER_KM


def _licences(seeker: Seeker, vacancy: Vacancy) -> Gap:
    held = seeker.profile.licences
    lacking = vacancy.licences - held if held is not None else frozenset()
    return Gap(len(lacking), frozenset(Step(Kind.LICENCE, id) for id in lacking))


def _way(seeker: Seeker, vacancy: Vacancy) -> Gap:
    far, limit = kilometres(seeker.profile, vacancy), seeker.profile.travel_km
    if far is None or limit is None or far <= limit:
        return Gap(0)
    reach = further(limit)
    return Gap(1, frozenset([Step(Kind.DISTANCE, km=reach)])) if far <= reach else Gap(NO_STEP)


def _work(seeker: Seeker, vacancy: Vacancy) -> Gap:
    asked = vacancy.essential or vacancy.useful
    if not asked or seeker.profile.skills is None:
        near = seeker.near(vacancy.occupation)[0] if vacancy.occupation else 0.0
        return Gap(0 if near >= NEARNESS[3] else NO_STEP)
    if vacancy.occupation and any(
        nearness(worked, vacancy.occupation) == 1 for worked in seeker.profile.occupations or ()
    ):
        return Gap(0)
    lacking = asked - seeker.skills
    short = (len(asked) + 1) // 2 - (len(asked) - len(lacking))
    return Gap(short, frozenset(Step(Kind.SKILL, id) for id in lacking)) if short > 0 else Gap(0)

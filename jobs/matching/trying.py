"""What if: one more skill, one more licence, some kilometres more, and which vacancies would then fit. Pure.

And which skill to learn next: the one that opens many vacancies and lies near what the person can already do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from jobs.matching.facts import Evidence, Profile, Vacancy
from jobs.matching.seeker import Background, Seeker
from jobs.matching.steps import Gap, Kind, gap

UNLOCKED, CLOSE = 0.6, 0.4
"""Weight of what a skill opens, against the most that any opens, and of how close it lies to what somebody can already:
the shares that Tabiya's matching engine gives to the two (MATCHING 3, item 1)."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried on; empty values change nothing."""

    skill: str = ""
    licence: str = ""
    km: int = 0

    def __bool__(self) -> bool:
        return bool(self.skill or self.licence or self.km)


@dataclass(frozen=True, slots=True)
class NextSkill:
    """`opens` so many vacancies by itself; `near` is the skill held that it goes with most often, if any does."""

    skill: str
    opens: int
    closeness: float
    near: str | None


def tried(profile: Profile, trial: Trial) -> Profile:
    """The profile as it would be. A licence is added to those known: where nobody has asked yet, none is held against
    anybody, and one more opens nothing. So is the distance: without a limit there is none to widen."""
    skills = {**(profile.skills or {}), trial.skill: Evidence.STATED} if trial.skill else profile.skills
    licences = profile.licences
    if trial.licence and licences is not None:
        licences |= {trial.licence}
    travel = profile.travel_km
    if trial.km and travel is not None:
        travel += trial.km
    return replace(profile, skills=skills, licences=licences, travel_km=travel)


def opened(
    profile: Profile, trial: Trial, vacancies: Iterable[Vacancy], background: Background
) -> list[Vacancy]:
    """Those that do not fit now and would."""
    before, after = Seeker(profile, background), Seeker(tried(profile, trial), background)
    return [each for each in vacancies if not gap(before, each).fits and gap(after, each).fits]


def next_skills(
    gaps: Iterable[Gap],
    held: Iterable[str],
    closeness: Callable[[str, str], float],
    limit: int = 3,
) -> list[NextSkill]:
    """The most useful skills to learn next, the best first; only such as open something by themselves."""
    own = sorted(held)
    opens: dict[str, int] = {}
    for each in gaps:
        for step in each.steps:
            if step.kind is Kind.SKILL:
                opens[step.id] = opens.get(step.id, 0) + 1
    most = max(opens.values(), default=1)
    found = []
    for skill, count in opens.items():
        close, near = max(((closeness(skill, one), one) for one in own), default=(0.0, None))
        found.append(NextSkill(skill, count, close, near if close > 0 else None))
    found.sort(key=lambda each: (-(UNLOCKED * each.opens / most + CLOSE * each.closeness), each.skill))
    return found[:limit]


def together(trades: Mapping[str, frozenset[str]]) -> Callable[[str, str], float]:
    """How close two skills are by the trades that need them (`trades`: skill -> trades): the cosine of the two sets,
    1 for two that always go together and 0 for two that never do."""
    nowhere: frozenset[str] = frozenset()

    def closeness(one: str, other: str) -> float:
        first, second = trades.get(one, nowhere), trades.get(other, nowhere)
        if not first or not second:
            return 0.0
        return len(first & second) / (len(first) * len(second)) ** 0.5

    return closeness

"""The score of one person and one vacancy: named parts that add up to it, and the order of a list."""

import heapq
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from jobs.matching import parts as measure
from jobs.matching.facts import Evidence, Profile, Vacancy, VacancyId
from jobs.matching.parts import Background, Seeker


class Name(StrEnum):
    """What the parts of a score are called."""

    SKILLS = "skills"
    OCCUPATION = "occupation"
    EXPERIENCE = "experience"
    DISTANCE = "distance"
    HOURS = "hours"
    EMPLOYMENT = "employment"
    WAGE = "wage"
    EDUCATION = "education"
    LICENCES = "licences"


# The one table of weights, in hundredths. A part about which too little is known drops out and the others share
# its weight in proportion. docs/matching.md gives the reasons at length; in short:
WEIGHTS: dict[Name, int] = {
    Name.SKILLS: 40,  # What a person can do says most about whether the work will go well.
    Name.OCCUPATION: 15,  # Work done before, or wished for; coarser than skills, but nearly always known.
    Name.DISTANCE: 15,  # A place that cannot be reached every day is a place that is lost.
    Name.HOURS: 7,  # Hours decide whether work and aftercare, family or prayer go together.
    Name.WAGE: 6,
    Name.EXPERIENCE: 5,  # Small on purpose: employers ask for more of it than the work needs.
    Name.LICENCES: 5,  # A lacking one is a gate besides, see GATE.
    Name.EDUCATION: 4,  # Small on purpose, for the same reason as experience.
    Name.EMPLOYMENT: 3,
}

# A licence that the law demands and the person lacks is a gate: every part of the score then counts half. So the
# vacancy stays in the list, with what would open it, below its equals and above what does not fit at all.
GATE = 0.5
# Where neither skills nor occupation can be compared, nothing says that the *work* fits, however near and well
# paid it is: every part counts half, or a vacancy that says nothing would beat one that says it fits.
WORK_UNKNOWN = 0.5

MEASURES: dict[Name, Callable[[Seeker, Vacancy], float | None]] = {
    Name.SKILLS: measure.skills,
    Name.OCCUPATION: measure.occupation,
    Name.EXPERIENCE: measure.experience,
    Name.DISTANCE: measure.distance,
    Name.HOURS: measure.hours,
    Name.EMPLOYMENT: measure.employment,
    Name.WAGE: measure.wage,
    Name.EDUCATION: measure.education,
    Name.LICENCES: measure.licences,
}
_MEASURED = [(name, WEIGHTS[name], function) for name, function in MEASURES.items()]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score. `contribution` is `value` times `weight_effective`, the weight after sharing."""

    name: Name
    value: float
    weight_effective: float
    contribution: float


@dataclass(frozen=True, slots=True)
class SkillMet:
    """A skill that the person has and the vacancy names; `share` is its share of the skills part."""

    skill: str
    evidence: Evidence
    essential: bool
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person and a vacancy, how well they fit, and all that is needed to say why.

    `score` is the sum of the parts' contributions, 0 to 1. `skills` come the most telling first. `gates` are the
    licences that the law demands and the person is known to lack.
    """

    profile: Profile = field(repr=False)
    vacancy: Vacancy = field(repr=False)
    score: float
    parts: tuple[Part, ...]
    skills: tuple[SkillMet, ...]
    missing_essential: tuple[str, ...]
    missing_useful: tuple[str, ...]
    gates: tuple[str, ...]
    distance_km: float | None

    def part(self, name: Name) -> float | None:
        """The value of one part, or None where it dropped out."""
        return next((part.value for part in self.parts if part.name == name), None)


def match(profile: Profile, vacancy: Vacancy, background: Background | None = None) -> Match:
    """One person and one vacancy, compared and explained."""
    return _explain(Seeker(profile, background or Background()), vacancy)


def rank(
    profile: Profile, vacancies: Iterable[Vacancy], limit: int, background: Background | None = None
) -> list[Match]:
    """The vacancies that fit best, at most `limit`: by score, then the newest, then the highest id.

    The ids are all numbers or all text.
    """
    seeker = Seeker(profile, background or Background())
    scored = ((score(seeker, vacancy), vacancy) for vacancy in vacancies)
    best = heapq.nlargest(limit, scored, key=_order)
    return [_explain(seeker, vacancy) for _, vacancy in best]


def _order(scored: tuple[float, Vacancy]) -> tuple[float, int, VacancyId]:
    reached, vacancy = scored
    return reached, vacancy.published.toordinal() if vacancy.published else 0, vacancy.id


def _weighed(seeker: Seeker, vacancy: Vacancy) -> list[tuple[Name, float, float]]:
    """The parts that can be told: name, value and effective weight."""
    known = []
    for name, weight, function in _MEASURED:
        value = function(seeker, vacancy)
        if value is not None:
            known.append((name, value, weight))
    shared = sum(weight for _, _, weight in known)
    factor = 1.0
    if _gates(seeker.profile, vacancy):
        factor *= GATE
    if not any(name is Name.SKILLS or name is Name.OCCUPATION for name, _, _ in known):
        factor *= WORK_UNKNOWN
    return [(name, value, factor * weight / shared) for name, value, weight in known]


def _gates(profile: Profile, vacancy: Vacancy) -> frozenset[str]:
    if profile.licences is None or not vacancy.licences:
        return frozenset()
    return vacancy.licences - profile.licences


def _sum(contributions: Iterable[float]) -> float:
    # Weights that add up to one in exact arithmetic may pass it by the last bit.
    return min(1.0, math.fsum(contributions))


def score(seeker: Seeker, vacancy: Vacancy) -> float:
    """How well they fit, 0 to 1; what `match` explains, for whoever ranks many."""
    return _sum(value * weight for _, value, weight in _weighed(seeker, vacancy))


def _explain(seeker: Seeker, vacancy: Vacancy) -> Match:
    parts = tuple(
        Part(name, value, weight, value * weight) for name, value, weight in _weighed(seeker, vacancy)
    )
    held = seeker.skills
    return Match(
        profile=seeker.profile,
        vacancy=vacancy,
        score=_sum(part.contribution for part in parts),
        parts=parts,
        skills=_skills_met(seeker, vacancy),
        missing_essential=tuple(sorted(vacancy.essential - held)),
        missing_useful=tuple(sorted(vacancy.useful - held)),
        gates=tuple(sorted(_gates(seeker.profile, vacancy))),
        distance_km=measure.kilometres(seeker.profile, vacancy),
    )


def _skills_met(seeker: Seeker, vacancy: Vacancy) -> tuple[SkillMet, ...]:
    terms = measure.skill_terms(seeker, vacancy)
    whole = math.fsum(terms.values())
    evidence = seeker.profile.skills or {}
    return tuple(
        SkillMet(skill, evidence[skill], skill in vacancy.essential, terms[skill] / whole)
        for skill in sorted(terms, key=lambda skill: (-terms[skill], skill))
    )

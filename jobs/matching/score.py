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
    WISHES = "wishes"


# The one table of weights, in hundredths. A part about which too little is known drops out and the others share
# its weight in proportion. docs/matching.md gives the reasons at length; in short:
WEIGHTS: dict[Name, int] = {
    Name.SKILLS: 37,  # What a person can do says most about whether the work will go well.
    Name.OCCUPATION: 14,  # Work done before, or wished for; coarser than skills, but nearly always known.
    Name.DISTANCE: 14,  # A place that cannot be reached every day is a place that is lost.
    Name.WISHES: 8,  # What somebody told us they keep away from; they know why.
    Name.HOURS: 7,  # Hours decide whether work and aftercare, family or prayer go together.
    Name.WAGE: 5,
    Name.EXPERIENCE: 5,  # Small on purpose: employers ask for more of it than the work needs.
    Name.LICENCES: 4,  # A lacking one is a gate besides, see GATE.
    Name.EDUCATION: 3,  # Small on purpose, for the same reason as experience.
    Name.EMPLOYMENT: 3,
}


class Side(StrEnum):
    """Whose hopes a part speaks of: what the work asks of a person, or what a person asks of the work."""

    WORK = "work"
    PERSON = "person"


OF_THE_WORK = (Name.SKILLS, Name.OCCUPATION, Name.EXPERIENCE, Name.LICENCES, Name.EDUCATION)
SIDES = {name: Side.WORK if name in OF_THE_WORK else Side.PERSON for name in Name}

# A licence that the law demands and the person lacks is a gate: every part of the score then counts half. So the
# vacancy stays in the list, with what would open it, below its equals and above what does not fit at all.
GATE = 0.5
# Where neither skills nor occupation can be compared, nothing says that the *work* fits, however near and well
# paid it is: every part counts half, or a vacancy that says nothing would beat one that says it fits.
WORK_UNKNOWN = 0.5
# Where they can be compared and hardly agree, all else counts the less: a wage and a way say nothing for work that is
# not theirs. From this value of the better of the two on everything counts in full; at nought nothing does.
WORK_ENOUGH = 0.4
# Work in no part of the day that they can work in is no work for them; where it is known, nothing else counts.
NO_HOURS = 0.0
# Beyond the distance that somebody said they can travel every part counts half at twice of it, a quarter at three
# times, and so on: a good place that cannot be reached every day is none.
BEYOND = 0.5
# So many times what somebody can travel is looked at at all: further away a score is at most a quarter of what it would be.
REACH = 3

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
    Name.WISHES: measure.wishes,
}
# What has to be known of the person before a part can say anything; school and experience may not be asked for at all.
NEEDED: dict[Name, Callable[[Seeker], bool]] = {
    Name.SKILLS: lambda seeker: seeker.profile.skills is not None,
    Name.OCCUPATION: lambda seeker: bool(seeker.known),
    Name.DISTANCE: lambda seeker: (
        seeker.profile.latitude is not None and seeker.profile.longitude is not None
    ),
    Name.HOURS: lambda seeker: seeker.profile.hours is not None,
    Name.EMPLOYMENT: lambda seeker: seeker.profile.employment_types is not None,
    Name.WAGE: lambda seeker: seeker.profile.wage_min is not None,
    Name.LICENCES: lambda seeker: seeker.profile.licences is not None,
    Name.WISHES: lambda seeker: bool(
        seeker.profile.avoid or seeker.profile.avoid_employers or seeker.profile.avoid_occupations
    ),
}


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


@dataclass(frozen=True, slots=True)
class SkillNear:
    """A skill that the vacancy names and the person lacks, and the one they have that comes near; `near` says how near,
    `share` is what that adds to the skills part."""

    skill: str
    held: str
    essential: bool
    near: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person and a vacancy, how well they fit, and all that is needed to say why.

    `score` is the sum of the parts' contributions, 0 to 1. `skills` and `near` come the most telling first; what is
    in neither is missing. `gates` are the licences that the law demands and the person is known to lack.
    """

    profile: Profile = field(repr=False)
    vacancy: Vacancy = field(repr=False)
    score: float
    parts: tuple[Part, ...]
    skills: tuple[SkillMet, ...]
    near: tuple[SkillNear, ...]
    missing_essential: tuple[str, ...]
    missing_useful: tuple[str, ...]
    gates: tuple[str, ...]
    distance_km: float | None

    def part(self, name: Name) -> float | None:
        """The value of one part, or None where it dropped out."""
        return next((part.value for part in self.parts if part.name == name), None)

    def of_side(self, side: Side) -> float | None:
        """How much of what one side asks is there, 0 to 1 before anything scales it; None where nothing is known of it."""
        own = [part for part in self.parts if SIDES[part.name] is side]
        if not own:
            return None
        whole = sum(WEIGHTS[part.name] for part in own)
        return math.fsum(WEIGHTS[part.name] * part.value for part in own) / whole


def match(profile: Profile, vacancy: Vacancy, background: Background | None = None) -> Match:
    """One person and one vacancy, compared and explained."""
    return explained(Seeker(profile, background or Background()), vacancy)


def rank(
    profile: Profile, vacancies: Iterable[Vacancy], limit: int, background: Background | None = None
) -> list[Match]:
    """The vacancies that fit best, at most `limit`: by score, then the newest, then the highest id.

    The ids are all numbers or all text.
    """
    seeker = Seeker(profile, background or Background())
    return [explained(seeker, vacancy) for _, vacancy in best(seeker, vacancies, limit)]


def best(seeker: Seeker, vacancies: Iterable[Vacancy], limit: int) -> list[tuple[float, Vacancy]]:
    """The same with the score alone, for whoever explains only some of them (`explained`)."""
    scored = ((score(seeker, vacancy), vacancy) for vacancy in vacancies)
    return heapq.nlargest(limit, scored, key=_order)


def _order(scored: tuple[float, Vacancy]) -> tuple[float, int, VacancyId]:
    reached, vacancy = scored
    return reached, vacancy.published.toordinal() if vacancy.published else 0, vacancy.id


def _weighed(seeker: Seeker, vacancy: Vacancy) -> list[tuple[Name, float, float]]:
    """The parts that can be told: name, value and effective weight."""
    known, shared, work, factor = [], 0, -1.0, 1.0
    for name, weight, function in seeker.measures or measures_of(seeker):
        value = function(seeker, vacancy)
        if value is not None:
            known.append((name, value, weight))
            shared += weight
            if (name is Name.SKILLS or name is Name.OCCUPATION) and value > work:
                work = value
            elif name is Name.HOURS and value == 0:
                factor = NO_HOURS
    factor *= WORK_UNKNOWN if work < 0 else min(1.0, work / WORK_ENOUGH)
    factor *= beyond(seeker, vacancy)
    if vacancy.licences and gates(seeker.profile, vacancy):
        factor *= GATE
    return [(name, value, factor * weight / shared) for name, value, weight in known]


def beyond(seeker: Seeker, vacancy: Vacancy) -> float:
    """What is left of every part for the way: 1 within the distance chosen, and where none was chosen."""
    travel = seeker.profile.travel_km
    if travel is None:
        return 1.0
    far = measure.kilometres_for(seeker, vacancy)
    return 1.0 if far is None else min(1.0, math.pow(BEYOND, far / max(travel, 1.0) - 1))


def measures_of(seeker: Seeker) -> list[tuple[Name, int, Callable[[Seeker, Vacancy], float | None]]]:
    """The parts that can say anything of this person, with their weights."""
    if seeker.measures is None:
        seeker.measures = [
            (name, WEIGHTS[name], function)
            for name, function in MEASURES.items()
            if name not in NEEDED or NEEDED[name](seeker)
        ]
    return seeker.measures


def gates(profile: Profile, vacancy: Vacancy) -> frozenset[str]:
    """The licences that the law demands and the person is known to lack."""
    if profile.licences is None or not vacancy.licences:
        return frozenset()
    return vacancy.licences - profile.licences


def _sum(contributions: Iterable[float]) -> float:
    # Weights that add up to one in exact arithmetic may pass it by the last bit.
    return min(1.0, math.fsum(contributions))


def score(seeker: Seeker, vacancy: Vacancy) -> float:
    """How well they fit, 0 to 1; what `match` explains, for whoever ranks many."""
    return _sum(value * weight for _, value, weight in _weighed(seeker, vacancy))


def explained(seeker: Seeker, vacancy: Vacancy) -> Match:
    """`match` for a person made ready before."""
    parts = tuple(
        Part(name, value, weight, value * weight) for name, value, weight in _weighed(seeker, vacancy)
    )
    met, near = _skills_met(seeker, vacancy)
    there = seeker.skills | {each.skill for each in near}
    return Match(
        profile=seeker.profile,
        vacancy=vacancy,
        score=_sum(part.contribution for part in parts),
        parts=parts,
        skills=met,
        near=near,
        missing_essential=tuple(sorted(vacancy.essential - there)),
        missing_useful=tuple(sorted(vacancy.useful - there)),
        gates=tuple(sorted(gates(seeker.profile, vacancy))),
        distance_km=measure.kilometres(seeker.profile, vacancy),
    )


def _skills_met(seeker: Seeker, vacancy: Vacancy) -> tuple[tuple[SkillMet, ...], tuple[SkillNear, ...]]:
    terms, near = measure.skill_terms(seeker, vacancy), measure.near_terms(seeker, vacancy)
    whole = math.fsum([*terms.values(), *(term for _, term in near)])
    evidence = seeker.profile.skills or {}
    met = tuple(
        SkillMet(skill, evidence[skill], skill in vacancy.essential, terms[skill] / whole)
        for skill in sorted(terms, key=lambda skill: (-terms[skill], skill))
    )
    return met, tuple(
        SkillNear(kin.asked, kin.held, kin.asked in vacancy.essential, kin.near, term / whole)
        for kin, term in sorted(near, key=lambda pair: (-pair[1], pair[0].asked))
    )

"""The parts of a fit: each a number from 0 to 1, or None where too little is known to say."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy

# P(skill | vacancy): the share of a vacancy's skills in use that its essential and its useful ones make up.
ESSENTIAL, USEFUL = 0.7, 0.3
# Evidence raises a skill's term mildly: even a certificate never outweighs a second skill.
EMPHASIS = {Evidence.STATED: 1.0, Evidence.EXPERIENCE: 1.1, Evidence.TRAINING: 1.2, Evidence.CERTIFIED: 1.3}
# The skills part is 1 - exp(-L / tau). tau is so many essential skills of a vacancy that asks for five, which
# keeps the part's scale whatever the vocabulary's size: with two such skills it is .63, with four .86.
TAU_SKILLS, TAU_ASKED = 2, 5
# Digits of ISCO-08 in common, and how near two occupations then are.
NEARNESS = {4: 1.0, 3: 0.7, 2: 0.4}
# How far people are taken to travel when they have not said, in kilometres.
TRAVEL_KM = 25.0
EARTH_KM = 6371.0
# School counts down by half a point for each level that is missing, a level being ten apart.
EDUCATION_LEVEL = 10


@dataclass(frozen=True)
class Background:
    """How likely a skill is by chance, before any vacancy is named: uniform over a vocabulary of `size`
    skills, or by `counts` of how often each is asked for or held, smoothed by one for those never seen."""

    size: int = 1500
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"a vocabulary has at least one skill, not {self.size}")

    @cached_property
    def total(self) -> int:
        return self.size + sum(self.counts.values())

    def chance(self, skill: str) -> float:
        """P(skill), above 0."""
        return (self.counts.get(skill, 0) + 1) / self.total


class Seeker:
    """A profile made ready to meet many vacancies: logarithms and near occupations are worked out once."""

    def __init__(self, profile: Profile, background: Background) -> None:
        self.profile = profile
        held = profile.skills or {}
        self.skills = frozenset(held)
        self.tau = TAU_SKILLS * math.log1p(ESSENTIAL / TAU_ASKED * background.size)
        self._odds = [(skill, EMPHASIS[held[skill]], 1 / background.chance(skill)) for skill in held]
        self._terms: dict[tuple[float, int], dict[str, float]] = {}
        self._worked = profile.occupations or {}
        self.known = {*self._worked, *(profile.wished or ())}
        self._near: dict[Occupation, tuple[float, float]] = {}

    def terms(self, mass: float, count: int) -> dict[str, float]:
        """For each skill held, its term of L if it is one of the `count` skills that share `mass`:
        evidence x log(1 + P(skill | vacancy) / P(skill)). Always above 0."""
        terms = self._terms.get((mass, count))
        if terms is None:
            share = mass / max(count, 1)
            terms = {skill: weight * math.log1p(share * odds) for skill, weight, odds in self._odds}
            self._terms[mass, count] = terms
        return terms

    def near(self, occupation: Occupation) -> tuple[float, float]:
        """How near the occupation is to the nearest one worked in or wished for, 0 to 1; and the months of
        experience that count for it: whole in the same group, a part of them in the neighbouring one."""
        found = self._near.get(occupation)
        if found is None:
            nearest = max((nearness(own, occupation) for own in self.known), default=0.0)
            months = ((nearness(own, occupation), months) for own, months in self._worked.items())
            found = (nearest, math.fsum(near * many for near, many in months if near >= NEARNESS[3]))
            self._near[occupation] = found
        return found


def nearness(one: Occupation, other: Occupation) -> float:
    """1 for the same occupation or ISCO-08 unit group, .7 for the same minor and .4 for the same sub-major
    group, else 0."""
    if one.id is not None and one.id == other.id:
        return 1.0
    if one.isco is None or other.isco is None:
        return 0.0
    for digits, near in NEARNESS.items():
        if len(one.isco) >= digits and one.isco[:digits] == other.isco[:digits]:
            return near
    return 0.0


def skill_terms(seeker: Seeker, vacancy: Vacancy) -> dict[str, float]:
    """The terms of L: each skill that the person has and the vacancy names, with what it adds."""
    essential = seeker.terms(ESSENTIAL, len(vacancy.essential))
    useful = seeker.terms(USEFUL, len(vacancy.useful))
    found = {skill: essential[skill] for skill in vacancy.essential & seeker.skills}
    found.update({skill: useful[skill] for skill in vacancy.useful & seeker.skills})
    return found


def skills(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 - exp(-L / tau): how much likelier this person's skills are in this work than by chance."""
    if seeker.profile.skills is None or not (vacancy.essential or vacancy.useful):
        return None
    # fsum, because a set has no order of its own and a plain sum would depend on it.
    return -math.expm1(-math.fsum(skill_terms(seeker, vacancy).values()) / seeker.tau)


def occupation(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """The nearest occupation worked in or wished for, whichever is nearer."""
    if vacancy.occupation is None or not seeker.known:
        return None
    return seeker.near(vacancy.occupation)[0]


def experience(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """Months that count against months asked; where none are asked everybody has enough."""
    if vacancy.experience_months is None:
        return None
    if vacancy.experience_months <= 0:
        return 1.0
    if seeker.profile.occupations is None or vacancy.occupation is None:
        return None
    return min(1.0, seeker.near(vacancy.occupation)[1] / vacancy.experience_months)


def kilometres(profile: Profile, vacancy: Vacancy) -> float | None:
    """The distance over the ground between home and work, in kilometres (haversine on a sphere)."""
    here, there = (profile.latitude, profile.longitude), (vacancy.latitude, vacancy.longitude)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return None
    north, other_north = math.radians(here[0]), math.radians(there[0])
    east = math.radians(there[1] - here[1])
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def distance(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 at home, .5 as far as the person can travel, .25 at twice that, and so on."""
    far = kilometres(seeker.profile, vacancy)
    if far is None:
        return None
    travel = TRAVEL_KM if seeker.profile.travel_km is None else max(seeker.profile.travel_km, 1.0)
    return math.pow(0.5, far / travel)


def hours(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """The share of the vacancy's parts of the day that the person accepts."""
    if seeker.profile.hours is None or not vacancy.hours:
        return None
    return len(vacancy.hours & seeker.profile.hours) / len(vacancy.hours)


def employment(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 for a type of employment that the person wants, else 0."""
    if seeker.profile.employment_types is None or vacancy.employment_type is None:
        return None
    return float(vacancy.employment_type in seeker.profile.employment_types)


def wage(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 where the wage reaches the hope, falling to 0 at half of it; for a range, the mean of its two ends."""
    hope = seeker.profile.wage_min
    ends = [end for end in (vacancy.wage_min, vacancy.wage_max) if end is not None]
    if hope is None or not ends:
        return None
    if hope <= 0:
        return 1.0
    return math.fsum(min(1.0, max(0.0, 2 * end / hope - 1)) for end in ends) / len(ends)


def education(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 with the school asked for or more, .5 one level below it, 0 further down."""
    if vacancy.education is None:
        return None
    if vacancy.education <= 0:
        return 1.0
    if seeker.profile.education is None:
        return None
    short = max(0, vacancy.education - seeker.profile.education)
    return max(0.0, 1 - 0.5 * short / EDUCATION_LEVEL)


def licences(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """The share held of the licences that the law demands. Where it demands none there is nothing to say."""
    if seeker.profile.licences is None or not vacancy.licences:
        return None
    return len(vacancy.licences & seeker.profile.licences) / len(vacancy.licences)

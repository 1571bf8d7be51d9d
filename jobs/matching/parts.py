"""The parts of a fit: each a number from 0 to 1, or None where too little is known to say."""

import math

from jobs.matching.facts import Occupation, Profile, Vacancy
from jobs.matching.seeker import (
    EMPHASIS,
    ESSENTIAL,
    NEARNESS,
    TAU_ASKED,
    TAU_SKILLS,
    USEFUL,
    Background,
    Kin,
    Seeker,
    nearness,
)

__all__ = [
    "EMPHASIS",
    "ESSENTIAL",
    "NEARNESS",
    "TAU_ASKED",
    "TAU_SKILLS",
    "USEFUL",
    "Background",
    "Seeker",
    "nearness",
]

# How far people are taken to travel when they have not said, in kilometres.
TRAVEL_KM = 25.0
EARTH_KM = 6371.0
# School counts down by half a point for each level that is missing, a level being ten apart.
EDUCATION_LEVEL = 10


def skill_terms(seeker: Seeker, vacancy: Vacancy) -> dict[str, float]:
    """The terms of L: each skill that the person has and the vacancy names, with what it adds."""
    essential, useful = vacancy.essential & seeker.skills, vacancy.useful & seeker.skills
    found: dict[str, float] = {}
    if essential:
        terms = seeker.terms(ESSENTIAL, len(vacancy.essential))
        found = {skill: terms[skill] for skill in essential}
    if useful:
        terms = seeker.terms(USEFUL, len(vacancy.useful))
        found.update({skill: terms[skill] for skill in useful})
    return found


def near_terms(seeker: Seeker, vacancy: Vacancy) -> list[tuple[Kin, float]]:
    """The terms of L for skills that the vacancy names and the person lacks while having a near one: a part of what
    the skill itself would add by word alone."""
    if not seeker.reach:
        return []
    missing = [*(vacancy.essential & seeker.reach), *(vacancy.useful & seeker.reach)]
    if not missing:
        return []
    essential = seeker.terms(ESSENTIAL, len(vacancy.essential))
    useful = seeker.terms(USEFUL, len(vacancy.useful))
    own = seeker.skills & (vacancy.essential | vacancy.useful)
    return [
        (kin, kin.near * (essential if kin.asked in vacancy.essential else useful)[kin.asked])
        for kin in seeker.standing_in(missing, own)
    ]


def skills(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 - exp(-L / tau): how much likelier this person's skills are in this work than by chance."""
    if seeker.profile.skills is None or not (vacancy.essential or vacancy.useful):
        return None
    terms = list(skill_terms(seeker, vacancy).values())
    terms += [term for _, term in near_terms(seeker, vacancy)]
    # fsum, because a set has no order of its own and a plain sum would depend on it.
    return -math.expm1(-math.fsum(terms) / seeker.tau)


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


def kilometres_for(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """`kilometres`, measured once for each place."""
    if vacancy.latitude is None or vacancy.longitude is None:
        return None
    place = (vacancy.latitude, vacancy.longitude)
    far = seeker.away.get(place)
    if far is None:
        far = kilometres(seeker.profile, vacancy)
        if far is not None:
            seeker.away[place] = far
    return far


def distance(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """1 at home, .5 as far as the person can travel, .25 at twice that, and so on."""
    far = kilometres_for(seeker, vacancy)
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


def wishes(seeker: Seeker, vacancy: Vacancy) -> float | None:
    """0 for what the person avoids, 1 for anything else; nothing to say of somebody who avoids nothing."""
    profile = seeker.profile
    if not (profile.avoid or profile.avoid_employers or profile.avoid_occupations):
        return None
    return float(not avoided(profile, vacancy))


def avoided(profile: Profile, vacancy: Vacancy) -> bool:
    """Whether the vacancy has a tag, an employer or an occupation that the person avoids."""
    return (
        bool(profile.avoid and not vacancy.tags.isdisjoint(profile.avoid))
        or bool(profile.avoid_employers and vacancy.employer in profile.avoid_employers)
        or (vacancy.occupation is not None and avoids_occupation(profile, vacancy.occupation))
    )


def avoids_occupation(profile: Profile, occupation: Occupation) -> bool:
    """An occupation is meant as it was named: by its own id where it has one, else as the whole group of its code."""
    return any(
        own.id == occupation.id
        if own.id is not None
        else own.isco is not None and own.isco == occupation.isco
        for own in profile.avoid_occupations or ()
    )

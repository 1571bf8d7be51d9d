"""A person made ready to meet many vacancies: what a skill says by chance, and what can be worked out beforehand."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from jobs.matching.facts import Evidence, Occupation, Profile

# P(skill | vacancy): the share of a vacancy's skills in use that its essential and its useful ones make up.
ESSENTIAL, USEFUL = 0.7, 0.3
# Evidence raises a skill's term mildly: even a certificate never outweighs a second skill.
EMPHASIS = {Evidence.STATED: 1.0, Evidence.EXPERIENCE: 1.1, Evidence.TRAINING: 1.2, Evidence.CERTIFIED: 1.3}
# The skills part is 1 - exp(-L / tau). tau is so many essential skills of a vacancy that asks for five, which
# keeps the part's scale whatever the vocabulary's size: with two such skills it is .63, with four .86.
TAU_SKILLS, TAU_ASKED = 2, 5
# A near skill counts for so much of the same skill, and never more (Background.near).
NEAREST = 0.5
# Digits of ISCO-08 in common, and how near two occupations then are.
NEARNESS = {4: 1.0, 3: 0.7, 2: 0.4}


@dataclass(frozen=True)
class Background:
    """What is known of skills before any person or vacancy is named.

    How likely one is by chance: uniform over a vocabulary of `size` skills, or by `counts` of how often each is asked
    for or held, smoothed by one for those never seen. And which are `near` to which, from 0 to NEAREST, both ways.
    """

    size: int = 1500
    counts: Mapping[str, int] = field(default_factory=dict)
    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"a vocabulary has at least one skill, not {self.size}")

    @cached_property
    def total(self) -> int:
        return self.size + sum(self.counts.values())

    def chance(self, skill: str) -> float:
        """P(skill), above 0."""
        return (self.counts.get(skill, 0) + 1) / self.total


class Kin(NamedTuple):
    """A skill held that stands in for one that is not, and for how much of it, from 0 to NEAREST."""

    near: float
    held: str
    asked: str

    @property
    def place(self) -> tuple[float, str, str]:
        """The nearest first, and one order for equals."""
        return -self.near, self.held, self.asked


class Seeker:
    """A profile made ready to meet many vacancies: logarithms and near occupations are worked out once."""

    def __init__(self, profile: Profile, background: Background) -> None:
        self.profile, self.background = profile, background
        held = profile.skills or {}
        self.skills = frozenset(held)
        self.tau = TAU_SKILLS * math.log1p(ESSENTIAL / TAU_ASKED * background.size)
        self.kin = _kin(self.skills, background.near)
        self.reach = frozenset(self.kin)
        odds = {skill: 1 / background.chance(skill) for skill in (*held, *self.kin)}
        self._odds = [(skill, EMPHASIS[held.get(skill, Evidence.STATED)], odds[skill]) for skill in odds]
        self._terms: dict[tuple[float, int], dict[str, float]] = {}
        self._worked = profile.occupations or {}
        self.known = {*self._worked, *(profile.wished or ())}
        self._near: dict[Occupation, tuple[float, float]] = {}
        self.away: dict[tuple[float, float], float] = {}
        """Kilometres from home, by latitude and longitude of the work; filled by jobs.matching.parts."""
        self.measures: list[tuple[Any, int, Callable[..., float | None]]] | None = None
        """The parts that can say anything of this person; filled by jobs.matching.score."""

    @cached_property
    def pairs(self) -> list[Kin]:
        """All pairs of a skill held and one near to it, the nearest first."""
        return sorted((pair for pairs in self.kin.values() for pair in pairs), key=lambda pair: pair.place)

    def terms(self, mass: float, count: int) -> dict[str, float]:
        """For each skill held, or near to one held, its term of L if it is one of the `count` skills that share
        `mass`: evidence x log(1 + P(skill | vacancy) / P(skill)). Always above 0."""
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

    def standing_in(self, missing: Iterable[str], taken: frozenset[str]) -> list[Kin]:
        """For skills within `reach` that a vacancy asks for, the near ones held. Each speaks once: none of those `taken`, which
        the vacancy asks for themselves, and none for two. The nearest pair is made first, so that one skill more can
        only add to the whole."""
        pairs = sorted((pair for skill in missing for pair in self.kin[skill]), key=lambda pair: pair.place)
        used, filled, found = set(taken), set(), []
        for pair in pairs:
            if pair.held not in used and pair.asked not in filled:
                used.add(pair.held)
                filled.add(pair.asked)
                found.append(pair)
        return found


def _kin(held: frozenset[str], near: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[Kin, ...]]:
    """Skill that is not held -> the skills held that are near to it."""
    kin: dict[str, list[Kin]] = {}
    for skill in held:
        for other, likeness in near.get(skill, {}).items():
            if other not in held and likeness > 0:
                kin.setdefault(other, []).append(Kin(min(likeness, NEAREST), skill, other))
    return {other: tuple(sorted(pairs, key=lambda pair: pair.place)) for other, pairs in kin.items()}


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

"""What is known of a person and of a vacancy when the two are compared.

Everywhere `None` means *not known*: the part that needs it is left out of the score, never counted as nothing.
An empty collection means *known to be none*. What is not a field here cannot touch the score: there is no sex,
age, religion, marital status, origin, health or history, and a test holds the list of fields literally.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

VacancyId = int | str  # A vacancy comes from the database (int) or from a file under evaluation (str).


class Evidence(IntEnum):
    """What stands behind a skill, the stronger the higher."""

    STATED = 0
    EXPERIENCE = 1
    TRAINING = 2
    CERTIFIED = 3


class Hours(StrEnum):
    """The part of the day in which work is done; *evening* is the afternoon shift, sif siang."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Education(IntEnum):
    """School completed. The numbers leave room between the levels."""

    NONE = 0
    PRIMARY = 10
    LOWER_SECONDARY = 20
    UPPER_SECONDARY = 30
    DIPLOMA = 40
    BACHELOR = 50


class Occupation(NamedTuple):
    """An occupation by its ISCO-08 code (up to four digits, as text: armed forces begin with 0) and, where
    it is one of ours, by its own id."""

    isco: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person, as far as work is concerned.

    `occupations` gives months worked in each. `latitude` and `longitude` are degrees; `travel_km` is how far
    the person can travel, one way. `wage_min` is the wage hoped for, in rupiah per month. What they would rather not
    do, or for whom, or near what (tags such as "night_shift" or "alcohol"), is their own word and nobody else's.
    """

    skills: Mapping[str, Evidence] | None = None
    occupations: Mapping[Occupation, int] | None = None
    wished: frozenset[Occupation] | None = None
    education: int | None = None
    licences: frozenset[str] | None = None
    latitude: float | None = None
    longitude: float | None = None
    travel_km: float | None = None
    hours: frozenset[str] | None = None
    employment_types: frozenset[str] | None = None
    wage_min: int | None = None
    avoid_occupations: frozenset[Occupation] | None = None
    avoid_employers: frozenset[str] | None = None
    avoid: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A vacancy, as far as a person's fit is concerned.

    `licences` are those the law demands for the work (SIM, SIO, a compulsory certificate). `hours` are all the
    parts of the day that the work takes place in. Wages are rupiah per month: whoever fills this in turns daily
    wages into monthly ones. `experience_months` is what is asked, 0 when none is needed. `documents` are to be
    prepared (SKCK, health letter) and never scored. `employer` and `tags` are there for what a person avoids; tags say
    what kind of place or hour the work stands for. A skill named as both essential and useful is essential.
    """

    id: VacancyId
    occupation: Occupation | None = None
    essential: frozenset[str] = frozenset()
    useful: frozenset[str] = frozenset()
    education: int | None = None
    licences: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    hours: frozenset[str] | None = None
    employment_type: str | None = None
    wage_min: int | None = None
    wage_max: int | None = None
    experience_months: int | None = None
    documents: frozenset[str] = frozenset()
    published: date | None = None
    employer: str | None = None
    tags: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.essential.isdisjoint(self.useful):
            object.__setattr__(self, "useful", self.useful - self.essential)

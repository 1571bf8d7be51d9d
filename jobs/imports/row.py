"""What reading a file yields: a vacancy in our own terms, or what could not be read and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

WHOLE_FILE = 0
"""The number of an Unreadable that speaks of the file and not of one row."""

Raw = Mapping[str, object]
"""Field name -> what the file holds for it: text, a number, a date, a list of texts, or nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One vacancy as a file states it, normalised but not yet mapped to occupations and skills of the vocabulary.

    `number` is the row as a spreadsheet counts it (the header is row 1) or the place in the JSON list from 1. `source`
    and `source_id` together name the vacancy for good. `region_code` is a Kemendagri code or None when the
    file leaves the place open. `employment_type` is one of our codes, `education` the least level asked (10 SD, 20 SMP,
    30 SMA/SMK, 40 Diploma, 50 Sarjana). Wages are rupiah a month. `apply_url` is a link, a mail address or a phone
    number. Sex, age and marital status have no field here, so they cannot enter.
    """

    number: int
    source_id: str
    source: str
    title: str
    employer: str
    industry: str
    job_function: str
    employment_type: str | None
    skills: tuple[str, ...]
    city: str
    region_code: str | None
    description: str
    qualification: str
    quota: int | None
    wage_min: int | None
    wage_max: int | None
    wage_shown: bool
    education: int | None
    published_at: datetime | None
    closes_on: date | None
    apply_url: str
    address: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that was left out, or the whole file (number 0), and why: sentences in Indonesian for the person who sent it."""

    number: int
    reason: str


class UnreadableFile(Exception):
    """Nothing (more) can be read from the file; the message is a sentence in Indonesian."""

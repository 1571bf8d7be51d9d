"""The form of a vacancy, and the part of it that staff may mend while they review."""

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from jobs import readiness, ways
from jobs.tables import EmploymentType, PaperWhen, Vacancy, VacancyState, Way
from jobs.words import EDUCATION, WORK_TIMES
from portal.forms import Form
from portal.places import find_locality, localities_of, regions
from training.tables import Need
from training.vocabulary import vocabulary
from training.vocabulary.resolving import occupation_of, skill_of, skills_for
from training.vocabulary.searching import without_meant

MOST_SKILLS = 30
MOST_TOLD = 5
"""Unknown words named with what may have been meant; more of them would not be read, and cost time."""


class WordsForm(Form, kw_only=True):
    """What ties a vacancy to the vocabulary and to a place: what search and matching find it by."""

    occupation: Annotated[str, Meta(max_length=60)] = ""
    region: Annotated[str, Meta(max_length=5)] = ""
    essential: list[Annotated[str, Meta(max_length=60)]] = []
    useful: list[Annotated[str, Meta(max_length=60)]] = []
    more_essential: Annotated[str, Meta(max_length=1500)] = ""
    more_useful: Annotated[str, Meta(max_length=1500)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        words = vocabulary()
        if (occupation := values.get("occupation")) and occupation not in words.occupations:
            yield "occupation", "Pilih dari daftar."
        if (region := values.get("region")) and ("." not in region or region not in regions()):
            yield "region", "Pilih kabupaten atau kota dari daftar."
        for need in Need:
            if any(skill not in words.skills for skill in values.get(need.value, [])):
                yield need, "Pilih dari daftar."
            if sentence := _unknown_skills(values.get(f"more_{need}", ""), values.get(need.value, [])):
                yield f"more_{need}", sentence

    def skills(self, need: Need) -> list[str]:
        """Ids of what was ticked and of what was written, in this order."""
        written = [skill_of(line) for line in _lines(getattr(self, f"more_{need}"))]
        return list(dict.fromkeys([*getattr(self, need), *(skill.id for skill in written if skill)]))


class Save(StrEnum):
    DRAFT = VacancyState.DRAFT.value
    IN_REVIEW = VacancyState.IN_REVIEW.value


class ExperienceUnit(StrEnum):
    MONTHS = "months"
    YEARS = "years"


class VacancyForm(WordsForm, kw_only=True):
    """A vacancy as its employer writes it. Nothing here asks for sex, age, marital status or looks.

    A draft needs a title and sound values; what is sent for review has to be whole (jobs.readiness).
    """

    messages: ClassVar[dict[str, str]] = {
        "title": "Tulis nama jabatan, paling banyak 120 huruf.",
        "wage_min": "Tulis upah sebulan dengan angka saja, misalnya 3500000.",
        "wage_max": "Tulis upah sebulan dengan angka saja, misalnya 4500000.",
        "positions": "Tulis angka 1 sampai 9999.",
        "experience": "Tulis angka saja, paling banyak 600.",
    }
    to: Save = Save.DRAFT
    seen: Annotated[str, Meta(max_length=40)] = ""
    """When the vacancy that the browser showed was last changed; empty for a new one."""
    title: Annotated[str, Meta(max_length=120)]
    description: Annotated[str, Meta(max_length=5000)] = ""
    qualification: Annotated[str, Meta(max_length=3000)] = ""
    positions: Annotated[int, Meta(ge=1, le=9999)] = 1
    employment_type: EmploymentType | None = None
    hours: Annotated[str, Meta(max_length=120)] = ""
    work_times: list[str] = []
    locality: Annotated[str, Meta(max_length=80)] = ""
    wage_min: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    wage_max: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    wage_shown: bool = False
    education: int | None = None
    experience: Annotated[int, Meta(ge=0, le=600)] = 0
    experience_unit: ExperienceUnit = ExperienceUnit.MONTHS
    licences: list[str] = []
    skck: PaperWhen = PaperWhen.NEVER
    skbn: PaperWhen = PaperWhen.NEVER
    employer_pays_papers: bool = False
    closes_on: date | None = None
    way: Way = Way.PORTAL
    apply_at: Annotated[str, Meta(max_length=300)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from super().check(values)
        low, high = values.get("wage_min"), values.get("wage_max")
        if low and high and high < low:
            yield "wage_max", "Upah tertinggi lebih kecil daripada upah terendah."
        if values.get("education") not in (None, *EDUCATION):
            yield "education", "Pilih salah satu."
        if any(time not in WORK_TIMES for time in values.get("work_times", [])):
            yield "work_times", "Pilih dari daftar."
        if any(licence not in vocabulary().licences for licence in values.get("licences", [])):
            yield "licences", "Pilih dari daftar."
        if values.get("experience_unit") == ExperienceUnit.YEARS and values.get("experience", 0) > 50:
            yield "experience", "Paling banyak 50 tahun."
        if sentence := _unknown_locality(values.get("region", ""), values.get("locality", "")):
            yield "locality", sentence
        if (apply_at := values.get("apply_at")) and ways.contact(apply_at) is None:
            yield "apply_at", readiness.UNREADABLE_CONTACT
        if values.get("to") == Save.IN_REVIEW:
            yield from readiness.obstacles(values, date.today()).items()

    def facts(self) -> dict[str, Any]:
        """Columns of Vacancy. A title that surely names a trade decides the occupation where none was chosen."""
        found = find_locality(self.region, self.locality) if self.region and self.locality else None
        named = None if self.occupation else occupation_of(self.title)
        months = self.experience * (12 if self.experience_unit == ExperienceUnit.YEARS else 1)
        contact = ways.contact(self.apply_at) if self.apply_at else None
        same = (
            "title", "description", "qualification", "positions", "employment_type", "hours", "wage_min",
            "wage_max", "wage_shown", "education", "licences", "skck", "skbn", "employer_pays_papers",
            "closes_on", "way",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in same},
            "occupation": self.occupation or (named.id if named else None),
            "region": self.region or None,
            "locality": found.name if found else None,
            "latitude": found.latitude if found else None,
            "longitude": found.longitude if found else None,
            "work_times": self.work_times or None,
            "experience_months": months,
            "apply_at": contact.text if contact else "",
        }


class MoveForm(Form, kw_only=True):
    to: VacancyState
    seen: Annotated[str, Meta(max_length=40)] = ""
    note: Annotated[str, Meta(max_length=2000)] = ""


def typed_from(vacancy: Vacancy, skills: dict[Need, list[str]]) -> dict[str, Any]:
    """What the form shows of a vacancy that exists."""
    years = bool(vacancy.experience_months) and vacancy.experience_months % 12 == 0
    return VacancyForm.typed_from(vacancy) | {
        "seen": vacancy.changed_at.isoformat(),
        "experience": str(vacancy.experience_months // (12 if years else 1) or ""),
        "experience_unit": (ExperienceUnit.YEARS if years else ExperienceUnit.MONTHS).value,
        "essential": skills.get(Need.ESSENTIAL, []),
        "useful": skills.get(Need.USEFUL, []),
    }


def _lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(",") if part.strip()]


def missed_words(typed: dict[str, Any]) -> list[str]:
    """What was typed as a skill and is none that the vocabulary knows."""
    return [
        line
        for need in Need
        for line in _unknown(typed.get(f"more_{need}", ""), typed.get(need.value, []))[:MOST_SKILLS]
    ]


def _unknown(text: str, ticked: Iterable[str]) -> list[str]:
    """Lines that name no skill, and that no box ticked beside them explains."""
    known = vocabulary().skills
    lines = [line for line in _lines(text)[:MOST_SKILLS] if skill_of(line) is None]
    return without_meant(lines, (known[id] for id in ticked if id in known))


def _unknown_skills(text: str, ticked: Iterable[str]) -> str:
    """One sentence with every word that names no skill and what may have been meant; empty when all do."""
    if len(_lines(text)) > MOST_SKILLS:
        return f"Paling banyak {MOST_SKILLS} keterampilan."
    told: list[str] = []
    for line in _unknown(text, ticked)[:MOST_TOLD]:
        near = [vocabulary().skills[each.id].label for each in skills_for(line, limit=3)]
        meant = f" Mungkin maksud Anda: {', '.join(near)}." if near else " Coba kata lain."
        told.append(f"“{line[:60]}” belum ada di daftar.{meant}")
    return " ".join(told)


def _unknown_locality(region: str, name: str) -> str:
    if not name:
        return ""
    if not region:
        return "Pilih dulu kabupaten atau kota."
    if "." not in region or region not in regions() or find_locality(region, name):
        return ""
    names = {place.name.casefold(): place.name for place in localities_of(region)}
    near = [names[each] for each in get_close_matches(name.casefold(), names, n=3)]
    meant = f" Mungkin maksud Anda: {', '.join(near)}." if near else " Kosongkan saja bila tidak yakin."
    return f"“{name}” belum kami kenal di {regions()[region].name}.{meant}"

"""A vacancy in words: what the pages of its employer and of its reviewers show of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs import minimum_wages, ways
from jobs.tables import PaperWhen, Vacancy, VacancySkill, VacancyState, Way
from jobs.words import EDUCATION, EMPLOYMENT_TYPES, PAPER_WHEN, PAPERS, WORK_TIMES
from partners.tables import Size
from portal.places import regions
from training.tables import Need
from training.vocabulary import vocabulary

BADGES: dict[str, str] = {
    VacancyState.DRAFT: "",
    VacancyState.IN_REVIEW: "next",
    VacancyState.RETURNED: "bad",
    VacancyState.PUBLISHED: "ok",
    VacancyState.CLOSED: "",
    VacancyState.FILLED: "ok",
}
"""Colour of the state's badge."""


@dataclass(frozen=True)
class Shown:
    """A vacancy as a page says it; every text is still the employer's own and has to be escaped."""

    row: Vacancy
    place: str
    occupation: str
    facts: list[tuple[str, str]]
    essential: list[str]
    useful: list[str]
    papers: list[tuple[str, str]]
    """(name of the paper, when it is asked and who pays)."""
    contact: ways.Contact | None


async def skills_of(vacancy: Vacancy) -> dict[Need, list[str]]:
    """Skill ids by need, in the order they were named."""
    found: dict[Need, list[str]] = defaultdict(list)
    rows = await VacancySkill.select(VacancySkill.skill, VacancySkill.need).where(
        VacancySkill.vacancy == vacancy.id
    )
    for row in rows:
        found[Need(row["need"])].append(row["skill"])
    return found


def shown(vacancy: Vacancy, skills: dict[Need, list[str]]) -> Shown:
    words = vocabulary()
    occupation = words.occupations.get(vacancy.occupation or "")
    times = ", ".join(WORK_TIMES[time].lower() for time in vacancy.work_times or [] if time in WORK_TIMES)
    facts: list[tuple[str, Any]] = [
        ("Hubungan kerja", EMPLOYMENT_TYPES.get(vacancy.employment_type or "")),
        ("Jam kerja", vacancy.hours or None),
        ("Waktu kerja", times.capitalize() or None),
        ("Posisi", f"{vacancy.positions} orang"),
        (
            "Pendidikan",
            EDUCATION.get(vacancy.education) if vacancy.education is not None else "Tidak disyaratkan",
        ),
        ("Pengalaman", period(vacancy.experience_months)),
        (
            "SIM dan sertifikat",
            ", ".join(words.licences[each].label for each in vacancy.licences if each in words.licences)
            or None,
        ),
    ]
    return Shown(
        row=vacancy,
        place=place(vacancy),
        occupation=occupation.label if occupation else "",
        facts=[(name, value) for name, value in facts if value],
        essential=_labels(skills.get(Need.ESSENTIAL, [])),
        useful=_labels(skills.get(Need.USEFUL, [])),
        papers=_papers(vacancy),
        contact=ways.contact(vacancy.apply_at) if vacancy.way == Way.DIRECT else None,
    )


def place(vacancy: Vacancy) -> str:
    region = regions().get(vacancy.region or "")
    return ", ".join(each for each in (vacancy.locality, region.name if region else None) if each)


def period(months: int) -> str:
    """1 tahun 6 bulan"""
    if not months:
        return "Tidak disyaratkan"
    years, rest = divmod(months, 12)
    return " ".join([f"{years} tahun"] * bool(years) + [f"{rest} bulan"] * bool(rest))


def closing(closes_on: date | None, today: date) -> str:
    """How long one can still apply, in words; nothing for a vacancy without a last day."""
    if closes_on is None:
        return ""
    days = (closes_on - today).days
    if days < 0:
        return "Batas lamaran sudah lewat"
    return {0: "Ditutup hari ini", 1: "Ditutup besok"}.get(days, f"Ditutup {days} hari lagi")


def wage_question(vacancy: Vacancy, size: str | None, today: date) -> str:
    """What to ask about a wage below the minimum; empty when it reaches it or cannot be compared."""
    lowest = vacancy.wage_min or vacancy.wage_max
    least = minimum_wages.shortfall(vacancy.region, vacancy.employment_type, lowest, today)
    if least is None or lowest is None:
        return ""
    year, province = least.effective_from.year, regions()[least.code].name
    amounts = [f"Rp{amount:,}".replace(",", ".") for amount in (lowest, least.amount)]
    said = f"Upah {amounts[0]} di bawah upah minimum {province} {year} ({amounts[1]})."
    if size == Size.LARGER:
        return f"{said} Pemberi kerja ini tercatat sebagai usaha menengah atau besar. Apakah upahnya sudah benar?"
    return (
        f"{said} Apakah ini usaha mikro atau kecil? Bila ya, upah boleh disepakati dengan pekerja "
        "(PP 36/2021 pasal 36–38) dan tidak ada yang perlu diubah."
    )


def _labels(skills: list[str]) -> list[str]:
    words = vocabulary().skills
    return [words[skill].label for skill in skills if skill in words]


def _papers(vacancy: Vacancy) -> list[tuple[str, str]]:
    paid = "ditanggung pemberi kerja" if vacancy.employer_pays_papers else "ditanggung pelamar"
    return [
        (label, f"{PAPER_WHEN[when]}, biaya {paid}")
        for paper, label in PAPERS.items()
        if (when := getattr(vacancy, paper)) != PaperWhen.NEVER
    ]

"""What staff do with a vacancy before anybody sees it: look it over, mend its words, publish or return it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs import readiness, vacancies, ways, wording
from jobs.tables import Vacancy, VacancyState, Way
from partners.tables import Partner
from portal.database import change
from portal.people import Actor
from portal.places import find_locality
from training.tables import Need

REVIEWED = frozenset(VacancyState) - {VacancyState.DRAFT}
"""A draft is its employer's alone."""
MENDABLE = frozenset({VacancyState.IN_REVIEW, VacancyState.RETURNED})


class Hindered(Exception):
    """The vacancy may not be published yet; the message says why."""


@dataclass(frozen=True)
class Findings:
    """What a reviewer should know: what keeps the vacancy from being published, and what is worth a look."""

    hindrances: list[str]
    remarks: list[str]


def look_over(
    vacancy: Vacancy, skills: dict[Need, list[str]], partner: Partner | None, today: date
) -> Findings:
    """Rules that staff cannot set aside, and others they weigh. `partner` is None for a vacancy from a file."""
    hindrances = []
    if partner and partner.verified_at is None:
        hindrances.append("Mitra ini belum diverifikasi. Verifikasi dulu, lalu terbitkan.")
    if vacancy.closes_on and vacancy.closes_on < today:
        hindrances.append("Batas lamaran sudah lewat.")
    if vacancy.way == Way.DIRECT and vacancy.apply_at and ways.contact(vacancy.apply_at) is None:
        hindrances.append("Alamat melamar tidak aman atau tidak bisa dibaca.")
    remarks = list(wording.refusals(readiness.texts_of(vacancy.to_dict())).values())
    if vacancy.way == Way.DIRECT and not vacancy.apply_at:
        remarks.append("Alamat melamar belum ada, jadi pencari kerja belum tahu ke mana melamar.")
    missing = [
        ("jenis pekerjaan", not vacancy.occupation),
        ("kabupaten atau kota", not vacancy.region),
        ("keterampilan wajib", not skills.get(Need.ESSENTIAL)),
    ]
    if absent := [name for name, is_absent in missing if is_absent]:
        remarks.append(f"Belum ada {', '.join(absent)}. Tanpa itu lowongan sulit ditemukan orang yang cocok.")
    return Findings(hindrances, remarks)


def moves_open_to(actor: Actor, vacancy: Vacancy) -> list[VacancyState]:
    """As the table of moves has it; but what came from a file has nobody to return to."""
    moves = vacancies.moves_open_to(actor, vacancy.state)
    return [to for to in moves if to != VacancyState.RETURNED or vacancy.partner is not None]


async def decide(vacancy: Vacancy, to: VacancyState, *, seen: str, note: str = "", by: Actor) -> None:
    """Publishes, returns with a note, closes or reopens what was read at `seen`.

    Raises vacancies.NotPossible when it is no longer that, and Hindered when it may not be published.
    """
    async with change(by=by):
        await vacancies.hold(vacancy, seen)
        if to not in moves_open_to(by, vacancy):
            raise vacancies.NotPossible(f"{vacancy.state} to {to}")
        if to == VacancyState.PUBLISHED:
            partner = await partner_of(vacancy)
            if hindrances := look_over(vacancy, {}, partner, date.today()).hindrances:
                raise Hindered(" ".join(hindrances))
        await vacancies.move(vacancy, to, note=note, by=by)


async def mend(
    vacancy: Vacancy,
    occupation: str | None,
    region: str | None,
    essential: list[str],
    useful: list[str],
    *,
    seen: str,
    by: Actor,
) -> None:
    """Sets what search and matching find it by; the employer's own sentences stay as they are."""
    facts: dict[str, Any] = {"occupation": occupation, "region": region}
    if region != vacancy.region:
        found = find_locality(region, vacancy.locality) if region and vacancy.locality else None
        facts |= {"locality": found.name if found else None}
        facts |= {"latitude": found.latitude if found else None}
        facts |= {"longitude": found.longitude if found else None}
    async with change(by=by):
        await vacancies.hold(vacancy, seen)
        if vacancy.state not in MENDABLE:
            raise vacancies.NotPossible(vacancy.state)
        await vacancies.edit(vacancy, facts, essential, useful, by=by)


async def partner_of(vacancy: Vacancy) -> Partner | None:
    return await Partner.objects().get(Partner.id == vacancy.partner) if vacancy.partner else None

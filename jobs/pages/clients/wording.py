"""Where a client stands and what comes next, in words."""

from dataclasses import dataclass
from datetime import date

from jobs.caseload import Case, Standing
from portal import clock
from portal.clients import adult_on
from portal.html import on
from portal.people import age_on
from portal.places import regions

# Label and colour of each standing, in the order of the filters.
STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.NEW: ("Belum ada profil", "next"),
    Standing.READY: ("Siap", ""),
    Standing.APPLYING: ("Melamar", ""),
    Standing.WORKING: ("Bekerja", "ok"),
    Standing.PAUSED: ("Dijeda", ""),
    Standing.UNDER_AGE: ("Di bawah 18 tahun", ""),
    Standing.CLOSED: ("Selesai", ""),
}


@dataclass(frozen=True)
class Step:
    """What to do next with a client, and where. `action` is what the button says; without one there is nothing but waiting."""

    text: str
    action: str = ""
    href: str = ""
    late: str = ""
    """Since when it is overdue, in words."""


@dataclass(frozen=True)
class Line:
    """A client in the list."""

    id: int
    name: str
    label: str
    colour: str
    facts: str
    caseworker: str
    office: str
    step: Step


def line(case: Case, today: date) -> Line:
    label, colour = STANDINGS[case.standing]
    region = regions().get(case.region or "")
    facts = [f"{age_on(case.born_on, today)} tahun", region.name if region else ""]
    return Line(
        id=case.id,
        name=case.name,
        label=label,
        colour=colour,
        facts=", ".join(fact for fact in facts if fact),
        caseworker=case.caseworker,
        office=case.office,
        step=next_step(case, today),
    )


def next_step(case: Case, today: date) -> Step:
    page = f"/clients/{case.id}"
    match case.standing:
        case Standing.CLOSED:
            return Step(f"Selesai sejak {on(case.closed_on)}")
        case Standing.PAUSED:
            return Step(f"Dijeda sejak {on(case.paused_on)}")
        case Standing.UNDER_AGE:
            return Step(f"Bisa melamar mulai {on(adult_on(case.born_on))}", "Isi profil", f"{page}/profile")
        case Standing.NEW:
            return Step("Isi profil bersama klien", "Isi profil", f"{page}/profile")
    if case.due_on and (case.due_on <= today or case.standing == Standing.WORKING):
        return _check_in(case, case.due_on, today)
    if case.standing == Standing.WORKING:
        return Step("Semua cek kerja sudah dicatat")
    return _search(case, page, today)


def _check_in(case: Case, due_on: date, today: date) -> Step:
    days = (today - due_on).days
    late = f"Terlambat {days} hari" if days > 0 else ""
    when = "hari ini" if days == 0 else on(due_on)
    if days < 0:
        return Step(f"Cek kerja {case.due_day} hari, {when}")
    href = f"/placements/{case.due_placement}?open={case.due_check_in}#check-in-{case.due_check_in}"
    return Step(f"Cek kerja {case.due_day} hari, {when}", "Catat", href, late)


def _search(case: Case, page: str, today: date) -> Step:
    """For somebody who looks for work, with or without an application under way."""
    if case.offers:
        return Step(
            "Ada tawaran yang menunggu jawaban", "Lihat tawaran", f"/applications/{case.offered_application}"
        )
    if case.interview_at:
        return Step(f"Wawancara {clock.said(case.interview_at, clock.zone_of(case.region))}")
    if case.open_proposals:
        return Step("Usulan lowongan menunggu jawaban klien")
    if case.open_applications:
        return Step(f"{case.open_applications} lamaran menunggu jawaban pemberi kerja{_so_long(case, today)}")
    return Step("Usulkan lowongan yang cocok", "Lihat lowongan", f"{page}/matches")


def _so_long(case: Case, today: date) -> str:
    """How long the oldest of them waits; nothing in its first days."""
    days = (today - case.waiting_since.date()).days if case.waiting_since else 0
    return f", terlama {days} hari" if days > 3 else ""

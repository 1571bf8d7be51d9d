"""Where a client stands and what comes next, in words."""

from dataclasses import dataclass
from datetime import date

from jobs.caseload import Case, Standing
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
    Standing.UNDER_AGE: ("Di bawah 18", ""),
    Standing.CLOSED: ("Selesai", ""),
}


@dataclass(frozen=True)
class Step:
    """What to do next with a client. `href` is empty where there is nothing to do but wait."""

    text: str
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
            return Step(f"Dijeda sejak {on(case.paused_on)}", page)
        case Standing.UNDER_AGE:
            return Step(f"Bisa melamar mulai {on(adult_on(case.born_on))}", f"{page}/profile")
        case Standing.NEW:
            return Step("Isi profil bersama klien", f"{page}/profile")
    if case.due_on and (case.due_on <= today or case.standing == Standing.WORKING):
        return _check_in(case, case.due_on, today)
    if case.standing == Standing.WORKING:
        return Step("Tidak ada pemantauan yang terbuka", page)
    return _search(case, page)


def _check_in(case: Case, due_on: date, today: date) -> Step:
    days = (today - due_on).days
    late = f"Terlambat {days} hari" if days > 0 else ""
    when = "hari ini" if days == 0 else on(due_on)
    return Step(f"Pemantauan {case.due_day} hari, {when}", f"/clients/{case.id}", late)


def _search(case: Case, page: str) -> Step:
    """For somebody who looks for work, with or without an application under way."""
    if case.offers:
        return Step("Ada tawaran yang menunggu jawaban", page)
    if case.interview_at:
        return Step("Siapkan wawancara bersama klien", page)
    if case.open_proposals:
        return Step("Usulan lowongan menunggu jawaban klien", page)
    if case.open_applications:
        return Step(f"{case.open_applications} lamaran menunggu jawaban pemberi kerja", page)
    return Step("Usulkan lowongan yang cocok", f"{page}/matches")

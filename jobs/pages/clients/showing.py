"""A client's page in words."""

from dataclasses import dataclass
from datetime import date, timezone
from typing import Any

from jobs.applications import OPEN
from jobs.caseload import Case, History
from jobs.pages.clients.wording import Step, line
from jobs.tables import ProposalAnswer, State
from jobs.words import STATES
from portal import clock
from portal.clients import Around, adult_on, is_adult
from portal.html import on
from portal.people import age_on
from portal.tables import Client
from training.parts import Part, home, parts
from training.profiles import Whole
from training.tables import EnrolmentState
from training.words import ENROLMENT_STATES, WORK_KINDS

PROPOSALS = {
    ProposalAnswer.OPEN: ("Menunggu jawaban", "next"),
    ProposalAnswer.APPLIED: ("Dilamar", "ok"),
    ProposalAnswer.DECLINED: ("Tidak diambil", ""),
}
COURSE_COLOURS = {EnrolmentState.INTERESTED: "next", EnrolmentState.REGISTERED: "ok"}
COLOURS = {State.INTERVIEW: "next", State.OFFERED: "next", State.HIRED: "ok"}


@dataclass(frozen=True)
class Item:
    """One application, proposal, placement or course."""

    href: str
    title: str
    employer: str
    badge: str
    colour: str
    facts: str


@dataclass(frozen=True)
class Shown:
    id: int
    name: str
    label: str
    colour: str
    step: Step
    """Where they stand, and what comes next."""
    phone: str | None
    contact_note: str
    summary: list[tuple[str, str]]
    caseworker: int
    paused_on: date | None
    closed_on: date | None
    adult_on: date | None
    """For somebody under age, the day they may apply."""
    parts: list[Part]
    applications: list[Item]
    proposals: list[Item]
    placements: list[Item]
    courses: list[Item]

    @property
    def filled(self) -> int:
        return sum(part.filled for part in self.parts)

    @property
    def may_apply(self) -> bool:
        return not (self.paused_on or self.closed_on or self.adult_on)


def shown(client: Client, around: Around, profile: Whole, case: Case, history: History, today: date) -> Shown:
    """The page for staff of the client's office."""
    zone = clock.zone_of(client.region)
    stands = line(case, today)
    return Shown(
        id=client.id,
        name=around.name,
        label=stands.label,
        colour=stands.colour,
        step=stands.step,
        phone=around.phone,
        contact_note=client.contact_note,
        summary=_summary(client, around, today),
        caseworker=client.caseworker,
        paused_on=client.paused_on,
        closed_on=client.closed_on,
        adult_on=None if is_adult(client, today) else adult_on(client.born_on),
        parts=parts(client, profile),
        applications=[_application(row, zone) for row in history.applications],
        proposals=[_proposal(row, zone) for row in history.proposals],
        placements=[_placement(row, today) for row in history.placements],
        courses=[_course(row, zone) for row in history.enrolments],
    )


def _summary(client: Client, around: Around, today: date) -> list[tuple[str, str]]:
    return [
        ("Umur", f"{age_on(client.born_on, today)} tahun ({on(client.born_on)})"),
        ("Tempat tinggal", home(client) or "Belum diisi"),
        ("Email", around.email or "Tidak ada"),
        ("Pendamping", around.caseworker),
        ("Kantor", around.office),
        ("Terdaftar", on(client.opened_on)),
    ]


def _application(row: dict[str, Any], zone: timezone) -> Item:
    state = State(row["state"])
    day = on(row["moved_at"].astimezone(zone))
    facts = f"Sejak {day}" if state in OPEN else day
    if state == State.INTERVIEW and row["interview_at"]:
        facts = clock.said(row["interview_at"], zone)
    return Item(
        f"/applications/{row['id']}",
        row["title"],
        row["employer_name"],
        STATES[state],
        COLOURS.get(state, ""),
        facts,
    )


def _proposal(row: dict[str, Any], zone: timezone) -> Item:
    label, colour = PROPOSALS[ProposalAnswer(row["answer"])]
    return Item(
        f"/vacancies/{row['vacancy']}",
        row["title"],
        row["employer_name"],
        label,
        colour,
        f"Diusulkan {on(row['made_at'].astimezone(zone))}",
    )


def _course(row: dict[str, Any], zone: timezone) -> Item:
    state = EnrolmentState(row["state"])
    return Item(
        f"/programmes/{row['programme']}",
        row["title"],
        row["provider"],
        ENROLMENT_STATES[state],
        COURSE_COLOURS.get(state, ""),
        f"Sejak {on(row['moved_at'].astimezone(zone))}",
    )


def _placement(row: dict[str, Any], today: date) -> Item:
    employer = row["employer_name"] or WORK_KINDS[row["kind"]]
    facts = f"Mulai {on(row['started_on'])}"
    if row["ended_on"]:
        return Item(
            f"/placements/{row['id']}",
            row["title"],
            employer,
            "Selesai",
            "",
            f"{facts}, berhenti {on(row['ended_on'])}",
        )
    badge, colour = "Bekerja", "ok"
    if row["due_on"]:
        days = (today - row["due_on"]).days
        facts += f". Cek kerja {row['due_day']} hari: {'hari ini' if days == 0 else on(row['due_on'])}"
        if days > 0:
            badge, colour = f"Cek kerja terlambat {days} hari", "bad"
    return Item(f"/placements/{row['id']}", row["title"], employer, badge, colour, facts)

"""An application, from being sent to being settled."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from piccolo.columns.combination import Where
from piccolo.query.methods import Objects

from jobs import placements, vacancies
from jobs.tables import (
    Application,
    JobInvitation,
    Proposal,
    ProposalAnswer,
    State,
    Vacancy,
    VacancyState,
    Way,
)
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import ADULT, Actor, age_on, members_of
from portal.tables import Client, Role

EMPLOYER = frozenset({Role.EMPLOYER})
CLIENTS_SIDE = frozenset({Role.CLIENT, Role.STAFF})

# from -> to -> who may. Every misclick has a way back: an employer reopens what was declined and takes back a hire,
# a client sends again what was withdrawn.
MOVES: dict[State, dict[State, frozenset[Role]]] = {
    State.SENT: {
        State.IN_REVIEW: EMPLOYER,
        State.INTERVIEW: EMPLOYER,
        State.DECLINED: EMPLOYER,
        State.WITHDRAWN: CLIENTS_SIDE,
    },
    State.IN_REVIEW: {
        State.INTERVIEW: EMPLOYER,
        State.DECLINED: EMPLOYER,
        State.SENT: EMPLOYER,
        State.WITHDRAWN: CLIENTS_SIDE,
    },
    State.INTERVIEW: {
        State.OFFERED: EMPLOYER,
        State.HIRED: EMPLOYER,
        State.DECLINED: EMPLOYER,
        State.IN_REVIEW: EMPLOYER,
        State.WITHDRAWN: CLIENTS_SIDE,
    },
    State.OFFERED: {
        State.HIRED: EMPLOYER,
        State.DECLINED: EMPLOYER,
        State.INTERVIEW: EMPLOYER,
        State.WITHDRAWN: CLIENTS_SIDE,
    },
    State.HIRED: {State.OFFERED: EMPLOYER},
    State.DECLINED: {State.IN_REVIEW: EMPLOYER},
    State.WITHDRAWN: {State.SENT: CLIENTS_SIDE},
}
IDENTIFIED = frozenset({State.INTERVIEW, State.OFFERED, State.HIRED})
"""States in which the employer sees name and contact; before an invitation and after an end the card stays blind."""
OPEN = frozenset({State.SENT, State.IN_REVIEW, State.INTERVIEW, State.OFFERED})
BACK = frozenset(
    {
        (State.IN_REVIEW, State.SENT),
        (State.INTERVIEW, State.IN_REVIEW),
        (State.OFFERED, State.INTERVIEW),
        (State.HIRED, State.OFFERED),
        (State.DECLINED, State.IN_REVIEW),
        (State.WITHDRAWN, State.SENT),
    }
)
"""Moves that take back an earlier one: drawn quietly, and asking for no facts."""

# What a move may write besides the state; the names are those of the move form and of the columns.
FACTS: dict[State, tuple[str, ...]] = {
    State.INTERVIEW: ("interview_at", "interview_place"),
    State.DECLINED: ("decline_reason", "decline_message", "employer_note"),
    State.WITHDRAWN: ("withdrawal_note",),
}
TOLD = {State.INTERVIEW: "interview", State.DECLINED: "declined", State.HIRED: "hired"}
"""Notices with words of their own; every other move of the employer is "application_moved"."""
CLOSED = "Lowongan ini sudah ditutup. Cari lowongan lain yang serupa."


class NotPossible(Exception):
    """The application is no longer where the person thought it was, or may not be made; the message says why."""


def scope_of(actor: Actor) -> Where:
    """The condition that narrows applications to those this person may see."""
    match actor.role:
        case Role.CLIENT:
            return Application.client == actor.client
        case Role.EMPLOYER:
            return Application.vacancy._.partner._.organisation == actor.organisation
        case Role.STAFF:
            return Application.client._.office == actor.organisation
        case Role.ADMINISTRATOR:
            return Application.id.is_not_null()
    raise ValueError(actor.role)


def visible_to(actor: Actor) -> Objects[Application]:
    """The applications this person may see, as a query to narrow further."""
    return Application.objects().where(scope_of(actor))


def moves_open_to(actor: Actor, state: State | str) -> list[State]:
    """Where this person may move an application that is in `state`, in the order buttons are drawn."""
    return [to for to, roles in MOVES[State(state)].items() if actor.role in roles]


async def apply(
    vacancy: Vacancy,
    client: Client,
    *,
    card: Mapping[str, Any],
    by: Actor,
    note: str = "",
    starts: str = "",
    agreement: str = "",
) -> Application:
    """Sends the client's `card` (jobs.cards) to the vacancy; the application of the first time if there is one.

    Staff apply for a client with `agreement`, how the client agreed. Raises NotPossible with the reason in words.
    """
    if reason := await why_not(vacancy, client, by=by, agreement=agreement):
        raise NotPossible(reason)
    async with change(by=by):
        # Numbers are given one after the other, and a second tap waits here for the first.
        await Vacancy.raw("SELECT id FROM vacancy WHERE id = {} FOR UPDATE", vacancy.id)
        mine = (Application.vacancy == vacancy.id) & (Application.client == client.id)
        if known := await Application.objects().get(mine):
            return known
        [highest] = await Application.raw(
            "SELECT coalesce(max(number), 0) AS n FROM application WHERE vacancy = {}", vacancy.id
        )
        application = Application(
            vacancy=vacancy.id,
            client=client.id,
            number=highest["n"] + 1,
            card=dict(card),
            note=note,
            starts=starts,
            sent_by=by.person,
            agreement=agreement,
        )
        await application.save()
        await record(f"application:{application.id}", State.SENT, by=by)
        await answer_proposal(vacancy.id, client.id)
        await _tell_employer(application, "application_received")
        if by.role == Role.CLIENT:
            await tell(client.caseworker, "client_applied", f"/applications/{application.id}")
    return application


async def answer_proposal(vacancy: int, client: int) -> None:
    """An open proposal of this vacancy, or an invitation to it, is answered by applying, through the portal or directly."""
    for table in (Proposal, JobInvitation):
        # Both call it `open`, and only an invitation may have ended by itself.
        asked = (table.vacancy == vacancy) & (table.client == client) & (table.answer == ProposalAnswer.OPEN)
        answered: dict[Any, Any] = {
            table.answer: ProposalAnswer.APPLIED,
            table.answered_at: datetime.now(UTC),
        }
        await table.update(answered).where(asked)


async def why_not(vacancy: Vacancy, client: Client, *, by: Actor, agreement: str = "") -> str | None:
    """Why this client cannot apply to this vacancy, in a sentence; None if they can."""
    if by.role == Role.STAFF and not agreement.strip():
        return "Tulis dulu bagaimana klien menyetujui lamaran ini."
    return closed_to(vacancy, client)


def closed_to(vacancy: Vacancy, client: Client) -> str | None:
    """What about the vacancy or the client stands against an application, in a sentence."""
    if vacancy.state != VacancyState.PUBLISHED or (vacancy.closes_on and vacancy.closes_on < date.today()):
        return CLOSED
    if vacancy.way != Way.PORTAL:
        return "Lowongan ini dilamar langsung ke pemberi kerja."
    return held_back(client)


def held_back(client: Client) -> str | None:
    """Why nothing is matched or sent for this client now, in a sentence; None for most."""
    if age_on(client.born_on, date.today()) < ADULT:
        return "Melamar lewat portal bisa mulai umur 18 tahun. Bicarakan dengan pendamping tentang pelatihan."
    if client.closed_on:
        return "Pendampingan sudah selesai. Hubungi kantor untuk membukanya lagi."
    if client.paused_on:
        return "Lamaran sedang dijeda. Lanjutkan dulu lewat pendamping."
    return None


async def move(application: Application, to: State, *, by: Actor, **facts: Any) -> None:
    """Moves the application and records it, or changes nothing and raises NotPossible.

    `facts` are the columns named in FACTS for `to`. The state on `application` must be the one the person saw.
    """
    seen = State(application.state)
    if to not in moves_open_to(by, seen):
        raise NotPossible(f"{seen} to {to}")
    if unknown := set(facts) - set(FACTS.get(to, ())):
        raise ValueError(f"{sorted(unknown)} do not belong to {to}")
    if seen == State.WITHDRAWN:
        # Sent again, it waits anew, and only where it could be sent for the first time.
        await _still_possible(application)
        facts["sent_at"] = datetime.now(UTC)
    async with change(by=by):
        moved = (
            await Application.update({"state": to, "moved_at": datetime.now(UTC), **facts}, force=True)
            .where(Application.id == application.id, Application.state == seen)
            .returning(Application.id)
        )
        if not moved:
            raise NotPossible(f"{seen} to {to}")
        await record(f"application:{application.id}", to, by=by)
        if to == State.HIRED:
            await placements.begin(application, by=by)
        elif seen == State.HIRED:
            await placements.take_back(application, by=by)
        if State.HIRED in (seen, to):
            await vacancies.count_hires(application.vacancy, by=by)
        await _tell_about(application, to, by=by)
    application.state = to


async def _still_possible(application: Application) -> None:
    vacancy = await Vacancy.objects().get(Vacancy.id == application.vacancy)
    client = await Client.objects().get(Client.id == application.client)
    assert vacancy and client
    if reason := closed_to(vacancy, client):
        raise NotPossible(reason)


async def _tell_about(application: Application, to: State, *, by: Actor) -> None:
    if by.role != Role.EMPLOYER:
        await _tell_employer(
            application, "application_withdrawn" if to == State.WITHDRAWN else "application_received"
        )
        if by.role == Role.CLIENT:
            return
    [client] = await Client.select(Client.person, Client.paused_on).where(Client.id == application.client)
    # A pause means peace: what happens meanwhile is there when the client comes back.
    if not client["paused_on"]:
        await tell(client["person"], TOLD.get(to, "application_moved"), f"/applications/{application.id}")


async def _tell_employer(application: Application, kind: str) -> None:
    [row] = await Vacancy.select(Vacancy.partner.organisation.as_alias("organisation")).where(
        Vacancy.id == application.vacancy
    )
    for person in await members_of(row["organisation"], Role.EMPLOYER):
        await tell(person, kind, f"/applications/{application.id}")

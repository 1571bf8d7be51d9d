"""What a caseworker has to do today: check-ins that are due, applications that wait, interviews."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from piccolo.columns.combination import And, Where

from jobs.tables import Application, CheckIn, State
from portal import clock
from portal.people import Actor

AHEAD = timedelta(days=7)
"""How far the list looks ahead."""
LONGEST = 200
"""Check-ins shown at most, the oldest first; an office with more has another problem than this list."""

WAITING = 5
"""Unanswered applications shown beside it."""


class Scope(StrEnum):
    """Whose clients the list is about."""

    MINE = "mine"
    OFFICE = "office"


@dataclass(frozen=True)
class Agenda:
    """Rows of open check-ins by when they are due, what was recorded today, and what else goes on."""

    late: list[dict[str, Any]]
    today: list[dict[str, Any]]
    soon: list[dict[str, Any]]
    recorded: list[dict[str, Any]]
    """By this person, today: what can still be taken back."""
    waiting: int
    """Applications that employers have not answered,"""
    longest: list[dict[str, Any]]
    """and those of them that wait the longest."""
    interviews: list[dict[str, Any]]

    @property
    def open(self) -> list[dict[str, Any]]:
        """In the order of the page."""
        return self.late + self.today + self.soon

    def after(self, due_on: date, id: int) -> int | None:
        """The open check-in that follows this one on the page, or the first; None when nothing is left."""
        ids = [(row["due_on"], row["id"]) for row in self.open]
        following = [each for each in ids if each > (due_on, id)] or ids
        return following[0][1] if following else None


async def agenda(by: Actor, scope: Scope, today: date) -> Agenda:
    """The list of `today` for the actor's clients or their whole office; never beyond it, whoever asks."""
    rows = await _check_ins(
        _of(by, scope, CheckIn.placement.client)
        & CheckIn.done_on.is_null()
        & (CheckIn.due_on <= today + AHEAD)
    )
    recorded = await _check_ins(
        (CheckIn.placement._.client._.office == by.organisation)
        & (CheckIn.done_on == today)
        & (CheckIn.done_by == by.person)
    )
    unanswered = _of(by, scope, Application.client) & Application.state.is_in(
        [State.SENT.value, State.IN_REVIEW.value]
    )
    return Agenda(
        late=[row for row in rows if row["due_on"] < today],
        today=[row for row in rows if row["due_on"] == today],
        soon=[row for row in rows if row["due_on"] > today],
        recorded=recorded,
        waiting=await Application.count().where(unanswered),
        longest=await _longest(unanswered),
        interviews=await _interviews(by, scope, today),
    )


def _of(by: Actor, scope: Scope, client: Any) -> And | Where:
    """Clients in scope whose accompaniment goes on; `client` is the foreign key that leads to them."""
    office = (client.office == by.organisation) & client.closed_on.is_null()
    return office & (client.caseworker == by.person) if scope == Scope.MINE else office


async def _check_ins(where: And | Where) -> list[dict[str, Any]]:
    placement = CheckIn.placement
    return (
        await CheckIn.select(
            CheckIn.id,
            CheckIn.day,
            CheckIn.due_on,
            CheckIn.finding,
            CheckIn.source,
            placement.id.as_alias("placement"),
            placement.title.as_alias("title"),
            placement.employer_name.as_alias("employer_name"),
            placement.kind.as_alias("kind"),
            placement.started_on.as_alias("started_on"),
            placement.ended_on.as_alias("ended_on"),
            placement._.client._.id.as_alias("client"),
            placement._.client._.contact_note.as_alias("contact_note"),
            placement._.client._.paused_on.as_alias("paused_on"),
            placement._.client._.person._.name.as_alias("name"),
            placement._.client._.person._.phone.as_alias("phone"),
        )
        .where(where)
        .order_by(CheckIn.due_on, CheckIn.id)
        .limit(LONGEST)
    )


async def _longest(unanswered: And | Where) -> list[dict[str, Any]]:
    """The first WAITING of them, with how many `days` they have waited."""
    rows = (
        await Application.select(
            Application.id,
            Application.sent_at,
            Application.client._.person._.name.as_alias("name"),
            Application.vacancy.title.as_alias("title"),
            Application.vacancy.employer_name.as_alias("employer_name"),
        )
        .where(unanswered)
        .order_by(Application.sent_at)
        .limit(WAITING)
    )
    return [{**row, "days": (datetime.now(UTC) - row["sent_at"]).days} for row in rows]


async def _interviews(by: Actor, scope: Scope, today: date) -> list[dict[str, Any]]:
    """Interviews on this day of the calendar where the work is, the earliest first, with `zone`."""
    start = datetime.combine(today, time.min, UTC)
    rows = (
        await Application.select(
            Application.id,
            Application.interview_at,
            Application.interview_place,
            Application.client._.person._.name.as_alias("name"),
            Application.vacancy.title.as_alias("title"),
            Application.vacancy.employer_name.as_alias("employer_name"),
            Application.vacancy.region.as_alias("region"),
        )
        .where(
            _of(by, scope, Application.client)
            & (Application.state == State.INTERVIEW)
            & (Application.interview_at >= start - timedelta(days=1))
            & (Application.interview_at < start + timedelta(days=2))
        )
        .order_by(Application.interview_at)
    )
    here = [{**row, "zone": clock.zone_of(row["region"])} for row in rows]
    return [row for row in here if row["interview_at"].astimezone(row["zone"]).date() == today]

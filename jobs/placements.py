"""Placements: dated stretches of work, and the check-ins that ask whether they last."""

import json
from datetime import date, timedelta
from typing import Any

from piccolo.query.methods import Objects

from jobs.tables import (
    Application,
    CheckIn,
    EmploymentType,
    EndReason,
    Finding,
    FindingSource,
    Placement,
    Vacancy,
)
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import Actor
from portal.tables import Client, Event, Role
from training.tables import WorkKind

DAYS = (7, 30, 90, 180)
"""Days after the start on which somebody asks; BNN follows a client for three to six months."""


ENDS = frozenset({Finding.LEFT, Finding.CHANGED})
"""Findings after which somebody no longer works where they did."""
EVIDENCE = {
    FindingSource.DOCUMENT: 4,
    FindingSource.EMPLOYER: 3,
    FindingSource.CLIENT: 2,
    FindingSource.FAMILY: 1,
}
"""How strong a source is, of four."""


class NotPossible(Exception):
    """The placement or check-in is no longer where the person thought it was."""


def visible_to(actor: Actor) -> Objects[Placement]:
    """The placements this person may see, as a query to narrow further; employers see none."""
    match actor.role:
        case Role.CLIENT:
            return Placement.objects().where(Placement.client == actor.client)
        case Role.STAFF:
            return Placement.objects().where(Placement.client.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return Placement.objects()
    return Placement.objects().where(Placement.id == -1)


async def begin(application: Application, *, by: Actor, started_on: date | None = None) -> Placement:
    """The placement of a hire, with its check-ins; tells the caseworker."""
    [vacancy] = await Vacancy.select(
        Vacancy.employer_name, Vacancy.title, Vacancy.occupation, Vacancy.wage_min, Vacancy.employment_type
    ).where(Vacancy.id == application.vacancy)
    daily = vacancy["employment_type"] == EmploymentType.DAILY
    return await begin_work(
        application.client,
        by=by,
        started_on=started_on or date.today(),
        application=application.id,
        kind=WorkKind.DAILY if daily else WorkKind.EMPLOYED,
        employer_name=vacancy["employer_name"],
        title=vacancy["title"],
        occupation=vacancy["occupation"],
        wage=vacancy["wage_min"],
    )


async def begin_work(client: int, *, by: Actor, started_on: date, **facts: Any) -> Placement:
    """Work a client began, through the portal or not: the same placement, the same check-ins.

    `facts`: kind, employer_name (may be empty), title, occupation (id or None), wage, application.
    """
    async with change(by=by):
        placement = Placement(client=client, started_on=started_on, made_by=by.person, **facts)
        await placement.save()
        await CheckIn.insert(
            *(
                CheckIn(
                    placement=placement.id, day=day, due_on=started_on + timedelta(days=day), done_on=None
                )
                for day in DAYS
            )
        )
        await record(f"placement:{placement.id}", "begun", by=by)
        [row] = await Client.select(Client.caseworker).where(Client.id == client)
        await tell(row["caseworker"], "placement_begun", f"/placements/{placement.id}")
    return placement


async def take_back(application: Application, *, by: Actor) -> None:
    """Undoes the placement of a hire that was a misclick. Raises NotPossible once something was recorded about it.

    An employer reads why, so the sentence says nothing of anybody who asks how the work goes.
    """
    placement = await Placement.objects().get(Placement.application == application.id)
    if placement is None:
        return
    async with change(by=by):
        # Locked, so that an answer given at this moment is either seen here or finds nothing to answer.
        check_ins = await CheckIn.select(CheckIn.done_on).where(CheckIn.placement == placement.id).lock_rows()
        await placement.refresh()
        if placement.ended_on or any(row["done_on"] for row in check_ins):
            raise NotPossible(
                "Penerimaan ini sudah tercatat, jadi tidak bisa diurungkan lagi. Hubungi petugas Bina Karya."
            )
        await record(f"placement:{placement.id}", "taken_back", by=by)
        await placement.remove()


async def answer(
    check_in: CheckIn,
    finding: Finding,
    *,
    by: Actor,
    source: FindingSource | None = None,
    note: str = "",
    end_reason: EndReason | None = None,
    ended_on: date | None = None,
) -> None:
    """Records what was found. `left` and `changed` end the placement, unless it has ended, for a reason, on a day.

    Raises NotPossible if the check-in has been answered.
    """
    today = date.today()
    async with change(by=by):
        answered = (
            await CheckIn.update(
                {
                    CheckIn.done_on: today,
                    CheckIn.finding: finding,
                    CheckIn.source: source,
                    CheckIn.note: note,
                    CheckIn.done_by: by.person,
                }
            )
            .where((CheckIn.id == check_in.id) & CheckIn.done_on.is_null())
            .returning(CheckIn.placement)
        )
        if not answered:
            raise NotPossible("Cek kerja ini sudah dicatat.")
        placement = answered[0]["placement"]
        await record(f"placement:{placement}", f"check_in_{finding}", by=by, day=check_in.day)
        if finding in ENDS:
            # Where somebody works is asked on after an end, and then there is nothing more to end.
            await _end(placement, ended_on or today, end_reason or EndReason.OTHER, by, check_in=check_in.id)


async def take_back_answer(check_in: CheckIn, *, by: Actor) -> None:
    """Undoes a finding recorded by mistake, and the end it brought; only by who recorded it, on the same day.

    Raises NotPossible for anybody else, and later.
    """
    async with change(by=by):
        taken = (
            await CheckIn.update(
                {"done_on": None, "finding": None, "source": None, "note": "", "done_by": None}, force=True
            )
            .where(
                (CheckIn.id == check_in.id)
                & (CheckIn.done_by == by.person)
                & (CheckIn.done_on == date.today())
            )
            .returning(CheckIn.placement)
        )
        if not taken:
            raise NotPossible("Catatan hanya bisa diurungkan oleh yang mencatat, pada hari yang sama.")
        placement = taken[0]["placement"]
        await record(f"placement:{placement}", "check_in_taken_back", by=by, day=check_in.day)
        ending = await _last_end(placement)
        if ending and ending["details"].get("check_in") == check_in.id:
            await _reopen(placement, by)


async def end(placement: int, ended_on: date, reason: EndReason, *, by: Actor) -> None:
    """Ends a placement that has not ended; its open check-ins stay, because where somebody works now is still asked."""
    async with change(by=by):
        if not await _end(placement, ended_on, reason, by):
            raise NotPossible("Penempatan ini sudah berakhir.")


async def take_back_end(placement: int, *, by: Actor) -> None:
    """Undoes an end recorded by mistake; only by who recorded it, on the same day, and not the end of a check-in."""
    async with change(by=by):
        ending = await _last_end(placement)
        if not ending or not may_take_back(ending, by) or not await _reopen(placement, by):
            raise NotPossible("Akhir kerja hanya bisa diurungkan oleh yang mencatat, pada hari yang sama.")


def may_take_back(ending: dict[str, Any], by: Actor) -> bool:
    """Whether this person may undo the end of a placement that this event (`last_end`) tells of."""
    today = ending["at"].astimezone().date() == date.today()
    return today and ending["by"] == by.person and "check_in" not in ending["details"]


async def last_end(placement: Placement) -> dict[str, Any] | None:
    """`by`, `at` and `details` of the end of a placement that has ended."""
    return await _last_end(placement.id) if placement.ended_on else None


async def _last_end(placement: int) -> dict[str, Any] | None:
    event = (
        await Event.select(Event.by, Event.at, Event.details)
        .where((Event.subject == f"placement:{placement}") & (Event.action == "ended"))
        .order_by(Event.id, ascending=False)
        .first()
    )
    return {**event, "details": json.loads(event["details"])} if event else None


async def _end(placement: int, ended_on: date, reason: EndReason, by: Actor, **details: int) -> bool:
    ended = (
        await Placement.update({Placement.ended_on: ended_on, Placement.end_reason: reason})
        .where((Placement.id == placement) & Placement.ended_on.is_null())
        .returning(Placement.id)
    )
    if ended:
        await record(f"placement:{placement}", "ended", by=by, reason=reason, **details)
    return bool(ended)


async def _reopen(placement: int, by: Actor) -> bool:
    reopened = (
        await Placement.update({"ended_on": None, "end_reason": None}, force=True)
        .where((Placement.id == placement) & Placement.ended_on.is_not_null())
        .returning(Placement.id)
    )
    if reopened:
        await record(f"placement:{placement}", "reopened", by=by)
    return bool(reopened)

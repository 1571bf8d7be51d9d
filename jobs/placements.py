"""Placements: dated stretches of work, and the check-ins that ask whether they last."""

from datetime import date, timedelta
from typing import Any

from piccolo.query.methods import Objects

from jobs.tables import Application, CheckIn, EndReason, Finding, FindingSource, Placement, Vacancy
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import Actor
from portal.tables import Client, Role

DAYS = (7, 30, 90, 180)
"""Days after the start on which somebody asks; BNN follows a client for three to six months."""


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
        Vacancy.employer_name, Vacancy.title, Vacancy.occupation, Vacancy.wage_min
    ).where(Vacancy.id == application.vacancy)
    return await begin_work(
        application.client,
        by=by,
        started_on=started_on or date.today(),
        application=application.id,
        employer_name=vacancy["employer_name"],
        title=vacancy["title"],
        occupation=vacancy["occupation"],
        wage=vacancy["wage_min"],
    )


async def begin_work(client: int, *, by: Actor, started_on: date, **facts: Any) -> Placement:
    """Work a client began, through the portal or not: the same placement, the same check-ins."""
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
    """Undoes the placement of a hire that was a misclick. Raises NotPossible once somebody has answered a check-in."""
    placement = await Placement.objects().get(Placement.application == application.id)
    if placement is None:
        return
    if await CheckIn.exists().where((CheckIn.placement == placement.id) & CheckIn.done_on.is_not_null()):
        raise NotPossible("Pemantauan sudah berjalan, jadi penerimaan ini tidak bisa diurungkan.")
    async with change(by=by):
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
    """Records what was found. `left` and `changed` end the placement, for a reason, on a day; raises NotPossible if answered."""
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
            raise NotPossible("Pemantauan ini sudah dicatat.")
        await record(f"placement:{answered[0]['placement']}", f"check_in_{finding}", by=by, day=check_in.day)
        if finding in (Finding.LEFT, Finding.CHANGED):
            await end(answered[0]["placement"], ended_on or today, end_reason or EndReason.OTHER, by=by)


async def end(placement: int, ended_on: date, reason: EndReason, *, by: Actor) -> None:
    """Ends a placement that has not ended; its open check-ins stay, because where somebody works now is still asked."""
    async with change(by=by):
        ended = (
            await Placement.update({Placement.ended_on: ended_on, Placement.end_reason: reason})
            .where((Placement.id == placement) & Placement.ended_on.is_null())
            .returning(Placement.id)
        )
        if not ended:
            raise NotPossible("Penempatan ini sudah berakhir.")
        await record(f"placement:{placement}", "ended", by=by, reason=reason)

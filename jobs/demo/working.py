"""What comes of it: proposals, applications and their moves, work and whether it lasts."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

from jobs import applications, outside, placements, proposals
from jobs.cards import card_of
from jobs.demo import reading
from jobs.demo.cast import Cast
from jobs.demo.reading import Told
from jobs.demo.timeline import Timeline
from jobs.index import documents
from jobs.tables import Application, CheckIn, Placement, Proposal, State
from portal.clock import moment, zone_of
from portal.database import connection
from training.tables import WorkKind

START = "UPDATE placement SET started_on = $2::date WHERE id = $1"
DUE = "UPDATE check_in SET due_on = $2::date + day WHERE placement = $1"


def plan(timeline: Timeline, cast: Cast) -> None:
    for told in reading.people():
        for proposal in told.get("proposal", ()):
            timeline.at(proposal["ago"], partial(_propose, cast, told, proposal))
            if "declined" in proposal:
                timeline.at(proposal["declined"], partial(_decline_proposal, cast, told, proposal))
        for application in told.get("application", ()):
            _plan_application(timeline, cast, told, application)
        for mark in told.get("outside", ()):
            timeline.at(mark["ago"], partial(_mark_outside, cast, told, mark))
        for work in told.get("work", ()):
            timeline.at(work["started"], partial(_begin_work, timeline, cast, told, work))
            _plan_checks(timeline, cast, told, work)


def _plan_application(timeline: Timeline, cast: Cast, told: Told, application: Told) -> None:
    timeline.at(application["ago"], partial(_apply, cast, told, application))
    for step in application.get("steps", ()):
        timeline.at(step["ago"], partial(_move, timeline, cast, told, application, step))
    _plan_checks(timeline, cast, told, application)


def _plan_checks(timeline: Timeline, cast: Cast, told: Told, work: Told) -> None:
    for check in work.get("checks", ()):
        timeline.at(check["ago"], partial(_check, timeline, cast, told, check))


async def _propose(cast: Cast, told: Told, proposal: Told) -> None:
    vacancy, client = cast.vacancies[proposal["vacancy"]], cast.clients[told["name"]].record
    await proposals.propose(vacancy, client, proposal["message"], by=cast.staff[told["with"]])


async def _decline_proposal(cast: Cast, told: Told, proposal: Told) -> None:
    vacancy, member = cast.vacancies[proposal["vacancy"]], cast.clients[told["name"]]
    mine = (Proposal.vacancy == vacancy.id) & (Proposal.client == member.record.id)
    open_one = await Proposal.objects().get(mine)
    assert open_one
    await proposals.decline(open_one, proposal["note"], by=member.actor)


async def _apply(cast: Cast, told: Told, application: Told) -> None:
    """By the client, or by the caseworker where the file tells how the client agreed."""
    vacancy, member = cast.vacancies[application["vacancy"]], cast.clients[told["name"]]
    [document] = await documents.load([vacancy.id])
    agreement = application.get("agreement", "")
    await applications.apply(
        vacancy,
        member.record,
        card=await card_of(member.record, document),
        note=application["note"],
        starts=application.get("starts", "segera"),
        agreement=agreement,
        by=cast.staff[told["with"]] if agreement else member.actor,
    )


async def _move(timeline: Timeline, cast: Cast, told: Told, application: Told, step: Told) -> None:
    name, member = application["vacancy"], cast.clients[told["name"]]
    mine = (Application.vacancy == cast.vacancies[name].id) & (Application.client == member.record.id)
    row = await Application.objects().get(mine)
    assert row
    to = State(step["to"])
    by = member.actor if to == State.WITHDRAWN else cast.employers[name.split("/")[0]]
    await applications.move(row, to, by=by, **_facts(timeline, cast, name, step))
    if to == State.HIRED:
        placement = await Placement.objects().get(Placement.application == row.id)
        assert placement
        await _start(placement, timeline.day(application["started"]))


def _facts(timeline: Timeline, cast: Cast, name: str, step: Told) -> dict[str, Any]:
    """What goes with the move, by the names the move form uses."""
    match State(step["to"]):
        case State.INTERVIEW:
            day = timeline.today + timedelta(days=step["in"])
            zone = zone_of(cast.vacancies[name].region)
            return {
                "interview_at": moment(day, time.fromisoformat(step["time"]), zone),
                "interview_place": step["place"],
            }
        case State.DECLINED:
            return {
                "decline_reason": step["reason"],
                "decline_message": step["message"],
                "employer_note": step.get("private", ""),
            }
        case State.WITHDRAWN:
            return {"withdrawal_note": step["why"]}
    return {}


async def _mark_outside(cast: Cast, told: Told, mark: Told) -> None:
    member = cast.clients[told["name"]]
    await outside.mark(cast.vacancies[mark["vacancy"]].id, member.record.id, by=member.actor)


async def _begin_work(timeline: Timeline, cast: Cast, told: Told, work: Told) -> None:
    """Work of one's own, which no application comes before."""
    await placements.begin_work(
        cast.clients[told["name"]].record.id,
        by=cast.staff[told["with"]],
        started_on=timeline.day(work["started"]),
        kind=WorkKind.OWN,
        employer_name="",
        title=work["title"],
        occupation=work["occupation"],
        wage=work["wage"],
    )


async def _start(placement: Placement, day: date) -> None:
    """A hire begins on the day it is made; in the story somebody may begin later, and every check-in with them."""
    await connection().execute(START, placement.id, day)
    await connection().execute(DUE, placement.id, day)


async def _check(timeline: Timeline, cast: Cast, told: Told, check: Told) -> None:
    member = cast.clients[told["name"]]
    check_in = (
        await CheckIn.objects()
        .where((CheckIn.placement.client == member.record.id) & (CheckIn.day == check["day"]))
        .first()
    )
    assert check_in
    await placements.answer(
        check_in,
        check["finding"],
        by=cast.staff[told["with"]],
        source=check.get("source"),
        note=check.get("note", ""),
        end_reason=check.get("reason"),
        ended_on=timeline.day(check["ended"]) if "ended" in check else None,
    )

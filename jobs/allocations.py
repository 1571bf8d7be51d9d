"""Allocations: an office's clients assigned to open positions at once, each assignment staff's to change and to send."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from piccolo.query.methods import Objects

from jobs import proposals
from jobs.allocation import room
from jobs.allocation.computing import Worked, work_out
from jobs.allocation.fitting import Terms
from jobs.allocation.pool import Pool, gather
from jobs.allocation.solving import NOBODY
from jobs.matching.score import Match
from jobs.tables import Allocation, AllocationOf, Assignment, AssignmentState, Placement, Vacancy
from portal.audit import record
from portal.database import change
from portal.people import Actor
from portal.tables import Client, Role

STAFF = frozenset({Role.STAFF, Role.ADMINISTRATOR})
ANSWERS = frozenset({Role.STAFF, Role.CLIENT})

# from -> to -> who may. The last two are the client's answer to the proposal (jobs.proposals, jobs.applications).
MOVES: dict[AssignmentState, dict[AssignmentState, frozenset[Role]]] = {
    AssignmentState.OPEN: {
        AssignmentState.EDITED: STAFF,
        AssignmentState.REMOVED: STAFF,
        AssignmentState.SENT: STAFF,
    },
    AssignmentState.EDITED: {
        AssignmentState.EDITED: STAFF,
        AssignmentState.REMOVED: STAFF,
        AssignmentState.SENT: STAFF,
    },
    AssignmentState.REMOVED: {AssignmentState.EDITED: STAFF},
    AssignmentState.SENT: {AssignmentState.ACCEPTED: ANSWERS, AssignmentState.REFUSED: ANSWERS},
    AssignmentState.ACCEPTED: {},
    AssignmentState.REFUSED: {},
}
MESSAGE = "Menurut profil Anda, pekerjaan ini cocok untuk dilihat."
"""What the client reads above the vacancy: nothing of others, and nothing of how it came about."""
MOVED = "Klien ini sudah pindah ke kantor lain. Kantor itu yang mengusulkan lowongan baginya."
MOST_SENT = 200
"""So many proposals leave by one tap; who sends more taps again."""
ELSEWHERE = """
SELECT assignment.id FROM assignment JOIN allocation ON allocation.id = assignment.allocation
JOIN client ON client.id = assignment.client
WHERE assignment.id = {} AND client.office <> allocation.office
"""
BATCH = 500
"""Rows in one statement, whose parameters are counted."""


class NotPossible(Exception):
    """The assignment is no longer what the person thought it was, or must not be; the message says why."""


class Changed(NotPossible):
    """Somebody has changed the assignment since the person read it."""


class Moved(Changed):
    """The client belongs to another office now."""


def visible_to(actor: Actor) -> Objects[Allocation]:
    """The allocations this person may see, as a query to narrow further; clients and employers see none."""
    match actor.role:
        case Role.STAFF:
            return Allocation.objects().where(Allocation.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return Allocation.objects()
    return Allocation.objects().where(Allocation.id == -1)


def moves_open_to(actor: Actor, state: AssignmentState | str) -> list[AssignmentState]:
    return [to for to, roles in MOVES[AssignmentState(state)].items() if actor.role in roles]


async def make(
    office: int,
    clients: Sequence[int],
    whose: AllocationOf,
    *,
    floor: int,
    reach_km: int,
    by: Actor,
    name: str = "",
    note: str = "",
) -> Allocation:
    """Assigns these clients of the office, given in the order of their waiting (jobs.allocation.pool.eligible).

    `floor` is in hundredths, `reach_km` in kilometres. Raises jobs.allocation.computing.Busy.
    """
    pool = await gather(clients, reach_km)
    worked = await work_out(pool, Terms(floor / 100, float(reach_km)))
    allocation = Allocation(
        office=office,
        name=name,
        note=note,
        whose=whose,
        floor=floor,
        reach_km=reach_km,
        made_by=by.person,
        **_figures(pool, worked),
    )
    async with change(by=by):
        await allocation.save()
        rows = _rows(allocation.id, pool, worked, by)
        for start in range(0, len(rows), BATCH):
            await Assignment.insert(*rows[start : start + BATCH])
        await record(
            f"allocation:{allocation.id}", "made", by=by, clients=len(rows), placed=worked.best.placed
        )
    return allocation


def _figures(pool: Pool, worked: Worked) -> dict[str, Any]:
    return {
        "clients": len(pool.clients),
        "vacancies": len(pool.vacancies),
        "positions": sum(each.positions for each in pool.vacancies),
        "left_out": pool.left_out,
        "placed": worked.best.placed,
        "total": worked.best.total,
        "lowest": worked.best.lowest,
        "first_placed": worked.first.placed,
        "first_total": worked.first.total,
        "first_lowest": worked.first.lowest,
        "scoring_ms": worked.scoring_ms,
        "solving_ms": worked.solving_ms,
    }


def _rows(allocation: int, pool: Pool, worked: Worked, by: Actor) -> list[Assignment]:
    rows = []
    for place, (known, column) in enumerate(zip(pool.clients, worked.best.chosen.tolist(), strict=True)):
        vacancy = None if column == NOBODY else pool.vacancies[column].id
        facts = fit_of(worked.matches[place]) if vacancy else {}
        rows.append(
            Assignment(
                allocation=allocation,
                client=known.id,
                vacancy=vacancy,
                suggested=vacancy,
                changed_by=by.person,
                **facts,
            )
        )
    return rows


def fit_of(found: Match) -> dict[str, Any]:
    """The columns that hold a fit and what it is made of."""
    parts = {part.name.value: [round(part.value, 4), round(part.contribution, 4)] for part in found.parts}
    return {"fit": found.score, "parts": json.dumps(parts)}


async def has_moved(assignment: Assignment) -> bool:
    """Whether the client belongs to another office by now than the allocation was made for."""
    return bool(await Assignment.raw(ELSEWHERE, assignment.id))


async def put(assignment: Assignment, found: Match | None, seen: int, *, by: Actor) -> None:
    """Gives the client another vacancy, or none. `seen` is the version the person read.

    Raises Changed, or NotPossible for a vacancy that is closed or whose positions are all meant for others.
    """
    vacancy = int(found.vacancy.id) if found else None
    to = AssignmentState.EDITED if found else AssignmentState.REMOVED
    facts = fit_of(found) if found else {"fit": None, "parts": "{}"}
    async with change(by=by):
        await _hold(assignment, to, seen, by)
        if vacancy:
            await _make_sure_of_room(assignment, vacancy)
        await _write(assignment, {"vacancy": vacancy, "state": to, **facts}, by)
        await record(f"allocation:{assignment.allocation}", to, by=by, assignment=assignment.id)


async def send(assignment: Assignment, seen: int, *, by: Actor) -> None:
    """Proposes the vacancy to the client, who accepts by applying or says no. Raises Changed or NotPossible."""
    async with change(by=by):
        now = await _hold(assignment, AssignmentState.SENT, seen, by)
        if now["vacancy"] is None:
            raise NotPossible("Pilih dulu lowongan untuk klien ini.")
        await _make_sure_of_room(assignment, now["vacancy"])
        if await Placement.exists().where(
            (Placement.client == assignment.client) & Placement.ended_on.is_null()
        ):
            raise NotPossible("Klien ini sudah bekerja.")
        proposal = await _propose(now["vacancy"], assignment.client, by)
        await _write(assignment, {"state": AssignmentState.SENT, "proposal": proposal}, by)
        await record(f"allocation:{assignment.allocation}", "sent", by=by, assignment=assignment.id)


async def send_all(allocation: Allocation, *, by: Actor) -> tuple[int, list[tuple[int, str]], int]:
    """Sends what is ready, at most MOST_SENT: how many left, why others (by id) could not, and how many still wait."""
    ready = (Assignment.allocation == allocation.id) & Assignment.vacancy.is_not_null()
    ready &= Assignment.client.office == allocation.office
    ready &= Assignment.state.is_in([AssignmentState.OPEN.value, AssignmentState.EDITED.value])
    waiting = await Assignment.objects().where(ready).order_by(Assignment.id)
    sent, problems = 0, []
    for assignment in waiting[:MOST_SENT]:
        try:
            await send(assignment, assignment.version, by=by)
            sent += 1
        except NotPossible as problem:
            problems.append((assignment.id, str(problem)))
    return sent, problems, max(0, len(waiting) - MOST_SENT)


async def _hold(assignment: Assignment, to: AssignmentState, seen: int, by: Actor) -> dict[str, Any]:
    """Locks the allocation, so that two who fill its last position queue here, and compares what the person saw."""
    await Allocation.raw("SELECT id FROM allocation WHERE id = {} FOR UPDATE", assignment.allocation)
    [now] = await Assignment.select(Assignment.state, Assignment.version, Assignment.vacancy).where(
        Assignment.id == assignment.id
    )
    # The row of the client is held too, so that nobody moves away while this is sent.
    await Client.raw("SELECT id FROM client WHERE id = {} FOR SHARE", assignment.client)
    if await has_moved(assignment):
        raise Moved(MOVED)
    if now["version"] != seen:
        raise Changed("Rekan Anda baru saja mengubah usulan ini.")
    if to not in moves_open_to(by, now["state"]):
        raise NotPossible("Usulan ini sudah dikirim, atau tidak ada lagi.")
    return now


async def _make_sure_of_room(assignment: Assignment, vacancy: int) -> None:
    positions = await room.left(vacancy)
    if positions is None:
        raise NotPossible("Lowongan ini sudah ditutup atau terisi. Pilih yang lain.")
    held = await room.held(assignment.allocation, [vacancy], but=assignment.id)
    if held.get(vacancy, 0) >= positions:
        raise NotPossible("Semua posisi lowongan ini sudah diusulkan kepada klien lain. Pilih yang lain.")


async def _propose(vacancy: int, client: int, by: Actor) -> int:
    about = await Vacancy.objects().get(Vacancy.id == vacancy)
    whom = await Client.objects().get(Client.id == client)
    assert about and whom
    try:
        return (await proposals.propose(about, whom, MESSAGE, by=by)).id
    except proposals.NotPossible as problem:
        raise NotPossible(str(problem)) from None


async def _write(assignment: Assignment, facts: dict[str, Any], by: Actor) -> None:
    more = {"version": Assignment.version + 1, "changed_by": by.person, "changed_at": datetime.now(UTC)}
    await Assignment.update({**facts, **more}, force=True).where(Assignment.id == assignment.id)

"""How the indexes follow the database: outbox rows are read again, documents sent, rows deleted."""

import logging
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

from jobs import index
from jobs.index import Kept
from jobs.index.documents import all_open, count_open
from jobs.index.errors import BadDocument, Unavailable
from jobs.index.port import Document
from jobs.index.sending import refused_by, send
from jobs.tables import Vacancy, VacancyState
from jobs.vacancies import INDEX
from portal import outbox
from portal.database import change, connection
from portal.outbox import touch
from portal.tables import Outbox
from training.vocabulary import added

log = logging.getLogger("jobs.index")

BATCH = 500
LOCK = "SELECT pg_advisory_xact_lock(hashtext($1))"
MOST_WAITING = 50_000
"""Outbox rows kept for an index that does not answer; beyond that a rebuild is the shorter way back."""
LATE = timedelta(days=14)
"""How long expiry is made up for after nobody ran it; the nightly rebuild finds older ones."""

Batches = AsyncIterator[Sequence[Document]]


@asynccontextmanager
async def alone(kept: Kept) -> AsyncIterator[None]:
    """One writer of an index at a time; a second waits and then finds what the first left.

    A rebuild is one too: what changes meanwhile waits in the outbox, and is sent into what the rebuild leaves.
    """
    async with change(by=None):
        await connection().execute(LOCK, f"drain {kept.line}")
        yield


async def drain(kept: Kept = index.POSTGRES) -> int:
    """Catches up with one batch of outbox rows; how many. Zero: nothing was waiting.

    A row says only that a vacancy changed, so what is sent is what the vacancy is now, and sending twice does no
    harm. Rows go only when their documents have gone.
    """
    async with alone(kept):
        rows = (
            await Outbox.select(Outbox.id, Outbox.document)
            .where(Outbox.index == kept.line)
            .order_by(Outbox.id)
            .limit(BATCH)
        )
        if rows:
            await send(kept, {int(row["document"]) for row in rows})
            await Outbox.delete().where(Outbox.id.is_in([row["id"] for row in rows]))
    return len(rows)


async def catch_up(kept: Kept = index.POSTGRES) -> int:
    """Catches up with everything, by a rebuild where one is due; how many outbox rows it took.

    Raises Unavailable where the index does not answer.
    """
    await refresh(kept)
    total = 0
    while done := await drain(kept):
        total += done
    if not kept.follows:
        # Nobody here drains those that other settings once named.
        own = {follower.line for follower in index.followers()}
        await _give_up(*(name for name in await outbox.followers() if name not in own))
    return total


async def keep_up(follower: Kept) -> bool:
    """Catches up if the index answers; whether it does."""
    try:
        await catch_up(follower)
    except Unavailable as problem:
        log.info("%s does not answer: %s", follower.name, problem)
        await _give_up(follower.line)
        return False
    return True


async def _give_up(*lines: str) -> None:
    """For one that stays away no more is kept than is worth it. When it is back it is filled anew."""
    for line in lines:
        if await outbox.waiting(line) > MOST_WAITING:
            await outbox.leave(line)


async def drain_all() -> int:
    """Catches every index up that answers; how many outbox rows that took for PostgreSQL's own."""
    total = await catch_up()
    for follower in index.followers():
        await keep_up(follower)
    return total


async def refresh(kept: Kept = index.POSTGRES) -> bool:
    """Rebuilds an index that is new or empty, or was written with older words or for other settings; whether it was."""
    await added.refresh()
    if not await _rebuild_due(kept):
        return False
    await rebuild(kept)
    return True


async def _rebuild_due(kept: Kept) -> bool:
    health = await kept.index.health()
    if not health.ok and health.current:
        raise Unavailable(health.detail)
    if kept.follows and not await outbox.is_whole(kept.line):
        await follow(kept)
        return True
    # A server that came back empty; what is parked is missing in a whole one too.
    empty = not health.documents and await count_open() > len(await outbox.parked(kept.line))
    return not health.current or (kept.follows and empty)


async def follow(follower: Kept) -> None:
    """From now on it hears of every change; a rebuild after that makes it whole."""
    await outbox.follow(follower.line, INDEX)


async def rebuild(kept: Kept = index.POSTGRES, watched: Callable[[Batches], Batches] | None = None) -> int:
    """Fills the index from the vacancies alone; how many documents it then holds. `watched` sees them pass."""
    await added.refresh()
    async with alone(kept):
        refused: dict[int, str] = {}
        while True:
            documents = _without(refused)
            try:
                written = await kept.index.rebuild(watched(documents) if watched else documents)
                break
            except BadDocument as problem:
                refused[problem.id] = problem.reason
        await outbox.unpark(kept.line)
        await outbox.park(kept.line, refused | refused_by(kept.index))
        await outbox.call_whole(kept.line)
    await kept.index.settle()
    return written


async def _without(refused: Collection[int]) -> Batches:
    async for batch in all_open():
        yield [document for document in batch if document.id not in refused]


async def expire() -> int:
    """Marks vacancies whose last day has passed, so that they leave the index; how many. Meant for every night.

    Searches leave them out by their date already, from the first hour of the day after.
    """
    today = date.today()
    rows = await Vacancy.select(Vacancy.id).where(
        (Vacancy.state == VacancyState.PUBLISHED)
        & (Vacancy.closes_on < today)
        & (Vacancy.closes_on >= today - LATE)
    )
    async with change(by=None):
        await touch(INDEX, *(row["id"] for row in rows))
    return len(rows)

"""What an index has yet to catch up with.

A change marks its documents once for the index it names and once for every follower of that index, so that each is caught
up with in its own time: one that is away delays nobody, and its rows go only when its own documents have gone.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from portal.conf import DB
from portal.database import change, connection
from portal.tables import Follower, Outbox, Parked

CHANNEL = "outbox"
"""NOTIFY channel that wakes the drainers when the transaction commits."""

TOUCH = """
INSERT INTO outbox (index, document)
SELECT line, document FROM (SELECT $1::varchar AS line UNION ALL SELECT name FROM follower WHERE follows = $1) AS lines,
     unnest($2::varchar[]) AS document
"""
# Whoever has marked a change without seeing the follower must have committed before anybody reads what there is to fill it with.
WAIT_FOR_CHANGES = "SET LOCAL lock_timeout = '10s'; LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE; SET LOCAL lock_timeout TO DEFAULT"
PARK = """
INSERT INTO parked (index, document, reason) VALUES ({}, {}, {})
ON CONFLICT (index, document) DO UPDATE SET reason = excluded.reason, at = now()
"""
LONGEST_REASON = 300


async def touch(index: str, *ids: object) -> None:
    """Marks documents as changed, in the transaction that changes their rows."""
    transaction = DB.current_transaction.get()
    if transaction is None:
        raise RuntimeError("A change and its outbox row must commit together.")
    if ids:
        await transaction.connection.execute(TOUCH, index, [str(id) for id in ids])
        await transaction.connection.execute(f"NOTIFY {CHANNEL}")


async def follow(name: str, index: str) -> None:
    """From now on every change that is marked for `index` is marked for `name` too. What was before has to be read anew.

    Raises asyncpg.LockNotAvailableError where a long change is under way; then nothing has happened, and later it will.
    """
    async with change(by=None):
        await connection().execute(WAIT_FOR_CHANGES)
        await Follower.insert(Follower(name=name, follows=index)).on_conflict((Follower.name,), "DO NOTHING")


async def leave(name: str) -> None:
    """Ends the following: nothing more is marked for `name`, and what waited for it is forgotten."""
    async with change(by=None):
        await Follower.delete().where(Follower.name == name)
        await Outbox.delete().where(Outbox.index == name)


async def followers() -> list[str]:
    return [row["name"] for row in await Follower.select(Follower.name)]


async def call_whole(name: str) -> None:
    """Says that a follower holds everything but what waits in the outbox."""
    await Follower.update({Follower.whole_at: datetime.now(UTC)}, force=True).where(Follower.name == name)


async def is_whole(name: str) -> bool:
    return await Follower.exists().where((Follower.name == name) & Follower.whole_at.is_not_null())


async def waiting(name: str) -> int:
    """How many marks an index has yet to see."""
    return await Outbox.count().where(Outbox.index == name)


async def park(name: str, reasons: Mapping[int, str]) -> None:
    """Puts documents aside that the index will not take."""
    for document, reason in reasons.items():
        await Parked.raw(PARK, name, str(document), reason[:LONGEST_REASON])


async def unpark(name: str, documents: Collection[int] | None = None) -> None:
    """These were taken after all, or are gone; None is whatever was put aside for this index."""
    query = Parked.delete().where(Parked.index == name)
    if documents is not None:
        query = query.where(Parked.document.is_in([str(each) for each in documents]))
    await query


async def parked(name: str) -> list[dict[str, Any]]:
    """What the index will not take, the newest first: document, reason, at."""
    return (
        await Parked.select(Parked.document, Parked.reason, Parked.at)
        .where(Parked.index == name)
        .order_by(Parked.at, ascending=False)
    )

"""Documents in, documents out, a whole index anew: each task followed to its end, one bad row never in others' way."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from time import monotonic, time_ns
from typing import Any

from meilisearch_python_sdk.models.task import TaskInfo

from jobs.index.meilisearch.documents import STATE, stored
from jobs.index.meilisearch.errors import BadBatch, BadDocument, Unavailable, told_apart
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.settings import fingerprint, settings
from jobs.index.port import Document

BATCH = 5_000
"""Documents of one request; some twenty megabytes. The server takes as long to begin a small batch as a large one."""
AT_ONCE = 3
"""Batches that a rebuild lets wait at the server: it indexes one while the next is read from the database."""
PAGE = 2_000
SAMPLE = 20
SWAP_TIMEOUT, SWAP_LOOK = 120.0, 0.005
"""Seconds; the swap itself takes some milliseconds, and waits behind what was sent before."""
MOST_INDEXES = 1_000
Row = dict[str, Any]


async def upsert(server: Server, documents: Iterable[Document], parked: dict[int, str]) -> None:
    """Stores them; what cannot be stored is put into `parked` with its reason.

    Raises Unavailable where there is no index set up: a server that made one by itself would search it without
    settings.
    """
    # The last one wins where a batch names a vacancy twice.
    given = {document.id: document for document in documents}
    await _check_set_up(server)
    for batch in _batches(_sound(given.values(), parked)):
        await _store(server, server.index, batch, parked)


async def remove(server: Server, ids: Iterable[int], parked: dict[int, str]) -> None:
    gone = [id for id in ids if id != STATE]
    for id in gone:
        parked.pop(id, None)
    index = await server.own()
    for start in range(0, len(gone), BATCH):
        with told_apart():
            task = await index.delete_documents([str(id) for id in gone[start : start + BATCH]])
        await server.done(task)


async def rebuild(
    server: Server, documents: AsyncIterator[Sequence[Document]], parked: dict[int, str]
) -> int:
    """Fills a new index beside the old one, looks it through, and swaps the two at one moment.

    A rebuild that was killed leaves its half-filled index behind; the next one removes it. Two rebuilds of one index
    at once would remove each other's, so whoever calls holds a lock.
    """
    await _remove_leftovers(server)
    fresh = f"{server.index}_{time_ns()}"
    await _create(server, fresh)
    parked.clear()
    sample = await _fill(server, fresh, documents, parked)
    await _check_filled(server, fresh, sample)
    await _swap_in(server, fresh)
    return len(sample)


async def hashes(server: Server, name: str | None = None) -> dict[int, str]:
    index = await server.own(name)
    found: dict[int, str] = {}
    start = 0
    while True:
        with told_apart():
            page = await index.get_documents(offset=start, limit=PAGE, fields=["id", "hash"])
            found |= {row["id"]: row["hash"] for row in page.results if row["id"] != STATE}
        start += PAGE
        if start >= page.total:
            return found


def _sound(documents: Iterable[Document], parked: dict[int, str]) -> list[Row]:
    rows = []
    for document in documents:
        try:
            rows.append(stored(document))
            parked.pop(document.id, None)
        except BadDocument as problem:
            parked[problem.id] = problem.reason
    return rows


def _batches(rows: list[Row]) -> Iterable[list[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


async def _store(server: Server, name: str, rows: list[Row], parked: dict[int, str]) -> None:
    """Sends and waits; a batch that is refused for some row in it is halved until that row stands alone."""
    try:
        await server.done(await _send(server, name, rows))
    except BadBatch as problem:
        if len(rows) == 1:
            parked[rows[0]["id"]] = str(problem)
            return
        middle = len(rows) // 2
        await _store(server, name, rows[:middle], parked)
        await _store(server, name, rows[middle:], parked)


async def _send(server: Server, name: str, rows: list[Row]) -> TaskInfo:
    index = await server.own(name)
    with told_apart():
        return await index.add_documents(rows, "id")


async def _check_set_up(server: Server) -> None:
    index = await server.own()
    with told_apart():
        await index.get_document(str(STATE))


async def _remove_leftovers(server: Server) -> None:
    client = await server.writer()
    with told_apart():
        kept = await client.get_raw_indexes(limit=MOST_INDEXES) or []
    for each in kept:
        if re.fullmatch(re.escape(server.index) + r"_\d{19}", each.uid):
            await _drop(server, each.uid)


async def _drop(server: Server, name: str) -> None:
    index = await server.own(name)
    with told_apart():
        task = await index.delete()
    await server.done(task)


async def _create(server: Server, name: str) -> None:
    """Settings are in force before the first document comes: a settings task that fails takes others with it."""
    index = await server.own(name)
    with told_apart():
        task = await index.update_settings(settings())
    await server.done(task)
    await server.done(await _send(server, name, [{"id": STATE, "state": fingerprint(), "filled": name}]))


async def _fill(
    server: Server, name: str, documents: AsyncIterator[Sequence[Document]], parked: dict[int, str]
) -> dict[int, str]:
    """Ids and hashes of what was stored."""
    written: dict[int, str] = {}
    waiting: list[asyncio.Task[None]] = []
    try:
        async for batch in _gathered(documents):
            rows = _sound(batch, parked)
            written |= {row["id"]: row["hash"] for row in rows}
            waiting.append(asyncio.create_task(_store(server, name, rows, parked)))
            if len(waiting) >= AT_ONCE:
                await waiting.pop(0)
        for each in waiting:
            await each
    finally:
        for each in waiting:
            each.cancel()
    return {id: hash for id, hash in written.items() if id not in parked}


async def _gathered(documents: AsyncIterator[Sequence[Document]]) -> AsyncIterator[list[Document]]:
    held: list[Document] = []
    async for batch in documents:
        held += batch
        if len(held) >= BATCH:
            yield held
            held = []
    if held:
        yield held


async def _check_filled(server: Server, name: str, written: dict[int, str]) -> None:
    """As many as were sent, and some of them as they were sent."""
    index = await server.own(name)
    some = list(written)[:: max(1, len(written) // SAMPLE)][:SAMPLE]
    with told_apart():
        held = (await index.get_stats()).number_of_documents - 1
        sample = await index.get_documents(ids=[str(id) for id in some], fields=["id", "hash"], limit=SAMPLE)
    if held != len(written):
        raise Unavailable(f"the new index holds {held} documents instead of {len(written)}")
    if some and {row["id"]: row["hash"] for row in sample.results} != {id: written[id] for id in some}:
        raise Unavailable("the new index holds other documents than were sent")


async def _swap_in(server: Server, fresh: str) -> None:
    client = await server.writer()
    with told_apart():
        if await client.get_raw_index(server.index) is None:
            task = await (await server.own()).update_settings(settings())
            await server.done(task)
        await client.swap_indexes([(server.index, fresh)])
    await _wait_for_swap(server, fresh)
    await _drop(server, fresh)


async def _wait_for_swap(server: Server, fresh: str) -> None:
    """By what stands there afterwards: a key that opens some indexes does not see the task that swaps two of them."""
    index = await server.own()
    until = monotonic() + SWAP_TIMEOUT
    while monotonic() < until:
        with suppress(Unavailable), told_apart():
            if (await index.get_document(str(STATE), fields=["filled"])).get("filled") == fresh:
                return
        await asyncio.sleep(SWAP_LOOK)
    raise Unavailable("the new index was not swapped in")

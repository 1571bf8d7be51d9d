"""Documents in, documents out: each task followed to its end, one bad row never in the way of others."""

from collections.abc import Iterable
from typing import Any

from meilisearch_python_sdk.models.task import TaskInfo

from jobs.index.meilisearch.documents import STATE, stored
from jobs.index.meilisearch.errors import BadBatch, BadDocument, Unavailable, told_apart
from jobs.index.meilisearch.server import Server
from jobs.index.port import Document

BATCH = 5_000
"""Documents of one request; some twenty megabytes. The server takes as long to begin a small batch as a large one."""
PAGE = 2_000
Row = dict[str, Any]


async def upsert(server: Server, documents: Iterable[Document], parked: dict[int, str]) -> None:
    """Stores them; what cannot be stored is put into `parked` with its reason.

    Raises Unavailable where there is no index set up: a server that made one by itself would search it without
    settings.
    """
    # The last one wins where a batch names a vacancy twice.
    given = {document.id: document for document in documents}
    await _check_set_up(server)
    for batch in _batches(sound(given.values(), parked)):
        await store(server, server.index, batch, parked)


async def remove(server: Server, ids: Iterable[int], parked: dict[int, str]) -> None:
    gone = [id for id in ids if id != STATE]
    for id in gone:
        parked.pop(id, None)
    index = await server.own()
    for start in range(0, len(gone), BATCH):
        with told_apart():
            task = await index.delete_documents([str(id) for id in gone[start : start + BATCH]])
        await server.done(task)


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


def sound(documents: Iterable[Document], parked: dict[int, str]) -> list[Row]:
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


async def store(server: Server, name: str, rows: list[Row], parked: dict[int, str]) -> None:
    """Sends and waits; a batch that is refused for some row in it is halved until that row stands alone."""
    try:
        await server.done(await send(server, name, rows))
    except BadBatch as problem:
        if len(rows) == 1:
            parked[rows[0]["id"]] = str(problem)
            return
        middle = len(rows) // 2
        await store(server, name, rows[:middle], parked)
        await store(server, name, rows[middle:], parked)


async def send(server: Server, name: str, rows: list[Row]) -> TaskInfo:
    """Tried twice: the same documents sent again change nothing, and a busy server that hangs up once would cost a whole
    rebuild."""
    try:
        return await _send(server, name, rows)
    except Unavailable:
        return await _send(server, name, rows)


async def _send(server: Server, name: str, rows: list[Row]) -> TaskInfo:
    index = await server.own(name)
    with told_apart():
        return await index.add_documents(rows, "id")


async def _check_set_up(server: Server) -> None:
    index = await server.own()
    with told_apart():
        await index.get_document(str(STATE))

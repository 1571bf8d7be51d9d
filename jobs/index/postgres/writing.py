"""Documents in, documents out, and the count of every word they hold."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO

import asyncpg

from jobs.index.port import Document
from jobs.index.postgres.lines import COLUMNS, Lines
from jobs.index.words import fingerprint, vocabulary_words
from portal.conf import DB
from portal.database import change, connection

log = logging.getLogger("jobs.index")

LOCK = "SELECT pg_advisory_xact_lock(hashtext('vacancy_index'))"
"""One writer at a time, so that word counts add up and no two writers wait for each other's rows."""
# Stems are no words that anybody typed, so they are not counted: "s:" is the only mark left out.
DELETE = """
WITH gone AS (
         DELETE FROM vacancy_document WHERE id = ANY($1) RETURNING head, words, region, employment_type, education
     ),
     lost AS (
         SELECT word, sum(n) AS n, sum(h) AS h FROM (
             SELECT lexeme AS word, 1 AS n, 0 AS h FROM gone, unnest(words) UNION ALL
             SELECT lexeme, 0, 1 FROM gone, unnest(head) UNION ALL
             SELECT mark, 1, 0 FROM gone, unnest(
                 ARRAY['r:' || region, 't:' || employment_type, 'e:' || education]
             ) AS mark
         ) AS each GROUP BY word
     )
UPDATE vacancy_word AS known SET documents = documents - n, heads = heads - h FROM lost WHERE known.word = lost.word
"""
COUNT = """
INSERT INTO vacancy_word AS known (word, documents, heads) SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[])
ON CONFLICT (word) DO UPDATE
    SET documents = known.documents + excluded.documents, heads = known.heads + excluded.heads
"""
# Every document is of one level of education, which is counted beside the words.
MOVE_ON = """
UPDATE vacancy_index_state SET version = nextval('vacancy_index_version'), documents = (
    SELECT coalesce(sum(documents), 0) FROM vacancy_word WHERE word ~>=~ 'e:' AND word ~<~ 'e;'
)
"""
MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"
WAIT, TRIES, PAUSE = "SET LOCAL lock_timeout = '200ms'", 600, 0.5
"""The swap has to wait for whoever reads the old tables. All that come after it would wait with it, so it gives up
soon and tries again later; a backup may hold it up for minutes."""


async def upsert(documents: Sequence[Document]) -> None:
    # The last one wins where a batch names a vacancy twice.
    given = {document.id: document for document in documents}
    async with change(by=None):
        held = await _locked()
        await held.execute(DELETE, list(given))
        lines = Lines(held)
        await _copy(held, "vacancy_document", COLUMNS, await lines.of(list(given.values())))
        words = sorted(lines.documents.keys() | lines.heads.keys())
        await held.execute(
            COUNT, words, [lines.documents[word] for word in words], [lines.heads[word] for word in words]
        )
        await held.execute(MOVE_ON)


async def remove(ids: Sequence[int]) -> None:
    async with change(by=None):
        held = await _locked()
        await held.execute(DELETE, list(ids))
        await held.execute(MOVE_ON)


async def rebuild(documents: AsyncIterator[Sequence[Document]]) -> int:
    """Into new tables: until they are swapped in, everybody searches what was there before."""
    async with _another_connection() as asking, change(by=None):
        return await _fill(await _locked(), asking, documents)


async def settle() -> None:
    """Says which rows everybody may see, without which no index answers alone. PostgreSQL would come to it by itself within
    minutes, so that nothing is lost where it fails; and a role that does not own the table is only told so."""
    try:
        async with _another_connection() as own:
            await own.execute("SET statement_timeout = 0")
            await own.execute("VACUUM (SKIP_LOCKED) vacancy_document")
    except (asyncpg.PostgresError, OSError) as problem:
        log.info("The index was not vacuumed: %s", type(problem).__name__)


async def _fill(
    held: asyncpg.Connection, asking: asyncpg.Connection, documents: AsyncIterator[Sequence[Document]]
) -> int:
    await held.execute("SELECT vacancy_index_prepare()")
    lines = Lines(asking)
    written, ready = 0, b""
    async for batch in documents:
        # One batch is made into lines while the database takes in the one before.
        ready, _ = await asyncio.gather(lines.of(batch), _copy(held, "vacancy_document_next", COLUMNS, ready))
        written += len(batch)
    await _copy(held, "vacancy_document_next", COLUMNS, ready)
    await _copy(held, "vacancy_word_next", ("word", "documents", "heads", "names"), _counted(lines))
    await held.execute(MEMORY)
    await held.execute("SELECT vacancy_index_complete()")
    await held.execute("ANALYZE vacancy_document_next, vacancy_word_next")
    await _swap(held)
    await held.execute("UPDATE vacancy_index_state SET vocabulary = $1", fingerprint())
    await held.execute(MOVE_ON)
    return written


@asynccontextmanager
async def _another_connection() -> AsyncIterator[asyncpg.Connection]:
    """Not of the pool, where all others may be taken by those who wait for the lock that is held here."""
    another = await DB.get_new_connection()
    try:
        yield another
    finally:
        await another.close()


async def _locked() -> asyncpg.Connection:
    held = connection()
    await held.execute(LOCK)
    return held


async def _copy(held: asyncpg.Connection, table: str, columns: Sequence[str], lines: bytes) -> None:
    if lines:
        await held.copy_to_table(table, source=BytesIO(lines), columns=columns)


def _counted(lines: Lines) -> bytes:
    names = vocabulary_words()
    words = lines.documents.keys() | lines.heads.keys() | names.keys()
    rows = (f"{word}\t{lines.documents[word]}\t{lines.heads[word]}\t{names.get(word, 0)}\n" for word in words)
    return "".join(rows).encode()


async def _swap(held: asyncpg.Connection) -> None:
    for tried in range(TRIES):
        try:
            async with held.transaction():
                await held.execute(WAIT)
                await held.execute("SELECT vacancy_index_swap()")
            return
        except asyncpg.LockNotAvailableError:
            if tried == TRIES - 1:
                raise
            await asyncio.sleep(PAUSE)

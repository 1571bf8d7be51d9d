"""Documents in, documents out, and the count of every word they hold."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import asyncpg
import msgspec

from jobs.index.port import Document
from jobs.index.words import all_of, facts_of, fingerprint, head_of, trade_of, vocabulary_words
from portal.database import change, connection

LOCK = "SELECT pg_advisory_xact_lock(hashtext('vacancy_index'))"
"""One writer at a time, so that word counts add up and no two writers wait for each other's rows."""
INSERT = """
INSERT INTO vacancy_document (id, region, employment_type, education, isco, wage_top, latitude, longitude,
    published_at, closes_on, title, employer, skills, head, words, facts, description)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, 'infinity'::date), $11, $12, $13,
    vacancy_lexemes($14, $15), vacancy_lexemes($16, $17), $18, $19)
"""
# Stems are no words that anybody typed, so they are not counted: "s:" is the only mark left out.
DELETE = """
WITH gone AS (DELETE FROM vacancy_document WHERE id = ANY($1) RETURNING words),
     lost AS (SELECT lexeme, count(*) AS n FROM gone, unnest(words) WHERE left(lexeme, 2) <> 's:' GROUP BY lexeme)
UPDATE vacancy_word SET documents = documents - n FROM lost WHERE word = lexeme
"""
COUNT = """
INSERT INTO vacancy_word AS known (word, documents)
SELECT lexeme, count(*) FROM vacancy_document, unnest(words)
WHERE left(lexeme, 2) <> 's:' AND ($1::integer[] IS NULL OR id = ANY($1)) GROUP BY lexeme
ON CONFLICT (word) DO UPDATE SET documents = known.documents + excluded.documents
"""
NAME = "INSERT INTO vacancy_word (word, names) SELECT * FROM unnest($1::text[], $2::integer[])"
MOVE_ON = "UPDATE vacancy_index_state SET version = nextval('vacancy_index_version')"


async def upsert(documents: Sequence[Document]) -> None:
    # The last one wins where a batch names a vacancy twice.
    given = {document.id: document for document in documents}
    async with change(by=None):
        connection = await _locked()
        await connection.execute(DELETE, list(given))
        await connection.executemany(INSERT, [_row(document) for document in given.values()])
        await connection.execute(COUNT, list(given))
        await connection.execute(MOVE_ON)


async def remove(ids: Sequence[int]) -> None:
    async with change(by=None):
        connection = await _locked()
        await connection.execute(DELETE, list(ids))
        await connection.execute(MOVE_ON)


async def rebuild(documents: AsyncIterator[Sequence[Document]]) -> int:
    """In one transaction: until it commits everybody searches what was there before."""
    written = 0
    async with change(by=None):
        connection = await _locked()
        await connection.execute("DELETE FROM vacancy_document")
        await connection.execute("DELETE FROM vacancy_word")
        async for batch in documents:
            await connection.executemany(INSERT, [_row(document) for document in batch])
            written += len(batch)
        names = vocabulary_words()
        await connection.execute(NAME, list(names), list(names.values()))
        await connection.execute(COUNT, None)
        await connection.execute("UPDATE vacancy_index_state SET vocabulary = $1", fingerprint())
        await connection.execute(MOVE_ON)
        await connection.execute("ANALYZE vacancy_document, vacancy_word")
    return written


async def _locked() -> asyncpg.Connection:
    held = connection()
    await held.execute(LOCK)
    return held


def _row(document: Document) -> tuple[Any, ...]:
    trade = trade_of(document)
    marks = [f"o:{trade}"] if trade else []
    return (
        document.id,
        document.region,
        document.employment_type,
        document.education or 0,
        document.isco,
        document.wage_max or document.wage_min,
        document.latitude,
        document.longitude,
        document.published_at,
        document.closes_on,
        document.title,
        document.employer,
        list(document.skills),
        head_of(document),
        marks,
        all_of(document),
        [*marks, *(f"k:{skill}" for skill in document.skills), *facts_of(document)],
        msgspec.json.encode(replace(document, description="")).decode(),
        document.description,
    )

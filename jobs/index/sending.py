"""Vacancies on their way into an index, and those that it will not take."""

from collections.abc import Collection, Sequence

import asyncpg

from jobs.index import Kept
from jobs.index.documents import load
from jobs.index.errors import BadDocument
from jobs.index.port import Document, VacancyIndex
from portal import outbox

OF_THE_DATA = (asyncpg.DataError, asyncpg.ProgramLimitExceededError)
"""What PostgreSQL says of a row that it cannot hold."""


async def send(kept: Kept, ids: Collection[int]) -> None:
    """Brings these vacancies up to what they are now.

    One that the index will not take is parked with the reason. It is not in the index at all then, rather than as it was.
    """
    documents = await load(ids)
    refused = await _write(kept.index, documents)
    refused |= {id: reason for id, reason in refused_by(kept.index).items() if id in ids}
    if gone := set(ids) - {document.id for document in documents} | refused.keys():
        await kept.index.remove(gone)
    await outbox.unpark(kept.line, ids)
    await outbox.park(kept.line, refused)


def refused_by(into: VacancyIndex) -> dict[int, str]:
    """What it has put aside by itself, if it does that."""
    return dict(getattr(into, "parked", {}))


async def _write(into: VacancyIndex, documents: Sequence[Document]) -> dict[int, str]:
    """Returns those that were refused, with the reason. Those beside them are written."""
    refused: dict[int, str] = {}
    rest = list(documents)
    while rest:
        try:
            await into.upsert(rest)
        except BadDocument as problem:
            refused[problem.id] = problem.reason
        except OF_THE_DATA as problem:
            # PostgreSQL does not say which row it was.
            if len(rest) > 1:
                middle = len(rest) // 2
                return refused | await _write(into, rest[:middle]) | await _write(into, rest[middle:])
            refused[rest[0].id] = type(problem).__name__
        else:
            break
        left = [document for document in rest if document.id not in refused]
        if len(left) == len(rest):
            raise RuntimeError("The index refuses a document that was not sent.")
        rest = left
    return refused

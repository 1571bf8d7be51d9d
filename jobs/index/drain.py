"""How the index follows the database: outbox rows are read again, documents sent, rows deleted."""

from datetime import date, timedelta

from jobs import index
from jobs.index.documents import all_open, load
from jobs.tables import Vacancy, VacancyState
from jobs.vacancies import INDEX
from portal.database import change, connection
from portal.outbox import touch
from portal.tables import Outbox
from training.vocabulary import added

BATCH = 500
LOCK = "SELECT pg_advisory_xact_lock(hashtext('drain vacancies'))"
"""One drainer at a time; a second waits and then finds what the first left."""
LATE = timedelta(days=14)
"""How long expiry is made up for after nobody ran it; the nightly rebuild finds older ones."""


async def drain() -> int:
    """Catches up with one batch of outbox rows; how many. Zero: nothing was waiting.

    A row says only that a vacancy changed, so what is sent is what the vacancy is now, and sending twice does no
    harm. Rows go only when their documents have gone.
    """
    await added.refresh()
    async with change(by=None):
        await connection().execute(LOCK)
        rows = (
            await Outbox.select(Outbox.id, Outbox.document)
            .where(Outbox.index == INDEX)
            .order_by(Outbox.id)
            .limit(BATCH)
        )
        if rows:
            ids = {int(row["document"]) for row in rows}
            documents = await load(ids)
            gone = ids - {document.id for document in documents}
            if documents:
                await index.current().upsert(documents)
            if gone:
                await index.current().remove(gone)
            await Outbox.delete().where(Outbox.id.is_in([row["id"] for row in rows]))
    return len(rows)


async def drain_all() -> int:
    """Catches up with everything; how many outbox rows that took."""
    await refresh()
    total = 0
    while done := await drain():
        total += done
    return total


async def rebuild() -> int:
    """Fills the index from the vacancies alone; how many documents it then holds."""
    await added.refresh()
    return await index.current().rebuild(all_open())


async def refresh() -> bool:
    """Rebuilds where documents were written with an older vocabulary; whether that was needed."""
    if (await index.current().health()).current:
        return False
    await rebuild()
    return True


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

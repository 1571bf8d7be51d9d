"""Which index answers searches, since when, and what it has yet to see; for those who look after the portal."""

from typing import Any

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from jobs import index
from jobs.index.standby import Standby
from jobs.index.standing import Standing, standings
from jobs.tables import Vacancy
from portal import outbox
from portal.access import STAFF
from portal.html import page
from portal.pages.me import ago

NAMES = {"postgres": "PostgreSQL", "meilisearch": "Meilisearch"}


def state_of(each: Standing) -> tuple[str, str, str]:
    """Word, colour and icon of a badge."""
    if not each.ok and each.current:
        return "Tidak menjawab", "bad", "alert"
    return ("Siap", "ok", "has") if each.fit else ("Sedang diisi", "next", "clock")


def line(answering: Any, found: list[Standing]) -> str:
    """One sentence, of this process: another one may have noticed a failure a moment earlier or later."""
    if not isinstance(answering, Standby):
        return "Pencarian dijawab oleh PostgreSQL."
    first = NAMES.get(found[-1].name, found[-1].name)
    if answering.first_answers:
        return f"Pencarian dijawab oleh {first}, sejak {ago(answering.since)}."
    return f"Pencarian dijawab oleh PostgreSQL sejak {ago(answering.since)}, sampai {first} siap lagi."


async def put_aside() -> list[dict[str, Any]]:
    """Vacancies that an index will not take: id, title, index, reason."""
    rows = [row | {"index": each.name} for each in index.kept() for row in await outbox.parked(each.line)]
    titles = await Vacancy.select(Vacancy.id, Vacancy.title).where(
        Vacancy.id.is_in([int(row["document"]) for row in rows] or [0])
    )
    named = {row["id"]: row["title"] for row in titles}
    return [
        {
            "id": int(row["document"]),
            "title": named.get(int(row["document"]), "Lowongan yang sudah tidak ada"),
            "index": NAMES.get(row["index"], row["index"]),
            "reason": row["reason"],
        }
        for row in rows
    ]


class Index(Controller):
    path = "/index"
    guards = [STAFF]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        found = await standings()
        rows = [(NAMES.get(each.name, each.name), each, state_of(each)) for each in found]
        return page(
            request,
            "jobs/standing.html",
            line=line(index.current(), found),
            rows=rows,
            aside=await put_aside(),
        )


ROUTES = [Index]

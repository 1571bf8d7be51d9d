"""From vacancy rows to what an index may hold of them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from jobs.index.port import Document
from jobs.tables import Vacancy
from portal.places import regions

BATCH = 1_000
FACTS = msgspec.json.Decoder(Document)
# A vacancy without its own point lies in the middle of its region. What an employer does not show, nobody can search.
ROWS = """
SELECT vacancy.id, title, employer_name, description, qualification, occupation, occupation.isco, region, locality,
       latitude, longitude, employment_type, hours, work_times, education, experience_months, vacancy.licences,
       CASE WHEN wage_shown THEN wage_min END AS wage_min, CASE WHEN wage_shown THEN wage_max END AS wage_max,
       positions - (SELECT count(*) FROM application WHERE vacancy = vacancy.id AND state = 'hired')::integer AS positions,
       way, source, published_at, closes_on, skck, skbn,
       array(SELECT skill FROM vacancy_skill WHERE vacancy = vacancy.id AND need = 'essential' ORDER BY id) AS essential,
       array(SELECT skill FROM vacancy_skill WHERE vacancy = vacancy.id AND need = 'useful' ORDER BY id) AS useful
FROM vacancy LEFT JOIN occupation ON occupation.id = vacancy.occupation
WHERE state = 'published' AND (closes_on IS NULL OR closes_on >= current_date)
"""
COUNT = """
SELECT count(*) AS open FROM vacancy WHERE state = 'published' AND (closes_on IS NULL OR closes_on >= current_date)
"""


async def load(ids: Iterable[int]) -> list[Document]:
    """Documents of those vacancies that are published and still open; the others have none."""
    return [_document(row) for row in await Vacancy.raw(ROWS + " AND vacancy.id = ANY({})", list(ids))]


async def all_open() -> AsyncIterator[Sequence[Document]]:
    """Every document, in batches by id."""
    after = 0
    while rows := await Vacancy.raw(ROWS + " AND vacancy.id > {} ORDER BY vacancy.id LIMIT {}", after, BATCH):
        yield [_document(row) for row in rows]
        after = rows[-1]["id"]


async def count_open() -> int:
    """How many documents there are."""
    [row] = await Vacancy.raw(COUNT)
    return int(row["open"])


def decoded(facts: str, description: str = "") -> Document:
    """A document from the JSON in which indexes hold all of it but the description.

    Filled in where it stands: it is nobody else's yet, and copying twenty of them takes half a millisecond.
    """
    document = FACTS.decode(facts)
    object.__setattr__(document, "description", description)
    return document


def content_hash(document: Document) -> str:
    """Sixteen letters that change with anything in the document; how an index is compared with the database."""
    return blake2b(msgspec.json.encode(document), digest_size=8).hexdigest()


def _document(row: dict[str, Any]) -> Document:
    texts = (row.pop("description"), row.pop("qualification"))
    times = row.pop("work_times")
    region = regions().get(row["region"] or "")
    if region and (row["latitude"] is None or row["longitude"] is None):
        row |= {"latitude": region.latitude, "longitude": region.longitude}
    lists: dict[str, Any] = {name: tuple(row.pop(name) or ()) for name in ("essential", "useful", "licences")}
    return Document(
        description="\n\n".join(text for text in texts if text),
        employer=row.pop("employer_name"),
        work_times=None if times is None else tuple(times),
        **lists,
        **row,
    )

"""What the index is at now: its version for those who remember answers, its health for those who watch it."""

from datetime import date
from typing import NamedTuple

from piccolo.querystring import QueryString

from jobs.index.documents import content_hash, decoded
from jobs.index.port import Health
from jobs.index.words import fingerprint
from portal.conf import DB
from training.vocabulary import vocabulary

NAME = "postgres"
MOMENT = QueryString("SELECT version, current_date AS day, documents FROM vacancy_index_state")
STATE = QueryString("SELECT vocabulary, documents FROM vacancy_index_state")
BATCH = 5_000
HELD = "SELECT id, facts::text, description FROM vacancy_document WHERE id > {} ORDER BY id LIMIT {}"


class Moment(NamedTuple):
    """Versions of the index and of the words, and the day: all that an answer depends on besides its question."""

    version: int
    day: date
    words: str
    documents: int
    """How many there are; the version says so too."""


async def moment() -> Moment:
    [row] = await DB.run_querystring(MOMENT)
    return Moment(row["version"], row["day"], vocabulary().version, row["documents"])


async def health() -> Health:
    [row] = await DB.run_querystring(STATE)
    return Health(NAME, True, row["documents"], current=row["vocabulary"] == fingerprint())


async def hashes() -> dict[int, str]:
    """From what is held, not from what was once said of it, so that a row changed by hand is noticed too."""
    found: dict[int, str] = {}
    after = 0
    while rows := await DB.run_querystring(QueryString(HELD, after, BATCH)):
        for row in rows:
            found[row["id"]] = content_hash(decoded(row["facts"], row["description"]))
        after = rows[-1]["id"]
    return found

"""What the index is at now: its version for those who remember answers, its health for those who watch it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from piccolo.querystring import QueryString

from jobs.index.documents import content_hash, decoded
from jobs.index.port import Health
from jobs.index.words import fingerprint
from portal.conf import DB
from training.vocabulary import vocabulary

NAME = "postgres"
MOMENT_COLUMNS = "state.version, current_date AS day, state.documents AS whole"
"""What `moment_of` reads of a row, for statements that join `vacancy_index_state AS state`."""
MOMENT = QueryString(f"SELECT {MOMENT_COLUMNS} FROM vacancy_index_state AS state")
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
    return moment_of(row)


def moment_of(row: Mapping[str, Any]) -> Moment:
    return Moment(row["version"], row["day"], vocabulary().version, row["whole"])


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

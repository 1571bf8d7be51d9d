"""What the index is at now: its version for those who remember answers, its health for those who watch it."""

from datetime import date

from piccolo.querystring import QueryString

from jobs.index.port import Health
from jobs.index.words import fingerprint
from portal.conf import DB
from training.vocabulary import vocabulary

NAME = "postgres"
MOMENT = QueryString("SELECT version, current_date AS day FROM vacancy_index_state")
STATE = QueryString(
    "SELECT vocabulary, (SELECT count(*) FROM vacancy_document) AS documents FROM vacancy_index_state"
)


async def moment() -> tuple[int, date, str]:
    """Versions of the index and of the words, and the day: all that an answer depends on besides its question."""
    [row] = await DB.run_querystring(MOMENT)
    return row["version"], row["day"], vocabulary().version


async def health() -> Health:
    [row] = await DB.run_querystring(STATE)
    return Health(NAME, True, row["documents"], current=row["vocabulary"] == fingerprint())

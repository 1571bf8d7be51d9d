"""What a client was shown in their own list, what they opened, and what became of it.

One row for each vacancy and day, written by one statement. After `KEPT` it is deleted: it helps a caseworker to talk with
somebody about their search, and nobody needs it once that search is over.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from piccolo.querystring import QueryString

from jobs.tables import Recommendation
from portal.conf import DB

KEPT = timedelta(days=180)
LISTED = 100

# The days roll up by vacancy; what became of it is looked up where it is recorded, so that nothing is told twice.
SHOWN = """
INSERT INTO recommendation (client, vacancy, shown_on)
SELECT {}, vacancy.id, current_date FROM vacancy WHERE vacancy.id = ANY({}::integer[])
ON CONFLICT (client, vacancy, shown_on) DO NOTHING
"""
OPENED = """
UPDATE recommendation SET opened_at = now() WHERE id = (
    SELECT id FROM recommendation WHERE client = {} AND vacancy = {} ORDER BY shown_on DESC LIMIT 1
) AND opened_at IS NULL
"""
HISTORY = """
SELECT seen.*, vacancy.title, vacancy.employer_name, application.id AS application, application.state,
       outside_application.id IS NOT NULL AS outside, proposal.answer AS proposal, job_invitation.answer AS invitation,
       (SELECT reason FROM set_aside WHERE client = {} AND set_aside.vacancy = seen.vacancy AND undone_at IS NULL) AS aside
FROM (
    SELECT vacancy, max(shown_on) AS last_shown, count(*) AS days, max(opened_at) AS opened_at
    FROM recommendation WHERE client = {} GROUP BY vacancy
) AS seen
JOIN vacancy ON vacancy.id = seen.vacancy
LEFT JOIN application ON application.vacancy = seen.vacancy AND application.client = {}
LEFT JOIN outside_application ON outside_application.vacancy = seen.vacancy AND outside_application.client = {}
LEFT JOIN proposal ON proposal.vacancy = seen.vacancy AND proposal.client = {}
LEFT JOIN job_invitation ON job_invitation.vacancy = seen.vacancy AND job_invitation.client = {}
ORDER BY seen.last_shown DESC, seen.opened_at DESC NULLS LAST, seen.vacancy DESC LIMIT {}
"""


async def shown(client: int, vacancies: Iterable[int]) -> None:
    """Notes that these stood in the client's list today; what is noted already costs nothing more."""
    ids = list(vacancies)
    if ids:
        await DB.run_querystring(QueryString(SHOWN, client, ids))


async def opened(client: int, vacancy: int) -> None:
    """Notes that the client opened one that had been shown; the first opening counts."""
    await DB.run_querystring(QueryString(OPENED, client, vacancy))


async def history(client: int) -> list[dict[str, Any]]:
    """What was shown, the latest first: vacancy with its title and employer_name, last_shown, days, opened_at, and what
    became of it: application with its state, outside, proposal, invitation, aside (a reason)."""
    return await Recommendation.raw(HISTORY, *[client] * 6, LISTED)


async def prune(today: date | None = None) -> None:
    """Deletes what is older than `KEPT`."""
    first = (today or date.today()) - KEPT
    await Recommendation.delete().where(Recommendation.shown_on < first)

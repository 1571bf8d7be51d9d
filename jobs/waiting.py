"""How many wait, for a vacancy's places and on a client's side: what `jobs.matching.demand` is told, each by one query."""

from collections.abc import Iterable

from jobs.matching.demand import AT_ONCE, Demand
from jobs.tables import Application, Way

# Who was hired holds a place and waits no more; a proposal that waits for its answer is about to be an application.
FOR_VACANCIES = """
SELECT vacancy.id, vacancy.way, vacancy.positions - count(*) FILTER (WHERE queue.state = 'hired') AS places,
       count(*) FILTER (WHERE queue.state <> 'hired') AS waiting
FROM vacancy LEFT JOIN (
    SELECT vacancy, state FROM application WHERE state IN ('sent', 'in_review', 'interview', 'offered', 'hired')
    UNION ALL SELECT vacancy, 'outside' FROM outside_application
    UNION ALL SELECT vacancy, 'proposed' FROM proposal WHERE answer = 'open'
    UNION ALL SELECT vacancy, 'invited' FROM job_invitation WHERE answer = 'open'
) AS queue ON queue.vacancy = vacancy.id
WHERE vacancy.id = ANY({}) GROUP BY vacancy.id
"""
FOR_CLIENTS = """
SELECT client, count(*) AS waiting FROM (
    SELECT client FROM application WHERE state IN ('sent', 'in_review', 'interview', 'offered') AND client = ANY({})
    UNION ALL SELECT client FROM proposal WHERE answer = 'open' AND client = ANY({})
    UNION ALL SELECT client FROM job_invitation WHERE answer = 'open' AND client = ANY({})
) AS queue GROUP BY client
"""


async def for_vacancies(vacancies: Iterable[int]) -> dict[int, Demand]:
    """Demand for each of these vacancies. Where one applies directly, others may wait of whom nobody tells us."""
    ids = sorted(set(vacancies))
    rows = await Application.raw(FOR_VACANCIES, ids) if ids else []
    return {row["id"]: Demand(row["waiting"], row["places"], row["way"] == Way.PORTAL) for row in rows}


async def for_clients(clients: Iterable[int]) -> dict[int, Demand]:
    """Demand for each of these clients: what of theirs is open already, against what one can look after at a time."""
    ids = sorted(set(clients))
    rows = await Application.raw(FOR_CLIENTS, ids, ids, ids) if ids else []
    waiting = {row["client"]: row["waiting"] for row in rows}
    return {id: Demand(waiting.get(id, 0), AT_ONCE) for id in ids}

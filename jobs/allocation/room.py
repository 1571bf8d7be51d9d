"""Positions of a vacancy that an allocation may still give away."""

from collections.abc import Iterable

from jobs.tables import Assignment, Vacancy

# Whoever refused, or moved to another office before anything was sent, has given the position back, and whoever was hired is counted among the hires already.
HELD = """
SELECT assignment.vacancy, count(*) AS held FROM assignment LEFT JOIN proposal ON proposal.id = assignment.proposal
JOIN allocation ON allocation.id = assignment.allocation JOIN client ON client.id = assignment.client
WHERE assignment.allocation = {} AND assignment.id <> {} AND assignment.vacancy = ANY({})
  AND proposal.answer IS DISTINCT FROM 'declined'
  AND (client.office = allocation.office OR assignment.proposal IS NOT NULL)
  AND NOT EXISTS (
      SELECT FROM application
      WHERE application.vacancy = assignment.vacancy AND application.client = assignment.client AND state = 'hired'
  )
GROUP BY assignment.vacancy
"""
LEFT = """
SELECT positions - (SELECT count(*) FROM application WHERE vacancy = vacancy.id AND state = 'hired')::integer AS positions
FROM vacancy WHERE id = {} AND state = 'published' AND (closes_on IS NULL OR closes_on >= current_date)
"""


async def held(allocation: int, vacancies: Iterable[int], *, but: int) -> dict[int, int]:
    """How many positions of these vacancies are meant for somebody in this allocation, besides the assignment `but`."""
    rows = await Assignment.raw(HELD, allocation, but, list(vacancies))
    return {row["vacancy"]: row["held"] for row in rows}


async def left(vacancy: int) -> int | None:
    """Positions still to be taken; None for a vacancy that is not open."""
    rows = await Vacancy.raw(LEFT, vacancy)
    return rows[0]["positions"] if rows else None

"""What is read of an allocation: its lines with what became of each, and a client's other vacancies."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jobs import aside, matches
from jobs.allocation import room
from jobs.allocation.fitting import Terms, fits
from jobs.allocation.pool import gather
from jobs.aside import NOTHING
from jobs.index import documents
from jobs.index.port import Document
from jobs.matching.explanation import Reason, for_staff
from jobs.matching.reading import background, facts_of, labels, profile_of
from jobs.matching.score import Match, match
from jobs.seekers.reading import known
from jobs.tables import Allocation, Assignment, AssignmentState, ProposalAnswer

PAGE = 25
CHOICES = 20
"""So many of a client's vacancies are offered for the one that was meant."""
ROWS = """
SELECT assignment.id, assignment.client, client.office <> allocation.office AS moved,
       CASE WHEN client.office = allocation.office THEN person.name END AS name, assignment.vacancy, vacancy.title, vacancy.employer_name,
       vacancy.state AS vacancy_state, vacancy.closes_on < current_date AS expired, assignment.fit, assignment.state,
       assignment.version, assignment.suggested, changer.name AS changed_by, assignment.changed_at, proposal.answer,
       application.id AS application, application.state AS application_state
FROM assignment
JOIN allocation ON allocation.id = assignment.allocation
JOIN client ON client.id = assignment.client
JOIN person ON person.id = client.person
LEFT JOIN vacancy ON vacancy.id = assignment.vacancy
LEFT JOIN person AS changer ON changer.id = assignment.changed_by
LEFT JOIN proposal ON proposal.id = assignment.proposal
LEFT JOIN application ON application.vacancy = assignment.vacancy AND application.client = assignment.client
WHERE assignment.allocation = {}
"""
COUNTS = """
SELECT assignment.state, proposal.answer, count(*) AS n
FROM assignment LEFT JOIN proposal ON proposal.id = assignment.proposal
JOIN allocation ON allocation.id = assignment.allocation JOIN client ON client.id = assignment.client
WHERE assignment.allocation = {} AND (assignment.vacancy IS NOT NULL OR assignment.state = 'removed')
  AND (client.office = allocation.office OR assignment.proposal IS NOT NULL) GROUP BY 1, 2
"""
ANSWERED = {
    ProposalAnswer.OPEN: AssignmentState.SENT,
    ProposalAnswer.APPLIED: AssignmentState.ACCEPTED,
    ProposalAnswer.DECLINED: AssignmentState.REFUSED,
}


@dataclass(frozen=True)
class Line:
    """One client in an allocation, as it stands now; of one who moved to another office nothing is read but that."""

    row: dict[str, Any]
    state: AssignmentState
    reasons: list[Reason]

    @property
    def gone(self) -> bool:
        """Whether the vacancy has been closed or filled, or has run out, since."""
        return bool(self.row["vacancy"]) and (
            self.row["vacancy_state"] != "published" or bool(self.row["expired"])
        )


@dataclass(frozen=True)
class Choice:
    """A vacancy that may take the place of another in an assignment."""

    document: Document
    match: Match
    reasons: list[Reason]
    left: int
    """Positions that are meant for nobody else in this allocation."""


async def lines(allocation: int, page: int) -> list[Line]:
    """One page of lines, whoever has something first, then whoever has waited longest; five queries at most."""
    rows = await Assignment.raw(
        ROWS + "ORDER BY assignment.vacancy IS NULL, assignment.id LIMIT {} OFFSET {}",
        allocation,
        PAGE,
        (page - 1) * PAGE,
    )
    return await _told(rows)


async def line(assignment: Assignment) -> Line:
    rows = await Assignment.raw(ROWS + "AND assignment.id = {}", assignment.allocation, assignment.id)
    [found] = await _told(rows)
    return found


async def counts(allocation: int) -> dict[AssignmentState, int]:
    """How many stand where; OPEN counts only those for whom a vacancy was found."""
    found: dict[AssignmentState, int] = {}
    for row in await Assignment.raw(COUNTS, allocation):
        found[_state(row)] = row["n"]
    return found


async def choices(allocation: Allocation, assignment: Assignment) -> list[Choice]:
    """The client's vacancies under the terms of this allocation, the best first; those that are full too."""
    pool = await gather([assignment.client], allocation.reach_km)
    facts = [facts_of(each) for each in pool.vacancies]
    profiles, terms = pool.profiles, Terms(allocation.floor / 100, float(allocation.reach_km))
    [row] = fits(profiles, facts, terms, background(), pool.barred) if profiles else [np.empty(0)]
    best = sorted(np.flatnonzero(~np.isnan(row)).tolist(), key=lambda place: (-row[place], place))[:CHOICES]
    held = await room.held(allocation.id, [pool.vacancies[place].id for place in best], but=assignment.id)
    found = []
    for place in best:
        document = pool.vacancies[place]
        fit = match(profiles[0], facts[place], background())
        left = max(0, document.positions - held.get(document.id, 0))
        found.append(Choice(document, fit, for_staff(fit, labels()), left))
    return found


async def _told(rows: list[dict[str, Any]]) -> list[Line]:
    people = {each.id: each for each in await known([row["client"] for row in rows if not row["moved"]])}
    open_ones = {
        each.id: each for each in await documents.load({row["vacancy"] for row in rows if row["vacancy"]})
    }
    wishes = await aside.of_clients(people)
    told = []
    for row in rows:
        person, document = people.get(row["client"]), open_ones.get(row["vacancy"])
        reasons: list[Reason] = []
        if person and document:
            theirs = wishes.get(person.id, NOTHING)
            profile = profile_of(person, aside.heeded(person.whole, theirs))
            reasons = matches.told_to_staff(matches.explain(profile, document, theirs)).reasons
        told.append(Line(row, _state(row), reasons))
    return told


def _state(row: dict[str, Any]) -> AssignmentState:
    """The state as stored; of what was sent, the answer in its place."""
    return ANSWERED[ProposalAnswer(row["answer"])] if row["answer"] else AssignmentState(row["state"])

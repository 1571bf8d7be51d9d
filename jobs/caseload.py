"""The clients an office follows: where each stands, and what comes next for them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from jobs.applications import OPEN
from jobs.tables import Application, Proposal
from portal.people import ADULT, Actor
from portal.tables import Client, Role
from training import enrolments

PAGE = 25
MOST_FOUND = 50
"""Clients that a search by name shows; more are found by writing more of the name."""


class Standing(StrEnum):
    """Where a client stands; of several the first here holds."""

    CLOSED = "closed"
    PAUSED = "paused"
    UNDER_AGE = "under_age"
    WORKING = "working"
    APPLYING = "applying"
    READY = "ready"
    NEW = "new"


@dataclass(frozen=True)
class Case:
    """One client in the list."""

    id: int
    name: str
    standing: Standing
    born_on: date
    region: str | None
    caseworker: str
    office: str
    paused_on: date | None
    closed_on: date | None
    interview_at: datetime | None
    """The next interview of an open application."""
    offers: int
    offered_application: int | None
    open_applications: int
    waiting_since: datetime | None
    """When the application that has waited longest for an employer's answer was sent."""
    open_proposals: int
    due_on: date | None
    """When the next check-in of the work they have now is due, after how many days of work, and of which placement."""
    due_day: int | None
    due_placement: int | None
    due_check_in: int | None


@dataclass(frozen=True)
class Caseload:
    cases: list[Case]
    counts: dict[Standing, int]
    """How many stand where, in everything that was asked for."""
    pages: int


# What is known of each client in one row. Every condition is counted over a handful of rows of one client.
CASES = f"""
SELECT client.id, person.name, client.born_on, client.region, caseworker.name AS caseworker, office.name AS office,
       client.paused_on, client.closed_on, mine.interview_at, mine.offers, mine.offered_application,
       mine.open_applications, mine.waiting_since, asked.open_proposals, due.due_on, due.day AS due_day, due.placement AS due_placement,
       due.id AS due_check_in,
       CASE
           WHEN client.closed_on IS NOT NULL THEN 'closed'
           WHEN client.paused_on IS NOT NULL THEN 'paused'
           WHEN client.born_on > current_date - interval '{ADULT} years' THEN 'under_age'
           WHEN EXISTS (SELECT FROM placement WHERE placement.client = client.id AND ended_on IS NULL) THEN 'working'
           WHEN mine.open_applications > 0 THEN 'applying'
           WHEN EXISTS (
               SELECT FROM profile WHERE profile.client = client.id AND (
                   cardinality(profile.wishes) > 0
                   OR EXISTS (SELECT FROM profile_skill WHERE profile_skill.profile = profile.id)
                   OR EXISTS (SELECT FROM experience WHERE experience.profile = profile.id)
                   OR EXISTS (SELECT FROM certificate WHERE certificate.profile = profile.id)
               )
           ) THEN 'ready'
           ELSE 'new'
       END AS standing
FROM client
JOIN person ON person.id = client.person
JOIN person AS caseworker ON caseworker.id = client.caseworker
JOIN organisation AS office ON office.id = client.office
CROSS JOIN LATERAL (
    SELECT count(*) AS open_applications, count(*) FILTER (WHERE state = 'offered') AS offers,
           min(id) FILTER (WHERE state = 'offered') AS offered_application,
           min(sent_at) FILTER (WHERE state IN ('sent', 'in_review')) AS waiting_since,
           min(interview_at) FILTER (WHERE state = 'interview' AND interview_at >= current_date) AS interview_at
    FROM application
    WHERE application.client = client.id AND state = ANY ({{}}::varchar[])
) AS mine
CROSS JOIN LATERAL (
    SELECT count(*) AS open_proposals FROM proposal WHERE proposal.client = client.id AND answer = 'open'
) AS asked
LEFT JOIN LATERAL (
    SELECT check_in.id, check_in.due_on, check_in.day, check_in.placement FROM placement JOIN check_in ON check_in.placement = placement.id
    WHERE placement.client = client.id AND placement.ended_on IS NULL AND check_in.done_on IS NULL
    ORDER BY check_in.due_on LIMIT 1
) AS due ON true
WHERE ({{}}::int IS NULL OR client.office = {{}}) AND ({{}}::int IS NULL OR client.caseworker = {{}})
"""
COUNTS = f"SELECT standing, count(*) AS n FROM ({CASES}) AS cases GROUP BY standing"
# Whoever has something due comes first, then an offer to answer and the next interview, then by name; the id keeps pages apart where names are the same.
LISTED = f"""
SELECT * FROM ({CASES}) AS cases WHERE standing = ANY ({{}}::varchar[])
ORDER BY due_on > current_date, due_on, offers = 0, interview_at, lower(name), id LIMIT {{}} OFFSET {{}}
"""
FOUND = f"""
SELECT * FROM ({CASES}) AS cases
WHERE strpos(lower(name), lower({{}})) > 0 OR word_similarity(lower({{}}), lower(name)) >= 0.5
ORDER BY strpos(lower(name), lower({{}})) = 0, lower(name), id LIMIT {{}}
"""


async def listed(actor: Actor, *, mine: bool, standing: Standing | None = None, page: int = 1) -> Caseload:
    """One page of the actor's own clients, or of the whole office's; administrators see all offices.

    Without `standing` everybody who is still followed.
    """
    narrowed = _narrowed(actor, mine)
    counts = {Standing(row["standing"]): row["n"] for row in await Client.raw(COUNTS, *narrowed)}
    wanted = [standing] if standing else [each for each in Standing if each != Standing.CLOSED]
    total = sum(counts.get(each, 0) for each in wanted)
    rows = await Client.raw(LISTED, *narrowed, [each.value for each in wanted], PAGE, (page - 1) * PAGE)
    return Caseload([_case(row) for row in rows], counts, max(1, -(-total // PAGE)))


async def named(actor: Actor, name: str) -> list[Case]:
    """Clients of the office whose name holds the text or is spelt like it, closed ones too; at most MOST_FOUND."""
    rows = await Client.raw(FOUND, *_narrowed(actor, False), name, name, name, MOST_FOUND)
    return [_case(row) for row in rows]


async def of_client(client: Client) -> Case:
    """Where this client stands, who was looked up for the reader."""
    everybody = ([state.value for state in OPEN], None, None, None, None)
    [row] = await Client.raw(f"SELECT * FROM ({CASES}) AS cases WHERE id = {{}}", *everybody, client.id)
    return _case(row)


def _narrowed(actor: Actor, mine: bool) -> tuple[Any, ...]:
    """The values of CASES: open states, and whose clients, each twice."""
    if actor.role not in (Role.STAFF, Role.ADMINISTRATOR):
        raise ValueError(actor.role)
    office = actor.organisation if actor.role == Role.STAFF else None
    caseworker = actor.person if mine else None
    return [state.value for state in OPEN], office, office, caseworker, caseworker


def _case(row: dict[str, Any]) -> Case:
    return Case(**{**row, "standing": Standing(row["standing"])})


@dataclass(frozen=True)
class History:
    """What became of a client's search so far, newest first."""

    applications: list[dict[str, Any]]
    proposals: list[dict[str, Any]]
    placements: list[dict[str, Any]]
    """With `due_on` and `due_day` of the next check-in."""
    enrolments: list[dict[str, Any]]
    """Courses that the client is on the way to, or was."""


PLACEMENTS = """
SELECT placement.id, placement.title, placement.kind, placement.employer_name, placement.started_on, placement.ended_on,
       due.due_on, due.day AS due_day
FROM placement LEFT JOIN LATERAL (
    SELECT due_on, day FROM check_in WHERE check_in.placement = placement.id AND done_on IS NULL ORDER BY due_on LIMIT 1
) AS due ON true
WHERE placement.client = {} ORDER BY placement.started_on DESC, placement.id DESC
"""


async def history(client: Client) -> History:
    """What a client who was looked up for the reader has been through; four queries."""
    applications = (
        await Application.select(
            Application.id,
            Application.state,
            Application.moved_at,
            Application.interview_at,
            Application.vacancy.title.as_alias("title"),
            Application.vacancy.employer_name.as_alias("employer_name"),
        )
        .where(Application.client == client.id)
        .order_by(Application.moved_at, ascending=False)
    )
    proposals = (
        await Proposal.select(
            Proposal.id,
            Proposal.answer,
            Proposal.made_at,
            Proposal.vacancy.id.as_alias("vacancy"),
            Proposal.vacancy.title.as_alias("title"),
            Proposal.vacancy.employer_name.as_alias("employer_name"),
        )
        .where(Proposal.client == client.id)
        .order_by(Proposal.id, ascending=False)
    )
    placements = await Client.raw(PLACEMENTS, client.id)
    return History(applications, proposals, placements, await enrolments.of_client(client.id))

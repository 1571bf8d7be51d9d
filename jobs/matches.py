"""Vacancies for a client: retrieved by the index, ranked by the score, explained in words."""

from dataclasses import dataclass
from datetime import date

from jobs import index
from jobs.index.port import Document
from jobs.matching.explanation import Reason, for_card, for_client
from jobs.matching.facts import Profile
from jobs.matching.reading import background, facts_of, labels, profile_of, wanted_by
from jobs.matching.score import Match, match, rank
from portal.people import ADULT, age_on
from portal.tables import Client
from training import profiles


@dataclass(frozen=True)
class Matched:
    """A vacancy and why it fits."""

    document: Document
    match: Match
    reasons: list[Reason]


async def of_client(client: Client, limit: int = 20) -> list[Matched]:
    """The client's best vacancies, best first; none while they are under age, paused or closed."""
    if client.closed_on or client.paused_on or age_on(client.born_on, date.today()) < ADULT:
        return []
    profile = profile_of(client, await profiles.of_client(client.id))
    hits = await index.current().candidates(wanted_by(profile))
    documents = {hit.document.id: hit.document for hit in hits}
    best = rank(profile, map(facts_of, documents.values()), limit, background())
    return [Matched(documents[int(each.vacancy.id)], each, for_client(each, labels())) for each in best]


def explain(profile: Profile, document: Document) -> Matched:
    """One vacancy, as said to the client."""
    found = match(profile, facts_of(document), background())
    return Matched(document, found, for_client(found, labels()))


def explain_for_card(profile: Profile, document: Document) -> list[Reason]:
    """The same, as said to the employer."""
    return for_card(match(profile, facts_of(document), background()), labels())

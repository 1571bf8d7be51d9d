"""What a client searches for, in the order in which it fits them."""

from collections.abc import Sequence
from dataclasses import replace

from jobs import aside, index, waiting
from jobs.index.asking import usual_sort
from jobs.index.port import Hit, Query, Result
from jobs.matching.demand import UNKNOWN
from jobs.matching.reading import background, facts_of, profile_of
from jobs.matching.score import score
from jobs.matching.seeker import Seeker
from portal.tables import Client
from training import profiles

READ = 200
"""So many of what is found are compared: those the words mean first, else the nearest, else the newest."""


async def search(client: Client, query: Query) -> Result | None:
    """Words and filters find what they always find; a page shows the best fitting, as the queue leaves them, and what the
    client has set aside comes last. Pages end after READ. None for whoever has told nothing that could be compared."""
    whole = await profiles.of_client(client.id)
    if whole.empty:
        return None
    first = replace(query, sort=usual_sort(query), page=1, per_page=READ)
    found = await index.current().search(first)
    start = (query.page - 1) * query.per_page
    hits = await _ordered(client, whole, found.hits)
    return replace(found, hits=hits[start : start + query.per_page])


async def _ordered(client: Client, whole: profiles.Whole, hits: Sequence[Hit]) -> list[Hit]:
    wishes = await aside.of_client(client.id)
    seeker = Seeker(profile_of(client, aside.heeded(whole, wishes)), background())
    wanted = await aside.without({hit.document.id: hit.document for hit in hits}, wishes)
    queue = await waiting.for_vacancies(hit.document.id for hit in hits)

    def place(hit: Hit) -> tuple[bool, float]:
        demand = queue.get(hit.document.id, UNKNOWN)
        return hit.document.id not in wanted, -demand.heeded(score(seeker, facts_of(hit.document)))

    # A stable sort: what fits alike stays as it was found.
    return sorted(hits, key=place)

"""Who can be proposed something, and what there is to propose, as rows of the database tell it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from piccolo.querystring import QueryString

from jobs import aside
from jobs.aside import NOTHING, Wishes
from jobs.index import documents
from jobs.index.port import Document
from jobs.matching.facts import Profile
from jobs.matching.reading import profile_of
from jobs.seekers.reading import Known, known
from jobs.tables import Avoided
from portal.conf import DB
from portal.people import ADULT
from portal.places import regions
from portal.places.distance import within

MOST_CLIENTS, MOST_VACANCIES = 2_000, 2_000
"""More than these are not allocated at once; it would take longer than anybody waits for a page."""
SLACK_KM = 60
"""A vacancy's own place may lie so far from the middle of its region."""

# Whoever has been followed longest has waited longest. Somebody who works already waits for nothing.
ELIGIBLE = f"""
SELECT client.id, person.name, client.opened_on FROM client JOIN person ON person.id = client.person
WHERE client.office = {{}} AND ({{}}::int IS NULL OR client.caseworker = {{}}) AND ({{}}::int[] IS NULL OR client.id = ANY({{}}::int[]))
  AND client.closed_on IS NULL AND client.paused_on IS NULL AND client.born_on <= current_date - interval '{ADULT} years'
  AND NOT EXISTS (SELECT FROM placement WHERE placement.client = client.id AND placement.ended_on IS NULL)
  AND EXISTS (SELECT FROM profile WHERE profile.client = client.id)
ORDER BY client.opened_on, client.id LIMIT {{}}
"""
NEAR = """
SELECT id, count(*) OVER () AS total FROM vacancy
WHERE state = 'published' AND (closes_on IS NULL OR closes_on >= current_date) AND (region IS NULL OR region = ANY({}))
ORDER BY published_at DESC, id DESC LIMIT {}
"""
# Whatever was said between this client and this vacancy before, it is not proposed again.
SPOKEN = """
SELECT client, vacancy FROM application WHERE client = ANY({}) UNION SELECT client, vacancy FROM proposal WHERE client = ANY({})
UNION SELECT client, vacancy FROM outside_application WHERE client = ANY({})
"""


@dataclass(frozen=True)
class Pool:
    """Clients, whoever has waited longest first, and open vacancies; their places are the rows and columns of the matrix."""

    clients: list[Known]
    vacancies: list[Document]
    left_out: int = 0
    """Vacancies within reach that are too many; the newest are here."""
    wishes: dict[int, Wishes] = field(default_factory=dict)
    tags: dict[int, frozenset[Avoided]] = field(default_factory=dict)
    spoken: frozenset[tuple[int, int]] = frozenset()

    @property
    def profiles(self) -> list[Profile]:
        return [
            profile_of(each, aside.heeded(each.whole, self.wishes.get(each.id, NOTHING)))
            for each in self.clients
        ]

    def barred(self, client: int, vacancy: int) -> bool:
        """Whether something speaks against this pair, given by their places, besides how they fit."""
        known, document = self.clients[client], self.vacancies[vacancy]
        wishes = self.wishes.get(known.id)
        return (known.id, document.id) in self.spoken or (
            wishes is not None and wishes.bars(document, self.tags.get(document.id, frozenset()))
        )


async def eligible(
    office: int, *, caseworker: int | None = None, chosen: Sequence[int] | None = None
) -> list[dict[str, Any]]:
    """Clients of the office who can be proposed work: id, name, opened_on; whoever has waited longest first, one more than are taken."""
    ids = None if chosen is None else list(chosen)
    query = QueryString(ELIGIBLE, office, caseworker, caseworker, ids, ids, MOST_CLIENTS + 1)
    return await DB.run_querystring(query)


async def gather(clients: Sequence[int], reach_km: float) -> Pool:
    """These clients with every open vacancy within reach of any of them, in eight queries however many they are."""
    people = await known(clients)
    ids = [each.id for each in people]
    near = await DB.run_querystring(QueryString(NEAR, _regions_near(people, reach_km), MOST_VACANCIES))
    found = {each.id: each for each in await documents.load([row["id"] for row in near])}
    # The order is that of the query, so that the same rows give the same matrix.
    vacancies = [found[row["id"]] for row in near if row["id"] in found and found[row["id"]].positions > 0]
    wishes = await aside.of_clients(ids)
    tagged = any(each.tags for each in wishes.values())
    spoken = await DB.run_querystring(QueryString(SPOKEN, ids, ids, ids))
    return Pool(
        clients=people,
        vacancies=vacancies,
        left_out=near[0]["total"] - len(near) if near else 0,
        wishes=wishes,
        tags=await aside.tags_of_all(vacancies) if tagged else {},
        spoken=frozenset((row["client"], row["vacancy"]) for row in spoken),
    )


def _regions_near(people: Iterable[Known], reach_km: float) -> list[str]:
    """Codes of the regions within reach of any home; all of them as soon as somebody's home is not known."""
    homes = {each.region for each in people}
    if None in homes:
        return list(regions())
    # A vacancy whose place is told as a province alone lies in all of its regencies.
    near = {code for home in homes if home for code, _ in within(home, reach_km + SLACK_KM)}
    return sorted(near | {code[:2] for code in near})

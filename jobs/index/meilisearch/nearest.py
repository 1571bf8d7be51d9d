"""The nearest first, without a sort by distance: regions are rings, and only vacancies with a point of their own lie between.

The server's sort by distance wants a point for every document, which every batch then pays for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import Any

from meilisearch_python_sdk.models.search import SearchParams

from jobs.index.meilisearch import asking
from jobs.index.meilisearch.documents import NOWHERE
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.settings import MOST_HITS
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Query
from portal.places import by_distance, distance_km


@dataclass(frozen=True)
class Ring:
    """Vacancies that are equally far: those in the middle of some regions, one with its own point, those nowhere."""

    km: float
    count: int
    codes: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True)
class Part:
    """So many of a ring from its `first`, newest first."""

    ring: Ring
    first: int
    count: int


async def find(
    server: Server, query: Query, question: Question, origin: asking.Point, others: Sequence[SearchParams]
) -> tuple[list[dict[str, Any]], Any, list[Any]]:
    """Hits of the page, the answer that counts under all filters, and the answers to the `others`."""
    filter = asking.conditions(query).all()
    page = asking.window(query)
    rings = asking.search(server.index, question, filter, facets=["at", *asking.FACETS])
    own = asking.search(
        server.index,
        question,
        [*filter, "at NOT EXISTS"],
        sort=[f"_geoPoint({origin.latitude}, {origin.longitude}):asc", *asking.NEWEST],
        limit=min(MOST_HITS, page["offset"] + page["limit"]),
        attributes_to_retrieve=["id", "_geo"],
    )
    whole, pointed, *answers = await server.ask([rings, own, *others])
    counts = (whole.facet_distribution or {}).get("at", {})
    found = _rings(origin, counts, pointed.hits, page["offset"] + page["limit"])
    parts = parts_of(found, page["offset"], page["limit"])
    return await _fetch(server, question, filter, parts), whole, answers


def _rings(
    origin: asking.Point, counts: dict[str, int], pointed: Sequence[dict[str, Any]], wanted: int
) -> list[Ring]:
    """Nearest first, until they hold as many as are `wanted`; what lies nowhere comes last."""
    rings, held = [], 0
    # Some neighbouring regencies have one and the same rounded centre; the last digits may differ all the same.
    there = ((round(km, 6), code) for code, km in by_distance(origin).items() if code in counts)
    for km, alike in groupby(there, key=itemgetter(0)):
        codes = tuple(code for _, code in alike)
        rings.append(Ring(km, sum(counts[code] for code in codes), codes))
        held += rings[-1].count
        if held >= wanted:
            break
    else:
        if NOWHERE in counts:
            rings.append(Ring(inf, counts[NOWHERE], (NOWHERE,)))
    for each in pointed:
        point = asking.Point(each["_geo"]["lat"], each["_geo"]["lng"])
        rings.append(Ring(distance_km(origin, point), 1, id=each["id"]))
    return sorted(rings, key=lambda ring: ring.km)


def parts_of(rings: Sequence[Ring], offset: int, limit: int) -> list[Part]:
    """What of each ring lies between `offset` and `offset + limit`."""
    parts, start = [], 0
    for ring in rings:
        first, last = max(start, offset), min(start + ring.count, offset + limit)
        if first < last:
            parts.append(Part(ring, first - start, last - first))
        start += ring.count
    return parts


async def _fetch(
    server: Server, question: Question, filter: list[str], parts: Sequence[Part]
) -> list[dict[str, Any]]:
    """Whole rings by one question together, the first and the last by one each."""
    if not parts:
        return []
    whole = [part for part in parts if part.count == part.ring.count]
    cut = [[part] for part in parts if part.count < part.ring.count]
    answers = await server.ask(
        [
            asking.search(
                server.index,
                question,
                [*filter, _in([part.ring for part in together])],
                sort=asking.NEWEST,
                offset=together[0].first,
                limit=sum(part.count for part in together),
                attributes_to_retrieve=["id", "facts", "description", "at"],
            )
            for together in (*cut, whole)
            if together
        ]
    )
    places = {key: place for place, part in enumerate(parts) for key in (*part.ring.codes, part.ring.id)}
    hits = [hit for answer in answers for hit in answer.hits]
    # A stable sort: within a ring they stay newest first.
    return sorted(hits, key=lambda hit: places[hit.get("at") or hit["id"]])


def _in(rings: Sequence[Ring]) -> str:
    codes = [code for ring in rings for code in ring.codes]
    ids = [str(ring.id) for ring in rings if ring.id]
    either = [asking.one_of("at", codes)] if codes else []
    if ids:
        either.append(f"id IN [{', '.join(ids)}]")
    return f"({' OR '.join(either)})"

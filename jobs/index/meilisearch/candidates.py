"""What matching scores: the vacancies that share a person's rarest skills or their trade, found by filters alone.

Words cannot do this: every strategy of the server demands one particular word. A list of skills is cut into tiers
instead, from sharing several to sharing one, each bounded, by one request.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from meilisearch_python_sdk.models.search import SearchParams

from jobs.index.meilisearch import asking
from jobs.index.meilisearch.documents import read
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Hit, Wanted

RAREST = 8
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""
MOST_SKILLS = 200
"""Of a profile. A filter is never cut short by time, so what it may hold is bounded."""
NEAR_SHARE = 3
"""Each tier is also looked at within a third of the reach, because near ones score higher than newer ones."""


async def find(server: Server, wanted: Wanted, counts: Mapping[str, int]) -> list[Hit]:
    """Most shared skills and nearest first; a person of whom nothing is known gets what is near and new."""
    rare = _rarest(wanted, counts)
    answers = await server.ask(tiers(server.index, wanted, rare))
    found = {hit["id"]: hit for answer in answers for hit in answer.hits}
    origin = asking.Point(*wanted.origin) if wanted.origin else None
    documents = [read(each) for each in found.values()]
    hits = [Hit(each, asking.kilometres(origin, each)) for each in documents]
    return sorted(hits, key=lambda hit: _rank(hit, wanted, rare))[: wanted.limit]


def _rarest(wanted: Wanted, counts: Mapping[str, int]) -> list[str]:
    offered = [skill for skill in sorted(wanted.skills)[:MOST_SKILLS] if counts.get(f"k:{skill}")]
    return sorted(offered, key=lambda skill: counts[f"k:{skill}"])[:RAREST]


def tiers(index: str, wanted: Wanted, rare: Sequence[str]) -> list[SearchParams]:
    always = [asking.still_open(), *_hours(wanted)]
    origin = asking.Point(*wanted.origin) if wanted.origin else None
    reach = [asking.around(origin, wanted.reach_km)] if origin and wanted.reach_km else []
    near = [asking.around(origin, wanted.reach_km / NEAR_SHARE)] if origin and wanted.reach_km else []
    tiers = _alike(wanted, rare)
    questions = [[*always, *reach, *tier] for tier in tiers]
    if near:
        questions += [[*always, *near, *tier] for tier in tiers[:2]]
    return [
        asking.search(
            index,
            Question(),
            filter,
            sort=asking.NEWEST,
            limit=wanted.limit,
            attributes_to_retrieve=["id", "facts"],
        )
        for filter in questions
    ]


def _alike(wanted: Wanted, rare: Sequence[str]) -> list[list[str]]:
    """Two of the rare skills; the same trade; a neighbouring trade or any rare skill."""
    if not wanted.skills and not wanted.iscos:
        return [[]]
    pairs = [
        f"(skills = {asking.quoted(a)} AND skills = {asking.quoted(b)})" for a, b in combinations(rare, 2)
    ]
    trade = [asking.one_of("isco", wanted.iscos)] if wanted.iscos else []
    group = [asking.one_of("group", {isco[:3] for isco in wanted.iscos})] if wanted.iscos else []
    either = [*([asking.one_of("skills", rare)] if rare else []), *group]
    tiers = [*([[f"({' OR '.join(pairs)})"]] if pairs else []), *([trade] if trade else [])]
    return [*tiers, [f"({' OR '.join(either)})"]] if either else [[asking.NOTHING]]


def _hours(wanted: Wanted) -> list[str]:
    """A vacancy that does not say its hours is no worse for it."""
    if wanted.hours is None:
        return []
    fitting = [asking.one_of("times", wanted.hours)] if wanted.hours else []
    return [f"({' OR '.join([*fitting, 'times IS EMPTY'])})"]


def _rank(hit: Hit, wanted: Wanted, rare: Sequence[str]) -> tuple[Any, ...]:
    """A point for each rare skill, one for a neighbouring trade, two for the same."""
    isco = hit.document.isco or ""
    groups = {isco[:3] for isco in wanted.iscos}
    points = 2 if isco in wanted.iscos else 1 if isco and isco[:3] in groups else 0
    points += sum(skill in hit.document.skills for skill in rare)
    far = float("inf") if hit.distance_km is None else hit.distance_km
    return -points, far, -hit.document.published_at.timestamp(), -hit.document.id

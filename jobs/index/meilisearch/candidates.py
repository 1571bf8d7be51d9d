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
EVERYTHING = "*"
MOST_SKILLS = 200
"""Of a profile. A filter is never cut short by time, so what it may hold is bounded."""
ENOUGH = 40
"""Of those that share two rare skills or the trade; with fewer, all that share one skill or a neighbouring trade come
too. Ten are shown, and whoever shares more scores higher."""
NEAR_SHARE = 3
"""Where more share as much than are asked for, they are also looked at within a third of the reach: near ones score
higher than new ones."""


async def find(server: Server, wanted: Wanted, counts: Mapping[str, int]) -> list[Hit]:
    """Most shared skills and nearest first; a person of whom nothing is known gets what is near and new."""
    rare = _rarest(wanted, counts)
    alike, loosely = _alike(wanted, rare)
    first = await server.ask([_asked(server.index, wanted, tier, wanted.reach_km) for tier in alike])
    found = {hit["id"]: hit for answer in first for hit in answer.hits}
    full = [tier for tier, answer in zip(alike, first, strict=True) if len(answer.hits) == wanted.limit]
    further: list[tuple[str, float | None]] = []
    if wanted.reach_km:
        further += [(tier, wanted.reach_km / NEAR_SHARE) for tier in full]
    if loosely and len(found) < min(ENOUGH, wanted.limit):
        further.append((loosely, wanted.reach_km))
    if further:
        more = await server.ask([_asked(server.index, wanted, tier, reach) for tier, reach in further])
        found |= {hit["id"]: hit for answer in more for hit in answer.hits}
    origin = asking.Point(*wanted.origin) if wanted.origin else None
    hits = [Hit(each, asking.kilometres(origin, each)) for each in map(read, found.values())]
    return sorted(hits, key=lambda hit: _rank(hit, wanted, rare))[: wanted.limit]


def _rarest(wanted: Wanted, counts: Mapping[str, int]) -> list[str]:
    offered = [skill for skill in sorted(wanted.skills)[:MOST_SKILLS] if counts.get(f"k:{skill}")]
    return sorted(offered, key=lambda skill: counts[f"k:{skill}"])[:RAREST]


def tiers(index: str, wanted: Wanted, rare: Sequence[str]) -> list[SearchParams]:
    """All that may be asked, whatever the first answers hold."""
    alike, loosely = _alike(wanted, rare)
    return [_asked(index, wanted, tier, wanted.reach_km) for tier in (*alike, loosely) if tier]


def _asked(index: str, wanted: Wanted, tier: str, reach_km: float | None) -> SearchParams:
    reach = [asking.around(asking.Point(*wanted.origin), reach_km)] if wanted.origin and reach_km else []
    filter = [asking.still_open(), *_hours(wanted), *reach, *([tier] if tier != EVERYTHING else [])]
    shown = {"limit": wanted.limit, "attributes_to_retrieve": ["id", "facts"]}
    return asking.search(index, Question(), filter, sort=asking.NEWEST, **shown)


def _alike(wanted: Wanted, rare: Sequence[str]) -> tuple[list[str], str]:
    """Two of the rare skills, and the same trade; and looser than both: any rare skill or a neighbouring trade."""
    if not wanted.skills and not wanted.iscos:
        return [EVERYTHING], ""
    pairs = [
        f"(skills = {asking.quoted(a)} AND skills = {asking.quoted(b)})" for a, b in combinations(rare, 2)
    ]
    alike = [f"({' OR '.join(pairs)})"] if pairs else []
    either = [asking.one_of("skills", rare)] if rare else []
    if wanted.iscos:
        alike.append(asking.one_of("isco", wanted.iscos))
        either.append(asking.one_of("group", {isco[:3] for isco in wanted.iscos}))
    loosely = f"({' OR '.join(either)})" if either else asking.NOTHING
    return (alike, loosely) if alike else ([loosely], "")


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

"""What matching scores: the vacancies that share a person's rarest skills or their trade, found by filters alone.

Words cannot do this: every strategy of the server demands one particular word. It is asked at once for several
sets instead, each bounded, and of what it finds the likeliest are kept (jobs.index.likeness).
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from jobs.index.likeness import Likeness, trades_of_groups
from jobs.index.meilisearch import asking
from jobs.index.meilisearch.documents import read
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Hit, Wanted
from portal.places import by_distance, distance_km
from training.vocabulary import vocabulary

RAREST, PAIRED, TRIPLED = 14, 8, 7
"""Skills of which a vacancy shares one, two or three. Everybody shares "disiplin waktu"; it would retrieve everything."""
MOST_SKILLS = 200
"""Of a profile. A filter is never cut short by time, so what it may hold is bounded."""
NEAREST, NEAR = 800, 4_000
"""So many of the nearest documents are looked at for whoever shares anything, and for whoever shares more."""
LOOSE, GIVEN, OF_TRADE, FAR_GIVEN = 300, 300, 200, 200
"""Most that a set near home gives, and one from further away; the newest first."""
SHOWN = ["id", "skills", "isco", "licences", "at", "_geo", "facts"]
"""What is compared, and the whole: reading a document costs more than sending it, so none is read twice."""


async def find(server: Server, wanted: Wanted, counts: Mapping[str, int]) -> list[Hit]:
    """The likeliest first; a person of whom nothing is known gets what is near and new."""
    if wanted.skills or wanted.iscos:
        given = (server.newest(each.filter, each.limit, SHOWN) for each in sets(wanted, counts))
        hits = [hit for some in await asyncio.gather(*given) for hit in some]
    else:
        hits = await _newest(server, wanted, counts)
    found = {hit["id"]: hit for hit in hits}
    origin = asking.Point(*wanted.origin) if wanted.origin else None
    documents = map(read, _best(wanted, found.values()))
    return [Hit(document, asking.kilometres(origin, document)) for document in documents]


async def _newest(server: Server, wanted: Wanted, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """To the moment, because nothing else orders them."""
    filter = [asking.still_open(), *_hours(wanted), *_within(wanted, counts)]
    shown = {"limit": wanted.limit, "attributes_to_retrieve": SHOWN}
    question = asking.search(server.index, Question(), filter, sort=asking.NEWEST, **shown)
    return (await server.ask([question]))[0].hits


class Set(NamedTuple):
    """Some of what is looked at: `limit` of those that meet every condition, of the newest days."""

    filter: list[str]
    limit: int


def sets(wanted: Wanted, counts: Mapping[str, int]) -> list[Set]:
    """What is asked at once. Near home: whoever shares any rare skill or a kindred trade; among more of them, two skills or
    the trade. Further away, and only what the law lets them do: the trade with any of the skills, and three of them.

    `counts`: documents by mark, as `jobs.index.meilisearch.frequencies` has them.
    """
    hours, reach = _hours(wanted), _within(wanted, counts)
    rare = _rarest(wanted, counts)
    skilled, same, kindred = _sharing(rare, 1), _trade(wanted, 3), _trade(wanted, 2)
    lawful = [*hours, *_lawful(wanted)]
    far = [*lawful, *reach]
    asked = [
        ([*hours, *_within(wanted, counts, NEAREST)], [*skilled, *kindred], LOOSE),
        ([*lawful, *_within(wanted, counts, NEAR)], [*_sharing(rare[:PAIRED], 2), *same], GIVEN),
        ([*far, *_either(skilled)], same, OF_TRADE),
        (far, _sharing(rare[:TRIPLED], 3), FAR_GIVEN),
    ]
    return [_asked([*filter, *_either(ways)], limit) for filter, ways, limit in asked if ways]


def _best(wanted: Wanted, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    likeness = Likeness(wanted)
    origin = asking.Point(*wanted.origin) if wanted.origin else None
    away = by_distance(origin) if origin else {}

    def order(hit: dict[str, Any]) -> tuple[float, int]:
        point = hit.get("_geo")
        if origin and point:
            km: float | None = distance_km(origin, asking.Point(point["lat"], point["lng"]))
        else:
            km = away.get(hit.get("at", ""))
        return -likeness.of(hit["skills"], hit["isco"], hit["licences"], km), -hit["id"]

    return sorted(found, key=order)[: wanted.limit]


def _asked(filter: list[str], limit: int) -> Set:
    return Set([asking.still_open(), *filter], limit)


def _either(ways: Sequence[str]) -> list[str]:
    return [f"({' OR '.join(ways)})"] if ways else []


def _sharing(skills: Sequence[str], several: int) -> list[str]:
    """Asking for so many of them at least; for all of them where there are fewer.

    One of them and, of those after it, one less: as many conditions as skills, where all combinations would be many.
    """
    several = min(several, len(skills))
    if several <= 1:
        return [asking.one_of("skills", skills)] if skills else []
    return [
        f"(skills = {asking.quoted(skill)} AND {_either(_sharing(skills[place + 1 :], several - 1))[0]})"
        for place, skill in enumerate(skills[: len(skills) - several + 1])
    ]


def _trade(wanted: Wanted, digits: int) -> list[str]:
    """Of the same ISCO-08 group of so many digits; the server compares no beginnings, so its minor groups are named."""
    own = {isco[:digits] for isco in wanted.iscos}
    groups = {group for group in trades_of_groups() if group[:digits] in own}
    groups |= {isco[:3] for isco in wanted.iscos}
    return [asking.one_of("group", groups)] if groups else []


def _within(wanted: Wanted, counts: Mapping[str, int], nearest: int | None = None) -> list[str]:
    """In a region as far as the person reaches, and no further than so many of the nearest documents. By the middle of
    regions: a circle around points costs the server as much as all the rest."""
    if wanted.origin is None:
        return []
    codes, count = [], 0
    for code, km in by_distance(asking.Point(*wanted.origin)).items():
        if wanted.reach_km and km > wanted.reach_km:
            break
        codes.append(code)
        count += counts.get(f"r:{code}", 0)
        if nearest and count >= nearest:
            break
    everywhere = not wanted.reach_km and not nearest
    return [] if everywhere else [asking.one_of("region", codes) if codes else asking.NOTHING]


def _rarest(wanted: Wanted, counts: Mapping[str, int]) -> list[str]:
    offered = [skill for skill in sorted(wanted.skills)[:MOST_SKILLS] if counts.get(f"k:{skill}")]
    return sorted(offered, key=lambda skill: counts[f"k:{skill}"])[:RAREST]


def _lawful(wanted: Wanted) -> list[str]:
    """What the law lets them do."""
    if wanted.licences is None:
        return []
    lacking = sorted(set(vocabulary().licences) - wanted.licences)
    return [f"NOT {asking.one_of('licences', lacking)}"] if lacking else []


def _hours(wanted: Wanted) -> list[str]:
    """A vacancy that does not say its hours is no worse for it."""
    if wanted.hours is None:
        return []
    fitting = [asking.one_of("times", wanted.hours)] if wanted.hours else []
    return [f"({' OR '.join([*fitting, 'times IS EMPTY'])})"]

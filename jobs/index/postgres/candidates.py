"""What matching scores: the vacancies that share some of a person's rarest skills, or their trade."""

from collections.abc import Mapping
from itertools import combinations

from piccolo.querystring import QueryString

from jobs.index.port import Hit, Wanted
from jobs.index.postgres.bounded import planned
from jobs.index.postgres.conditions import ALWAYS, TRUE, Point, all_of, around, holds, kilometres
from jobs.index.postgres.searching import read
from jobs.index.postgres.windows import Reading
from portal.conf import DB
from portal.places import distance_km
from training.vocabulary import vocabulary

RAREST = 8
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""
TELLING = 3
"""With so many rare skills two of them have to be shared; one alone is shared by too many."""
FEW = 150
"""Where fewer are found it is looked again, for any skill but the commonest and for wider kin of the trade."""
ALL_BUT_COMMON = 20
"""Skills that count when it is looked again."""

COUNTED = "SELECT word, documents FROM vacancy_word WHERE word = ANY({}) AND documents > 0 ORDER BY documents"
FIND = """
SELECT facts::text FROM (
    SELECT facts FROM vacancy_document WHERE {} ORDER BY {} DESC, {} published_at DESC, id DESC LIMIT {}
) AS best
"""


async def find(wanted: Wanted, reading: Reading | None) -> list[Hit]:
    """Most shared skills and nearest first; a person of whom nothing is known gets what is near and new.

    `reading`: how far to read among very many documents.
    """
    origin = Point(*wanted.origin) if wanted.origin else None
    counts = await _counted(wanted)
    rare = [mark[2:] for mark in counts if mark.startswith("k:")][:RAREST]
    alike = _alike(wanted, rare)
    near = _reach(wanted, origin, reading, counts)
    nearest = QueryString("{} NULLS LAST,", kilometres(origin)) if origin else QueryString("")
    always = all_of(ALWAYS, _hours(wanted))
    order = (_likeness(wanted, rare), nearest, wanted.limit)
    found = [row["facts"] for row in await planned(QueryString(FIND, all_of(always, near, alike), *order))]
    if len(found) < FEW and (wanted.skills or wanted.iscos):
        near = _reach(wanted, origin, reading, {})
        wider = _kindred(wanted, [mark[2:] for mark in counts if mark.startswith("k:")][:ALL_BUT_COMMON])
        rows = await planned(QueryString(FIND, all_of(always, near, wider), *order))
        found = list(dict.fromkeys([*found, *(row["facts"] for row in rows)]))[: wanted.limit]
    return [_hit(facts, origin) for facts in found]


async def _counted(wanted: Wanted) -> Mapping[str, int]:
    """How many documents ask for each of the skills, the rarest first, and how many are of each neighbouring trade."""
    groups = tuple(_groups(wanted))
    trades = [
        each.id for each in vocabulary().occupations.values() if groups and each.isco.startswith(groups)
    ]
    marks = [*(f"k:{skill}" for skill in sorted(wanted.skills)), *(f"o:{trade}" for trade in trades)]
    rows = await DB.run_querystring(QueryString(COUNTED, marks)) if marks else []
    return {row["word"]: row["documents"] for row in rows}


def _groups(wanted: Wanted) -> list[str]:
    return sorted({isco[:3] for isco in wanted.iscos})


def _alike(wanted: Wanted, rare: list[str]) -> QueryString:
    """Two of the rare skills, or a trade of the same ISCO minor group."""
    if not wanted.skills and not wanted.iscos:
        return TRUE
    marks = [f"'k:{skill}'" for skill in rare]
    together = combinations(marks, 2) if len(marks) >= TELLING else [(mark,) for mark in marks]
    shared = [holds("words", " | ".join(f"({' & '.join(each)})" for each in together))] if marks else []
    trade = [QueryString("isco LIKE ANY({}::text[])", [f"{group}%" for group in _groups(wanted)])]
    either = [*shared, *(trade if wanted.iscos else [])]
    return QueryString(f"({' OR '.join('{}' for _ in either)})", *either) if either else QueryString("false")


def _kindred(wanted: Wanted, skills: list[str]) -> QueryString:
    """Any of the skills, or a trade of the same ISCO sub-major group."""
    groups = sorted({isco[:2] + "%" for isco in wanted.iscos})
    return QueryString("(skills && {}::text[] OR isco LIKE ANY({}::text[]))", skills, groups)


def _hours(wanted: Wanted) -> QueryString:
    """Some part of the day suits, or nobody says which it is."""
    if wanted.hours is None:
        return TRUE
    return QueryString(
        "(work_times IS NULL OR cardinality(work_times) = 0 OR work_times && {}::text[])",
        sorted(wanted.hours),
    )


def _reach(
    wanted: Wanted, origin: Point | None, reading: Reading | None, counts: Mapping[str, int]
) -> QueryString:
    within = around(origin, wanted.reach_km) if origin and wanted.reach_km else TRUE
    if reading is None or origin is None:
        return within
    trades = sum(count for mark, count in counts.items() if mark.startswith("o:"))
    share = trades / reading.sizes.total if trades else 1.0
    return all_of(within, reading.nearest(origin, share) or TRUE)


def _likeness(wanted: Wanted, rare: list[str]) -> QueryString:
    """A point for each rare skill, one for a neighbouring trade, two for the same."""
    shared = [QueryString("({} = ANY(skills))::integer", skill) for skill in rare]
    trade = QueryString(
        "CASE WHEN isco = ANY({}::text[]) THEN 2 WHEN left(isco, 3) = ANY({}::text[]) THEN 1 ELSE 0 END",
        sorted(wanted.iscos),
        _groups(wanted),
    )
    return QueryString(" + ".join("{}" for _ in [trade, *shared]), trade, *shared)


def _hit(facts: str, origin: Point | None) -> Hit:
    document = read(facts)
    if origin is None or document.latitude is None or document.longitude is None:
        return Hit(document, None)
    return Hit(document, distance_km(origin, Point(document.latitude, document.longitude)))

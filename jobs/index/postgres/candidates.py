"""What matching scores: the vacancies that share a person's rarest skills or their trade."""

from piccolo.querystring import QueryString

from jobs.index.port import Hit, Wanted
from jobs.index.postgres.conditions import ALWAYS, Point, around, kilometres
from jobs.index.postgres.searching import read
from portal.conf import DB
from portal.places import distance_km

RAREST = 14
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""

RARE = "SELECT substr(word, 3) AS skill FROM vacancy_word WHERE word = ANY({}) AND documents > 0 ORDER BY documents LIMIT {}"
FIND = """
SELECT facts::text FROM (
    SELECT facts FROM vacancy_document WHERE {} AND {} AND {} ORDER BY {} DESC, {} published_at DESC, id DESC LIMIT {}
) AS best
"""


async def find(wanted: Wanted) -> list[Hit]:
    """Most shared skills and nearest first; a person of whom nothing is known gets what is near and new."""
    origin = Point(*wanted.origin) if wanted.origin else None
    marks = [f"k:{skill}" for skill in sorted(wanted.skills)]
    rare = (
        [row["skill"] for row in await DB.run_querystring(QueryString(RARE, marks, RAREST))] if marks else []
    )
    reach = around(origin, wanted.reach_km) if origin and wanted.reach_km else QueryString("true")
    nearest = QueryString("{} NULLS LAST,", kilometres(origin)) if origin else QueryString("")
    rows = await DB.run_querystring(
        QueryString(FIND, ALWAYS, reach, _alike(wanted, rare), _likeness(wanted, rare), nearest, wanted.limit)
    )
    return [_hit(row["facts"], origin) for row in rows]


def _groups(wanted: Wanted) -> list[str]:
    return sorted({isco[:3] for isco in wanted.iscos})


def _alike(wanted: Wanted, rare: list[str]) -> QueryString:
    """Any of the rare skills, or a trade of the same ISCO minor group."""
    if not wanted.skills and not wanted.iscos:
        return QueryString("true")
    beginnings = [group + "%" for group in _groups(wanted)]
    return QueryString("(skills && {}::text[] OR isco LIKE ANY({}::text[]))", rare, beginnings)


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

"""What matching scores: the vacancies that share a person's rarest skills or their trade."""

from piccolo.querystring import QueryString

from jobs.index.port import Hit, Wanted
from jobs.index.postgres.searching import ALWAYS, Point, around, kilometres, read
from portal.conf import DB
from portal.places import distance_km

RAREST = 8
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""

FIND = """
WITH rare AS (
    SELECT array_agg(substr(word, 3)) AS skills FROM (
        SELECT word FROM vacancy_word WHERE word = ANY({}) AND documents > 0 ORDER BY documents LIMIT {}
    ) AS rarest
)
SELECT facts::text FROM (
    SELECT facts FROM vacancy_document
    WHERE {} AND {} AND {}
    ORDER BY (SELECT count(*) FROM unnest(skills) AS skill WHERE skill = ANY((SELECT rare.skills FROM rare)::text[]))
             + CASE WHEN isco = ANY({}) THEN 2 WHEN left(isco, 3) = ANY({}) THEN 1 ELSE 0 END DESC,
             {} NULLS LAST, published_at DESC, id DESC
    LIMIT {}
) AS best
"""


async def find(wanted: Wanted) -> list[Hit]:
    """Most shared skills and nearest first; a person of whom nothing is known gets what is near and new."""
    origin = Point(*wanted.origin) if wanted.origin else None
    groups = sorted({isco[:3] for isco in wanted.iscos})
    alike = QueryString("true")
    if wanted.skills or groups:
        alike = QueryString(
            "(skills && (SELECT rare.skills FROM rare)::text[] OR isco LIKE ANY({}))",
            [group + "%" for group in groups],
        )
    rows = await DB.run_querystring(
        QueryString(
            FIND,
            [f"k:{skill}" for skill in sorted(wanted.skills)],
            RAREST,
            ALWAYS,
            around(origin, wanted.reach_km) if origin and wanted.reach_km else QueryString("true"),
            alike,
            sorted(wanted.iscos),
            groups,
            kilometres(origin) if origin else QueryString("NULL::integer"),
            wanted.limit,
        )
    )
    return [_hit(row["facts"], origin) for row in rows]


def _hit(facts: str, origin: Point | None) -> Hit:
    document = read(facts)
    if origin is None or document.latitude is None or document.longitude is None:
        return Hit(document, None)
    return Hit(document, distance_km(origin, Point(document.latitude, document.longitude)))

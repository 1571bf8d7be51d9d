"""One statement that finds, counts and fetches; and one that only counts, for several questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import asyncpg
import msgspec
from piccolo.querystring import QueryString

from jobs.index.port import Document, Hit, Query, Result, Sort
from jobs.index.postgres.understanding import Question, all_of
from jobs.index.words import facts_asked
from portal.conf import DB
from portal.places import distance_km, regions, within
from portal.places.distance import EARTH_RADIUS_KM

ALWAYS = QueryString("closes_on >= current_date")
NEWEST = "published_at DESC, id DESC"
# Each facet counts what the other filters leave. Kinds of work and levels are few, so that one grouping by both says
# the total too. Hits are kept for the three parts where words were looked up, and looked up again by index where not.
SEARCH = """
WITH hits AS {} (
    SELECT id, region, employment_type, education, wage_top, latitude, longitude, published_at
    FROM vacancy_document WHERE {}
)
SELECT 1 AS part, region AS value, NULL::smallint AS level, count(*) AS n, NULL AS facts, NULL AS description
FROM hits WHERE {} AND {} GROUP BY region
UNION ALL
SELECT 2, employment_type, education, count(*), NULL, NULL FROM hits WHERE {} GROUP BY employment_type, education
UNION ALL
SELECT 3, NULL, NULL, place, facts::text, description FROM (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM hits WHERE {} AND {} AND {} ORDER BY {} LIMIT {} OFFSET {}
    ) AS sorted
) AS page JOIN vacancy_document USING (id)
"""
FARTHEST_OFFSET = 10_000_000
KM_PER_DEGREE = radians(EARTH_RADIUS_KM)


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


async def search(query: Query, question: Question) -> Result:
    in_region, in_type, in_education = _in_region(query), _in_type(query), _in_education(query)
    rows = await DB.run_querystring(
        QueryString(
            SEARCH,
            QueryString("MATERIALIZED" if question.terms else "NOT MATERIALIZED"),
            _other_conditions(query, question),
            in_type,
            in_education,
            in_region,
            in_region,
            in_type,
            in_education,
            _order(query, question),
            query.per_page,
            min((query.page - 1) * query.per_page, FARTHEST_OFFSET),
        )
    )
    total, facets = _counted(query, rows)
    shown = sorted((row for row in rows if row["part"] == 3), key=lambda row: row["n"])
    documents = [replace(read(row["facts"]), description=row["description"]) for row in shown]
    return Result([Hit(each, distance(query, each)) for each in documents], total, facets)


def _counted(query: Query, rows: Sequence[asyncpg.Record]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total, and each facet from the groups that its fellow filters leave."""
    facets: dict[str, Counter[str]] = {"region": Counter(), "type": Counter(), "education": Counter()}
    total = 0
    for part, value, level, n, *_ in rows:
        if part == 1 and value is not None:
            facets["region"][value] += n
        if part == 2:
            fits_type = not query.types or value in query.types
            fits_level = query.education is None or level <= query.education
            total += n if fits_type and fits_level else 0
            if fits_level and value is not None:
                facets["type"][value] += n
            if fits_type:
                facets["education"][str(level)] += n
    return total, {name: dict(counts) for name, counts in facets.items()}


async def count(queries: Sequence[Query], questions: Sequence[Question]) -> list[int]:
    if not queries:
        return []
    counted = [
        QueryString(
            "(SELECT count(*) FROM vacancy_document WHERE {} AND {} AND {} AND {})",
            _in_region(query),
            _in_type(query),
            _in_education(query),
            _other_conditions(query, question),
        )
        for query, question in zip(queries, questions, strict=True)
    ]
    listed = QueryString(", ".join("{}" for _ in counted), *counted)
    [row] = await DB.run_querystring(QueryString("SELECT ARRAY[{}] AS counts", listed))
    return row["counts"]


def read(facts: str) -> Document:
    return msgspec.json.decode(facts, type=Document)


def distance(query: Query, document: Document) -> float | None:
    """Kilometres from where distances are told, if both ends are known."""
    origin = _origin(query)
    if origin is None or document.latitude is None or document.longitude is None:
        return None
    return distance_km(origin, Point(document.latitude, document.longitude))


def kilometres(origin: Point) -> QueryString:
    return QueryString("vacancy_km({}, {}, latitude, longitude)", origin.latitude, origin.longitude)


def around(centre: Point, radius_km: float) -> QueryString:
    """Within a circle. The box around it is what an index can answer."""
    high = radius_km / KM_PER_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(centre.latitude))))
    return QueryString(
        "(latitude BETWEEN {} AND {} AND longitude BETWEEN {} AND {} AND {} <= {})",
        centre.latitude - high,
        centre.latitude + high,
        centre.longitude - wide,
        centre.longitude + wide,
        kilometres(centre),
        float(radius_km),
    )


def _origin(query: Query) -> Point | None:
    return Point(*query.origin) if query.origin else _centre(query.region)


def _centre(code: str | None) -> Point | None:
    """Of a regency; a province is too wide to be measured from one point."""
    region = regions().get(code or "")
    return Point(region.latitude, region.longitude) if region and "." in region.code else None


def _in_region(query: Query) -> QueryString:
    if query.region is None:
        if query.radius_km is None or query.origin is None:
            return QueryString("true")
        return around(Point(*query.origin), query.radius_km)
    if query.region not in regions():
        return QueryString("false")
    centre = _centre(query.region)
    if centre is None:
        near = within(query.region, query.radius_km or 0)
        return QueryString("coalesce(region = ANY({}), false)", [query.region, *(code for code, _ in near)])
    if query.radius_km is not None:
        return QueryString("coalesce({}, false)", around(centre, query.radius_km))
    return QueryString("coalesce(region = {}, false)", query.region)


def _in_type(query: Query) -> QueryString:
    if not query.types:
        return QueryString("true")
    return QueryString("coalesce(employment_type = ANY({}), false)", sorted(query.types))


def _in_education(query: Query) -> QueryString:
    return QueryString("true") if query.education is None else QueryString("education <= {}", query.education)


def _other_conditions(query: Query, question: Question) -> QueryString:
    conditions = [ALWAYS]
    if question.terms:
        conditions.append(QueryString("words @@ {}::text::tsquery", question.lexemes("o:", "k:")))
    if facts := facts_asked(query):
        conditions.append(QueryString("words @@ {}::text::tsquery", all_of(facts)))
    if query.wage_min is not None:
        conditions.append(QueryString("wage_top >= {}", query.wage_min))
    if query.skills:
        conditions.append(QueryString("skills && {}::text[]", sorted(query.skills)))
    return QueryString(" AND ".join("{}" for _ in conditions), *conditions)


def _order(query: Query, question: Question) -> QueryString:
    if query.sort is Sort.WAGE:
        return QueryString(f"wage_top DESC NULLS LAST, {NEWEST}")
    if query.sort is Sort.NEAREST and (origin := _origin(query)):
        return QueryString(f"{{}} NULLS LAST, {NEWEST}", kilometres(origin))
    if query.sort is Sort.NEWEST or not question.terms:
        return QueryString(NEWEST)
    return QueryString(
        f"CASE WHEN {{}} THEN 0 WHEN {{}} THEN 1 WHEN {{}} THEN 2 ELSE 3 END, {NEWEST}",
        _in_head(question.named()),
        _in_head(question.lexemes()),
        _in_head(question.lexemes("o:")),
    )


def _in_head(lexemes: str) -> QueryString:
    """Asked of the index once, because reading the head of every hit takes far longer."""
    return QueryString("id IN (SELECT id FROM vacancy_document WHERE head @@ {}::text::tsquery)", lexemes)

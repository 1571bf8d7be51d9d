"""One statement that finds, counts and fetches; and one that only counts, for several questions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import msgspec
from piccolo.querystring import QueryString

from jobs.index.port import Document, Hit, Query, Result, Sort
from jobs.index.postgres.understanding import Question
from portal.conf import DB
from portal.places import distance_km, regions, within
from portal.places.distance import EARTH_RADIUS_KM

ALWAYS = QueryString("closes_on >= current_date")
NEWEST = "published_at DESC, id DESC"
ORDERS = {
    Sort.RELEVANCE: f"rank, {NEWEST}",
    Sort.NEWEST: NEWEST,
    Sort.NEAREST: f"rank, {NEWEST}",
    Sort.WAGE: f"rank DESC NULLS LAST, {NEWEST}",
}
# A facet counts what the other filters leave, so its own filter is a flag on each hit instead of a condition.
SEARCH = """
WITH hits AS MATERIALIZED (
    SELECT id, region, employment_type, education, published_at, {} AS rank,
           {} AS in_region, {} AS in_type, {} AS in_education
    FROM vacancy_document WHERE {}
), page AS (
    SELECT id, rank, published_at FROM hits WHERE in_region AND in_type AND in_education
    ORDER BY {} LIMIT {} OFFSET {}
)
SELECT (SELECT count(*) FROM hits WHERE in_region AND in_type AND in_education) AS total,
    (SELECT json_object_agg(region, n) FROM (
        SELECT region, count(*) AS n FROM hits WHERE in_type AND in_education AND region IS NOT NULL GROUP BY region
    ) AS counted) AS region,
    (SELECT json_object_agg(employment_type, n) FROM (
        SELECT employment_type, count(*) AS n FROM hits
        WHERE in_region AND in_education AND employment_type IS NOT NULL GROUP BY employment_type
    ) AS counted) AS type,
    (SELECT json_object_agg(education, n) FROM (
        SELECT education, count(*) AS n FROM hits WHERE in_region AND in_type GROUP BY education
    ) AS counted) AS education,
    shown.facts, shown.descriptions
FROM (
    SELECT array_agg(facts::text ORDER BY {}) AS facts, array_agg(description ORDER BY {}) AS descriptions
    FROM (SELECT page.*, facts, description FROM page JOIN vacancy_document USING (id)) AS page
) AS shown
"""
FARTHEST_OFFSET = 10_000_000
KM_PER_DEGREE = radians(EARTH_RADIUS_KM)


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


async def search(query: Query, question: Question) -> Result:
    order = QueryString(ORDERS[query.sort])
    offset = min((query.page - 1) * query.per_page, FARTHEST_OFFSET)
    statement = QueryString(
        SEARCH,
        _rank(query, question),
        _in_region(query),
        _in_type(query),
        _in_education(query),
        _other_conditions(query, question),
        order,
        query.per_page,
        offset,
        order,
        order,
    )
    [row] = await DB.run_querystring(statement)
    documents = [
        replace(read(facts), description=description)
        for facts, description in zip(row["facts"] or (), row["descriptions"] or (), strict=True)
    ]
    facets = {
        name: msgspec.json.decode(row[name], type=dict[str, int]) if row[name] else {}
        for name in ("region", "type", "education")
    }
    return Result([Hit(each, distance(query, each)) for each in documents], row["total"], facets)


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
    if query.wage_min is not None:
        conditions.append(QueryString("wage_top >= {}", query.wage_min))
    if query.skills:
        conditions.append(QueryString("skills && {}::text[]", sorted(query.skills)))
    return QueryString(" AND ".join("{}" for _ in conditions), *conditions)


def _rank(query: Query, question: Question) -> QueryString:
    if query.sort is Sort.WAGE:
        return QueryString("wage_top")
    if query.sort is Sort.NEAREST and (origin := _origin(query)):
        return QueryString("coalesce({}, 'infinity')", kilometres(origin))
    if query.sort is Sort.NEWEST or not question.terms:
        return QueryString("0")
    literal, named = question.lexemes(), question.lexemes("o:")
    return QueryString(
        "CASE WHEN head @@ {}::text::tsquery THEN 0 WHEN head @@ {}::text::tsquery THEN 1 ELSE 2 END",
        literal,
        named,
    )

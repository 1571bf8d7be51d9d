"""What a query narrows by, as conditions on `vacancy_document`.

They are only ever joined by AND, where null narrows like false; guarding against null would hide them from indexes.
"""

from dataclasses import dataclass
from math import cos, radians

from piccolo.querystring import QueryString

from jobs.index.port import Document, Query
from jobs.index.postgres.codes import codes
from jobs.index.postgres.understanding import Lexemes, Question
from jobs.index.words import facts_asked
from portal.places import distance_km, regions, within
from portal.places.distance import EARTH_RADIUS_KM

ALWAYS = QueryString("closes_on >= current_date")
TRUE, FALSE = QueryString("true"), QueryString("false")
MOST_TOGETHER = 12
"""Lexemes looked for at once; names of 100 trades take twice as long in one piece."""
KM_PER_DEGREE = radians(EARTH_RADIUS_KM)


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Conditions:
    """Those that have a facet each, and all others; a facet counts what the rest of them leave."""

    region: QueryString
    type: QueryString
    education: QueryString
    other: QueryString


def conditions(query: Query, question: Question) -> Conditions:
    return Conditions(in_region(query), in_type(query), in_education(query), other(query, question))


def all_of(*each: QueryString) -> QueryString:
    narrowing = [one for one in each if one is not TRUE]
    return QueryString(" AND ".join("{}" for _ in narrowing), *narrowing) if narrowing else TRUE


def in_region(query: Query) -> QueryString:
    if query.region is None:
        if query.radius_km is None or query.origin is None:
            return TRUE
        return around(Point(*query.origin), query.radius_km)
    if query.region not in regions():
        return FALSE
    centre = centre_of(query.region)
    if centre is None:
        return QueryString("region = ANY({})", codes_of(query))
    if query.radius_km is not None:
        return around(centre, query.radius_km)
    return QueryString("region = {}", query.region)


def codes_of(query: Query) -> list[str]:
    """The regions asked for by code: one, or those of a province and of so many kilometres around it."""
    if query.region is None or query.region not in regions():
        return []
    if centre_of(query.region):
        return [query.region]
    return [query.region, *(code for code, _ in within(query.region, query.radius_km or 0))]


def in_type(query: Query) -> QueryString:
    if not query.types:
        return TRUE
    return QueryString("employment_type = ANY({})", sorted(query.types))


def in_education(query: Query) -> QueryString:
    return TRUE if query.education is None else QueryString("education <= {}", query.education)


def other(query: Query, question: Question, *, words: bool = True) -> QueryString:
    """The words, the wage and the skills, and that it is open."""
    narrowing = [ALWAYS]
    if question.terms and words:
        narrowing.append(holds("words", question.lexemes("o:", "k:")))
    for marks in facts_asked(query):
        narrowing.append(holds("words", (tuple(f"'{mark}'" for mark in marks),)))
    if query.wage_min is not None:
        narrowing.append(QueryString("wage_top >= {}", query.wage_min))
    if query.skills:
        narrowing.append(QueryString("skills && {}::bigint[]", codes(sorted(query.skills))))
    return all_of(*narrowing)


def holds(column: str, lexemes: Lexemes) -> QueryString:
    """One tsquery; but of the longest bracket only so many lexemes in each of several, because every hit of a tsquery is
    compared with all that is in it."""
    longest = max(range(len(lexemes)), key=lambda place: len(lexemes[place]))
    many, rest = lexemes[longest], lexemes[:longest] + lexemes[longest + 1 :]
    parts = [
        QueryString(
            f"{column} @@ {{}}::text::tsquery",
            " & ".join(f"({' | '.join(each)})" for each in (*rest, many[at : at + MOST_TOGETHER])),
        )
        for at in range(0, len(many), MOST_TOGETHER)
    ]
    return parts[0] if len(parts) == 1 else QueryString(f"({' OR '.join('{}' for _ in parts)})", *parts)


def kilometres(origin: Point) -> QueryString:
    return QueryString("vacancy_km({}, {}, latitude, longitude)", origin.latitude, origin.longitude)


def around(centre: Point, radius_km: float) -> QueryString:
    """Within a circle. The box around it is what an index can answer."""
    return QueryString("({} AND {} <= {})", box(centre, radius_km), kilometres(centre), float(radius_km))


def box(centre: Point, radius_km: float) -> QueryString:
    """The box around a circle."""
    high = radius_km / KM_PER_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(centre.latitude))))
    return QueryString(
        "(latitude BETWEEN {} AND {} AND longitude BETWEEN {} AND {})",
        centre.latitude - high,
        centre.latitude + high,
        centre.longitude - wide,
        centre.longitude + wide,
    )


def distance(query: Query, document: Document) -> float | None:
    """Kilometres from where distances are told, if both ends are known."""
    origin = origin_of(query)
    if origin is None or document.latitude is None or document.longitude is None:
        return None
    return distance_km(origin, Point(document.latitude, document.longitude))


def origin_of(query: Query) -> Point | None:
    return Point(*query.origin) if query.origin else centre_of(query.region)


def centre_of(code: str | None) -> Point | None:
    """Of a regency; a province is too wide to be measured from one point."""
    region = regions().get(code or "")
    return Point(region.latitude, region.longitude) if region and "." in region.code else None

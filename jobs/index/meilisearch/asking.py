"""From a query to what the server is asked: conditions, order, pages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from meilisearch_python_sdk.models.search import SearchParams

from jobs.index.meilisearch.settings import MOST_HITS
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Document, Query, Sort
from portal.places import by_distance, distance_km, regions, within

NOTHING = "id = -1"
NEWEST = ["published:desc", "id:desc"]
FACETS = ("region", "type", "education")


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Conditions:
    """Filters of a query: one for each facet, which that facet's own counts leave out, and the rest."""

    by_facet: dict[str, str]
    rest: tuple[str, ...]

    def all(self, but: str | None = None) -> list[str]:
        return [*self.rest, *(text for name, text in self.by_facet.items() if name != but)]


def conditions(query: Query) -> Conditions:
    by_facet = {
        "region": _in_region(query),
        "type": one_of("type", query.types) if query.types else None,
        "education": None if query.education is None else f"education <= {query.education}",
    }
    rest = [still_open()]
    if query.wage_min is not None:
        rest.append(f"wage_top >= {query.wage_min}")
    if query.skills:
        rest.append(one_of("skills", query.skills))
    if query.licences:
        rest.append(one_of("licences", query.licences))
    if query.work_times:
        rest.append(one_of("times", query.work_times))
    if query.novice:
        rest.append("novice = true")
    return Conditions({name: text for name, text in by_facet.items() if text}, tuple(rest))


def still_open() -> str:
    """Also leaves out the one document that is no vacancy: it has no day."""
    return f"closes >= {date.today().toordinal()}"


def search(index: str, question: Question, filter: list[str], **more: Any) -> SearchParams:
    """One question of a multi-search; nothing is fetched unless `limit` is named."""
    strategy: Literal["all"] = "all"
    values: dict[str, Any] = {"limit": 0, "attributes_to_retrieve": ["id"], "locales": ["ind"], **more}
    text = question.text if question.terms else None
    return SearchParams(index_uid=index, q=text, filter=list(filter), matching_strategy=strategy, **values)


def window(query: Query) -> dict[str, Any]:
    """Which hits of the whole list a page shows."""
    offset = min((query.page - 1) * query.per_page, MOST_HITS)
    return {
        "offset": offset,
        "limit": min(query.per_page, MOST_HITS - offset),
        "attributes_to_retrieve": ["id", "facts", "description"],
    }


def order(query: Query, question: Question) -> list[str] | None:
    """None: by relevance, in which the newest come first among equals."""
    if query.sort is Sort.WAGE:
        return ["wage_top:desc", *NEWEST]
    return NEWEST if query.sort is Sort.NEWEST or not question.terms else None


def origin(query: Query) -> Point | None:
    """From where distances are told and sorted."""
    return Point(*query.origin) if query.origin else centre(query.region)


def centre(code: str | None) -> Point | None:
    """Of a regency; a province is too wide to be measured from one point."""
    region = regions().get(code or "")
    return Point(region.latitude, region.longitude) if region and "." in region.code else None


def kilometres(origin: Point | None, document: Document) -> float | None:
    """How far away it is, if both ends are known."""
    if origin is None or document.latitude is None or document.longitude is None:
        return None
    return distance_km(origin, Point(document.latitude, document.longitude))


@lru_cache(maxsize=1_000)
def around(point: Point, radius_km: float) -> str:
    """Exactly within a circle: by code where a vacancy lies in the middle of its region, by its point elsewhere."""
    codes = [code for code, km in by_distance(point).items() if km <= radius_km]
    circle = f"_geoRadius({point.latitude}, {point.longitude}, {radius_km * 1000:.3f})"
    return f"({one_of('at', codes)} OR {circle})" if codes else circle


def _in_region(query: Query) -> str | None:
    if query.region is None:
        if query.radius_km is None or query.origin is None:
            return None
        return around(Point(*query.origin), query.radius_km)
    if query.region not in regions():
        return NOTHING
    middle = centre(query.region)
    if middle is None and query.radius_km is None:
        return f"province = {quoted(query.region)}"
    if middle is None:
        near = within(query.region, query.radius_km or 0)
        return one_of("region", [query.region, *(code for code, _ in near)])
    if query.radius_km is not None:
        return around(middle, query.radius_km)
    return f"region = {quoted(query.region)}"


def one_of(name: str, values: Iterable[str]) -> str:
    return f"{name} IN [{', '.join(quoted(value) for value in sorted(values))}]"


def quoted(value: str) -> str:
    """Text within a filter, whatever stands in it."""
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False)

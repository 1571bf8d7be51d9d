"""Courses at hand for one client: which of them lead to what they lack, and what is wanted where they live."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs import aside, matches
from jobs.matching.parts import TRAVEL_KM
from jobs.matching.reading import facts_of, home_of, profile_of
from portal.places import distance_km, regions, within
from portal.tables import Client
from training import programmes
from training.pages.programmes.shown import begins
from training.profiles import Whole
from training.programmes import BEGINNABLE, FOR_OFFICE, FURTHEST_KM, AtHand, Point, place_of
from training.tables import Programme

Leading = dict[tuple[str, str], list[AtHand]]
"""("skill" or "licence", id) -> courses, those in reach first."""
Lacking = tuple[str, str | None]
"""The same kinds and ids, of what vacancies ask for."""
MOST_READ = 200
FURTHER = 5
"""So many courses beyond reach are shown, and only where little is within."""
FEW = 5


def home_point(client: Client) -> Point | None:
    home = home_of(client)
    return Point(*home) if home else None


def reach_of(travel_km: int | None) -> float:
    """How far is not too far; who named no distance is taken to travel as far as matching takes them to."""
    return TRAVEL_KM if travel_km is None else float(travel_km)


async def leading_to(
    client: Client, travel_km: int | None, skills: Sequence[str], licences: Sequence[str] = ()
) -> Leading:
    """One query; none where nothing is asked."""
    return await programmes.teaching(
        skills,
        licences,
        office=client.office,
        region=client.region,
        home=home_point(client),
        reach_km=reach_of(travel_km),
    )


def in_reach(found: Iterable[AtHand], travel_km: int | None) -> bool:
    return any(each.km is None or each.km <= reach_of(travel_km) for each in found)


def href(course: AtHand, client: int, *, staff: bool) -> str:
    """Where this reader finds the course's own page; `client` is whom staff look at."""
    return f"/programmes/{course.id}?client={client}" if staff else f"/matches/programmes/{course.id}"


def when_and_where(course: AtHand, language: str = "id", *, staff: bool = False) -> str:
    """mulai 12 Januari, 8 km dari rumah"""
    return ", ".join(filter(None, (_begins(course, language), _far(course.km, language, staff))))


def said(course: AtHand, language: str = "id", *, staff: bool = False) -> str:
    """Las SMAW dasar (mulai 12 Januari, 8 km dari rumah)"""
    return f"{course.title} ({when_and_where(course, language, staff=staff)})"


def links(
    found: Iterable[AtHand], client: int, language: str = "id", *, staff: bool = False
) -> list[dict[str, str]]:
    """`title`, `href` and `said` (when and how far) of each, for a template."""
    return [
        {
            "title": each.title,
            "href": href(each, client, staff=staff),
            "said": when_and_where(each, language, staff=staff),
        }
        for each in found
    ]


def _begins(course: AtHand, language: str) -> str:
    if language != "en":
        return begins(course.begins_on, date.today())
    if course.begins_on is None:
        return "starts at any time"
    day = course.begins_on
    return f"starts {day.day} {calendar.month_name[day.month]} {day.year}"


def _far(km: float | None, language: str, staff: bool) -> str:
    if km is None:
        return ""
    if km < 1:
        near = "di daerah klien" if staff else "di daerah Anda"
        return "close by" if language == "en" else near
    return f"{round(km)} km from home" if language == "en" else f"{round(km)} km dari rumah"


@dataclass(frozen=True)
class Offer:
    """A course in the client's list."""

    row: dict[str, Any]
    """Columns of Programme, with `skills`, and `enrolled`: the state of the client's own enrolment, or None."""
    km: float | None
    wanted: int
    """How many of the vacancies that were looked at for this client ask for something that it teaches and they lack."""
    news: tuple[str, ...]
    """Skills it teaches that the client does not have yet, the most wanted first."""
    licence: str | None
    """The licence it leads to, where they do not have it yet."""


# The codes come in the order of distance, so that the nearest are read where there are more than can be shown.
REACHABLE = f"""
SELECT near.*, ARRAY (SELECT skill FROM programme_skill WHERE programme = near.id ORDER BY id) AS skills,
       (SELECT state FROM enrolment WHERE programme = near.id AND client = {{}}) AS enrolled
FROM (
    SELECT * FROM programme
    WHERE {BEGINNABLE} AND {FOR_OFFICE} AND programme.region = ANY ({{}}::varchar[])
    ORDER BY array_position({{}}::varchar[], programme.region), programme.begins_on NULLS FIRST, programme.id
    LIMIT {MOST_READ}
) AS near
"""


async def offered(client: Client, whole: Whole) -> tuple[list[Offer], list[Offer]]:
    """The courses within the client's reach, most wanted near them first; and, where those are few, the nearest beyond."""
    if client.region not in regions() or client.region is None:
        return [], []
    near = [code for code, _ in within(client.region, FURTHEST_KM)]
    rows = await Programme.raw(REACHABLE, client.id, client.office, near, near)
    wanting = await wanted_near(client, whole) if rows else {}
    home, reach = home_point(client), reach_of(whole.travel_km)
    inside: list[Offer] = []
    beyond: list[Offer] = []
    for row in rows:
        km = distance_km(home, place_of(row)) if home else None
        (inside if km is None or km <= reach else beyond).append(_offer(row, km, whole, wanting))
    inside.sort(key=lambda each: (-each.wanted, each.row["begins_on"] or date.min, each.row["id"]))
    beyond.sort(key=lambda each: each.km or 0.0)
    return inside, beyond[:FURTHER] if len(inside) < FEW else []


def _offer(
    row: dict[str, Any], km: float | None, whole: Whole, wanting: Mapping[Lacking, frozenset[int]]
) -> Offer:
    news = [skill for skill in row["skills"] or () if skill not in whole.skills]
    nowhere: frozenset[int] = frozenset()
    licence = row["licence"] if row["licence"] not in (whole.licences or ()) else None
    asking = nowhere.union(*(wanting.get(("skill", skill), nowhere) for skill in news))
    asking |= wanting.get(("licence", licence), nowhere)
    news.sort(key=lambda skill: -len(wanting.get(("skill", skill), nowhere)))
    return Offer(row, km, len(asking), tuple(news), licence)


async def wanted_near(client: Client, whole: Whole) -> dict[Lacking, frozenset[int]]:
    """What the client lacks -> the vacancies that ask for it, of those the index retrieves for this client. Empty for who
    is matched with nothing (jobs.matches.why_quiet), and while nothing is known of them."""
    if matches.why_quiet(client) or whole.empty:
        return {}
    wishes = await aside.of_client(client.id)
    profile = profile_of(client, aside.heeded(whole, wishes))
    documents = await aside.without(await matches.retrieved(profile), wishes)
    found: dict[Lacking, set[int]] = {}
    for id, document in documents.items():
        vacancy = facts_of(document)
        for skill in vacancy.essential or vacancy.useful:
            if skill not in whole.skills:
                found.setdefault(("skill", skill), set()).add(id)
        for licence in vacancy.licences - set(whole.licences or ()):
            found.setdefault(("licence", licence), set()).add(id)
    return {lacking: frozenset(ids) for lacking, ids in found.items()}

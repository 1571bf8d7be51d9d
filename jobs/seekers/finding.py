"""Which clients are worth scoring for a vacancy: by what they can do, have done or would like, within their reach.

The order by which the best are kept follows the score's three heaviest parts, so that few are lost to the limit.
docs/candidates.md holds what is lost and how long it takes.
"""

import math
from datetime import date
from typing import NamedTuple

from piccolo.querystring import QueryString

from jobs.index.port import Document
from jobs.matching.parts import TRAVEL_KM
from jobs.matching.reading import EVIDENCE, background
from jobs.matching.score import WEIGHTS, Name
from jobs.matching.seeker import EMPHASIS, ESSENTIAL, NEARNESS, TAU_ASKED, TAU_SKILLS, USEFUL
from portal.conf import DB
from portal.people import ADULT, Actor
from portal.places import distance_km, regencies
from portal.tables import ConsentPurpose, Role
from training.vocabulary import vocabulary


class Point(NamedTuple):
    latitude: float
    longitude: float


RAREST = 12
"""Skills of the vacancy that decide whether somebody is looked at; what nearly everybody can tells nobody apart."""
KEPT = 150
"""So many are read and scored."""

# Likeness is the score's skills, occupation and distance, with their weights; what is not known counts as nothing here.
FIND = """
WITH able AS MATERIALIZED (
    SELECT profile_skill.profile, sum(asked.term * strength.factor) AS likely
    FROM unnest({}::varchar[], {}::float8[]) AS asked (skill, term)
    JOIN profile_skill ON profile_skill.skill = asked.skill
    JOIN unnest({}::varchar[], {}::float8[]) AS strength (source, factor) ON strength.source = profile_skill.source
    GROUP BY profile_skill.profile
), trade AS MATERIALIZED (
    SELECT profile, max(near) AS near FROM (
        SELECT experience.profile, kin.near FROM unnest({}::varchar[], {}::float8[]) AS kin (occupation, near)
        JOIN experience ON experience.occupation = kin.occupation
        UNION ALL
        SELECT profile.id, kin.near FROM unnest({}::varchar[], {}::float8[]) AS kin (occupation, near)
        JOIN profile ON profile.wishes @> ARRAY[kin.occupation]
    ) AS done GROUP BY profile
), known AS (
    SELECT coalesce(able.profile, trade.profile) AS profile,
           {}::float8 * (1 - exp(-coalesce(likely, 0) / {}::float8)) + {}::float8 * coalesce(near, 0) AS work
    FROM able FULL JOIN trade ON trade.profile = able.profile
)
SELECT client.id FROM known
JOIN profile ON profile.id = known.profile
JOIN client ON client.id = profile.client
LEFT JOIN unnest({}::varchar[], {}::float8[]) AS place (region, km) ON place.region = client.region
CROSS JOIN LATERAL (
    SELECT CASE WHEN client.latitude IS NULL THEN place.km
                ELSE vacancy_km(client.latitude, client.longitude, {}::float8, {}::float8) END AS km,
           greatest(coalesce(profile.travel_km, {}::float8), 1) AS travel
) AS way
WHERE client.closed_on IS NULL AND client.paused_on IS NULL AND client.born_on <= {}::date
  AND (way.km IS NULL OR way.km <= 2 * way.travel) AND {}
"""
LIKELIEST = (
    "ORDER BY known.work + {}::float8 * coalesce(0.5 ^ (way.km / way.travel), 0) DESC, client.id LIMIT {}"
)
# Shuffled the same way at every look, and for each vacancy in its own.
SHUFFLED = "ORDER BY hashint4extended(client.id, {}::bigint), client.id LIMIT {}"
# A card once invited is closed: nothing that becomes of its owner may change what the partner sees (docs/candidates.md).
NOT_INVITED = """
NOT EXISTS (SELECT FROM job_invitation WHERE job_invitation.client = client.id AND job_invitation.vacancy = {})
"""
CONSENTED = """
EXISTS (SELECT FROM consent WHERE consent.client = client.id AND purpose = {} AND withdrawn_at IS NULL)
AND NOT EXISTS (
    SELECT FROM card_exclusion JOIN partner ON partner.id = card_exclusion.partner
    WHERE card_exclusion.client = client.id AND partner.organisation = {} AND card_exclusion.until IS NULL)
"""


async def find(vacancy: Document, by: Actor, limit: int = KEPT) -> list[int]:
    """Ids of the clients whom this actor may be shown for the vacancy, the likeliest first.

    Staff find those of their office, administrators all, an employer those whose consent covers it and whom it has not
    invited, others nobody.
    """
    return await _found(vacancy, by, QueryString(LIKELIEST, WEIGHTS[Name.DISTANCE], limit))


async def sample(vacancy: Document, by: Actor, limit: int) -> list[int]:
    """Ids of so many of the same clients, likely or not; all of them where they are no more. No order is meant by it."""
    return await _found(vacancy, by, QueryString(SHUFFLED, vacancy.id, limit))


async def _found(vacancy: Document, by: Actor, order: QueryString) -> list[int]:
    terms, kin = _terms(vacancy), _kin(vacancy)
    tau = TAU_SKILLS * math.log1p(ESSENTIAL / TAU_ASKED * background().size)
    trades, nears, far = list(kin), list(kin.values()), _kilometres(vacancy)
    query = QueryString(
        FIND + "{}",
        *(list(terms), list(terms.values())),
        *([source.value for source in EVIDENCE], [EMPHASIS[each] for each in EVIDENCE.values()]),
        *(trades, nears, trades, nears),
        *(WEIGHTS[Name.SKILLS], tau, WEIGHTS[Name.OCCUPATION]),
        *(list(far), list(far.values()), vacancy.latitude, vacancy.longitude, TRAVEL_KM),
        *(_latest_birthday(), _scope_for(vacancy.id, by)),
        order,
    )
    return [row["id"] for row in await DB.run_querystring(query)]


async def may_see(client: int, by: Actor) -> bool:
    """Whether this actor may be shown this client at all; of consents and exclusions, what holds at this moment."""
    query = QueryString("SELECT client.id FROM client WHERE client.id = {} AND {}", client, _scope(by))
    return bool(await DB.run_querystring(query))


def _terms(vacancy: Document) -> dict[str, float]:
    """The most telling skills that the vacancy names, and those near to them, each with its term of the likelihood ratio
    (docs/matching.md)."""
    known = background()
    chance = known.chance
    terms: dict[str, float] = {}
    for mass, skills in ((USEFUL, vacancy.useful), (ESSENTIAL, vacancy.essential)):
        for skill in skills:
            terms[skill] = math.log1p(mass / len(skills) / chance(skill))
    rarest = sorted(terms, key=lambda skill: (chance(skill), skill))[:RAREST]
    found = {skill: terms[skill] for skill in rarest}
    for skill in rarest:
        for other, near in known.near.get(skill, {}).items():
            found[other] = max(found.get(other, 0.0), near * terms[skill])
    return found


def _kin(vacancy: Document) -> dict[str, float]:
    """The occupations of the vacancy's minor group, each with how near it is."""
    if not vacancy.isco:
        return {}
    return {
        id: 1.0 if each.isco == vacancy.isco or id == vacancy.occupation else NEARNESS[3]
        for id, each in vocabulary().occupations.items()
        if each.isco and each.isco[:3] == vacancy.isco[:3]
    }


def _kilometres(vacancy: Document) -> dict[str, float]:
    """How far every regency is: measured once for each here, not once for every client there."""
    if vacancy.latitude is None or vacancy.longitude is None:
        return {}
    here = Point(vacancy.latitude, vacancy.longitude)
    return {region.code: distance_km(here, region) for region in regencies()}


def _latest_birthday() -> date:
    """Who was born on this day or before it is of age today."""
    today = date.today()
    try:
        return today.replace(year=today.year - ADULT)
    except ValueError:
        return date(today.year - ADULT, 2, 28)


def _scope_for(vacancy: int, by: Actor) -> QueryString:
    if by.role == Role.EMPLOYER:
        return QueryString("{} AND {}", _scope(by), QueryString(NOT_INVITED, vacancy))
    return _scope(by)


def _scope(by: Actor) -> QueryString:
    match by.role:
        case Role.STAFF:
            return QueryString("client.office = {}", by.organisation)
        case Role.ADMINISTRATOR:
            return QueryString("true")
        case Role.EMPLOYER:
            return QueryString(CONSENTED, ConsentPurpose.BLIND_CARD.value, by.organisation)
    return QueryString("false")

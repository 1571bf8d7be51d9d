"""Courses at hand: recorded by an office, open to whoever can reach them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from piccolo.query.methods import Objects

from portal.audit import record
from portal.database import change
from portal.disclosure import discloses
from portal.people import Actor
from portal.places import distance_km, regions, within
from portal.places.distance import Located
from portal.tables import Role
from training.tables import Programme, ProgrammeSkill, ProgrammeState, ProviderKind
from training.words import PROVIDER_KINDS

FURTHEST_KM = 300.0
"""Beyond this a course is somewhere else: nobody is shown it as one at hand."""
PER_SKILL = 3
"""So many courses are offered for one skill or licence."""

# `current_date` is the day of date.today() here (portal.database.SESSION).
BEGINNABLE = f"""
programme.state = '{ProgrammeState.OPEN}'
AND coalesce(programme.begins_on, programme.ends_on, current_date) >= current_date
"""
"""One can still get in: a beginning that is to come, or at any time until its last day."""
FOR_OFFICE = f"(programme.provider_kind <> '{ProviderKind.OFFICE}' OR programme.office = {{}})"
"""An office's own courses are for its own clients."""


class NotPossible(Exception):
    """The programme is not where the person thought it was; the message says what to do."""


class Changed(NotPossible):
    """Somebody has changed the programme since the person read it."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """A course as one person finds it: what it is called, when one may begin, and how far it is from where they live."""

    id: int
    title: str
    begins_on: date | None
    km: float | None


def visible_to(actor: Actor) -> Objects[Programme]:
    """Programmes this person may read, as a query to narrow further: those of all offices, except what another office
    gives to its own clients; to a client only what is open. Employers see none."""
    programmes = Programme.objects()
    own = (Programme.provider_kind != ProviderKind.OFFICE) | (Programme.office == actor.organisation)
    match actor.role:
        case Role.ADMINISTRATOR:
            return programmes
        case Role.STAFF:
            return programmes.where(own)
        case Role.CLIENT:
            return programmes.where(own & (Programme.state == ProgrammeState.OPEN))
    return programmes.where(Programme.id == -1)


def editable_by(actor: Actor) -> Objects[Programme]:
    """Those of the actor's own office; administrators look after all."""
    programmes = Programme.objects()
    if actor.role == Role.ADMINISTRATOR:
        return programmes
    if actor.role == Role.STAFF:
        return programmes.where(Programme.office == actor.organisation)
    return programmes.where(Programme.id == -1)


def may_edit(programme: Programme, actor: Actor) -> bool:
    return actor.role == Role.ADMINISTRATOR or (
        actor.role == Role.STAFF and programme.office == actor.organisation
    )


def beginnable(programme: Programme, today: date) -> bool:
    """Whether one can still get in, as BEGINNABLE asks the database."""
    last = programme.begins_on or programme.ends_on or today
    return programme.state == ProgrammeState.OPEN and last >= today


def provider_shown(kind: str, name: str) -> str:
    """Who runs it, as anybody but staff may read it: the name, unless it tells by itself why somebody would be there."""
    if kind == ProviderKind.OFFICE or any(each.startswith("kata ") for each in discloses(name)):
        return PROVIDER_KINDS[kind]
    return name


async def skills_of(programme: int) -> list[str]:
    rows = (
        await ProgrammeSkill.select(ProgrammeSkill.skill)
        .where(ProgrammeSkill.programme == programme)
        .order_by(ProgrammeSkill.id)
    )
    return [row["skill"] for row in rows]


async def add(facts: dict[str, Any], skills: Iterable[str], *, office: int, by: Actor) -> Programme:
    """A new open programme of `office`; `facts` are columns of Programme, `skills` ids of the vocabulary."""
    async with change(by=by):
        programme = Programme(**facts, office=office, made_by=by.person)
        await programme.save()
        await _name_skills(programme.id, skills)
        await record(f"programme:{programme.id}", "added", by=by)
    return programme


async def edit(
    programme: Programme, facts: dict[str, Any], skills: Iterable[str], seen: str, *, by: Actor
) -> None:
    """Sets everything anew. `seen` is the `changed_at` of what the person read (ISO 8601); raises Changed if it is not
    that any more, so that nobody overwrites what they never saw."""
    columns: dict[Any, Any] = {**facts, "changed_at": datetime.now(UTC)}
    async with change(by=by):
        [row] = (
            await Programme.select(Programme.changed_at)
            .where(Programme.id == programme.id)
            .lock_rows("UPDATE")
        )
        if row["changed_at"].isoformat() != seen:
            raise Changed("Pelatihan ini baru saja diubah orang lain.")
        await Programme.update(columns, force=True).where(Programme.id == programme.id)
        await ProgrammeSkill.delete().where(ProgrammeSkill.programme == programme.id)
        await _name_skills(programme.id, skills)
        await record(f"programme:{programme.id}", "edited", by=by)


async def close(programme: Programme, *, by: Actor) -> None:
    """No longer offered. A second tap changes nothing; who is on the way stays so."""
    await _turn(programme, ProgrammeState.OPEN, ProgrammeState.CLOSED, by)


async def reopen(programme: Programme, *, by: Actor) -> None:
    await _turn(programme, ProgrammeState.CLOSED, ProgrammeState.OPEN, by)


async def _turn(programme: Programme, was: ProgrammeState, now: ProgrammeState, by: Actor) -> None:
    columns: dict[Any, Any] = {"state": now, "changed_at": datetime.now(UTC)}
    async with change(by=by):
        turned = (
            await Programme.update(columns)
            .where((Programme.id == programme.id) & (Programme.state == was))
            .returning(Programme.id)
        )
        if turned:
            await record(f"programme:{programme.id}", now, by=by)


async def _name_skills(programme: int, skills: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(skills))
    if wanted:
        await ProgrammeSkill.insert(*(ProgrammeSkill(programme=programme, skill=skill) for skill in wanted))


# For each skill and licence asked for the courses nearest to a region (its neighbours come in the order of distance).
TEACHING = f"""
SELECT * FROM (
    SELECT wanted.kind, wanted.id AS wanted, programme.id, programme.title, programme.begins_on, programme.region,
           programme.latitude, programme.longitude,
           row_number() OVER (
               PARTITION BY wanted.kind, wanted.id
               ORDER BY array_position({{}}::varchar[], programme.region), programme.begins_on NULLS FIRST, programme.id
           ) AS nth
    FROM (
        SELECT 'skill' AS kind, skill AS id, programme FROM programme_skill WHERE skill = ANY ({{}}::varchar[])
        UNION ALL
        SELECT 'licence', licence, id FROM programme WHERE licence = ANY ({{}}::varchar[])
    ) AS wanted JOIN programme ON programme.id = wanted.programme
    WHERE {BEGINNABLE} AND {FOR_OFFICE} AND programme.region = ANY ({{}}::varchar[])
) AS ranked WHERE nth <= {{}}
"""
NEAREST = 4 * PER_SKILL
"""So many are read for each: a regency is wide, so which of them is nearest is decided by the finer place."""


async def teaching(
    skills: Sequence[str],
    licences: Sequence[str] = (),
    *,
    office: int,
    region: str | None,
    home: Located | None,
    reach_km: float,
) -> dict[tuple[str, str], list[AtHand]]:
    """("skill" or "licence", id) -> the courses at hand that lead to it, those within `reach_km` of `home` first, then by
    distance; at most PER_SKILL each, none beyond FURTHEST_KM. One query, and none where nothing is asked or no home known."""
    if not (skills or licences) or region is None or region not in regions():
        return {}
    near = [code for code, _ in within(region, FURTHEST_KM)]
    rows = await Programme.raw(TEACHING, near, list(skills), list(licences), office, near, NEAREST)
    found: dict[tuple[str, str], list[AtHand]] = {}
    for row in rows:
        found.setdefault((row["kind"], row["wanted"]), []).append(at_hand(row, home))
    return {wanted: nearest_first(each, reach_km)[:PER_SKILL] for wanted, each in found.items()}


@dataclass(frozen=True, slots=True)
class Point:
    latitude: float
    longitude: float


def at_hand(row: dict[str, Any], home: Located | None) -> AtHand:
    """A row of `programme` seen from where somebody lives."""
    km = None
    if home:
        km = distance_km(home, place_of(row))
    return AtHand(row["id"], row["title"], row["begins_on"], km)


def place_of(row: dict[str, Any]) -> Located:
    if row["latitude"] is not None and row["longitude"] is not None:
        return Point(row["latitude"], row["longitude"])
    return regions()[row["region"]]


def nearest_first(found: Iterable[AtHand], reach_km: float) -> list[AtHand]:
    """Within reach the earliest beginning first, for there the way is no obstacle; further away the nearest."""

    def order(each: AtHand) -> tuple[bool, float, date, int]:
        beyond = each.km is not None and each.km > reach_km
        return beyond, (each.km or 0.0) if beyond else 0.0, each.begins_on or date.min, each.id

    return sorted(found, key=order)

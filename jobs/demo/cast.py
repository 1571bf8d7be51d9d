"""Who takes part: offices with their people, partners with theirs. Clients and vacancies join as the story goes on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from piccolo.columns import Column

from jobs.demo import reading
from jobs.demo.reading import Told
from jobs.demo.timeline import Timeline
from jobs.tables import Vacancy
from partners.tables import Partner
from portal import demo, memberships, passwords
from portal.audit import record
from portal.people import Actor, acting_as, normal_phone
from portal.tables import Client, Organisation, OrganisationKind, Person, Role
from training.tables import Programme


@dataclass
class Member:
    """A client as a record and as somebody who acts."""

    record: Client
    actor: Actor


@dataclass
class Cast:
    """Everybody and everything by the name the files use."""

    password: str
    """The hash of the one password all demo sign-ins share."""
    staff: dict[str, Actor] = field(default_factory=dict)
    employers: dict[str, Actor] = field(default_factory=dict)
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    clients: dict[str, Member] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)

    @property
    def administrator(self) -> Actor:
        return next(actor for actor in self.staff.values() if actor.role == Role.ADMINISTRATOR)


async def gather() -> Cast:
    return Cast(password=await passwords.hashed(demo.PASSWORD))


def plan(timeline: Timeline, cast: Cast) -> None:
    """Offices open, and partners are registered and verified."""
    for told in reading.offices().values():
        timeline.at(told["since"], partial(_open_office, cast, told))
    for name, told in reading.partners().items():
        timeline.at(told["since"], partial(_register_partner, cast, name, told))
        if "verified" in told:
            timeline.at(told["verified"], partial(_verify, cast, name))


async def _open_office(cast: Cast, told: Told) -> None:
    office = await _organisation(OrganisationKind.OFFICE, told)
    for key, person in told["people"].items():
        cast.staff[key] = await _person(cast, person, Role(person["role"]), office)


async def _register_partner(cast: Cast, name: str, told: Told) -> None:
    organisation = await _organisation(OrganisationKind.PARTNER, told)
    columns = ("industry", "size", "nib", "about", "address")
    partner = Partner(
        organisation=organisation, **{column: told[column] for column in columns if column in told}
    )
    await partner.save()
    await record(f"partner:{partner.id}", "registered", by=None)
    cast.employers[name] = await _person(cast, told["person"], Role.EMPLOYER, organisation)


async def _verify(cast: Cast, name: str) -> None:
    by = cast.administrator
    verified: dict[Column | str, Any] = {
        Partner.verified_at: datetime.now(UTC),
        Partner.verified_by: by.person,
    }
    [row] = (
        await Partner.update(verified)
        .where(Partner.organisation == cast.employers[name].organisation)
        .returning(Partner.id)
    )
    await record(f"partner:{row['id']}", "verified", by=by)


async def _organisation(kind: OrganisationKind, told: Told) -> int:
    organisation = Organisation(
        kind=kind, name=told["name"], region=told["region"], phone=normal_phone(told["phone"])
    )
    await organisation.save()
    await record(f"organisation:{organisation.id}", "registered", by=None)
    return organisation.id


async def _person(cast: Cast, told: Told, role: Role, organisation: int) -> Actor:
    """Somebody with a role; only those with a `login` can sign in, with the password of the story."""
    person = Person(name=told["name"])
    if login := told.get("login"):
        person.email, person.password = login, cast.password
    await person.save()
    await memberships.give(person.id, role, organisation, by=None)
    actor = await acting_as(person.id, role)
    assert actor
    return actor

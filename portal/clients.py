"""Clients: who is followed, by whom, and since when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.methods import Objects

from portal import accounts, memberships
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import ADULT, IN_FORCE, Actor, age_on
from portal.places import find_locality
from portal.tables import Client, Membership, Person, Role

CONTACTS = ("phone", "email")
OWN = ("born_on", "contact_note")
"""Facts that stand in the client record as they are given."""
CASEWORKERS = f"""
SELECT DISTINCT person.id, person.name FROM membership JOIN person ON person.id = membership.person
WHERE membership.organisation = {{}} AND membership.role = 'staff' AND {IN_FORCE} ORDER BY person.name, person.id
"""


class NotPossible(Exception):
    """The client is not where the person thought they were; the message says what to do."""


def visible_to(actor: Actor) -> Objects[Client]:
    """The clients this person may see, as a query to narrow further; employers see none."""
    match actor.role:
        case Role.STAFF:
            return Client.objects().where(Client.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return Client.objects()
        case Role.CLIENT:
            return Client.objects().where(Client.person == actor.person)
    return Client.objects().where(Client.id == -1)


def is_adult(client: Client, on: date | None = None) -> bool:
    """Whether the portal may match this client and take their applications on that day, today if none is given."""
    return age_on(client.born_on, on or date.today()) >= ADULT


def adult_on(born_on: date) -> date:
    """The day somebody comes of age; who was born on 29 February does so on 1 March."""
    year = born_on.year + ADULT
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@dataclass(frozen=True, slots=True)
class Around:
    """A client's person and those who follow them, by name."""

    name: str
    phone: str | None
    email: str | None
    caseworker: str
    office: str


async def around(client: Client) -> Around:
    [row] = await Client.select(
        Client.person.name.as_alias("name"),
        Client.person.phone.as_alias("phone"),
        Client.person.email.as_alias("email"),
        Client.caseworker.name.as_alias("caseworker"),
        Client.office.name.as_alias("office"),
    ).where(Client.id == client.id)
    return Around(**row)


async def caseworkers(office: int) -> list[tuple[int, str]]:
    """Ids and names of those who can follow a client of the office today, by name."""
    rows = await Membership.raw(CASEWORKERS, office)
    return [(row["id"], row["name"]) for row in rows]


async def register(
    name: str,
    *,
    born_on: date,
    region: str,
    by: Actor,
    locality: str = "",
    phone: str | None = None,
    email: str | None = None,
    contact_note: str = "",
    caseworker: int | None = None,
) -> Client:
    """A new client of the actor's office, followed by `caseworker` or else by the actor.

    Raises accounts.Taken for a contact somebody else has, and NotPossible where the one who would follow them is no
    caseworker of the office: an administrator has to name one.
    """
    follower = caseworker or by.person
    if follower not in dict(await caseworkers(by.organisation)):
        raise NotPossible("Pilih pendamping dari kantor Anda.")
    async with change(by=by):
        person = Person(name=name)
        await person.save()
        if phone or email:
            await accounts.set_contacts(person.id, phone, email, by=by)
        await memberships.give(person.id, Role.CLIENT, by.organisation, by=by)
        client = Client(
            person=person.id,
            office=by.organisation,
            caseworker=follower,
            born_on=born_on,
            contact_note=contact_note,
            opened_on=date.today(),
            **home(region, locality),
        )
        await client.save()
        await record(f"client:{client.id}", "registered", by=by)
        if follower != by.person:
            await tell(follower, "client_handed_over", f"/clients/{client.id}")
    return client


async def edit(client: Client, *, by: Actor, **facts: Any) -> None:
    """Sets what is given of name, phone with email, born_on, contact_note, and region with locality.

    Raises accounts.Taken for a contact somebody else has.
    """
    async with change(by=by):
        person = await Person.objects().get(Person.id == client.person)
        assert person
        if person.name != facts.get("name", person.name):
            await Person.update({Person.name: facts["name"]}).where(Person.id == person.id)
        # Setting contacts ends the links that were sent to the old ones, so only a real change does it.
        if any(getattr(person, name) != facts.get(name, getattr(person, name)) for name in CONTACTS):
            await accounts.set_contacts(person.id, facts["phone"], facts["email"], by=by)
        own: dict[Any, Any] = {name: facts[name] for name in OWN if name in facts}
        if "region" in facts:
            own |= home(facts["region"], facts.get("locality", ""))
        if own:
            await Client.update(own, force=True).where(Client.id == client.id)
        # Which facts were given is for the record; what they say is not.
        await record(f"client:{client.id}", "edited", by=by, facts=sorted(facts))


def home(region: str, locality: str = "") -> dict[str, Any]:
    """The columns of a home. A locality nobody has on the map is kept as typed, and the regency then stands for it."""
    place = find_locality(region, locality) if locality else None
    return {
        "region": region,
        "locality": place.name if place else locality or None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


async def pause(client: Client, *, by: Actor) -> None:
    """ "Jeda": nothing is matched or sent until it ends, and employers see no difference. A second tap changes nothing."""
    await _mark(
        client, "paused", Client.paused_on.is_null() & Client.closed_on.is_null(), by, paused_on=date.today()
    )


async def resume(client: Client, *, by: Actor) -> None:
    """Ends the pause, if there is one."""
    await _mark(client, "resumed", Client.paused_on.is_not_null(), by, paused_on=None)


async def close(client: Client, *, by: Actor) -> None:
    """Ends the accompaniment. What was recorded stays; applying and matching stop."""
    await _mark(client, "closed", Client.closed_on.is_null(), by, closed_on=date.today(), paused_on=None)


async def reopen(client: Client, *, by: Actor) -> None:
    """Takes the accompaniment up again."""
    await _mark(client, "reopened", Client.closed_on.is_not_null(), by, closed_on=None)


async def hand_over(client: Client, to: int, *, by: Actor) -> None:
    """Gives the client to another caseworker of their office and tells that one. Raises NotPossible for anybody else."""
    if to not in dict(await caseworkers(client.office)):
        raise NotPossible("Pilih pendamping dari kantor klien ini.")
    async with change(by=by):
        handed = (
            await Client.update({Client.caseworker: to})
            .where((Client.id == client.id) & (Client.caseworker != to))
            .returning(Client.id)
        )
        if handed:
            await record(f"client:{client.id}", "handed_over", by=by, to=to)
            await tell(to, "client_handed_over", f"/clients/{client.id}")


async def _mark(client: Client, what: str, where: Any, by: Actor, **dates: date | None) -> None:
    columns: dict[Any, Any] = dict(dates)
    async with change(by=by):
        marked = (
            await Client.update(columns, force=True)
            .where((Client.id == client.id) & where)
            .returning(Client.id)
        )
        if marked:
            await record(f"client:{client.id}", what, by=by)

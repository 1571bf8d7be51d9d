"""A database that lives for one measurement, with generated vacancies and one client in it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from jobs.bench.vacancies import fill
from jobs.index import drain
from portal import database, sessions
from portal.commands.seed import seed
from portal.conf import DB
from portal.people import acting_as
from portal.tables import Client, Membership, Organisation, OrganisationKind, Person, Role
from training.tables import Experience, Profile, ProfileSkill
from training.vocabulary import vocabulary

TRADE, HOME = "tukang-las", "32.01"


@dataclass(frozen=True)
class Seeded:
    token: str
    """Of a session of the client."""
    vacancies: list[int]
    """Some ids, to open."""


@contextmanager
def scratch(address: str) -> Iterator[None]:
    """Points everything at a new database beside the one at `address`, and drops it at the end."""
    name = f"portal_bench_{token_hex(6)}"
    asyncio.run(execute(address, f"CREATE DATABASE {name}"))
    try:
        database._use(urlunsplit(urlsplit(address)._replace(path=f"/{name}")))
        yield
    finally:
        database._use(address)
        asyncio.run(execute(address, f"DROP DATABASE {name} WITH (FORCE)"))


async def execute(address: str, statement: str) -> None:
    """One statement, on a connection of its own."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def prepare(count: int, tell: Callable[[str], None]) -> Seeded:
    """Migrates, seeds, generates, indexes; what a measurement needs to ask."""
    async with database.pool(size=2):
        tell("Preparing the database ...")
        await database.migrate()
        await seed()
        tell(f"Generating {count} vacancies ...")
        async with DB.transaction() as transaction:
            await fill(transaction.connection, count)
        tell("Filling the index ...")
        await drain.rebuild()
        await execute(DB.config["dsn"], "VACUUM ANALYZE")
        token = await _client()
        rows = await DB._run_in_pool("SELECT id FROM vacancy ORDER BY published_at DESC LIMIT 200")
    return Seeded(token, [row["id"] for row in rows])


async def _client() -> str:
    """Somebody with a trade's skills, some experience and a home; signed in."""
    trade = vocabulary().occupations[TRADE]
    office = Organisation(kind=OrganisationKind.OFFICE, name="Kantor", region=HOME)
    await office.save()
    person = Person(name="Pencari kerja")
    await person.save()
    await Membership(
        person=person.id, role=Role.CLIENT, organisation=office.id, since=date(2025, 1, 1)
    ).save()
    client = Client(
        person=person.id,
        office=office.id,
        caseworker=person.id,
        born_on=date(1995, 5, 5),
        region=HOME,
        opened_on=date(2025, 1, 1),
    )
    await client.save()
    profile = Profile(client=client.id, education=30, travel_km=40)
    await profile.save()
    await Experience(profile=profile.id, occupation=TRADE, title=trade.label, months=24).save()
    await ProfileSkill.insert(*(ProfileSkill(profile=profile.id, skill=skill) for skill in trade.essential))
    actor = await acting_as(person.id, Role.CLIENT)
    assert actor
    return await sessions.begin(actor)

"""The kernel's promises: changes are whole, a key is spent once, errors are pages."""

import time
from datetime import date

import asyncpg
import pytest

from portal.audit import record
from portal.conf import DB
from portal.database import change
from portal.once import once
from portal.tables import Event, Membership, Organisation, Person, Region, Role
from tests import builders

pytestmark = pytest.mark.anyio


async def test_a_verb_that_raises_takes_back_all_it_did_and_leaves_the_outer_change_whole() -> None:
    actor = await builders.staff()
    async with change(by=actor):
        await record("thing:1", "kept", by=actor)
        with pytest.raises(asyncpg.CheckViolationError):
            async with change(by=actor):
                await record("thing:1", "lost", by=actor)
                await Person(name="Nobody", phone="0812").save()
    assert [row["action"] for row in await Event.select(Event.action)] == ["kept"]


async def test_a_change_tells_the_database_who_is_acting() -> None:
    actor = await builders.staff()
    async with change(by=actor):
        [row] = await Person.raw("SELECT current_setting('app.person', true) AS person")
    assert row["person"] == str(actor.person)


async def test_a_spent_key_returns_the_first_result_and_makes_nothing() -> None:
    actor = await builders.staff()
    made = []

    async def make() -> str:
        made.append(1)
        return f"/things/{len(made)}"

    assert await once("key", make, by=actor) == "/things/1"
    assert await once("key", make, by=actor) == "/things/1"
    assert await once("", make, by=actor) == "/things/2"


async def test_an_employer_cannot_be_a_member_of_an_office() -> None:
    office = await builders.office()
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with DB.current_transaction.get().connection.transaction():
            await builders.person(Role.EMPLOYER, office)
    assert not await Membership.exists().where(Membership.organisation == office.id)
    assert await Organisation.exists().where(Organisation.id == office.id)


async def test_the_seed_brings_every_province_and_regency() -> None:
    assert await Region.count().where(Region.code.like("__")) == 38
    assert await Region.count().where(Region.code.like("__.__")) == 514


async def test_an_unknown_page_is_a_page_that_says_so(browser) -> None:
    answer = await (await browser()).get("/no-such-page")
    assert answer.status_code == 404 and "Halaman ini tidak ada" in answer.text


async def test_a_stranger_gets_the_static_files(browser) -> None:
    answer = await (await browser()).get("/static/bina.css")
    assert answer.status_code == 200 and "@layer" in answer.text


async def test_every_answer_carries_the_headers_and_only_a_signed_in_one_is_kept_nowhere(browser) -> None:
    stranger, staff = await browser(), await browser(await builders.staff())
    for answer in (await stranger.get("/"), await stranger.get("/no-such-page"), await staff.get("/due")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "no-store" in (await staff.get("/due")).headers["cache-control"]
    assert "immutable" in (await stranger.get("/static/bina.css")).headers["cache-control"]


async def test_signing_in_leads_back_to_the_page_that_was_asked_for(browser) -> None:
    answer = await (await browser()).get("/applications/7")
    assert answer.headers["location"] == "/session/new?next=/applications/7"


async def test_the_day_is_the_same_in_python_and_in_the_database() -> None:
    [row] = await Person.raw("SELECT current_date AS day, current_setting('timezone') AS zone")
    assert row == {"day": date.today(), "zone": "Asia/Jakarta"} and time.tzname[0] == "WIB"

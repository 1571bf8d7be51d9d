"""One's own account: contacts, password, browsers, the inbox."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import notices, passwords, sessions, tickets
from portal.access import COOKIE
from portal.database import change
from portal.people import Actor
from portal.tables import Notice, Person, Session, Ticket
from tests import builders

pytestmark = pytest.mark.anyio
PASSWORD, NEW = "pagi cerah sekali", "sore tenang sekali"


async def with_password(actor: Actor) -> Actor:
    await Person.update({Person.password: await passwords.hashed(PASSWORD)}).where(Person.id == actor.person)
    return actor


async def tell(actor: Actor, *kinds: str) -> None:
    async with change(by=None):
        for number, kind in enumerate(kinds):
            await notices.tell(actor.person, kind, f"/applications/{number}")


async def test_a_client_finds_profile_notices_and_own_contacts(browser) -> None:
    client = await builders.client(phone="+628123456789")
    await tell(client, "interview")
    text = (await (await browser(client)).get("/me")).text
    for part in (
        'href="/me/profile"',
        'href="/me/notices"',
        "1 baru",
        'value="08123456789"',
        "Kantor Bogor",
    ):
        assert part in text
    assert client.name not in text.partition("</title>")[0]


async def test_other_roles_have_no_skills_profile(browser) -> None:
    assert "/me/profile" not in (await (await browser(await builders.employer())).get("/me")).text


async def test_contacts_change_with_the_password(browser) -> None:
    actor = await with_password(await builders.staff())
    visitor = await browser(actor)
    form = {"phone": "0812 3456 789", "email": "Baru@Contoh.test", "password": PASSWORD}
    assert (await visitor.form("/me/contacts", form)).headers["location"] == "/me"
    row = await Person.objects().get(Person.id == actor.person)
    assert (row.phone, row.email) == ("+628123456789", "baru@contoh.test")


async def test_contacts_do_not_change_without_it(browser) -> None:
    actor = await with_password(await builders.staff())
    answer = await (await browser(actor)).form(
        "/me/contacts", {"email": "baru@contoh.test", "password": "salah"}
    )
    assert (
        answer.status_code == 422
        and "tidak cocok" in answer.text
        and 'value="baru@contoh.test"' in answer.text
    )
    assert not await Person.exists().where(Person.email == "baru@contoh.test")


async def test_a_taken_contact_is_told_clearly(browser) -> None:
    await builders.staff(phone="+628123456789", name="Orang lain")
    actor = await with_password(await builders.staff())
    form = {"phone": "08123456789", "email": "", "password": PASSWORD}
    answer = await (await browser(actor)).form("/me/contacts", form)
    assert answer.status_code == 422 and "Nomor ini sudah dipakai akun lain" in answer.text
    assert "Orang lain" not in answer.text


async def test_asking_number_after_number_who_has_an_account_is_braked(browser) -> None:
    await builders.staff(phone="+628123456789")
    visitor = await browser(await with_password(await builders.employer()))
    told = []
    for number in ("08123456789", "08123456780") * 3:
        answer = await visitor.form("/me/contacts", {"phone": number, "password": PASSWORD})
        told.append("Terlalu banyak percobaan" in answer.text)
    assert told == [False] * 5 + [True]


async def test_only_a_client_may_be_without_any_contact(browser) -> None:
    staff, client = await with_password(await builders.staff()), await with_password(await builders.client())
    form = {"phone": "", "email": "", "password": PASSWORD}
    assert (await (await browser(staff)).form("/me/contacts", form)).status_code == 422
    assert (await (await browser(client)).form("/me/contacts", form)).status_code == 303


async def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(browser) -> None:
    actor = await with_password(await builders.staff())
    here, there = await browser(actor), await browser(actor)
    wrong = await here.form("/me/password", {"old": "bukan ini", "new": "pendek"})
    assert (
        wrong.status_code == 422 and "tidak cocok" in wrong.text and "Paling sedikit 10 huruf" in wrong.text
    )
    assert (await here.form("/me/password", {"old": PASSWORD, "new": NEW})).status_code == 303
    assert (await here.get("/me")).status_code == 200
    assert (await there.get("/me")).status_code == 303
    row = await Person.objects().get(Person.id == actor.person)
    assert await passwords.matches(row, NEW) and not await passwords.matches(row, PASSWORD)
    assert await Notice.exists().where(Notice.person == actor.person, Notice.kind == "password_changed")


async def test_guessing_the_old_password_is_braked(browser) -> None:
    visitor = await browser(await with_password(await builders.staff()))
    for _ in range(6):
        answer = await visitor.form("/me/password", {"old": "bukan ini", "new": NEW})
    assert answer.status_code == 422 and "Terlalu banyak percobaan" in answer.text


async def test_within_15_minutes_of_a_code_the_old_password_is_not_asked(browser) -> None:
    client = await with_password(await builders.client())
    code = await tickets.issue_code(client.person, by=None)
    visitor = await browser()
    await visitor.form("/session/code", {"code": code})
    assert "kata sandi lama tidak ditanyakan" in (await visitor.get("/me")).text
    assert (await visitor.form("/me/password", {"new": NEW})).status_code == 303
    await Ticket.update({Ticket.used_at: datetime.now(UTC) - timedelta(minutes=16)}, force=True)
    assert (await visitor.form("/me/password", {"new": PASSWORD})).status_code == 422


async def test_a_code_used_elsewhere_opens_no_older_session(browser) -> None:
    client = await with_password(await builders.client())
    older = await browser(client)
    code = await tickets.issue_code(client.person, by=None)
    await (await browser()).form("/session/code", {"code": code})
    assert (await older.form("/me/password", {"new": NEW})).status_code == 422


async def test_browsers_are_listed_without_addresses_and_ended_together(browser) -> None:
    actor = await builders.staff()
    here = await browser(actor)
    other = await sessions.begin(actor, own_device=True)
    dead = await sessions.begin(actor)
    gone = {Session.seen_at: datetime.now(UTC) - timedelta(hours=1)}
    await Session.update(gone).where(Session.token_hash == sessions.hashed(dead))
    text = (await here.get("/me")).text
    assert "Perangkat ini" in text and "HP sendiri" in text and "Perangkat bersama" not in text
    assert "127.0.0.1" not in text
    answer = await here.form("/me/sessions/ending")
    assert answer.headers["location"] == "/"
    assert await sessions.recognise(other) is None and (await here.get("/me")).status_code == 303


async def test_the_inbox_shows_the_newest_first_and_reading_marks_read(browser) -> None:
    actor, other = await builders.client(), await builders.client()
    await tell(actor, "interview", "hired")
    await tell(other, "declined")
    visitor = await browser(actor)
    assert (await sessions.recognise(visitor.cookies[COOKIE])).unread == 2
    text = (await visitor.get("/me/notices")).text
    assert text.index("kabar baik") < text.index("undangan wawancara") and text.count(">Baru<") == 2
    assert 'href="/applications/1"' in text and "Ada jawaban" not in text
    assert '<span class="count">2' not in text
    assert ">Baru<" not in (await visitor.get("/me/notices")).text
    assert (await sessions.recognise(visitor.cookies[COOKIE])).unread == 0
    assert await Notice.exists().where(Notice.person == other.person, Notice.read_at.is_null())


async def test_the_inbox_has_pages_and_asks_little_of_the_database(browser, queries) -> None:
    actor = await builders.client()
    await tell(actor, *["interview"] * 45)
    visitor = await browser(actor)
    queries.clear()
    assert (await visitor.get("/me/notices?page=2")).text.count('<li class="item">') == 20
    assert len(queries) == 4
    assert (await visitor.get("/me/notices?page=3")).text.count('<li class="item">') == 5


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²", ""])
async def test_a_strange_page_number_is_no_error(browser, page) -> None:
    visitor = await browser(await builders.client())
    assert (await visitor.get("/me/notices", params={"page": page})).status_code == 200


async def test_an_empty_inbox_says_what_comes_here(browser) -> None:
    assert "Belum ada kabar" in (await (await browser(await builders.client())).get("/me/notices")).text


@pytest.mark.parametrize("path", ["/me", "/me/notices"])
async def test_strangers_are_sent_to_sign_in(browser, path) -> None:
    answer = await (await browser()).get(path)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/session/new")

"""Signing in and out: who gets in, what the browser is given, and what guessing costs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from portal import brake, demo, passwords, sessions, tickets
from portal.access import COOKIE
from portal.audit import record
from portal.database import change
from portal.pages.sessions import NO_MATCH, local
from portal.people import Actor
from portal.tables import Event, Failure, Membership, Person, Role, Session, Ticket
from tests import builders
from tests.web.conftest import Browser

pytestmark = pytest.mark.anyio
PASSWORD = "pagi cerah sekali"


async def with_password(actor: Actor, **contacts: Any) -> Actor:
    await Person.update({Person.password: await passwords.hashed(PASSWORD), **contacts}).where(
        Person.id == actor.person
    )
    return actor


async def login_of(actor: Actor) -> str:
    row = await Person.objects().get(Person.id == actor.person)
    return row.email


@pytest.fixture
def elsewhere(app: Any) -> Any:
    """A stranger's browser at an address of its own."""

    def open_browser(address: str) -> Browser:
        transport = httpx.ASGITransport(app, client=(address, 4000))
        return Browser(transport=transport, base_url="http://portal.test")

    return open_browser


async def sign_in(visitor: Browser, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await visitor.form("/session", {"login": login, "password": password, **more})


@pytest.mark.parametrize(
    ("make", "landing"),
    [
        (builders.client, "/matches"),
        (builders.employer, "/partner/applications"),
        (builders.staff, "/due"),
        (builders.administrator, "/reviews"),
    ],
)
async def test_each_role_lands_where_its_work_begins(browser, make, landing) -> None:
    actor = await with_password(await make())
    answer = await sign_in(await browser(), await login_of(actor))
    assert (answer.status_code, answer.headers["location"]) == (303, landing)


@pytest.mark.parametrize("typed", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "081234567890"])
async def test_a_phone_number_signs_in_however_it_is_typed(browser, typed) -> None:
    await with_password(await builders.staff(), phone="+6281234567890")
    assert (await sign_in(await browser(), typed)).status_code == 303


async def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(browser) -> None:
    actor = await with_password(await builders.staff())
    answer = await sign_in(await browser(), await login_of(actor))
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE)]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert "Max-Age" not in cookie and "Secure" not in cookie


async def test_the_cookie_outlives_the_browser_on_a_phone_of_ones_own(browser) -> None:
    actor = await with_password(await builders.client())
    answer = await sign_in(await browser(), await login_of(actor), mine="yes")
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE)]
    assert "Max-Age=5184000" in cookie
    assert await Session.exists().where(Session.membership == actor.membership, Session.own_device.eq(True))


async def test_behind_https_every_cookie_is_secure(monkeypatch) -> None:
    from portal.app import create_app

    monkeypatch.setenv("PUBLIC_URL", "https://kerja.contoh.test")
    actor = await with_password(await builders.staff())
    visitor = Browser(transport=httpx.ASGITransport(create_app()), base_url="https://kerja.contoh.test")
    answer = await sign_in(visitor, await login_of(actor))
    assert answer.status_code == 303
    assert all("Secure" in c for c in answer.headers.get_list("set-cookie") if c.startswith("portal_"))


async def test_signing_in_gives_a_new_token_and_ends_the_session_before(browser) -> None:
    actor = await with_password(await builders.staff())
    visitor = await browser(actor)
    before = visitor.cookies[COOKIE]
    await sign_in(visitor, await login_of(actor))
    assert visitor.cookies[COOKIE] != before
    assert await sessions.recognise(before) is None


async def test_a_token_somebody_else_chose_is_never_kept(browser) -> None:
    actor = await with_password(await builders.staff())
    visitor = await browser()
    visitor.cookies.set(COOKIE, "chosen-by-somebody-else", domain="portal.test")
    answer = await sign_in(visitor, await login_of(actor))
    assert "chosen-by-somebody-else" not in str(answer.headers.get_list("set-cookie"))
    assert await sessions.recognise("chosen-by-somebody-else") is None


async def test_unknown_login_and_wrong_password_are_told_in_the_same_words(browser) -> None:
    actor = await with_password(await builders.staff())
    unknown = await sign_in(await browser(), "tidak.ada@contoh.test")
    wrong = await sign_in(await browser(), await login_of(actor), "bukan kata sandinya")
    assert unknown.status_code == wrong.status_code == 422
    assert NO_MATCH in unknown.text and NO_MATCH in wrong.text


async def test_an_unknown_login_is_checked_against_a_hash_like_any_other(browser, monkeypatch) -> None:
    checked = []
    verify = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda kept, typed: checked.append(kept) or verify(kept, typed))
    await sign_in(await browser(), "tidak.ada@contoh.test")
    assert len(checked) == 1 and checked[0].startswith("$argon2id$")


async def test_an_empty_form_tells_all_that_is_missing_and_keeps_the_rest(browser) -> None:
    answer = await (await browser()).form("/session", {"mine": "yes", "next": "/due"})
    assert answer.status_code == 422
    assert "Isi nomor HP atau email Anda." in answer.text and "Isi kata sandi Anda." in answer.text
    assert 'value="/due"' in answer.text and "checked" in answer.text


async def test_a_person_whose_role_has_ended_does_not_get_in(browser) -> None:
    actor = await with_password(await builders.staff())
    await Membership.update({Membership.until: Membership.since}).where(Membership.id == actor.membership)
    answer = await sign_in(await browser(), await login_of(actor))
    assert answer.status_code == 422 and "sedang tidak aktif" in answer.text


async def test_an_old_hash_is_renewed_at_sign_in(browser) -> None:
    from argon2 import PasswordHasher

    actor = await builders.staff()
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await Person.update({Person.password: old}).where(Person.id == actor.person)
    assert (await sign_in(await browser(), await login_of(actor))).status_code == 303
    row = await Person.objects().get(Person.id == actor.person)
    assert row.password != old and not passwords.HASHER.check_needs_rehash(row.password)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/clients/3?tab=notes", "/clients/3?tab=notes"),
        ("//evil.test", ""),
        ("/\\evil.test", ""),
        ("/x\\..\\evil", ""),
        ("https://evil.test", ""),
        ("javascript:alert(1)", ""),
        ("/\t/evil.test", ""),
        ("/ok\r\nSet-Cookie: a=b", ""),
        ("", ""),
    ],
)
async def test_only_a_local_path_is_followed_after_sign_in(browser, path, kept) -> None:
    assert local(path) == kept
    actor = await with_password(await builders.staff())
    answer = await sign_in(await browser(), await login_of(actor), next=path)
    assert answer.headers["location"] == (kept or "/due")


async def test_somebody_signed_in_is_sent_on_from_the_sign_in_page(browser) -> None:
    visitor = await browser(await builders.staff())
    assert (await visitor.get("/session/new")).headers["location"] == "/due"
    assert (await visitor.get("/session/new?next=//evil.test")).headers["location"] == "/due"


async def test_signing_out_ends_the_session_and_works_twice(browser) -> None:
    visitor = await browser(await builders.staff())
    token = visitor.cookies[COOKIE]
    for _ in range(2):
        answer = await visitor.form("/session/end")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert await sessions.recognise(token) is None


async def test_half_an_hour_of_silence_ends_a_session_but_not_on_a_phone_of_ones_own(browser) -> None:
    actor = await builders.staff()
    tokens = {own: await sessions.begin(actor, own_device=own) for own in (False, True)}
    await Session.update({Session.seen_at: datetime.now(UTC) - timedelta(minutes=31)}, force=True)
    assert await sessions.recognise(tokens[False]) is None
    assert await sessions.recognise(tokens[True])


# ---- one-time codes ----


async def test_a_code_signs_in_once_however_it_is_typed_and_is_logged(browser) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker)
    code = await tickets.issue_code(client.person, by=caseworker)
    visitor = await browser()
    answer = await visitor.form("/session/code", {"code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["location"]) == (303, "/matches")
    again = await (await browser()).form("/session/code", {"code": code})
    assert again.status_code == 422 and "Kode ini salah, sudah dipakai" in again.text
    actions = [
        row["action"] for row in await Event.select().where(Event.subject == f"person:{client.person}")
    ]
    assert actions == ["code_issued", "signed_in"]


async def test_a_new_code_ends_the_older_one(browser) -> None:
    client = await builders.client()
    first = await tickets.issue_code(client.person, by=None)
    second = await tickets.issue_code(client.person, by=None)
    assert (await (await browser()).form("/session/code", {"code": first})).status_code == 422
    assert (await (await browser()).form("/session/code", {"code": second})).status_code == 303


async def test_a_code_is_over_after_fifteen_minutes(browser) -> None:
    client = await builders.client()
    code = await tickets.issue_code(client.person, by=None)
    [row] = await Ticket.select(Ticket.issued_at, Ticket.expires_at)
    assert row["expires_at"] - row["issued_at"] == timedelta(minutes=15)
    await Ticket.update({Ticket.expires_at: datetime.now(UTC)}, force=True)
    assert (await (await browser()).form("/session/code", {"code": code})).status_code == 422


async def test_the_database_holds_no_code(browser) -> None:
    client = await builders.client()
    code = await tickets.issue_code(client.person, by=None)
    [row] = await Ticket.select()
    assert code.replace("-", "") not in str(row) and sessions.hashed(code.replace("-", "")) not in str(row)


async def test_staff_cannot_become_an_administrator_by_a_code() -> None:
    from litestar.exceptions import PermissionDeniedException

    staff, other, administrator = (
        await builders.staff(),
        await builders.staff(),
        await builders.administrator(),
    )
    for person in (other.person, administrator.person):
        with pytest.raises(PermissionDeniedException):
            await tickets.issue_code(person, by=staff)
    assert await tickets.issue_code(staff.person, by=administrator)


# ---- several roles ----


async def test_somebody_with_two_roles_chooses_and_can_change_with_a_new_token(browser) -> None:
    actor = await with_password(await builders.staff())
    partner = await builders.partner()
    await Membership(
        person=actor.person,
        role=Role.EMPLOYER,
        organisation=partner.organisation,
        since=datetime.now(UTC).date() - timedelta(days=2),
    ).save()
    visitor = await browser()
    answer = await sign_in(visitor, await login_of(actor), next="/me")
    assert answer.headers["location"] == "/session/role?next=/me"
    first = visitor.cookies[COOKIE]
    chooser = await visitor.get(answer.headers["location"])
    assert "Pemberi kerja, CV Logam Contoh" in chooser.text and 'name="next" value="/me"' in chooser.text
    other = await Membership.objects().get(Membership.organisation == partner.organisation)
    answer = await visitor.form("/session/role", {"membership": str(other.id)})
    assert answer.headers["location"] == "/partner/applications"
    assert await sessions.recognise(first) is None
    assert (await sessions.recognise(visitor.cookies[COOKIE])).role == Role.EMPLOYER


async def test_a_role_of_somebody_else_cannot_be_chosen(browser) -> None:
    actor = await builders.staff()
    await Membership(
        person=actor.person,
        role=Role.ADMINISTRATOR,
        organisation=actor.organisation,
        since=datetime.now(UTC).date() - timedelta(days=2),
    ).save()
    stranger = await builders.administrator()
    visitor = await browser(actor)
    token = visitor.cookies[COOKIE]
    answer = await visitor.form("/session/role", {"membership": str(stranger.membership)})
    assert answer.status_code == 422 and "Pilih salah satu peran" in answer.text
    assert (await sessions.recognise(token)).role == Role.STAFF


# ---- the brake ----


async def test_after_five_failures_the_sixth_has_to_wait_and_nobody_else(browser, elsewhere) -> None:
    actor, other = await with_password(await builders.staff()), await with_password(await builders.staff())
    login = await login_of(actor)
    attacker = elsewhere("203.0.113.7")
    for _ in range(5):
        assert (await sign_in(attacker, login, "salah terus")).status_code == 422
    answer = await sign_in(attacker, login)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) <= 15
    assert "Terlalu banyak percobaan" in answer.text and login in answer.text
    assert (await sign_in(elsewhere("203.0.113.7"), await login_of(other))).status_code == 303
    assert (await sign_in(elsewhere("198.51.100.9"), login)).status_code == 303


async def test_when_the_wait_is_over_the_right_password_works_and_forgives(elsewhere) -> None:
    actor = await with_password(await builders.staff())
    visitor = elsewhere("203.0.113.7")
    for _ in range(5):
        await sign_in(visitor, await login_of(actor), "salah terus")
    await Failure.update({Failure.at: Failure.at - timedelta(seconds=16)}, force=True)
    assert (await sign_in(visitor, await login_of(actor))).status_code == 303
    assert await Failure.count() == 0


async def test_a_wait_does_not_tell_that_a_phone_and_an_email_are_of_one_person(elsewhere) -> None:
    actor = await with_password(await builders.staff(), phone="+6281234567890")
    visitor = elsewhere("203.0.113.7")
    for spelling in ("081234567890", "+62 812-3456-7890") * 3:
        answer = await sign_in(visitor, spelling, "salah terus")
    assert answer.status_code == 429
    assert (await sign_in(visitor, await login_of(actor), "salah terus")).status_code == 422


async def test_many_logins_from_one_address_are_stopped_but_a_known_device_is_not(elsewhere) -> None:
    owner, other = await with_password(await builders.staff()), await with_password(await builders.staff())
    own = elsewhere("203.0.113.7")
    await sign_in(own, await login_of(owner))
    await own.form("/session/end")
    attacker = elsewhere("203.0.113.7")
    now = datetime.now(UTC)
    place = brake.blinded("place", "203.0.113.7")
    await Failure.insert(
        *(Failure(login_hash=str(n), address_hash=place, at=now) for n in range(brake.FROM_ONE_ADDRESS))
    )
    assert (await sign_in(attacker, await login_of(other))).status_code == 429
    assert (await sign_in(own, await login_of(other))).status_code == 429
    assert (await sign_in(own, await login_of(owner))).status_code == 303


async def test_failures_from_everywhere_only_delay_and_never_on_a_known_device(
    elsewhere, monkeypatch
) -> None:
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("portal.pages.sessions.asyncio.sleep", sleep)
    actor = await with_password(await builders.staff())
    own = elsewhere("203.0.113.7")
    await sign_in(own, await login_of(actor))
    await own.form("/session/end")
    whose = brake.blinded("login", await login_of(actor))
    now = datetime.now(UTC)
    await Failure.insert(*(Failure(login_hash=whose, address_hash=str(n), at=now) for n in range(30)))
    assert (await sign_in(elsewhere("198.51.100.9"), await login_of(actor))).status_code == 303
    assert (await sign_in(own, await login_of(actor))).status_code == 303
    assert slept == [0, 2, 0]


async def test_a_device_cookie_made_up_or_of_somebody_else_is_worth_nothing(elsewhere) -> None:
    actor, other = await with_password(await builders.staff()), await builders.staff()
    visitor = elsewhere("203.0.113.7")
    for cookie in ("x", "x.y", brake.new_device(other.person)):
        assert brake.known_device(cookie, actor.person) is None
    assert brake.known_device(brake.new_device(actor.person), actor.person)
    assert brake.known_device(None, None) is None
    for number in range(6):
        visitor.cookies.set(brake.DEVICE_COOKIE, f"device{number}.{'0' * 32}", domain="portal.test")
        answer = await sign_in(visitor, await login_of(actor), "salah terus")
    assert answer.status_code == 429


async def test_a_forwarded_address_is_not_believed(elsewhere) -> None:
    actor = await with_password(await builders.staff())
    visitor = elsewhere("203.0.113.7")
    for number in range(6):
        visitor.headers["x-forwarded-for"] = f"198.51.100.{number}"
        answer = await sign_in(visitor, await login_of(actor), "salah terus")
    assert answer.status_code == 429


async def test_guessing_codes_is_braked_and_a_right_code_forgives_nothing_but_itself(elsewhere) -> None:
    client = await builders.client()
    visitor = elsewhere("203.0.113.7")
    for _ in range(19):
        assert (await visitor.form("/session/code", {"code": "AAAA-AAAA"})).status_code == 422
    code = await tickets.issue_code(client.person, by=None)
    assert (await visitor.form("/session/code", {"code": code})).status_code == 303
    assert (await visitor.form("/session/code", {"code": "AAAA-AAAA"})).status_code == 422
    assert (await visitor.form("/session/code", {"code": "AAAA-AAAA"})).status_code == 429


async def test_a_failure_holds_neither_login_nor_address(elsewhere) -> None:
    await sign_in(elsewhere("203.0.113.7"), "tidak.ada@contoh.test")
    [row] = await Failure.select()
    assert "contoh" not in str(row) and "203.0" not in str(row)


# ---- the demo story ----


async def test_demo_accounts_are_shown_only_while_the_story_is_loaded(browser) -> None:
    visitor = await browser()
    assert demo.PASSWORD not in (await visitor.get("/session/new")).text
    async with change(by=None):
        await record(*demo.LOADED, by=None)
    text = (await visitor.get("/session/new")).text
    assert all(login in text and password in text for _, login, password in demo.ACCOUNTS)

"""One-time links: who may make them, what they open, and that they open it once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from litestar.exceptions import PermissionDeniedException

from portal import invitations, sessions, tickets
from portal.access import COOKIE
from portal.pages.invitations import RESET_MAIL
from portal.people import acting_as
from portal.tables import Event, Person, Role, Session, Ticket, TicketPurpose
from tests import builders

pytestmark = pytest.mark.anyio
PASSWORD = "pagi cerah sekali"


async def invited(role: Role = Role.STAFF) -> tuple[int, str]:
    office = await builders.office("Kantor Bandung")
    person, token = await invitations.invite("Rina", role, office.id, by=None)
    return person.id, token


async def test_the_invited_person_sees_role_and_organisation_and_is_signed_in_after(browser) -> None:
    person, token = await invited()
    visitor = await browser()
    text = (await visitor.get(f"/invitations/{token}")).text
    assert "Petugas" in text and "Kantor Bandung" in text and "Rina" in text
    answer = await visitor.form(f"/invitations/{token}", {"phone": "0812 3456 789", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/due")
    assert (await sessions.recognise(visitor.cookies[COOKIE])).person == person
    row = await Person.objects().get(Person.id == person)
    assert row.phone == "+628123456789" and row.email is None and row.password.startswith("$argon2id$")


async def test_the_name_of_the_invited_is_in_no_title(browser) -> None:
    _, token = await invited()
    text = (await (await browser()).get(f"/invitations/{token}")).text
    assert "Rina" not in text.partition("</title>")[0]


async def test_a_link_works_once(browser) -> None:
    _, token = await invited()
    form = {"email": "rina@contoh.test", "password": PASSWORD}
    assert (await (await browser()).form(f"/invitations/{token}", form)).status_code == 303
    again = await (await browser()).form(f"/invitations/{token}", form)
    assert again.status_code == 404 and "tidak berlaku lagi" in again.text


@pytest.mark.parametrize("path", ["/invitations", "/resets"])
async def test_unknown_and_old_links_get_one_page_that_says_what_to_do(browser, path) -> None:
    person, token = await invited()
    if path == "/resets":
        token = await tickets.issue_reset(person)
    await Ticket.update({Ticket.expires_at: datetime.now(UTC)}, force=True)
    visitor = await browser()
    old, unknown = await visitor.get(f"{path}/{token}"), await visitor.get(f"{path}/unknown")
    assert old.status_code == unknown.status_code == 404
    assert (
        "tidak berlaku lagi" in old.text and "Minta tautan baru" in unknown.text
    ) or path == "/invitations"
    assert (await visitor.form(f"{path}/{token}", {"password": PASSWORD})).status_code == 404


async def test_a_code_or_reset_opens_no_invitation(browser) -> None:
    person, _ = await invited()
    reset = await tickets.issue_reset(person)
    assert (await (await browser()).get(f"/invitations/{reset}")).status_code == 404


async def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(browser) -> None:
    _, token = await invited()
    answer = await (await browser()).form(
        f"/invitations/{token}",
        {"phone": "12", "email": "rina at contoh", "password": "pendek", "mine": "yes"},
    )
    assert answer.status_code == 422
    for sentence in ("Tulis nomor HP lengkap", "Tulis email lengkap", "Paling sedikit 10 huruf"):
        assert sentence in answer.text
    assert (
        'value="12"' in answer.text and 'value="rina at contoh"' in answer.text and "checked" in answer.text
    )
    assert "pendek" not in answer.text


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("bismillah123", "terlalu mudah ditebak"),
        ("aaaaaaaaaaaa", "terlalu mudah ditebak"),
        ("0812 3456 789", "Jangan memakai nomor HP"),
        ("Rina@Contoh.test", "Jangan memakai nomor HP"),
        ("", "Buat kata sandi Anda sendiri"),
    ],
)
async def test_a_password_that_others_would_try_first_is_refused(browser, password, sentence) -> None:
    _, token = await invited()
    form = {"phone": "08123456789", "email": "rina@contoh.test", "password": password}
    answer = await (await browser()).form(f"/invitations/{token}", form)
    assert answer.status_code == 422 and sentence in answer.text


async def test_without_any_contact_an_invitation_is_not_accepted(browser) -> None:
    _, token = await invited()
    answer = await (await browser()).form(f"/invitations/{token}", {"password": PASSWORD})
    assert answer.status_code == 422 and "paling sedikit satu" in answer.text


async def test_a_taken_contact_is_told_clearly_and_the_link_stays_open(browser) -> None:
    await builders.staff(phone="+628123456789")
    _, token = await invited()
    visitor = await browser()
    answer = await visitor.form(f"/invitations/{token}", {"phone": "08123456789", "password": PASSWORD})
    assert answer.status_code == 422 and "Nomor ini sudah dipakai akun lain" in answer.text
    answer = await visitor.form(f"/invitations/{token}", {"phone": "08123456780", "password": PASSWORD})
    assert answer.status_code == 303


async def test_asking_which_numbers_have_an_account_is_braked(browser) -> None:
    await builders.staff(phone="+628123456789")
    _, token = await invited()
    visitor = await browser()
    form = {"phone": "08123456789", "password": PASSWORD}
    answers = [await visitor.form(f"/invitations/{token}", form) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


async def test_the_database_keeps_no_token() -> None:
    _, token = await invited()
    [row] = await Ticket.select()
    assert token not in str(row)


async def test_a_new_link_ends_the_older_one() -> None:
    person, first = await invited()
    second = await invitations.invite_existing(person, by=None)
    assert await tickets.holder(TicketPurpose.INVITATION, first) is None
    assert await tickets.holder(TicketPurpose.INVITATION, second) == person


@pytest.mark.parametrize(
    ("inviter", "role", "allowed"),
    [
        (builders.administrator, Role.STAFF, True),
        (builders.administrator, Role.ADMINISTRATOR, True),
        (builders.staff, Role.STAFF, False),
        (builders.staff, Role.ADMINISTRATOR, False),
        (builders.client, Role.STAFF, False),
        (builders.employer, Role.STAFF, False),
    ],
)
async def test_only_administrators_invite_into_offices(inviter, role, allowed) -> None:
    by, office = await inviter(), await builders.office()
    if allowed:
        person, _ = await invitations.invite("Rina", role, office.id, by=by)
        assert (await acting_as(person.id)).role == role
    else:
        with pytest.raises(PermissionDeniedException):
            await invitations.invite("Rina", role, office.id, by=by)


async def test_employers_invite_into_their_own_organisation_only() -> None:
    employer, other = await builders.employer(), await builders.partner("PT Lain")
    person, _ = await invitations.invite("Rina", Role.EMPLOYER, employer.organisation, by=employer)
    assert await invitations.invite_existing(person.id, by=employer)
    with pytest.raises(PermissionDeniedException):
        await invitations.invite("Rina", Role.EMPLOYER, other.organisation, by=employer)


async def test_an_employer_cannot_take_over_a_colleague_who_has_accepted() -> None:
    partner = await builders.partner()
    first, second = (
        await builders.employer(partner),
        await builders.employer(partner, password="$argon2id$..."),
    )
    with pytest.raises(PermissionDeniedException):
        await invitations.invite_existing(second.person, by=first)


async def test_an_email_that_is_taken_is_left_out_without_a_word() -> None:
    office = await builders.office()
    await Person(name="Sari", email="sari@contoh.test").save()
    person, _ = await invitations.invite("Rina", Role.STAFF, office.id, "sari@contoh.test", by=None)
    assert person.email is None
    person, _ = await invitations.invite("Rina", Role.STAFF, office.id, "rina@contoh.test", by=None)
    assert person.email == "rina@contoh.test"


async def test_an_invitation_is_over_when_the_role_is(browser) -> None:
    from portal import memberships

    person, token = await invited()
    await memberships.end_all(person, by=None)
    assert (await (await browser()).get(f"/invitations/{token}")).status_code == 404


# ---- forgotten passwords ----


@pytest.fixture
def mailed(monkeypatch: pytest.MonkeyPatch, app: Any) -> list[tuple[str, str]]:
    """Recipient and path of every mail with a link."""
    from dataclasses import replace

    sent = []

    async def keep(settings: Any, to: str, sentence: str, path: str) -> None:
        assert sentence == RESET_MAIL
        sent.append((to, path))

    monkeypatch.setattr("portal.mail.try_to_send", keep)
    monkeypatch.setattr(
        app.state, "settings", replace(app.state.settings, smtp_url="smtp://127.0.0.1:1"), raising=False
    )
    return sent


async def test_known_and_unknown_logins_get_the_same_answer(browser, mailed) -> None:
    await builders.staff(phone="+628123456789")
    visitor = await browser()
    answers = [
        (await visitor.form("/resets", {"login": login})).text
        for login in ("08123456789", "08120000000", "tidak.ada@contoh.test")
    ]
    assert answers[0] == answers[1] == answers[2] and "sedang dikirim" in answers[0]
    assert len(mailed) == 1


async def test_a_reset_link_sets_a_password_once_and_signs_out_everywhere(browser, mailed) -> None:
    actor = await builders.staff(phone="+628123456789")
    signed_in = await browser(actor)
    visitor = await browser()
    await visitor.form("/resets", {"login": "0812-3456-789"})
    [(to, path)] = mailed
    assert to.startswith("staff") and "Kata sandi baru" in (await visitor.get(path)).text
    assert (await visitor.form(path, {"password": "pendek"})).status_code == 422
    answer = await visitor.form(path, {"password": PASSWORD})
    assert answer.headers["location"] == "/session/new"
    assert await sessions.recognise(signed_in.cookies[COOKIE]) is None
    assert (await visitor.form(path, {"password": PASSWORD})).status_code == 404
    answer = await visitor.form("/session", {"login": "08123456789", "password": PASSWORD})
    assert answer.headers["location"] == "/due"
    assert "password_reset" in [row["action"] for row in await Event.select(Event.action)]


async def test_nobody_can_fill_a_mailbox_with_resets(browser, mailed) -> None:
    actor = await builders.staff()
    row = await Person.objects().get(Person.id == actor.person)
    for _ in range(5):
        await (await browser()).form("/resets", {"login": row.email})
    assert len(mailed) == tickets.RESETS_AN_HOUR
    assert (await (await browser()).form("/resets", {"login": row.email})).status_code == 429


async def test_an_empty_question_is_told_so(browser) -> None:
    answer = await (await browser()).form("/resets")
    assert answer.status_code == 422 and "Isi nomor HP atau email yang Anda pakai" in answer.text


async def test_a_changed_address_ends_the_links_sent_to_the_old_one() -> None:
    from portal import accounts

    actor = await builders.staff()
    token = await tickets.issue_reset(actor.person)
    await accounts.set_contacts(actor.person, None, "baru@contoh.test", by=actor)
    assert await tickets.holder(TicketPurpose.RESET, token) is None


async def test_links_last_as_long_as_the_page_says() -> None:
    person, _ = await invited()
    await tickets.issue_reset(person)
    rows = await Ticket.select(Ticket.purpose, Ticket.issued_at, Ticket.expires_at)
    lasts = {row["purpose"]: row["expires_at"] - row["issued_at"] for row in rows}
    assert lasts == {"invitation": timedelta(days=7), "reset": timedelta(minutes=60)}
    assert not await Session.exists()

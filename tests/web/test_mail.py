"""Notices by mail, against a real SMTP server: neutral words, one mail each, patience when the server has none."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from portal import mail, notices
from portal.database import change
from portal.people import Actor
from portal.settings import Settings
from portal.settings import read as read_settings
from portal.tables import Client, Notice, Person, Ticket
from tests import builders

pytestmark = pytest.mark.anyio


class Postbox:
    """Keeps what arrives; refuses everything while `answer` says so."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox(port)
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def settings(postbox: Postbox) -> Settings:
    return replace(
        read_settings({"SECRET_KEY": "0"}),
        smtp_url=f"smtp://127.0.0.1:{postbox.port}",
        mail_from="Bina Karya <kabar@contoh.test>",
        public_url="https://kerja.contoh.test",
    )


async def told(actor: Actor, *kinds: str) -> None:
    async with change(by=None):
        for kind in kinds:
            await notices.tell(actor.person, kind, "/applications/7")


async def test_a_notice_goes_out_once_in_neutral_words_without_names(postbox, settings) -> None:
    client = await builders.client(name="Slamet Riyadi")
    await told(client, "interview")
    assert await notices.send_due(settings) == 1
    assert await notices.send_due(settings) == 0
    [sent] = postbox.mails
    assert sent["Subject"] == "Kabar dari Bina Karya" and sent["From"] == "Bina Karya <kabar@contoh.test>"
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content().replace("\r", "") == (
        "Ada undangan wawancara untuk Anda.\n\nhttps://kerja.contoh.test/applications/7\n"
    )
    assert "Slamet" not in str(sent) and sent["Message-ID"].endswith("@contoh.test>")


async def test_every_notice_is_a_mail_of_its_own(postbox, settings) -> None:
    client = await builders.client()
    await told(client, "interview", "hired")
    assert await notices.send_due(settings) == 2 and len(postbox.mails) == 2


async def test_a_refused_mail_is_tried_after_1_5_30_and_120_minutes_and_then_given_up(
    postbox, settings
) -> None:
    await told(await builders.client(), "interview")
    postbox.answer = "451 later"
    waits = []
    for _ in range(5):
        before = datetime.now(UTC)
        assert await notices.send_due(settings) == 0
        [row] = await Notice.select(Notice.mail_after, Notice.attempts)
        waits.append(row["mail_after"] and round((row["mail_after"] - before).total_seconds() / 60))
        await Notice.update({Notice.mail_after: Notice.mail_after - timedelta(hours=3)}, force=True)
    assert waits == [1, 5, 30, 120, None] and row["attempts"] == 5
    postbox.answer = "250 OK"
    assert await notices.send_due(settings) == 0 and not postbox.mails


async def test_one_refusal_does_not_hold_up_the_others(postbox, settings) -> None:
    first, second = await builders.client(), await builders.client()
    await told(first, "interview")
    await told(second, "hired")
    postbox.answer = "550 no"
    assert await notices.send_due(settings, limit=1) == 0
    postbox.answer = "250 OK"
    assert await notices.send_due(settings) == 1


async def test_a_server_that_is_away_is_no_error(settings) -> None:
    await told(await builders.client(), "interview")
    away = replace(settings, smtp_url="smtp://127.0.0.1:1")
    assert await notices.send_due(away) == 0
    assert await Notice.exists().where(Notice.mail_after.is_not_null(), Notice.attempts == 1)


async def test_without_a_mail_server_nothing_waits(settings) -> None:
    await told(await builders.client(), "interview")
    assert await notices.send_due(replace(settings, smtp_url=None)) == 0
    assert not await Notice.exists().where(Notice.mail_after.is_not_null())
    with pytest.raises(mail.NotSent):
        await mail.send(replace(settings, smtp_url=None), "a@contoh.test", "Kabar", "/")


async def test_nothing_is_mailed_to_nobody_to_a_paused_client_or_about_what_was_read(
    postbox, settings
) -> None:
    without, paused, reader = [await builders.client() for _ in range(3)]
    await Person.update({Person.email: None}).where(Person.id == without.person)
    await Client.update({Client.paused_on: datetime.now(UTC).date()}).where(Client.id == paused.client)
    for client in (without, paused, reader):
        await told(client, "interview")
    await notices.mark_read(
        reader.person,
        [row["id"] for row in await Notice.select(Notice.id).where(Notice.person == reader.person)],
    )
    assert await notices.send_due(settings) == 0 and not postbox.mails
    assert not await Notice.exists().where(Notice.mail_after.is_not_null())


async def test_a_failure_is_logged_without_the_address(settings, caplog) -> None:
    client = await builders.client()
    person = await Person.objects().get(Person.id == client.person)
    await told(client, "interview")
    await notices.send_due(replace(settings, smtp_url="smtp://127.0.0.1:1"))
    assert "attempt 1, failed" in caplog.text and person.email not in caplog.text


async def test_a_forgotten_password_comes_by_mail_and_the_link_works(
    app, browser, postbox, settings, monkeypatch
) -> None:
    monkeypatch.setattr(app.state, "settings", settings, raising=False)
    staff = await builders.staff()
    person = await Person.objects().get(Person.id == staff.person)
    visitor = await browser()
    await visitor.form("/resets", {"login": person.email})
    [sent] = postbox.mails
    link = sent.get_content().split()[-1]
    assert link.startswith("https://kerja.contoh.test/resets/") and await Ticket.count() == 1
    answer = await visitor.form(
        link.removeprefix("https://kerja.contoh.test"), {"password": "pagi cerah sekali"}
    )
    assert answer.status_code == 303


async def test_an_invitation_with_an_address_is_mailed(app, browser, postbox, settings, monkeypatch) -> None:
    monkeypatch.setattr(app.state, "settings", settings, raising=False)
    admin = await builders.administrator()
    form = {"name": "Rina Kusuma", "role": "staff", "email": "Rina@contoh.test"}
    answer = await (await browser(admin)).form(f"/offices/{admin.organisation}/members", form)
    assert "dikirim lewat email" in answer.text
    [sent] = postbox.mails
    assert sent["To"] == "rina@contoh.test" and "/invitations/" in sent.get_content()
    assert "Rina Kusuma" not in sent.as_string()

"""Plain-text mail in neutral words: whoever sees it over a shoulder learns nothing."""

import logging
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.settings import Settings

log = logging.getLogger("portal")

SUBJECT = "Kabar dari Bina Karya"
TIMEOUT = 20.0
"""Seconds for the whole conversation; shorter than the first wait before a mail is tried again."""


class NotSent(Exception):
    """The mail server did not take the mail; the message names the kind of error and no address."""


def message(settings: Settings, to: str, sentence: str, path: str) -> EmailMessage:
    """A sentence and a link into the portal; never a name, and always the same subject."""
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = to
    mail["Subject"] = SUBJECT
    mail["Date"] = format_datetime(datetime.now(UTC))
    # Without a domain of our own the identifier would carry the name of this machine.
    mail["Message-ID"] = make_msgid(domain=parseaddr(settings.mail_from)[1].partition("@")[2] or "localhost")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{sentence}\n\n{settings.public_url}{path}\n")
    return mail


async def send(settings: Settings, to: str, sentence: str, path: str) -> None:
    """Sends one mail by SMTP_URL: smtp:// upgrades to TLS where the server offers it, smtps:// begins with it.

    Raises NotSent, also if no mail is set up.
    """
    if not settings.smtp_url:
        raise NotSent("no SMTP_URL")
    server = urlsplit(settings.smtp_url)
    tls = server.scheme == "smtps"
    try:
        await aiosmtplib.send(
            message(settings, to, sentence, path),
            hostname=server.hostname,
            port=server.port or (465 if tls else 587),
            username=unquote(server.username) if server.username else None,
            password=unquote(server.password) if server.password else None,
            use_tls=tls,
            timeout=TIMEOUT,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as problem:
        raise NotSent(type(problem).__name__) from problem


async def try_to_send(settings: Settings, to: str, sentence: str, path: str) -> None:
    """As `send`, for a link that is tried once, after the answer has gone out; a failure goes to the log."""
    try:
        await send(settings, to, sentence, path)
    except NotSent as problem:
        log.warning("A mail with a link was not sent: %s", problem)

"""Neutral sentences for somebody: an inbox in the portal, and mail where mail is set up."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from portal import mail
from portal.conf import DB
from portal.settings import Settings
from portal.tables import Notice

log = logging.getLogger("portal")

# Nothing here may name a person, an employer, a vacancy or why anybody uses the portal: phones are shared, and a lock
# screen shows the first line.
KINDS = {
    "application_moved": "Ada kabar tentang lamaran Anda.",
    "interview": "Ada undangan wawancara untuk Anda.",
    "declined": "Ada jawaban untuk lamaran Anda.",
    "hired": "Ada kabar baik tentang lamaran Anda.",
    "proposal": "Pendamping Anda mengusulkan satu lowongan.",
    "application_received": "Ada lamaran baru untuk lowongan Anda.",
    "application_withdrawn": "Seorang kandidat membatalkan lamarannya.",
    "vacancy_published": "Lowongan Anda sudah terbit.",
    "vacancy_returned": "Lowongan Anda perlu diperbaiki sedikit.",
    "vacancy_waiting": "Ada lowongan yang menunggu ditinjau.",
    "job_invitation": "Ada undangan melamar untuk Anda.",
    "client_invited": "Seorang klien diundang melamar.",
    "proposal_answered": "Seorang klien menjawab usulan lowongan.",
    "placement_begun": "Seorang klien mulai bekerja. Jadwal cek kerja sudah dibuat.",
    "client_applied": "Seorang klien mengirim lamaran.",
    "client_handed_over": "Seorang klien sekarang Anda dampingi.",
    "training_wanted": "Seorang klien tertarik pada satu pelatihan.",
    "training_registered": "Anda sudah didaftarkan ke satu pelatihan.",
    "password_changed": "Kata sandi akun Anda baru saja diganti.",
}


def sentence(kind: str) -> str:
    """The words of a kind; old rows may be of one that no longer exists."""
    return KINDS.get(kind, "Ada kabar untuk Anda.")


async def tell(person: int, kind: str, link: str) -> None:
    """One notice of a kind above for a person, in the transaction of the change it tells of; `link` is a local path."""
    if kind not in KINDS or not link.startswith("/"):
        raise ValueError(f"{kind} to {link}")
    if not DB.transaction_exists():
        raise RuntimeError("A change and its notices must commit together.")
    await Notice(person=person, kind=kind, link=link, mail_after=datetime.now(UTC)).save()


BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
"""How long after each attempt the next one comes; after the last wait there is none."""
PAGE = 20

# What needs no mail: read in the portal already, nowhere to send it, or somebody who wants quiet for now.
UNWANTED = """
UPDATE notice SET mail_after = NULL
FROM person LEFT JOIN client ON client.person = person.id
WHERE person.id = notice.person AND notice.mail_after IS NOT NULL
  AND (notice.read_at IS NOT NULL OR person.email IS NULL OR client.paused_on IS NOT NULL)
"""

# Claiming a row already plans the next attempt, so a worker that dies in between loses nothing, and no transaction
# stays open while a mail server thinks.
CLAIM = """
UPDATE notice SET attempts = attempts + 1, mail_after = {}::timestamptz + ({}::interval[])[attempts + 1]
FROM person
WHERE person.id = notice.person AND person.email IS NOT NULL AND notice.id = (
    SELECT id FROM notice WHERE mail_after <= {}::timestamptz ORDER BY mail_after, id FOR UPDATE SKIP LOCKED LIMIT 1
)
RETURNING notice.id, notice.kind, notice.link, notice.attempts, person.email
"""


async def send_due(settings: Settings, limit: int = 100) -> int:
    """Mails what is due, one mail for each notice, and returns how many went out; any number of workers may do this.

    A mail that fails is tried again after 1, 5, 30 and 120 minutes and then given up. Without SMTP nothing waits.
    """
    if not settings.smtp_url:
        await Notice.update({Notice.mail_after: None}).where(Notice.mail_after.is_not_null())
        return 0
    await Notice.raw(UNWANTED)
    sent = 0
    for _ in range(limit):
        now = datetime.now(UTC)
        rows = await Notice.raw(CLAIM, now, BACK_OFF, now)
        if not rows:
            break
        [row] = rows
        try:
            await mail.send(settings, row["email"], sentence(row["kind"]), row["link"])
        except mail.NotSent as problem:
            log.warning("Mail of notice %s, attempt %s, failed: %s", row["id"], row["attempts"], problem)
            continue
        await Notice.update({Notice.mail_after: None}).where(Notice.id == row["id"])
        sent += 1
    return sent


async def inbox(person: int, page: int) -> tuple[list[dict[str, Any]], int]:
    """One page of the person's notices, newest first, each with its sentence; and how many pages there are."""
    count = await Notice.count().where(Notice.person == person)
    rows = (
        await Notice.select(Notice.id, Notice.kind, Notice.link, Notice.made_at, Notice.read_at)
        .where(Notice.person == person)
        .order_by(Notice.id, ascending=False)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [{**row, "sentence": sentence(row["kind"])} for row in rows], -(-count // PAGE) or 1


async def mark_read(person: int, ids: list[int]) -> int:
    """Marks these notices of the person as read; returns how many were not."""
    if not ids:
        return 0
    read = (
        await Notice.update({Notice.read_at: datetime.now(UTC)})
        .where(Notice.person == person, Notice.id.is_in(ids), Notice.read_at.is_null())
        .returning(Notice.id)
    )
    return len(read)

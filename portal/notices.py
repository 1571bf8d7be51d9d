"""Neutral sentences for somebody: an inbox in the portal, and mail where mail is set up."""

from datetime import UTC, datetime

from portal.conf import DB
from portal.tables import Notice

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
    "proposal_answered": "Seorang klien menjawab usulan lowongan.",
    "placement_begun": "Seorang klien mulai bekerja. Jadwal pemantauan sudah dibuat.",
    "client_applied": "Seorang klien mengirim lamaran.",
    "client_handed_over": "Seorang klien sekarang Anda dampingi.",
}


async def tell(person: int, kind: str, link: str) -> None:
    """One notice of a kind above for a person, in the transaction of the change it tells of; `link` is a local path."""
    if kind not in KINDS or not link.startswith("/"):
        raise ValueError(f"{kind} to {link}")
    if not DB.transaction_exists():
        raise RuntimeError("A change and its notices must commit together.")
    await Notice(person=person, kind=kind, link=link, mail_after=datetime.now(UTC)).save()

"""A course in words, for a list and for its own page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.html import MONTHS, on, rupiah
from portal.places import regions
from training import programmes
from training.tables import Programme, ProgrammeState
from training.vocabulary import vocabulary
from training.words import CERTIFICATE_KINDS, PROVIDER_KINDS

Pairs = list[tuple[str, str]]


def begins(begins_on: date | None, today: date) -> str:
    """mulai 12 Januari; with the year where it is not this one or the turn of it"""
    if begins_on is None:
        return "mulai kapan saja"
    if begins_on.year == today.year or (begins_on - today).days in range(180):
        return f"mulai {begins_on.day} {MONTHS[begins_on.month - 1]}"
    return f"mulai {on(begins_on)}"


def place(row: Any, address: str = "") -> str:
    """Balai Desa Contoh, Cibinong, Kab. Bogor"""
    region = regions().get(row["region"] or "")
    return ", ".join(filter(None, (address, row["locality"], region.name if region else "")))


def duration(hours: int | None, weeks: int | None) -> str:
    """160 JP, 4 minggu"""
    return ", ".join(filter(None, (f"{hours} JP" if hours else "", f"{weeks} minggu" if weeks else "")))


def cost(amount: int) -> str:
    return rupiah(amount) if amount else "Gratis"


def state(row: Any, today: date) -> tuple[str, str]:
    """The word and the colour of its badge; what has begun is closed by itself."""
    if row["state"] == ProgrammeState.CLOSED:
        return "Ditutup", ""
    last = row["begins_on"] or row["ends_on"]
    return ("Sudah mulai", "") if last and last < today else ("Dibuka", "ok")


def skills(ids: Iterable[str]) -> Pairs:
    """(id, label), by label."""
    known = vocabulary().skills
    return sorted(((id, known[id].label) for id in ids if id in known), key=lambda pair: pair[1])


def facts(programme: Programme, *, to_staff: bool) -> Pairs:
    """Word and value; only staff are told who runs it where the name alone would disclose."""
    row = programme.to_dict()
    named = programmes.provider_shown(programme.provider_kind, programme.provider)
    licence = vocabulary().licences.get(programme.licence or "")
    paper = ", ".join(
        filter(None, (CERTIFICATE_KINDS.get(programme.certificate_kind or "", ""), programme.certificate))
    )
    found = [
        ("Penyelenggara", programme.provider if to_staff else named),
        ("Jenis penyelenggara", PROVIDER_KINDS[programme.provider_kind] if to_staff else ""),
        ("Tempat", place(row, programme.address)),
        ("Mulai", on(programme.begins_on) or "Kapan saja"),
        ("Selesai" if programme.begins_on else "Bisa mulai sampai", on(programme.ends_on)),
        ("Lama", duration(programme.hours, programme.weeks)),
        ("Kuota", f"{programme.seats} orang" if programme.seats else ""),
        ("Biaya", cost(programme.cost)),
        ("Sertifikat", paper),
        ("Surat izin", licence.label if licence else ""),
    ]
    return [(word, value) for word, value in found if value]

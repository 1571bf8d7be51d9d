"""What a vacancy has to say before anybody reviews or publishes it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from jobs import wording
from jobs.tables import Way
from jobs.ways import contact
from portal.forms import REQUIRED

TEXTS = ("title", "description", "qualification", "hours")
WANTED = ("title", "description", "region", "employment_type", "closes_on")
LONGEST = timedelta(days=366)
"""A vacancy open for longer is one that somebody forgot."""
UNREADABLE_CONTACT = (
    "Tulis tautan yang dimulai dengan https://, alamat email, nomor telepon, atau alamat lengkap, satu saja."
)


def obstacles(facts: Mapping[str, Any], today: date) -> dict[str, str]:
    """field -> why a vacancy with these columns cannot be sent for review yet; empty when it can."""
    found = {field: REQUIRED for field in WANTED if not facts.get(field)}
    found |= wording.refusals(texts_of(facts))
    closes_on = facts.get("closes_on")
    if closes_on and closes_on < today:
        found["closes_on"] = "Batas lamaran sudah lewat. Pilih hari ini atau sesudahnya."
    if closes_on and closes_on > today + LONGEST:
        found["closes_on"] = "Paling lama satu tahun dari hari ini."
    if facts.get("way") == Way.DIRECT and not facts.get("apply_at"):
        found["apply_at"] = "Tulis ke mana orang melamar: tautan, email, telepon, atau alamat."
    elif facts.get("apply_at") and contact(facts["apply_at"]) is None:
        found["apply_at"] = UNREADABLE_CONTACT
    return found


def texts_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """The columns that people wrote in their own words."""
    return {field: facts.get(field) or "" for field in TEXTS}

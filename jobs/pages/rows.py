"""A vacancy as the rows of a list show it."""

from typing import Any

from jobs.index.port import Document
from jobs.matches import Matched, is_new, told_to_staff
from jobs.matching.explanation import Reason
from jobs.words import EMPLOYMENT_TYPES
from portal.places import regions

FITS, LACKS = 3, 2
"""So many reasons of each kind stand in a row; the vacancy's own page has them all."""


def row(matched: Matched, *, staff: bool = False) -> dict[str, Any]:
    """What `ui.vacancy_row` and `ui.vacancy_lead` show. Reasons come the most telling first, what lacks last.

    For `staff` it speaks about the client, else to them.
    """
    said = told_to_staff(matched) if staff else matched
    return listed(said.document, said.match.distance_km) | {
        "reasons": _few(said.reasons),
        "whose": "klien" if staff else "Anda",
    }


def listed(document: Document, distance_km: float | None) -> dict[str, Any]:
    """A vacancy as a row shows it to anybody; kilometres only where they are from home."""
    region = regions().get(document.region or "")
    place = ", ".join(filter(None, (document.locality, region.name if region else None)))
    return {
        "id": document.id,
        "title": document.title,
        "employer": document.employer,
        "region": place or "lokasi belum disebut",
        "wage_min": document.wage_min,
        "wage_max": document.wage_max,
        "wage_shown": True,
        "distance_km": distance_km,
        "type_label": EMPLOYMENT_TYPES.get(document.employment_type or "", ""),
        "positions": document.positions,
        "is_new": is_new(document),
        "way": document.way,
        "reasons": [],
    }


def _few(reasons: list[Reason]) -> list[Reason]:
    """The distance stands among the facts of the row already."""
    fits = [reason for reason in reasons if not reason.lacks and reason.icon != "pin"]
    return fits[:FITS] + [reason for reason in reasons if reason.lacks][:LACKS]

"""A vacancy as the rows of a list show it."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from jobs.index.port import Document, Marked
from jobs.matches import Matched, is_new, told_to_staff
from jobs.matching.demand import Crowd
from jobs.matching.explanation import Reason
from jobs.tables import Way
from jobs.words import EMPLOYMENT_TYPES
from portal.places import regions

FITS, LACKS = 2, 2
"""So many reasons of each kind stand in a row; the vacancy's own page has them all."""
LEAD_FITS = 3
CROWDS = {Crowd.FEW: "Baru sedikit pelamar", Crowd.MANY: "Banyak pelamar"}
"""In between there is nothing to say."""


def row(matched: Matched, *, staff: bool = False) -> dict[str, Any]:
    """What `ui.vacancy_row` shows. Reasons come the most telling first, what lacks last.

    For `staff` it speaks about the client, else to them.
    """
    shown = _shown(matched, FITS, staff=staff)
    return shown | {"reasons": [_without_names(reason) for reason in shown["reasons"]]}


def lead(matched: Matched, *, staff: bool = False) -> dict[str, Any]:
    """What `ui.vacancy_lead` shows: the same, with a little more room for why."""
    return _shown(matched, LEAD_FITS, staff=staff)


def _shown(matched: Matched, fits: int, *, staff: bool) -> dict[str, Any]:
    said = told_to_staff(matched) if staff else matched
    return listed(said.document, said.match.distance_km) | {
        "reasons": _few(said.reasons, fits),
        "whose": "klien" if staff else "Anda",
        "crowd": CROWDS.get(said.crowd, ""),
    }


def marked(text: Marked) -> Markup:
    """The text with <mark> around what was asked for; everything in it is text and nothing else."""
    parts, at = [], 0
    for start, end in text.marks:
        parts += [escape(text.text[at:start]), Markup("<mark>{}</mark>").format(text.text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text.text[at:])])


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
        "positions": _positions(document),
        "is_new": is_new(document),
        "crowd": "",
        "way": document.way,
        "reasons": [],
    }


def _positions(document: Document) -> str:
    """Hires are known only where one applies through the portal."""
    left = document.positions
    return f"{left} posisi tersisa" if document.way == Way.PORTAL else f"{left} posisi"


def _few(reasons: list[Reason], fits: int) -> list[Reason]:
    """The distance stands among the facts of the row already."""
    held = [reason for reason in reasons if not reason.lacks and reason.icon != "pin"]
    return held[:fits] + [reason for reason in reasons if reason.lacks][:LACKS]


def _without_names(reason: Reason) -> Reason:
    """`3 dari 4 keterampilan`: in a list people compare the count, and read the names where they stop."""
    return replace(reason, text=reason.text.partition(":")[0]) if reason.bars else reason

"""What an allocation and its assignments are called on the screen."""

from typing import Any

from jobs.allocation.showing import Line
from jobs.allocations import moves_open_to
from jobs.tables import Allocation, AllocationOf, AssignmentState
from portal.people import Actor

WHOSE: dict[str, str] = {
    AllocationOf.MINE: "Klien saya",
    AllocationOf.OFFICE: "Seluruh kantor",
    AllocationOf.CHOSEN: "Klien pilihan",
}
# Label, colour and icon.
STATES: dict[AssignmentState, tuple[str, str, str]] = {
    AssignmentState.OPEN: ("Belum dikirim", "", ""),
    AssignmentState.EDITED: ("Diubah, belum dikirim", "next", "edit"),
    AssignmentState.REMOVED: ("Tidak diusulkan", "", "close"),
    AssignmentState.SENT: ("Menunggu jawaban", "next", "clock"),
    AssignmentState.ACCEPTED: ("Klien melamar", "ok", "has"),
    AssignmentState.REFUSED: ("Klien tidak berminat", "bad", "close"),
}
NOTHING = ("Belum ada usulan", "", "")
"""Of somebody for whom no vacancy was found and nobody has chosen one."""
AWAY = ("Pindah kantor", "", "")
"""Of somebody whom another office follows now."""
FITS, LACKS = 3, 2


def points(fit: float | None) -> str:
    """A fit in whole hundredths; none where nobody has one."""
    return "-" if fit is None else str(round(100 * fit))


def number(value: float) -> str:
    """1.342: a total of fits in hundredths, with the dots of Indonesian numbers."""
    return f"{round(100 * value):,}".replace(",", ".")


def title(allocation: Allocation, maker: str, office: str) -> str:
    """What staff called it, or whose clients it is for."""
    whose = {AllocationOf.MINE: f"Klien {maker}", AllocationOf.OFFICE: f"Klien {office}"}
    return allocation.name or whose.get(AllocationOf(allocation.whose), "Klien pilihan")


def comparison(allocation: Allocation) -> list[dict[str, Any]]:
    """The three figures, beside what taking turns would have given, and in words what the difference is."""
    more = allocation.placed - allocation.first_placed
    gained = round(100 * allocation.total) - round(100 * allocation.first_total)
    return [
        {
            "label": "Klien mendapat usulan",
            "value": str(allocation.placed),
            "of": f"dari {allocation.clients}",
            "first": str(allocation.first_placed),
            "said": f"{more} orang lebih banyak"
            if more > 0
            else f"{-more} orang lebih sedikit"
            if more
            else "sama",
        },
        {
            "label": "Jumlah kecocokan",
            "value": number(allocation.total),
            "of": "",
            "first": number(allocation.first_total),
            "said": f"{number(gained / 100)} lebih tinggi" if gained > 0 else "sama",
        },
        {
            "label": "Kecocokan terendah",
            "value": points(allocation.lowest),
            "of": f"batas {allocation.floor}",
            "first": points(allocation.first_lowest),
            "said": "",
        },
    ]


def told(line: Line, by: Actor) -> dict[str, Any]:
    """A line as the page shows it."""
    row, moves = line.row, moves_open_to(by, line.state)
    empty = row["vacancy"] is None and line.state == AssignmentState.OPEN
    label, colour, icon = NOTHING if empty else STATES[line.state]
    if row["moved"]:
        moves, (label, colour, icon) = [], AWAY
    held = [each for each in line.reasons if not each.lacks][:FITS]
    return {
        **row,
        "label": label,
        "colour": colour,
        "icon": icon,
        "points": points(row["fit"]) if row["vacancy"] else "",
        "reasons": held + [each for each in line.reasons if each.lacks][:LACKS],
        "gone": "Lowongan ini sudah terisi."
        if row["vacancy_state"] == "filled"
        else "Lowongan ini sudah ditutup.",
        "is_gone": line.gone and AssignmentState.SENT in moves,
        "is_sent": row["answer"] is not None,
        "may_edit": AssignmentState.EDITED in moves,
        "may_remove": AssignmentState.REMOVED in moves and row["vacancy"] is not None,
        "may_send": AssignmentState.SENT in moves and row["vacancy"] is not None and not line.gone,
        "was_edited": line.state != AssignmentState.OPEN and row["suggested"] != row["vacancy"],
    }

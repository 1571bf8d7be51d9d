"""What reasons and kinds of place are called on the screen."""

from typing import Any

from jobs.tables import AsideReason, Avoided, InvitationAnswer
from jobs.words import STATES, WORK_TIMES
from training.vocabulary import vocabulary

REASONS: dict[str, str] = {
    AsideReason.TOO_FAR: "Terlalu jauh",
    AsideReason.WAGE: "Upah kurang",
    AsideReason.HOURS: "Jam kerja tidak cocok",
    AsideReason.FIELD: "Bukan bidang saya",
    AsideReason.EMPLOYER: "Tidak di perusahaan ini",
    AsideReason.OTHER: "Alasan lain",
}
REASONS_OF_CLIENT: dict[str, str] = {**REASONS, AsideReason.FIELD: "Bukan bidang klien"}
INVITATIONS: dict[str, tuple[str, str]] = {
    InvitationAnswer.OPEN: ("Menunggu jawaban", "next"),
    InvitationAnswer.APPLIED: ("Dilamar", "ok"),
    InvitationAnswer.DECLINED: ("Dijawab: tidak berminat", ""),
    InvitationAnswer.ENDED: ("Berakhir tanpa jawaban", ""),
}
"""What has become of an invitation, with the colour of its badge."""
TAGS: dict[str, str] = {
    Avoided.NIGHTLIFE: "Hiburan malam",
    Avoided.ALCOHOL: "Minuman beralkohol",
    Avoided.NIGHT_SHIFT: "Sif malam",
}


def within(label: str) -> str:
    """A label inside a sentence: `Mengelas` becomes `mengelas`, `SMAW` stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def effect(row: dict[str, Any]) -> str:
    """What a vacancy set aside changes besides itself, so that nothing is changed in secret."""
    match row["reason"]:
        case AsideReason.FIELD if known := vocabulary().occupations.get(row["occupation"] or ""):
            return f"Lowongan lain sebagai {within(known.label)} juga tidak tampil."
        case AsideReason.EMPLOYER:
            return f"Lowongan lain dari {row['employer_name']} juga tidak tampil."
        case AsideReason.HOURS if row["work_times"]:
            times = " dan ".join(WORK_TIMES[each].lower() for each in WORK_TIMES if each in row["work_times"])
            return f"Jam kerja {times} dianggap kurang cocok."
    return "Hanya lowongan ini yang tidak tampil."


def became(row: dict[str, Any]) -> str:
    """What became of a vacancy that was shown."""
    if row["application"]:
        return f"Dilamar: {STATES[row['state']].lower()}"
    if row["outside"]:
        return "Dilamar langsung"
    if row["aside"]:
        return f"Tidak cocok: {REASONS[row['aside']].lower()}"
    if "declined" in (row["proposal"], row["invitation"]):
        return "Dijawab: tidak berminat"
    if "open" in (row["proposal"], row["invitation"]):
        return "Menunggu jawaban"
    if row["invitation"] == InvitationAnswer.ENDED and not row["opened_at"]:
        return "Undangan berakhir"
    return "Dibuka, belum dilamar" if row["opened_at"] else "Belum dibuka"

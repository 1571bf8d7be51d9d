"""What the codes of vacancies and applications are called on the screen."""

from jobs.tables import (
    DeclineReason,
    EndReason,
    Finding,
    FindingSource,
    PaperWhen,
    State,
    VacancyState,
)
from training.words import EDUCATION, EMPLOYMENT_TYPES, WORK_TIMES

__all__ = [
    "DECLINE_REASONS",
    "EDUCATION",
    "EMPLOYMENT_TYPES",
    "END_REASONS",
    "FINDINGS",
    "FINDING_SOURCES",
    "PAPERS",
    "PAPER_WHEN",
    "STATES",
    "VACANCY_STATES",
    "WORK_TIMES",
]

PAPERS: dict[str, str] = {"skck": "SKCK", "skbn": "SKBN"}
PAPER_WHEN: dict[str, str] = {
    PaperWhen.NEVER: "Tidak diminta",
    PaperWhen.BEFORE_INTERVIEW: "Sebelum wawancara",
    PaperWhen.AFTER_OFFER: "Setelah ada tawaran",
}
VACANCY_STATES: dict[str, str] = {
    VacancyState.DRAFT: "Draf",
    VacancyState.IN_REVIEW: "Sedang ditinjau",
    VacancyState.RETURNED: "Perlu diperbaiki",
    VacancyState.PUBLISHED: "Terbit",
    VacancyState.CLOSED: "Ditutup",
    VacancyState.FILLED: "Terisi",
}
STATES: dict[str, str] = {
    State.SENT: "Terkirim",
    State.IN_REVIEW: "Sedang ditinjau",
    State.INTERVIEW: "Wawancara",
    State.OFFERED: "Ditawari",
    State.HIRED: "Diterima",
    State.DECLINED: "Belum terpilih",
    State.WITHDRAWN: "Dibatalkan",
}
DECLINE_REASONS: dict[str, str] = {
    DeclineReason.SKILLS: "Keterampilan belum sesuai",
    DeclineReason.EXPERIENCE: "Pengalaman belum cukup",
    DeclineReason.FILLED: "Posisi sudah terisi",
    DeclineReason.HOURS: "Jam kerja tidak cocok",
    DeclineReason.DISTANCE: "Jarak terlalu jauh",
    DeclineReason.PAPERS: "Surat belum lengkap",
    DeclineReason.NO_SHOW: "Tidak hadir wawancara",
    DeclineReason.OTHER: "Alasan lain",
}
FINDINGS: dict[str, str] = {
    Finding.WORKING: "Masih bekerja",
    Finding.CHANGED: "Pindah kerja",
    Finding.LEFT: "Berhenti bekerja",
    Finding.UNREACHABLE: "Belum bisa dihubungi",
}
FINDING_SOURCES: dict[str, str] = {
    FindingSource.CLIENT: "Klien",
    FindingSource.EMPLOYER: "Pemberi kerja",
    FindingSource.DOCUMENT: "Dokumen",
    FindingSource.FAMILY: "Keluarga",
}
END_REASONS: dict[str, str] = {
    EndReason.CONTRACT_ENDED: "Kontrak selesai",
    EndReason.BETTER_WORK: "Dapat pekerjaan lebih baik",
    EndReason.DISTANCE: "Jarak",
    EndReason.HOURS: "Jam kerja",
    EndReason.WAGE: "Upah",
    EndReason.FAMILY: "Keluarga",
    EndReason.DISMISSED: "Diberhentikan",
    EndReason.OTHER: "Alasan lain",
}

"""What the codes of profiles are called on the screen."""

from portal.tables import Education
from training.tables import (
    CertificateKind,
    EnrolmentState,
    ProgrammeState,
    ProviderKind,
    Source,
    WorkKind,
    WorkTime,
)

EDUCATION: dict[int, str] = {
    Education.NONE: "Tidak sekolah",
    Education.SD: "SD",
    Education.SMP: "SMP",
    Education.SMA: "SMA/SMK",
    Education.DIPLOMA: "Diploma",
    Education.SARJANA: "Sarjana",
}
WORK_TIMES: dict[str, str] = {WorkTime.DAY: "Pagi", WorkTime.EVENING: "Sore", WorkTime.NIGHT: "Malam"}
EMPLOYMENT_TYPES: dict[str, str] = {
    # The codes are those of jobs.tables.EmploymentType, which this app does not know.
    "permanent": "Karyawan tetap",
    "contract": "Kontrak",
    "daily": "Harian lepas",
    "part_time": "Paruh waktu",
    "piecework": "Borongan",
    "apprenticeship": "Magang",
    "partnership": "Kemitraan, bukan karyawan",
}
WORK_KINDS: dict[str, str] = {
    WorkKind.EMPLOYED: "Bekerja pada orang lain",
    WorkKind.DAILY: "Harian atau borongan",
    WorkKind.OWN: "Usaha sendiri",
    WorkKind.FAMILY: "Membantu keluarga",
    WorkKind.VOLUNTEER: "Sukarela",
}
CERTIFICATE_KINDS: dict[str, str] = {
    CertificateKind.TRAINING: "Sertifikat pelatihan",
    CertificateKind.COMPETENCE: "Sertifikat kompetensi",
}
SOURCES: dict[str, str] = {
    Source.CERTIFIED: "Teruji sertifikat kompetensi",
    Source.TRAINING: "Dari pelatihan",
    Source.EXPERIENCE: "Dari pengalaman kerja",
    Source.STATED: "Disebut sendiri",
}
"""How a skill is known, strongest first: the order in which a profile tells them."""

PROVIDER_KINDS: dict[str, str] = {
    ProviderKind.BLK: "Balai latihan kerja (BLK/BPVP)",
    ProviderKind.LPK: "Lembaga pelatihan kerja (LPK) atau kursus",
    ProviderKind.SCHOOL: "Sekolah atau kampus",
    ProviderKind.COMPANY: "Perusahaan",
    ProviderKind.COMMUNITY: "Komunitas atau yayasan",
    ProviderKind.OFFICE: "Kantor pendamping",
}
PROGRAMME_STATES: dict[str, str] = {ProgrammeState.OPEN: "Dibuka", ProgrammeState.CLOSED: "Ditutup"}
ENROLMENT_STATES: dict[str, str] = {
    EnrolmentState.INTERESTED: "Tertarik",
    EnrolmentState.REGISTERED: "Terdaftar",
    EnrolmentState.FINISHED: "Selesai",
    EnrolmentState.ENDED: "Tidak jadi",
}


def duration(months: int) -> str:
    """2 tahun 3 bulan"""
    years, rest = divmod(months, 12)
    return " ".join(
        part for part in (f"{years} tahun" if years else "", f"{rest} bulan" if rest else "") if part
    )

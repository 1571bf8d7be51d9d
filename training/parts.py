"""The six parts of a profile, and what filling each would bring."""

from dataclasses import dataclass

from portal.places import regions
from portal.tables import Client
from training.profiles import Whole


@dataclass(frozen=True)
class Part:
    """One of the six parts of a profile. `gain` says what filling it would bring."""

    id: str
    title: str
    filled: bool
    gain: str


def parts(client: Client, profile: Whole) -> list[Part]:
    """The six parts, in the order of the page."""
    hoped = (profile.wishes, profile.work_times, profile.employment_types, profile.wage_min)
    return [
        Part("home", "Tempat tinggal", bool(client.region), "Jarak ke tempat kerja bisa dihitung."),
        Part(
            "education",
            "Pendidikan dan lisensi",
            profile.education is not None,
            "Lowongan yang meminta ijazah atau SIM bisa dicocokkan.",
        ),
        Part("skills", "Keterampilan", bool(profile.skills), "Inilah dasar semua kecocokan."),
        Part(
            "experience",
            "Pengalaman",
            bool(profile.experience),
            "Kerja harian, usaha sendiri, dan membantu keluarga ikut dihitung.",
        ),
        Part(
            "certificates",
            "Sertifikat",
            bool(profile.certificates),
            "Keterampilan yang dibuktikan sertifikat lebih kuat di mata pemberi kerja.",
        ),
        Part(
            "hopes",
            "Harapan",
            any(hoped) or profile.travel_km is not None,
            "Yang terlalu jauh atau di jam yang tidak bisa tidak ikut ditawarkan.",
        ),
    ]


def home(client: Client) -> str:
    """Cibinong, Kab. Bogor"""
    region = regions().get(client.region or "")
    return ", ".join(part for part in (client.locality, region.name if region else "") if part)

"""What the form of a vacancy calls its fields, and what its selects and boxes offer."""

from functools import cache
from typing import Any

from jobs.words import EDUCATION, EMPLOYMENT_TYPES, PAPER_WHEN, WORK_TIMES
from portal.places import provinces, regencies
from training.tables import Need
from training.vocabulary import vocabulary
from training.vocabulary.resolving import occupation_of

LABELS: dict[str, str] = {
    "title": "Nama jabatan",
    "occupation": "Jenis pekerjaan",
    "description": "Uraian pekerjaan",
    "qualification": "Persyaratan",
    "positions": "Jumlah yang dibutuhkan",
    "employment_type": "Hubungan kerja",
    "hours": "Jam kerja",
    "work_times": "Waktu kerja",
    "region": "Kabupaten atau kota",
    "locality": "Kecamatan atau desa",
    "wage_min": "Upah terendah",
    "wage_max": "Upah tertinggi",
    "education": "Pendidikan",
    "experience": "Pengalaman",
    "essential": "Keterampilan wajib",
    "more_essential": "Keterampilan wajib lain",
    "useful": "Keterampilan tambahan",
    "more_useful": "Keterampilan tambahan lain",
    "licences": "SIM dan sertifikat",
    "skck": "SKCK",
    "skbn": "SKBN",
    "closes_on": "Batas lamaran",
    "way": "Cara melamar",
    "apply_at": "Alamat melamar",
    "note": "Catatan untuk mitra",
    "to": "Langkah berikutnya",
}


@cache
def choices() -> dict[str, list[Any]]:
    """(value, label) pairs, or (group, pairs), by what they are."""
    words = vocabulary()
    sectors: dict[str, list[tuple[str, str]]] = {}
    for each in sorted(words.occupations.values(), key=lambda each: each.label):
        if not each.retired:
            sectors.setdefault(each.sector.replace("-", " ").capitalize(), []).append((each.id, each.label))
    return {
        "occupations": sorted(sectors.items()),
        "regions": [
            (province.name, [(each.code, each.name) for each in regencies(province.code)])
            for province in provinces()
        ],
        "types": list(EMPLOYMENT_TYPES.items()),
        "work_times": list(WORK_TIMES.items()),
        "education": [(level, label) for level, label in EDUCATION.items() if level],
        "licences": [(each.id, each.label) for each in words.licences.values()],
        "papers": list(PAPER_WHEN.items()),
    }


def offered_skills(typed: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Boxes to tick: the skills that are ticked already, then those that go with the occupation."""
    words = vocabulary()
    occupation = words.occupations.get(typed["occupation"]) or occupation_of(typed.get("title", ""))
    offered = {}
    for need in Need:
        ids = dict.fromkeys([*typed[need], *(getattr(occupation, need) if occupation else ())])
        offered[need.value] = [(each, words.skills[each].label) for each in ids if each in words.skills]
    return offered

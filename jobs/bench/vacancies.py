"""Vacancies that nobody offers, as unevenly spread over trades, regions and weeks as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import asyncpg

from jobs.tables import EmploymentType, VacancyState, Way
from portal.places import regencies
from portal.tables import Education
from training.vocabulary import vocabulary
from training.vocabulary.reading import Occupation

AGE_DAYS = 45
"""Mean age: most vacancies are some weeks old, a few are months old."""
# Half of the work on offer is in western Java; weights of provinces by Kemendagri code, 1 for all others.
PROVINCES = {
    "31": 14,
    "32": 20,
    "36": 9,
    "33": 10,
    "35": 12,
    "34": 3,
    "12": 4,
    "51": 4,
    "73": 3,
    "64": 3,
    "21": 3,
}
TYPES = {
    EmploymentType.PERMANENT: 25,
    EmploymentType.CONTRACT: 40,
    EmploymentType.DAILY: 14,
    EmploymentType.PART_TIME: 8,
    EmploymentType.PIECEWORK: 4,
    EmploymentType.APPRENTICESHIP: 5,
    EmploymentType.PARTNERSHIP: 4,
}
LEVELS = {
    None: 25,
    Education.SD: 6,
    Education.SMP: 15,
    Education.SMA: 44,
    Education.DIPLOMA: 6,
    Education.SARJANA: 4,
}
FORMS = ["PT", "CV", "UD", "Toko", "Bengkel", "Koperasi"]
FIRST = [
    "Maju",
    "Karya",
    "Sumber",
    "Mitra",
    "Cahaya",
    "Berkah",
    "Sinar",
    "Anugerah",
    "Tunas",
    "Harapan",
    "Bumi",
    "Mandala",
    "Nusa",
    "Surya",
]
SECOND = [
    "Jaya",
    "Abadi",
    "Makmur",
    "Sejahtera",
    "Utama",
    "Bersama",
    "Mandiri",
    "Sentosa",
    "Lestari",
    "Perkasa",
    "Persada",
    "Gemilang",
]
ADVERTS = [
    "Dibutuhkan segera: {}",
    "{} (penempatan {})",
    "{} berpengalaman",
    "{} pemula",
    "{} shift malam",
    "{}",
]
SENTENCES = [
    "Kami membuka kesempatan bagi Anda yang rajin dan mau belajar bersama tim kami di {place}.",
    "Tugas sehari-hari: {skills}.",
    "Bekerja dengan rapi, menjaga kebersihan tempat kerja, dan mengikuti aturan keselamatan.",
    "Jam kerja Senin sampai Sabtu, pukul 08.00 sampai 17.00, dengan waktu istirahat satu jam.",
    "Tersedia makan siang, BPJS Kesehatan dan BPJS Ketenagakerjaan.",
    "Pengalaman di bidang yang sama diutamakan, tetapi lulusan baru boleh melamar.",
    "Bersedia lembur bila ada pesanan besar; lembur dibayar sesuai ketentuan.",
    "Lokasi mudah dijangkau angkutan umum dan tersedia tempat parkir.",
]
COLUMNS = [
    "employer_name",
    "title",
    "occupation",
    "description",
    "region",
    "employment_type",
    "wage_min",
    "wage_max",
    "education",
    "experience_months",
    "licences",
    "skck",
    "skbn",
    "positions",
    "closes_on",
    "way",
    "apply_at",
    "state",
    "source",
    "source_id",
    "published_at",
    "made_at",
    "changed_at",
    "wage_shown",
    "employer_pays_papers",
    "qualification",
    "hours",
    "review_note",
]


@dataclass(frozen=True)
class Generated:
    row: dict[str, Any]
    essential: list[str]
    useful: list[str]


def generated(count: int, seed: int = 7) -> Iterator[Generated]:
    """The same vacancies for the same seed, but for the day they are counted from."""
    random = Random(seed)
    trades = [each for each in vocabulary().occupations.values() if not each.retired]
    random.shuffle(trades)
    # A Zipf-like skew: the commonest trade of six hundred has one advert in twenty.
    trade_weights = [1 / (place + 4) for place in range(len(trades))]
    places = list(regencies())
    place_weights = [PROVINCES.get(region.province, 1) * (3 if region.is_city else 1) for region in places]
    for number in range(count):
        [trade] = random.choices(trades, trade_weights)
        [place] = random.choices(places, place_weights)
        yield _vacancy(random, number, trade, place.code, place.name)


def _vacancy(random: Random, number: int, trade: Occupation, region: str, place: str) -> Generated:
    known = vocabulary().skills
    essential = [skill for skill in trade.essential if skill in known and random.random() < 0.7]
    useful = [skill for skill in trade.useful if skill in known and random.random() < 0.35]
    published = datetime.now(UTC) - timedelta(days=random.expovariate(1 / AGE_DAYS))
    [kind], [level] = (
        random.choices(list(TYPES), list(TYPES.values())),
        random.choices(list(LEVELS), list(LEVELS.values())),
    )
    wage = random.choice([None, 2_200_000, 2_600_000, 3_000_000, 3_600_000, 4_200_000, 4_900_000, 5_400_000])
    name = random.choice([trade.label, trade.label, *trade.aliases[:6]])
    labels = ", ".join(known[skill].label.lower() for skill in (essential + useful)[:8])
    said = random.sample(SENTENCES, random.randint(4, len(SENTENCES)))
    row = {
        "employer_name": f"{random.choice(FORMS)} {random.choice(FIRST)} {random.choice(SECOND)}",
        "title": random.choice(ADVERTS).format(name[:1].upper() + name[1:], place),
        "occupation": trade.id,
        "description": " ".join(each.format(place=place, skills=labels) for each in said),
        "region": region,
        "employment_type": kind.value,
        "wage_min": wage,
        "wage_max": wage and wage + random.choice([0, 300_000, 800_000]),
        "education": None if level is None else int(level),
        "experience_months": random.choice([0, 0, 0, 6, 12, 24]),
        "licences": list(trade.licences),
        "skck": random.choice(["never", "never", "before_interview"]),
        "skbn": random.choice(["never", "never", "never", "after_offer"]),
        "positions": random.choice([1, 1, 2, 3, 5, 10]),
        "closes_on": random.choice([None, date.today() + timedelta(days=random.randint(1, 60))]),
        "way": Way.DIRECT.value,
        "apply_at": "https://contoh.test/lowongan",
        "state": VacancyState.PUBLISHED.value,
        "source": "bench",
        "source_id": str(number),
        "wage_shown": True,
        "employer_pays_papers": False,
        "qualification": "",
        "hours": "",
        "review_note": "",
        **dict.fromkeys(("published_at", "made_at", "changed_at"), published),
    }
    return Generated(row, essential, useful)


async def fill(connection: asyncpg.Connection, count: int) -> None:
    """Writes them into an empty portal's tables; the index has to be rebuilt after it."""
    vacancies = list(generated(count))
    await connection.copy_records_to_table(
        "vacancy", columns=COLUMNS, records=[tuple(each.row[name] for name in COLUMNS) for each in vacancies]
    )
    ids = {
        int(row["source_id"]): row["id"]
        for row in await connection.fetch("SELECT id, source_id FROM vacancy WHERE source = 'bench'")
    }
    skills = [
        (ids[number], skill, need)
        for number, each in enumerate(vacancies)
        for need, named in (("essential", each.essential), ("useful", each.useful))
        for skill in named
    ]
    await connection.copy_records_to_table(
        "vacancy_skill", columns=("vacancy", "skill", "need"), records=skills
    )

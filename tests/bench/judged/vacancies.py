"""The vacancies of the relevance set: hand-written ones, those of the demo, and generated ones; the same on every machine.

A vacancy's `trade` is what the work is, which its document does not always say: adverts name it badly, in other words,
or only in their description. `vacancies.tsv` beside this module holds the hand-written ones, near-misses most of them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from jobs.demo import reading
from jobs.index.port import Document
from portal.places import find_locality, regencies, regions
from training.vocabulary import Occupation, vocabulary

HERE = Path(__file__).parent
NEWEST = datetime(2026, 11, 20, 8, tzinfo=UTC)
DEMO, GENERATED = 1_000, 10_000
"""Ids from which those vacancies are numbered."""
COMMON = [
    "kasir-toko",
    "pramuniaga",
    "pramuniaga-minimarket",
    "satpam",
    "sopir-truk",
    "sopir-pribadi",
    "kurir-motor",
    "ojek-online",
    "tukang-las",
    "teknisi-ac",
    "barista",
    "juru-masak",
    "helper-dapur",
    "pramusaji",
    "petugas-kebersihan",
    "office-boy",
    "operator-produksi",
    "operator-jahit",
    "staf-gudang",
    "picker-packer",
    "helper-gudang",
    "operator-forklift",
    "mekanik-motor",
    "mekanik-mobil",
    "tukang-batu",
    "kuli-bangunan",
    "tukang-cat",
    "tukang-kayu-bangunan",
    "asisten-rumah-tangga",
    "pengasuh-anak",
    "pengasuh-bayi",
    "perawat-lansia",
    "petugas-laundry",
    "tukang-setrika",
    "tukang-cukur",
    "staf-administrasi",
    "admin-toko-daring",
    "layanan-pelanggan",
    "spg",
    "sales-kanvas",
    "teknisi-ponsel",
    "instalatir-listrik",
    "buruh-kemas",
    "pembuat-roti",
    "pencuci-piring",
    "pramukamar",
    "penjahit",
    "tukang-cuci-kendaraan",
    "buruh-tani",
    "anak-kandang",
    "tukang-sablon",
    "desainer-grafis",
    "resepsionis-kantor",
    "petugas-spbu",
    "kepala-toko",
    "terapis-pijat",
    "kernet-truk",
    "admin-gudang",
    "penjahit-konveksi",
    "kurir-mobil",
]
"""Trades that are on offer in every town."""
TOWNS = [
    "31.71",
    "31.74",
    "31.75",
    "32.01",
    "32.04",
    "32.15",
    "32.16",
    "32.71",
    "32.73",
    "32.75",
    "32.76",
    "33.74",
    "34.71",
    "35.15",
    "35.78",
    "36.71",
    "12.71",
    "51.71",
    "73.71",
]
TITLES = (
    "{}", "{}", "{}", "Lowongan {}", "Dibutuhkan {}", "{} penempatan {place}", "{} (segera)", "{} wanita/pria",
    "URGENT {}", "{} berpengalaman", "{} bisa mulai langsung",
)  # fmt: skip
VAGUE = (
    "Karyawan",
    "Staf operasional",
    "Tenaga harian",
    "Karyawan baru",
    "Tim lapangan",
    "Crew",
    "Helper umum",
)
"""What adverts are called that keep their trade for the description."""
EMPLOYERS = ("PT {} Uji", "CV {} Uji", "UD {} Uji", "Toko {} Uji", "Koperasi {} Uji")
NAMES = (
    "Makmur",
    "Sentosa",
    "Jaya",
    "Abadi",
    "Lestari",
    "Mandiri",
    "Berkah",
    "Sinar",
    "Tunas",
    "Harapan",
    "Cahaya",
)
SENTENCES = (
    "Lokasi dekat stasiun, parkir karyawan luas.",
    "Makan siang dan BPJS ditanggung.",
    "Gaji dibayar tiap akhir bulan, lembur dihitung.",
    "Kami mencari orang yang jujur, rapi, dan mau belajar.",
    "Kerja tim, enam hari seminggu.",
    "Bersedia ditempatkan di cabang lain.",
    "Tersedia mess dan kantin.",
    "Lamaran dibaca setiap hari oleh bagian personalia.",
    "Kami juga membuka posisi kasir, satpam, dan sopir; lihat iklan lain.",
)
WAGES = (None, 1_800_000, 2_300_000, 2_800_000, 3_000_000, 3_400_000, 4_000_000, 4_600_000, 5_200_000)
TYPES = ("permanent", "contract", "contract", "contract", "daily", "part_time", "piecework", "apprenticeship")
LEVELS = (None, 10, 20, 30, 30, 40)
MONTHS = (0, 0, 0, 6, 12, 24)
TIMES = (None, ("day",), ("day",), ("day", "evening"), ("night",))
COLUMNS = ("key", "title", "employer", "place", "trade", "stated", "facts", "description")


@dataclass(frozen=True)
class Judgeable:
    """A document with what a judge knows besides: the name it has in the rules, and its true trade."""

    key: str
    trade: str
    document: Document


@cache
def vacancies() -> tuple[Judgeable, ...]:
    return (*_written(), *_of_the_demo(), *_generated())


def _written() -> Iterator[Judgeable]:
    with (HERE / "vacancies.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(rows, start=1):
            facts = dict(each.split("=") for each in row["facts"].split())
            place, _, locality = row["place"].partition("/")
            yield Judgeable(
                row["key"],
                row["trade"],
                _document(
                    number,
                    row["title"],
                    row["employer"],
                    row["description"],
                    row["trade"] if row["stated"] == "y" else None,
                    place,
                    locality=locality or None,
                    wage=int(facts["wage"]) if "wage" in facts else None,
                    type=facts.get("type", "permanent"),
                    education=int(facts["school"]) if "school" in facts else None,
                    months=int(facts.get("months", 0)),
                    times=tuple(facts["times"].split(",")) if "times" in facts else None,
                    licences=tuple(facts["licences"].split(",")) if "licences" in facts else (),
                    essential=tuple(facts["skills"].split(",")) if "skills" in facts else (),
                ),
            )


def _of_the_demo() -> Iterator[Judgeable]:
    partners = reading.partners()
    for number, (name, told) in enumerate(reading.vacancies().items(), start=DEMO):
        wage_min, wage_max = told["wage"]
        yield Judgeable(
            f"demo/{name}",
            told["occupation"],
            _document(
                number,
                told["title"],
                partners[name.split("/")[0]]["name"],
                told["description"].strip() + "\n\n" + told.get("qualification", "").strip(),
                told["occupation"],
                told["region"],
                locality=told.get("locality"),
                wage=wage_max or wage_min,
                type=told["type"],
                education=told.get("education"),
                months=told.get("experience_months", 0),
                times=tuple(told["work_times"]) if told.get("work_times") else None,
                licences=tuple(told.get("licences", ())),
                essential=tuple(told["essential"]),
                useful=tuple(told["useful"]),
            ),
        )


def _generated() -> Iterator[Judgeable]:
    """Every trade twice anywhere, and the common ones in the towns besides."""
    random = Random(17)
    known = vocabulary().occupations
    anywhere = [region.code for region in regencies()]
    wanted = [
        (id, random.choice(anywhere)) for id, each in known.items() if not each.retired for _ in range(2)
    ]
    wanted += [(id, town) for id in COMMON for town in random.sample(TOWNS, 16)]
    for number, (trade, place) in enumerate(wanted, start=GENERATED):
        yield _advert(random, number, known[trade], place)


def _advert(random: Random, number: int, trade: Occupation, place: str) -> Judgeable:
    name = random.choice([trade.label, trade.label, trade.label, *trade.aliases[:6]])
    vague = random.random() < 0.12
    title = random.choice(VAGUE) if vague else random.choice(TITLES)
    months, level = random.choice(MONTHS), random.choice(LEVELS)
    essential = [skill for skill in trade.essential if random.random() < 0.7]
    said = [trade.about, *random.sample(SENTENCES, 3)]
    if vague:
        said.insert(0, f"Bagian: {name}.")
    said.append("Tanpa pengalaman boleh." if not months else f"Pengalaman minimal {months} bulan.")
    document = _document(
        number,
        title.format(name[:1].upper() + name[1:], place=_town(place)),
        random.choice(EMPLOYERS).format(random.choice(NAMES)),
        " ".join(said),
        None if random.random() < 0.2 else trade.id,
        place,
        wage=random.choice(WAGES),
        type=random.choice(TYPES),
        education=level,
        months=months,
        times=random.choice(TIMES),
        licences=trade.licences,
        essential=tuple(essential),
        useful=tuple(skill for skill in trade.useful if random.random() < 0.3),
        age_days=random.expovariate(1 / 40),
    )
    return Judgeable(str(number), trade.id, document)


def _town(code: str) -> str:
    return regions()[code].name.removeprefix("Kab. ").removeprefix("Kota ")


def _document(
    id: int, title: str, employer: str, description: str, occupation: str | None, place: str, **more: Any
) -> Document:
    region = regions()[place]
    locality = more.get("locality")
    point = (find_locality(place, locality) if locality else None) or region
    known = vocabulary().occupations
    return Document(
        id=id,
        title=title,
        employer=employer,
        description=description,
        occupation=occupation,
        isco=known[occupation].isco if occupation else None,
        region=place,
        locality=locality,
        latitude=point.latitude,
        longitude=point.longitude,
        employment_type=more["type"],
        hours="",
        work_times=more["times"],
        wage_min=more["wage"],
        wage_max=more["wage"],
        education=more["education"],
        experience_months=more["months"],
        essential=more["essential"],
        useful=more.get("useful", ()),
        licences=tuple(more["licences"]),
        positions=1,
        way="direct",
        source="",
        published_at=NEWEST - timedelta(days=more.get("age_days", id % 40), seconds=id),
        closes_on=None,
        skck="never",
        skbn="never",
    )

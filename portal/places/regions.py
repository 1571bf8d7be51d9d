"""The provinces and regencies of Indonesia with Kemendagri codes, screen names and coordinates."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent
CODE = re.compile(r"\d\d(\.\d\d)?")
# What people say instead of the two official names that nobody says.
PROVINCE_NAMES = {
    "Daerah Khusus Ibukota Jakarta": "DKI Jakarta",
    "Daerah Istimewa Yogyakarta": "DI Yogyakarta",
}


class Level(StrEnum):
    """A regency is a kabupaten or a kota: both stand on one level."""

    PROVINCE = "province"
    REGENCY = "regency"


@dataclass(frozen=True, slots=True)
class Region:
    """A province or a regency; latitude and longitude of its centre in degrees, two decimals.

    `code` is the Kemendagri code ("32", "32.01"), `name` is what the screen shows ("Jawa Barat",
    "Kab. Bogor", "Kota Bandung", "Jakarta Selatan") and `province` the code of its province (a province's
    own code).
    """

    code: str
    name: str
    level: Level
    province: str
    latitude: float
    longitude: float

    @property
    def is_city(self) -> bool:
        """Whether it is a kota; Kemendagri numbers those from 71."""
        return self.level is Level.REGENCY and int(self.code[3:]) > 70


@cache
def regions() -> Mapping[str, Region]:
    """All 552 regions by code, each province before its regencies."""
    coordinates = {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in read_table("coordinates.csv")
    }
    names = {
        row["code"]: PROVINCE_NAMES.get(row["name"], row["name"]) for row in read_table("areas/provinces.csv")
    }
    names |= {row["code"]: _screen_name(row["name"]) for row in read_table("areas/regencies.csv")}
    return MappingProxyType(
        {
            code: Region(
                code, name, Level.REGENCY if "." in code else Level.PROVINCE, code[:2], *coordinates[code]
            )
            for code, name in sorted(names.items())
        }
    )


@cache
def provinces() -> tuple[Region, ...]:
    """The 38 provinces, by code."""
    return tuple(region for region in regions().values() if region.level is Level.PROVINCE)


@cache
def regencies(province: str | None = None) -> tuple[Region, ...]:
    """The 514 regencies by code, or those of one province (none for an unknown code)."""
    return tuple(
        region
        for region in regions().values()
        if region.level is Level.REGENCY and province in (None, region.province)
    )


@cache
def province_options() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Every regency as a form's list shows them: (province, ((code, name), ...)), by code."""
    return tuple(
        (province.name, tuple((region.code, region.name) for region in regencies(province.code)))
        for province in provinces()
    )


def parse_code(text: str) -> str:
    """The code of a known region, as written with its dot; raises ValueError with a sentence for people.

    A code of four digits without the dot is refused and never completed: BPS writes its own codes that way,
    and they name other places ("3204" at BPS is Bandung, but "1107" at BPS is Aceh Barat, while Kemendagri's
    "11.07" is Pidie).
    """
    code = text.strip()
    if re.fullmatch(r"\d{4}", code):
        raise ValueError(
            f"Kode wilayah “{code}” tidak bertitik. Tulis kode Kemendagri dengan titik, misalnya 32.01; "
            "kode BPS tidak dapat dipakai karena dapat menunjuk tempat lain."
        )
    if not CODE.fullmatch(code):
        raise ValueError(
            f"Kode wilayah “{code[:20]}” tidak dikenali. Tulis kode Kemendagri, misalnya 32 atau 32.01."
        )
    if code not in regions():
        raise ValueError(f"Tidak ada wilayah dengan kode {code}. Periksa kode Kemendagri-nya.")
    return code


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the CSV files beside this module."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _screen_name(official: str) -> str:
    """ "Kabupaten Bogor" is "Kab. Bogor"; Jakarta's cities are called without "Kota Administrasi"."""
    name = official.replace("Kota Administrasi ", "").replace("Kabupaten Administrasi ", "Kabupaten ")
    return re.sub("^Kabupaten ", "Kab. ", name)

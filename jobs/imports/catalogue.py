"""Vacancies in the JSON of Karirhub's catalogue: search hits and details, wherever in the document they stand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from jobs.imports.row import Raw, Unreadable, UnreadableFile

SOURCE = "karirhub"
# Field -> where it stands in a hit or a detail, the surest place first. A step into something that is no object finds
# nothing. Keys about sex, age, marital status and bodily condition are not here and so are never read.
PLACES: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "uuid"),
    "source": ("source",),
    "title": ("title",),
    "employer": (
        "company_name",
        "employer.company.name",
        "employer.company_name",
        "employer.name",
        "company.name",
        "employer",
        "company",
    ),
    "industry": (
        "industry_name",
        "employer.company.industry.name",
        "employer.industry.name",
        "company.industry.name",
        "industry.name",
        "employer.company.industry",
        "company.industry",
        "industry",
    ),
    "job_function": ("job_function_name", "job_function.name", "job_function"),
    "employment_type": ("job_type_name", "job_type.name", "job_type", "employment_type"),
    "skills": ("skills",),
    "city": (
        "city_name",
        "region.city.name",
        "region.city_name",
        "city.name",
        "region.name",
        "company.city.name",
        "employer.company.city.name",
        "region.city",
        "city",
        "region",
    ),
    "province": (
        "province_name",
        "region.province.name",
        "city.province.name",
        "province.name",
        "region.province",
        "province",
    ),
    "region_code": ("region.city.code", "city.code", "region.code", "city_code"),
    "description": ("description",),
    "qualification": ("qualification",),
    "quota": ("quota",),
    "wage_min": ("min_salary_amount", "min_salary.amount", "min_salary", "salary.min"),
    "wage_max": ("max_salary_amount", "max_salary.amount", "max_salary", "salary.max"),
    "wage_shown": ("show_salary",),
    "education": ("min_education.name", "min_education.level", "min_education_name", "min_education"),
    "published_at": ("published_at",),
    "closes_on": ("expires_at", "expired_at", "closes_at", "closing_date"),
    "apply_url": ("apply_url", "url"),
    "address": ("region.address", "address"),
}
KEYS = {place.split(".")[0] for places in PLACES.values() for place in places} - {
    "title",
    "source",
    "url",
    "uuid",
}
NO_VACANCY = (
    "Tidak ada lowongan di dalam berkas JSON ini. Setiap lowongan perlu memuat “title” dan keterangan lain."
)


def read_catalogue(path: Path) -> Iterator[tuple[int, Raw] | Unreadable]:
    """Every vacancy of the document, numbered from 1 in the order in which they stand."""
    elements = _elements(_document(path))
    if not elements:
        raise UnreadableFile(NO_VACANCY)
    for number, element in enumerate(elements, start=1):
        if isinstance(element, Mapping):
            yield number, _fields(element)
        else:
            yield Unreadable(number, "Isi daftar ini bukan lowongan: seharusnya objek dengan “title”.")


def _document(path: Path) -> object:
    data = path.read_bytes()
    try:
        # NaN and Infinity are no JSON; as nothing they harm no one.
        return json.loads(data, parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "Pengodean huruf berkas tidak dikenali. Simpan berkas JSON sebagai UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"Berkas JSON rusak pada baris {error.lineno}, huruf ke-{error.colno}."
        ) from error
    except ValueError as error:
        # Python refuses to read a number of thousands of digits.
        raise UnreadableFile("Berkas JSON memuat angka yang terlalu panjang.") from error


def _elements(node: object) -> list[object]:
    """The vacancies in a document, and with them what stands in their lists but is none, to be named as unread.

    A list is one of vacancies when it holds some and each of its elements, wrapped ("_source") or not, at most one.
    """
    if isinstance(node, Mapping):
        if _is_vacancy(node):
            return [node]
        return [element for value in node.values() for element in _elements(value)]
    if not isinstance(node, list):
        return []
    parts = [_elements(value) for value in node]
    if any(parts) and all(len(part) <= 1 for part in parts):
        return [part[0] if part else value for part, value in zip(parts, node, strict=True)]
    return [element for part in parts for element in part]


def _is_vacancy(node: Mapping[str, object]) -> bool:
    return "title" in node and not KEYS.isdisjoint(node)


def _fields(element: Mapping[str, object]) -> Raw:
    found = {field: _first(element, places) for field, places in PLACES.items()}
    return {field: value for field, value in found.items() if value is not None}


def _first(element: Mapping[str, object], places: tuple[str, ...]) -> object:
    """The first of the places that holds a single value, or names."""
    for place in places:
        value: object = element
        for step in place.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(value, list):
            value = [part.get("name") if isinstance(part, Mapping) else part for part in value]
            value = [part for part in value if isinstance(part, str)]
        if isinstance(value, str | int | float | list) and value not in ("", []):
            return value
    return None

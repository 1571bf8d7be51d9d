"""What the filters and orders of the search page are called."""

from collections.abc import Mapping

from jobs.index.port import Sort

SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: "Paling sesuai",
    Sort.NEWEST: "Terbaru",
    Sort.NEAREST: "Terdekat",
    Sort.WAGE: "Upah tertinggi",
    Sort.FIT: "Paling cocok untuk Anda",
}
FILTERS: dict[str, str] = {
    "q": "Kata",
    "region": "Wilayah",
    "radius_km": "Jarak",
    "type": "Jenis pekerjaan",
    "education": "Pendidikan",
    "wage_min": "Upah",
    "skills": "Keterampilan",
    "sort": "Urutan",
    "page": "Halaman",
}


def problems_in_words(problems: Mapping[str, str]) -> list[str]:
    """A sentence for each value of the address that could not be used, named as on the page."""
    return [f"{FILTERS.get(name, name)} {problem}" for name, problem in problems.items()]


def number(value: int) -> str:
    """1.032"""
    return f"{value:,}".replace(",", ".")

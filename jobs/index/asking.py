"""What somebody asks for, read from the query of an address: the same for the search page and for programs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar.datastructures.multi_dicts import MultiMixin

from jobs.index.port import Query, Sort
from jobs.tables import EmploymentType
from portal.places import find_region, parse_code, regions
from portal.tables import Education
from training.vocabulary import plain, vocabulary

FARTHEST_KM = 1_000
LAST_PAGE = 1_000_000
MOST_PER_PAGE = 100
HIGHEST_WAGE = 1_000_000_000
MOST_SKILLS = 50
"""A condition of thousands of skills would be the slowest question anybody could ask."""
SORTS = tuple(sort for sort in Sort if sort is not Sort.FIT)
"""The orders that anybody may ask for."""
SORTS_TAKEN = f"harus salah satu dari {', '.join(SORTS)}."
NAMES = ("q", "region", "radius_km", "type", "education", "wage_min", "skills", "sort", "page", "per_page")


@dataclass(frozen=True)
class Asked:
    """A sound query, and for each name that was not sound what it takes, as the end of a sentence."""

    query: Query
    problems: Mapping[str, str]


def read(sent: MultiMixin[str], origin: tuple[float, float] | None = None, *, matched: bool = False) -> Asked:
    """Never raises: what is empty is not asked, what is unsound is left out and told.

    `origin` is where the person lives, if that is known; `matched`, whether vacancies may be compared with them.
    `province` narrows a region that is named in words.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, (field, parse) in READERS.items():
        try:
            if texts := _texts(sent, name):
                values[field] = parse(texts)
        except ValueError as problem:
            problems[name] = str(problem)
    try:
        values["region"] = _region(_texts(sent, "region"), _texts(sent, "province"))
    except ValueError as problem:
        problems["region"] = str(problem)
    if "radius_km" in values and not values.get("region") and origin is None:
        del values["radius_km"]
        problems["radius_km"] = "membutuhkan wilayah, supaya ada tempat untuk mulai mengukur."
    if values.get("sort") is Sort.NEAREST and "." not in (values.get("region") or "") and origin is None:
        del values["sort"]
        problems["sort"] = "nearest membutuhkan wilayah kabupaten atau kota."
    if values.get("sort") is Sort.FIT and not matched:
        del values["sort"]
        problems["sort"] = SORTS_TAKEN
    return Asked(Query(**values, origin=origin), problems)


def usual_sort(query: Query) -> Sort:
    """The order nobody has to ask for. Without words there is nothing to be relevant to: then home comes first."""
    if query.text:
        return Sort.RELEVANCE
    return Sort.NEAREST if query.origin else Sort.NEWEST


def _texts(sent: MultiMixin[str], name: str) -> list[str]:
    return [text for raw in sent.getall(name, []) if (text := raw.strip())]


def _one(texts: Sequence[str]) -> str:
    if len(texts) > 1:
        raise ValueError("hanya boleh ditulis satu kali.")
    return texts[0]


def _several(texts: Sequence[str]) -> list[str]:
    return [part for text in texts for each in text.split(",") if (part := each.strip())]


def _number(low: int, high: int, money: bool = False) -> Callable[[Sequence[str]], int]:
    def read_number(texts: Sequence[str]) -> int:
        text = _one(texts)
        if money:
            text = re.sub(r"(?i)^rp\.?\s*", "", text)
            text = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text, re.ASCII) else text
        if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
            raise ValueError(f"harus angka bulat dari {_said(low)} sampai {_said(high)}.")
        return int(text)

    return read_number


def _said(number: int) -> str:
    """1.000.000"""
    return f"{number:,}".replace(",", ".")


def _region(given: list[str], province: list[str]) -> str | None:
    """A code, or words that mean one region; the province alone where nothing else is said."""
    if not given:
        return _province(province)
    text = _one(given)
    if re.fullmatch(r"[\d.\s]+", text):
        try:
            return parse_code(text)
        except ValueError as problem:
            raise ValueError(f"tidak dikenali. {problem}") from None
    within = _province(province)
    found = find_region(f"{text}, {regions()[within].name}" if within else text)
    if found is None and within and find_region(text):
        raise ValueError(f"“{text[:60]}” tidak ada di {regions()[within].name}. Kosongkan salah satunya.")
    if found is None:
        raise ValueError(
            f"“{text[:60]}” tidak dikenali atau ada di beberapa tempat. Tulis nama kabupaten atau kota, "
            "misalnya Kab. Bogor, atau kodenya, misalnya 32.01."
        )
    return found


def _province(given: list[str]) -> str | None:
    if not given:
        return None
    code = _one(given)
    if len(code) != 2 or code not in regions():
        raise ValueError("harus kode provinsi, misalnya 32.")
    return code


def _types(texts: Sequence[str]) -> frozenset[str]:
    given = frozenset(_several(texts))
    if not given <= {each.value for each in EmploymentType}:
        raise ValueError(f"harus salah satu dari {', '.join(EmploymentType)}.")
    return given


def _education(texts: Sequence[str]) -> int:
    levels = {str(level.value): level.value for level in Education}
    text = _one(texts)
    if text not in levels:
        raise ValueError(
            "harus salah satu dari 0 (tidak sekolah), 10 (SD), 20 (SMP), 30 (SMA/SMK), 40 (diploma), 50 (sarjana)."
        )
    return levels[text]


def _skills(texts: Sequence[str]) -> frozenset[str]:
    known = vocabulary()
    given = _several(texts)
    if len(given) > MOST_SKILLS:
        raise ValueError(f"paling banyak {MOST_SKILLS} keterampilan.")
    # A label may hold a comma, so a whole text is tried before its parts.
    found = {text: skill.id for text in texts if (skill := known.skill_named(text))}
    parts = given if not found else [part for text in texts if text not in found for part in _several([text])]
    unknown = [part for part in parts if part not in known.skills and not known.skill_named(part)]
    if unknown:
        raise ValueError(f"“{unknown[0][:60]}” tidak ada dalam daftar keterampilan.")
    named = (part if part in known.skills else known.skill_names[plain(part)] for part in parts)
    return frozenset([*found.values(), *named])


def _sort(texts: Sequence[str]) -> Sort:
    try:
        return Sort(_one(texts))
    except ValueError:
        raise ValueError(SORTS_TAKEN) from None


READERS: dict[str, tuple[str, Callable[[Sequence[str]], Any]]] = {
    "q": ("text", _one),
    "radius_km": ("radius_km", _number(1, FARTHEST_KM)),
    "type": ("types", _types),
    "education": ("education", _education),
    "wage_min": ("wage_min", _number(1, HIGHEST_WAGE, money=True)),
    "skills": ("skills", _skills),
    "sort": ("sort", _sort),
    "page": ("page", _number(1, LAST_PAGE)),
    "per_page": ("per_page", _number(1, MOST_PER_PAGE)),
}
"""name in the address -> field of Query, and how to read it; `region` needs two names and stands alone."""

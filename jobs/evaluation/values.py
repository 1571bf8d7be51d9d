"""Single values of a file under evaluation, each checked. Raises ValueError saying what is wrong with which key."""

import math
import re
from typing import Any

from jobs.matching.facts import Education, Occupation, VacancyId
from portal.places import find_region, regions
from training.vocabulary import vocabulary

ISCO = re.compile(r"(\d{1,4})(?:\.\d+)?", re.ASCII)
LARGEST = 1e12
SCHOOLS = {
    Education.NONE: "none tanpa-ijazah tidak-sekolah",
    Education.PRIMARY: "sd mi primary paket-a",
    Education.LOWER_SECONDARY: "smp mts lower_secondary lower-secondary paket-b",
    Education.UPPER_SECONDARY: "sma smk ma mak sma/smk slta upper_secondary upper-secondary paket-c",
    Education.DIPLOMA: "d1 d2 d3 diploma",
    Education.BACHELOR: "d4 s1 s2 s3 sarjana bachelor",
}
LEVELS = {word: int(level) for level, words in SCHOOLS.items() for word in words.split()}


def vacancy_id(told: Any, key: str) -> VacancyId:
    """A text or a whole number; 7 and "7" are the same, because the keys of JSON objects are texts."""
    if isinstance(told, bool) or not isinstance(told, str | int) or told == "":
        raise ValueError(f"{key}: missing, or neither a text nor a whole number")
    return told


def texts(row: dict[str, Any], key: str) -> frozenset[str] | None:
    """A list of texts; None where the key is absent or null."""
    told = row.get(key)
    if told is None:
        return None
    if not isinstance(told, list) or not all(isinstance(each, str) and each.strip() for each in told):
        raise ValueError(f"{key}: not a list of texts")
    return frozenset(told)


def number(row: dict[str, Any], key: str, name: str) -> float | None:
    """A number from 0 to 1,000,000,000,000; None where the key is absent or null."""
    told = row.get(key)
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        raise ValueError(f"{name}: not a number")
    if not 0 <= told <= LARGEST:
        raise ValueError(f"{name}: {told} is out of bounds")
    return told


def occupation_of(told: Any) -> Occupation:
    """An id of the vocabulary, an ISCO-08 code (or a longer one that begins with it), or a token."""
    if not isinstance(told, str) or not told.strip():
        raise ValueError("occupation: not a text")
    if known := vocabulary().occupations.get(told):
        return Occupation(known.isco, told)
    code = ISCO.fullmatch(told)
    return Occupation(code[1], told) if code else Occupation(None, told)


def education_of(row: dict[str, Any]) -> int | None:
    """A level as its number, 0 to 50, or as the name of the school."""
    told = row.get("education")
    if isinstance(told, str):
        plain = "-".join(told.lower().replace(".", "").split())
        if plain not in LEVELS:
            raise ValueError(f"education: {told!r} is no school known here")
        return LEVELS[plain]
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told <= Education.BACHELOR:
        raise ValueError("education: neither a level from 0 to 50 nor the name of a school")
    return told


def place_of(row: dict[str, Any]) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude of the region's centre."""
    told = row.get("region")
    if told is None:
        return None, None
    if not isinstance(told, str):
        raise ValueError("region: not a text")
    code = find_region(told)
    if code is None:
        raise ValueError(f"region: {told!r} is no region of Indonesia")
    return regions()[code].latitude, regions()[code].longitude

"""The place somebody names in the middle of other words: "kasir cikarang", "loker dekat depok"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from portal.places import distance_km, find_region, regencies, regions
from portal.places.localities import regencies_by_locality
from portal.places.spelling import squeeze
from training.vocabulary import plain, vocabulary, while_words_last

NEARBY_KM = 30
"""What "dekat" means to somebody who goes to work by motorcycle or commuter train."""
NAMESAKE_KM = 20
"""Least reach of a name that a kota and the kabupaten around it share; some have their centres side by side."""
LONGEST_PLACE = 4
"""Words of the name of a place, with its title."""
SHORTEST_TOWN = 5
LEADS = frozenset(
    [
        "di",
        "dekat",
        "deket",
        "sekitar",
        "seputar",
        "daerah",
        "area",
        "wilayah",
        "penempatan",
        "lokasi",
        "domisili",
        "ke",
        "kota",
        "kab",
        "kabupaten",
    ]
)
"""Words after which a place is named."""
AROUND = frozenset(["dekat", "deket", "sekitar", "seputar", "daerah"])
"""Those after which its neighbours are meant too."""


@dataclass(frozen=True)
class Token:
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Named:
    """Where in a text a place is named, and how far around it is meant."""

    start: int
    end: int
    code: str
    radius_km: int | None


def tokens(text: str) -> list[Token]:
    return [
        Token(plain(each[0]), each.start(), each.end()) for each in re.finditer(r"[^\W_]+(?:[+#]+)?", text)
    ]


def find_place(given: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Named | None:
    """The first place that is surely one; `taken` are spans of names of trades and skills, in which nothing is a place.

    After "di", "dekat" and their like any place is believed. Elsewhere a word that is part of the vocabulary ("batu",
    "padang") is no place, and a town or village is one only at the end.
    """
    for at, end in _spans(len(given)):
        words = [each.word for each in given[at:end]]
        led = (at > 0 and given[at - 1].word in LEADS) or words[0] in ("kab", "kabupaten", "kota")
        span = (given[at].start, given[end - 1].end)
        inside = any(start <= span[0] and span[1] <= stop for start, stop in taken)
        name = " ".join(words)
        if words[0] in LEADS - {"kota", "kab", "kabupaten"} or (inside and not led):
            continue
        code = find_region(name)
        if code and (led or _surely(words, last=end == len(given))):
            around = at > 0 and given[at - 1].word in AROUND
            start = given[at - 1].start if at > 0 and given[at - 1].word in LEADS else span[0]
            return Named(start, span[1], code, NEARBY_KM if around and "." in code else reach(name, code))
    return None


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Longest first, from the left."""
    for length in range(min(LONGEST_PLACE, count), 0, -1):
        for at in range(count - length + 1):
            yield at, at + length


def _surely(words: list[str], *, last: bool) -> bool:
    if any(word.isdigit() for word in words) or set(words) <= _names():
        return False
    name = squeeze(" ".join(words))
    if name in _towns():
        return last and len(name) >= SHORTEST_TOWN and not set(words) <= _told()
    return True


def reach(name: str, code: str) -> int | None:
    """ "Bogor" is the kota and the kabupaten around it: as far as the other one's centre."""
    region = regions()[code]
    bare = squeeze(name)
    if not region.is_city or bare.startswith("kota"):
        return None
    for other in regencies():
        if other.province == region.province and not other.is_city and squeeze(other.name) == "kab" + bare:
            return max(NAMESAKE_KM, ceil(distance_km(region, other)))
    return None


@cache
def _towns() -> frozenset[str]:
    """Names that are only those of towns and villages."""
    known = {
        squeeze(region.name.removeprefix("Kab. ").removeprefix("Kota ")) for region in regions().values()
    }
    return frozenset(regencies_by_locality()) - known


@while_words_last
def _names() -> frozenset[str]:
    """Words of the names of trades and skills, but for those that are always places."""
    known = vocabulary()
    return frozenset(
        word
        for names in (known.occupation_names, known.skill_names)
        for name in names
        for word in name.split()
    )


@while_words_last
def _told() -> frozenset[str]:
    """Words with which trades are described."""
    trades = vocabulary().occupations.values()
    return frozenset(word for trade in trades for word in plain(trade.about).split()) | _names()

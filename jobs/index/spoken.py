"""Ways in which people ask for something besides the work, as patterns of typed text.

Each gives fields of Query, or None where what was found cannot be meant so. A piece is never longer than what says it:
the rest of the text is looked up as words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from portal.tables import Education
from training.vocabulary import plain, vocabulary

Fields = Mapping[str, Any]
LEAST_WAGE, MOST_WAGE = 300_000, 100_000_000
"""Rupiah a month; what lies outside is the price of something."""
UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000, "jutaan": 1_000_000}
LEVELS = {
    "sd": Education.SD,
    "mi": Education.SD,
    **dict.fromkeys(("smp", "sltp", "mts"), Education.SMP),
    **dict.fromkeys(("sma", "smk", "slta", "smu", "stm", "smea", "ma"), Education.SMA),
    **dict.fromkeys(("d1", "d2", "d3", "d4", "diploma"), Education.DIPLOMA),
    **dict.fromkeys(("s1", "sarjana"), Education.SARJANA),
}
BARE_LEVELS = ("sd", "smp", "sltp", "sma", "smk", "slta")
"""Said without "lulusan" as well: "loker smp"."""

_WAGE_SAID = r"(?:gaji|upah|bayaran|honor|penghasilan|salary)(?:nya)?"
_ABOUT = r"(?:(?:min(?:imal|imum)?|mulai|dari|di|atas|diatas|sekitar|kisaran|lebih|sampai|per\s*bulan|rp|idr)\.?\s+)*(?:rp\.?\s*)?"
_AMOUNT = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_UNIT = r"\s*(jutaan|juta|jt|ribu|rb)(?:an)?"
_AFTER = r"(?:\s*(?:ke\s*atas|keatas|lebih|up|\+|per\s*bulan|/\s*bulan|/\s*bln|sebulan))*"
WAGE = re.compile(
    rf"(?:\b{_WAGE_SAID}\s+)?\b{_ABOUT}{_AMOUNT}(?:{_UNIT})?(?:\s*(?:-|–|sampai|s/d|sd)\s*{_AMOUNT})?{_UNIT}\b{_AFTER}",
    re.I,
)
WAGE_IN_FULL = re.compile(
    rf"\b(?:{_WAGE_SAID}\s+{_ABOUT}|rp\.?\s*)(\d{{1,3}}(?:[.,]\d{{3}}){{1,2}}|\d{{6,9}})\b{_AFTER}", re.I
)
MINIMUM = re.compile(rf"\b(?:{_WAGE_SAID}\s+)?(?:standar\s+)?(?:umr|umk|ump)\b", re.I)
_NOT = r"(?:tanpa|non|tidak|tdk|nggak|gak|ga|belum|blm|minim|nol|no|0)"
NOVICE = re.compile(
    rf"\b{_NOT}\s+(?:(?:ada|punya|perlu|butuh|harus|pernah|memiliki|need)\s+)?(?:ber)?(?:pengalaman|experience)(?:\s+kerja)?\b"
    r"|\b(?:belum|blm)\s+pernah\s+(?:be)?kerja\b|\bpengalaman\s+tidak\s+(?:di)?(?:utamakan|perlukan|wajib|butuhkan)\b"
    r"|\bfresh\s*gradu?ates?\b|\blulusan\s+baru\b|\bbaru\s+lulus\b",
    re.I,
)
_LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
_ALSO = rf"(?:\s*(?:/|,|atau|dan)\s*(?:{_LEVEL})\b)*(?:\s*(?:/|dan|atau)?\s*(?:sederajat|setara))?"
EDUCATION = re.compile(
    rf"\b(?:(?:lulusan|lulus|tamatan|tamat|ijaz?sah|ijazah|ijasah|pendidikan|pend|sekolah)\.?\s+)(?:(?:min(?:imal)?|terakhir|cukup)\.?\s+)*"
    rf"({_LEVEL})\b{_ALSO}|\bmin(?:imal)?\.?\s+({_LEVEL})\b{_ALSO}",
    re.I,
)
BARE_EDUCATION = re.compile(rf"\b({'|'.join(BARE_LEVELS)})\b{_ALSO}", re.I)
AGE = re.compile(
    r"\b(?:usia|umur)\s+(?:(?:min|maks?|max|minimal|maksimal)\.?\s+)?\d{2}(?:\s*(?:-|–|sampai|s/d)\s*\d{2})?(?:\s*(?:th|thn|tahun))?\b",
    re.I,
)
TYPES: dict[str, re.Pattern[str]] = {
    "part_time": re.compile(r"\b(?:part\s*-?time|paruh\s+waktu|sambilan|freelance)\b", re.I),
    "daily": re.compile(
        r"\b(?:harian\s+lepas|kerja(?:an)?\s+harian|(?:di)?bayar(?:an)?\s+harian|gaji(?:an)?\s+harian)\b",
        re.I,
    ),
    "apprenticeship": re.compile(r"\b(?:magang|internship|intern|pkl)\b", re.I),
}
_SHIFT = r"(?:shift|sif|kerja(?:an)?|giliran|masuk|jam\s+kerja)"
TIMES: dict[str, re.Pattern[str]] = {
    "night": re.compile(rf"\b(?:{_SHIFT}\s+)?malam(?:\s+hari)?\b|\bnight\s*shift\b", re.I),
    "evening": re.compile(rf"\b{_SHIFT}\s+sore(?:\s+hari)?\b", re.I),
    "day": re.compile(rf"\b{_SHIFT}\s+(?:pagi|siang)(?:\s+hari)?\b", re.I),
}


def _wage(found: re.Match[str]) -> Fields | None:
    unit = UNITS[(found[2] or found[4]).lower()]
    # "2,5 juta" and "2.5jt"; a dot before three digits ("500.000 ribu") is nobody's wage.
    return _rupiah(round(float(found[1].replace(",", ".")) * unit))


def _wage_in_full(found: re.Match[str]) -> Fields | None:
    return _rupiah(int(re.sub(r"\D", "", found[1])))


def _rupiah(amount: int) -> Fields | None:
    return {"wage_min": amount} if LEAST_WAGE <= amount <= MOST_WAGE else None


def _education(found: re.Match[str]) -> Fields:
    return {"education": int(LEVELS[next(each for each in found.groups() if each).lower()])}


def _always(**fields: Any) -> Callable[[re.Match[str]], Fields]:
    return lambda found: fields


@cache
def _licences() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Every name of a licence that is not at the same time the name of a trade or a skill ("rigger")."""
    known = vocabulary()
    names = {
        plain(name): licence.id
        for licence in known.licences.values()
        for name in (licence.label, *licence.aliases)
        if plain(name) not in known.occupation_names and plain(name) not in known.skill_names
    }
    longest = sorted(names, key=len, reverse=True)
    said = "|".join(re.escape(name).replace(r"\ ", r"[\s-]*") for name in longest)
    return re.compile(rf"\b(?:(?:punya|ada|memiliki|mempunyai|wajib|pakai)\s+)?({said})\b", re.I), names


def _licence(found: re.Match[str]) -> Fields | None:
    wanted = plain(found[1]).replace(" ", "")
    found_id = next((id for name, id in _licences()[1].items() if name.replace(" ", "") == wanted), None)
    # Adverts say "SIM B1" for both; whoever has the one for hire may drive with the other as well.
    both = (found_id, f"{found_id}-umum")
    return {"licences": frozenset(id for id in both if id in vocabulary().licences)} if found_id else None


def ways() -> Iterator[tuple[str, re.Pattern[str], Callable[[re.Match[str]], Fields | None]]]:
    """(kind, pattern, what it means), in the order in which a text is read."""
    yield "novice", NOVICE, _always(novice=True)
    yield "wage", WAGE, _wage
    yield "wage", WAGE_IN_FULL, _wage_in_full
    yield "wage", MINIMUM, _always()
    yield "age", AGE, _always()
    yield "licence", _licences()[0], _licence
    yield "education", EDUCATION, _education
    for code, pattern in TYPES.items():
        yield "type", pattern, _always(types=frozenset({code}))
    for code, pattern in TIMES.items():
        yield "time", pattern, _always(work_times=frozenset({code}))

"""From what a file holds to a Row: every field read, and every fault of a row named at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import TypeVar

from jobs.imports import dates, money, terms
from jobs.imports.columns import label
from jobs.imports.row import Raw, Row, Unreadable
from jobs.imports.text import is_formula, names, plain, text_of
from portal.places import find_region, parse_code

Value = TypeVar("Value")

LONGEST = {
    "title": 200,
    "employer": 200,
    "source": 40,
    "source_id": 200,
    "description": 20_000,
    "qualification": 20_000,
}
LONGEST_ELSEWHERE = 500
LONGEST_CELL = 60_000
"""Letters with their markup, which is taken out before the words are counted."""
MOST_SKILLS = 60


@dataclass
class _Reader:
    """Reads the fields of one row and gathers what is wrong with it."""

    raw: Raw
    faults: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Plain text on one line, or on several for the two long fields."""
        text = plain(self.raw.get(name))
        text = text if name in ("description", "qualification") else " ".join(text.split())
        text = "" if text in ("-", "–") else text
        longest = LONGEST.get(name, LONGEST_ELSEWHERE)
        if len(text) > longest:
            self.faults.append(
                f"Kolom {label(name)}: teks terlalu panjang (paling banyak {longest:,} huruf).".replace(
                    ",", "."
                )
            )
        return text

    def value(self, name: str, parse: Callable[[object], Value], default: Value, advice: str) -> Value:
        """What `parse` makes of a field; a ValueError becomes a fault that quotes the cell and gives the advice."""
        try:
            return parse(self.raw.get(name))
        except ValueError:
            if not self._is_formula(name):
                self.faults.append(
                    f"Kolom {label(name)}: “{text_of(self.raw.get(name))[:40]}” tidak terbaca. {advice}"
                )
            return default

    def check_formulas(self) -> None:
        """A formula could run on the computer of whoever opens an export of ours, so no row may carry one in."""
        for name in self.raw:
            if self._is_formula(name):
                shown = text_of(self.raw[name])[:40]
                self.faults.append(
                    f"Kolom {label(name)}: sel berisi rumus (“{shown}”). Ganti rumus dengan teks atau angka biasa."
                )

    def _is_formula(self, name: str) -> bool:
        value = self.raw.get(name)
        parts = value if isinstance(value, list | tuple) else [value]
        return any(
            isinstance(part, str) and (is_formula(text_of(part)) or is_formula(plain(part))) for part in parts
        )


def normalise(number: int, raw: Raw, source: str) -> Row | Unreadable:
    """The row of what a file holds, or every reason against it. `source` is the default for a file that names none."""
    if long := [name for name, value in raw.items() if _size(value) > LONGEST_CELL]:
        # Not even looked at: to take the markup out of megabytes takes minutes.
        return Unreadable(number, f"Kolom {label(long[0])}: teks terlalu panjang.")
    reader = _Reader(raw)
    reader.check_formulas()
    title = reader.text("title")
    if not title:
        reader.faults.append("Judul lowongan kosong.")
    city, region_code = _place(reader)
    wage_min, wage_max = _wages(reader)
    skills = names(raw.get("skills"))
    if len(skills) > MOST_SKILLS or any(len(skill) > 200 for skill in skills):
        reader.faults.append(
            f"Kolom {label('skills')}: paling banyak {MOST_SKILLS} keterampilan, masing-masing 200 huruf."
        )
    published_at = reader.value("published_at", dates.day_or_moment, None, DATE_ADVICE)
    closes_on = reader.value("closes_on", _day, None, DATE_ADVICE)
    if published_at and closes_on and closes_on < published_at.astimezone(dates.JAKARTA).date():
        reader.faults.append("Tanggal tutup lebih awal daripada tanggal terbit.")
    employer, description = reader.text("employer"), reader.text("description")
    row = Row(
        number=number,
        source_id=reader.text("source_id") or _fingerprint(title, employer, city, description),
        source=reader.text("source") or source,
        title=title,
        employer=employer,
        industry=reader.text("industry"),
        job_function=reader.text("job_function"),
        employment_type=terms.employment_type(raw.get("employment_type")),
        skills=skills,
        city=city,
        region_code=region_code,
        description=description,
        qualification=reader.text("qualification"),
        quota=reader.value("quota", terms.count, None, "Tulis jumlah orang, misalnya 5."),
        wage_min=wage_min,
        wage_max=wage_max,
        wage_shown=reader.value("wage_shown", _shown, True, "Tulis ya atau tidak."),
        education=terms.education(raw.get("education")),
        published_at=published_at,
        closes_on=closes_on,
        apply_url=reader.value("apply_url", terms.apply_at, "", APPLY_ADVICE),
        address=reader.text("address"),
    )
    return Unreadable(number, " ".join(reader.faults)) if reader.faults else row


DATE_ADVICE = "Tulis tanggal seperti 2025-11-21, 21/11/2025, atau 21 November 2025."
WAGE_ADVICE = "Tulis upah sebulan dalam rupiah, misalnya 3500000, Rp3.500.000, atau 3,5 juta."
APPLY_ADVICE = "Tulis tautan yang diawali https://, alamat surel, atau nomor telepon."


def _size(value: object) -> int:
    """Letters of a text, or of all texts of a list."""
    parts = value if isinstance(value, list | tuple) else [value]
    return sum(len(part) for part in parts if isinstance(part, str))


def _day(value: object) -> date | None:
    moment = dates.day_or_moment(value)
    return moment.astimezone(dates.JAKARTA).date() if isinstance(moment, datetime) else None


def _shown(value: object) -> bool:
    return terms.yes_or_no(value) if text_of(value) else True


def _wages(reader: _Reader) -> tuple[int | None, int | None]:
    """Least and most, from their two columns or from the one that holds both."""
    unstated: tuple[int | None, int | None] = (None, None)
    least, most = reader.value("wage", money.rupiah_range, unstated, WAGE_ADVICE)
    least = reader.value("wage_min", money.rupiah, None, WAGE_ADVICE) or least
    most = reader.value("wage_max", money.rupiah, None, WAGE_ADVICE) or most
    if least and most and most < least:
        reader.faults.append("Upah terendah lebih besar daripada upah tertinggi.")
    return least, most


def _place(reader: _Reader) -> tuple[str, str | None]:
    """The city as text, with its province where that is not said already, and the region's code where it is sure.

    A code in the file counts only when it is a Kemendagri code with its dot; the catalogue also holds BPS codes,
    which name other places, so those give way to the name.
    """
    city, province = reader.text("city"), reader.text("province")
    place = (
        f"{city}, {province}"
        if city and province and province.casefold() not in city.casefold()
        else city or province
    )
    code = reader.raw.get("region_code")
    # A spreadsheet makes the number 32.1 of the code 32.10.
    written = f"{code:.2f}" if isinstance(code, float) and not code.is_integer() else text_of(code)
    try:
        return place, parse_code(written[:5] if "." in written else written)
    except ValueError:
        return place, find_region(place)


def _fingerprint(*parts: str) -> str:
    """An id for a vacancy whose file gives none: the same words are the same vacancy, so it is imported once."""
    return "isi-" + sha256("\n".join(parts).casefold().encode()).hexdigest()[:24]

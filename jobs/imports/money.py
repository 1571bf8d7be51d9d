"""Wages as files write them, in rupiah a month."""

import re

from jobs.imports.text import NOT_STATED, text_of

MONEY = re.compile(
    r"(?:rp|idr)?\.?\s*(?P<number>\d[\d.,]*?)(?:,-)?\s*(?P<unit>juta|jt|ribu|rb|k)?\s*(?:,-)?"
    r"\s*(?:(?:/|per)\s*(?:bulan|bln|month))?"
)
UNITS = {"juta": 1_000_000, "jt": 1_000_000, "ribu": 1_000, "rb": 1_000, "k": 1_000}
# Below it a figure is not a month's wage in rupiah but thousands, millions or a slip; above it, a slip of zeros.
LEAST_WAGE, MOST_WAGE = 10_000, 1_000_000_000


def rupiah(value: object) -> int | None:
    """Rupiah a month: 3500000, "Rp3.500.000,-", "3,5 juta". None for nothing, zero or "nego"; ValueError otherwise."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount = float(value)
    else:
        text = " ".join(text_of(value).casefold().split())
        if text in NOT_STATED:
            return None
        match = MONEY.fullmatch(text)
        if not match:
            raise ValueError(value)
        unit = match["unit"]
        amount = _number(match["number"]) * UNITS.get(unit, 1)
    if amount == 0:
        return None
    if not LEAST_WAGE <= amount <= MOST_WAGE:
        raise ValueError(value)
    return round(amount)


def _number(digits: str) -> float:
    """A number grouped in threes in the Indonesian or English way, or a plain one with at most two decimals."""
    if re.fullmatch(r"\d{1,3}([.,])\d{3}(\1\d{3})*([.,]\d{1,2})?", digits):
        return float(re.sub(r"[.,](\d{1,2}$)?", "", digits))
    if re.fullmatch(r"\d{1,12}([.,]\d{1,2})?", digits):
        return float(digits.replace(",", "."))
    raise ValueError(digits)


def rupiah_range(value: object) -> tuple[int | None, int | None]:
    """Least and most of one cell: "Rp3.000.000 - Rp4.000.000", or one amount, which is the least."""
    if not isinstance(value, str):
        return rupiah(value), None
    parts = re.split(r"\s*(?:-|–|s/d|sampai|hingga|to)\s*(?=rp|idr|\d)", value.strip(), flags=re.IGNORECASE)
    if len(parts) != 2:
        return rupiah(value), None
    # "3 - 4 juta" states its unit once.
    unit = re.search(r"(juta|jt|ribu|rb|k)\b", parts[1], flags=re.IGNORECASE)
    first = (
        f"{parts[0]} {unit[1]}"
        if unit and re.fullmatch(r"(?i:rp|idr)?\s*\d{1,3}([.,]\d)?", parts[0])
        else parts[0]
    )
    return rupiah(first), rupiah(parts[1])

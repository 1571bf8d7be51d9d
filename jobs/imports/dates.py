"""Days and moments as files write them."""

import math
import re
from datetime import date, datetime, timedelta, timezone

from jobs.imports.text import NOT_STATED, text_of

JAKARTA = timezone(timedelta(hours=7), "WIB")
"""A date without a time zone is meant in western Indonesian time, which has no summer time."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt aug ags",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
WRITTEN_DAY = re.compile(
    r"(?:[A-Za-z']+,?\s+)?(?P<day>\d{1,2})"
    r"(?:\s*[/.-]\s*(?P<number>\d{1,2})\s*[/.-]\s*|[\s-]+(?P<name>[A-Za-z]+)\.?[\s,-]+)"
    r"(?P<year>\d{4})(?:[\s,].*)?",
    re.DOTALL,
)


def day_or_moment(value: object) -> datetime | None:
    """A moment with its time zone: from ISO, "21 November 2025", 21/11/2025, Unix seconds or milliseconds, Excel days.

    A day alone is its midnight in Jakarta. None for nothing; ValueError for what is no date between 2000 and 2100.
    """
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        moment = _from_number(value)
    else:
        text = text_of(value)
        if text.casefold() in NOT_STATED:
            return None
        moment = (
            _from_number(float(text))
            if re.fullmatch(r"\d{5}(\.\d{1,9})?|\d{9,13}", text)
            else _from_text(text)
        )
    moment = moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
    if not 2000 <= moment.year <= 2100:
        raise ValueError(value)
    return moment


def _from_number(number: float) -> datetime:
    """Unix seconds, milliseconds, or days of a spreadsheet (1 is 1 January 1900): their ranges do not meet."""
    if not math.isfinite(number):
        raise ValueError(number)
    if 36_526 <= number < 73_416:
        return datetime(1899, 12, 30) + timedelta(days=number)
    if 1e11 <= number < 5e12:
        number /= 1000
    if 9e8 <= number < 5e9:
        return datetime.fromtimestamp(number, JAKARTA)
    raise ValueError(number)


def _from_text(text: str) -> datetime:
    """Day before month, as Indonesia writes; a weekday before and a time behind are passed over."""
    match = WRITTEN_DAY.fullmatch(text)
    if not match:
        return datetime.fromisoformat(text)
    month = int(match["number"]) if match["number"] else MONTHS.get(match["name"].casefold(), 0)
    return datetime(int(match["year"]), month, int(match["day"]))

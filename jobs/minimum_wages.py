"""Provincial minimum wages (UMP), to ask an employer about a wage below: a question, never a refusal.

Micro and small businesses may agree on less (PP 36/2021, articles 36 to 38). `minimum_wages.csv` beside this module
holds rupiah a month by Kemendagri province code; where newspapers reported two figures it holds the lower one, so
that nobody is asked without need, and `also_reported` the other. Next year's figures are added as new rows.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jobs.tables import EmploymentType

FULL_MONTH = frozenset({EmploymentType.PERMANENT, EmploymentType.CONTRACT})
"""What a whole month's wage can be compared with; hours or pieces of the others differ."""


@dataclass(frozen=True)
class MinimumWage:
    code: str
    amount: int
    effective_from: date
    source: str


@cache
def minimum_wages() -> tuple[MinimumWage, ...]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            MinimumWage(
                row["code"], int(row["amount"]), date.fromisoformat(row["effective_from"]), row["source"]
            )
            for row in csv.DictReader(file)
        )


def minimum_wage(region: str, day: date) -> MinimumWage | None:
    """The one in force on `day` in the province of a region code; None where none is known."""
    known = [wage for wage in minimum_wages() if wage.code == region[:2] and wage.effective_from <= day]
    return max(known, key=lambda wage: wage.effective_from, default=None)


def shortfall(
    region: str | None, employment_type: str | None, wage: int | None, day: date
) -> MinimumWage | None:
    """The minimum that a monthly wage stays below, or None: it reaches it, or the two cannot be compared."""
    if region is None or wage is None or employment_type not in FULL_MONTH:
        return None
    least = minimum_wage(region, day)
    return least if least and wage < least.amount else None

"""What `portal bench pages` found, and the levels it is held against."""

from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any

LEVELS = {"search_page": 0.25, "search_page_cold": 0.25, "vacancy_page": 0.4}
"""Least share of the floor's requests/s, measured in the same run."""


@dataclass
class Figures:
    """`cold`: every answer asked of the database; `warm`: answers may be remembered, as in service."""

    vacancies: int
    milliseconds: dict[str, dict[str, float] | None] = field(default_factory=dict)
    """p50 and p95 of one visitor alone; None where the page is not there."""
    queries: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """The same for each query typed, cold and warm."""
    requests_per_second: dict[str, float | None] = field(default_factory=dict)
    bytes_sent: dict[str, int] = field(default_factory=dict)
    """Body of one answer, compressed."""

    def ratio(self, name: str) -> float | None:
        rate, floor = self.requests_per_second.get(name), self.requests_per_second["floor"]
        return rate / floor if rate and floor else None

    def levels(self) -> dict[str, dict[str, Any]]:
        """For each level the ratio reached and whether that is enough."""
        reached = {name: self.ratio(name) for name in LEVELS}
        return {
            name: {
                "wanted": LEVELS[name],
                "ratio": ratio,
                "met": ratio is not None and ratio >= LEVELS[name],
            }
            for name, ratio in reached.items()
        }

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "levels": self.levels()}


def spread(seconds: list[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    return {"p50": round(cuts[9] * 1000, 3), "p95": round(cuts[18] * 1000, 3)}

"""Figures of one attribute over many lists."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobs.fairness.measures import exposure, hidden, ndkl, skew
from jobs.fairness.reranking import TOP


@dataclass
class Tally:
    """Lists are added one after the other; each weighs as much as the exposure it gives. Only who told is counted."""

    names: Mapping[str, str]
    eligible: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Exposure."""
    expected: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Exposure, had every group got its share of those eligible for each list."""
    places: Counter[str] = field(default_factory=Counter)
    places_expected: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    divergences: list[float] = field(default_factory=list)

    def add(self, eligible: Mapping[int, str | None], ranked: Sequence[int]) -> None:
        """Those eligible for a vacancy with their group, and its list, the best first."""
        for client, group in eligible.items():
            if group is not None:
                self.eligible[group].add(client)
        counts = Counter(group for group in eligible.values() if group is not None)
        top = [eligible.get(client) for client in ranked[:TOP]]
        given = exposure(top)
        known = [group for group in top if group is not None]
        shares = {group: count / counts.total() for group, count in counts.items()}
        for group, share in shares.items():
            self.seen[group] += given.get(group, 0.0)
            self.expected[group] += share * sum(given.values())
            self.places[group] += known.count(group)
            self.places_expected[group] += share * len(known)
        if known:
            self.divergences.append(ndkl(known, shares))

    def figures(self) -> dict[str, Any]:
        """`groups` in the order of the names, figures None in those that are hidden; `min_skew` and `ndkl` where none is."""
        many = {group: len(self.eligible.get(group, ())) for group in self.names}
        secret = hidden(many)
        total, told = sum(self.seen.values()), sum(many.values())
        skews = {each: skew(self.places[each], self.places_expected[each]) for each in self.names}
        known = [each for each in skews.values() if each is not None]
        even = not secret and bool(self.divergences)
        return {
            "told": told if secret != set(many) else None,
            "groups": [
                self._group(group, label, None if group in secret else many[group], total)
                for group, label in self.names.items()
            ],
            "min_skew": round(min(known), 3) if even and len(known) == len(skews) else None,
            "ndkl": round(sum(self.divergences) / len(self.divergences), 3) if even else None,
        }

    def _group(self, group: str, label: str, eligible: int | None, total: float) -> dict[str, Any]:
        row: dict[str, Any] = {"group": group, "label": label, "eligible": eligible}
        if eligible is None or not total:
            return row | {"hidden": True, "eligible": None, "share": None, "exposure": None, "ratio": None}
        share, seen = self.expected[group] / total, self.seen[group] / total
        return row | {
            "hidden": False,
            "share": round(share, 3),
            "exposure": round(seen, 3),
            "ratio": round(seen / share, 2) if share else None,
        }

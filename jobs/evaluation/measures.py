"""How near the top the right answers stand, ties counted at their middle."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np

TOP = 10


@dataclass
class Measured:
    """Figures of one ranking, one number a question; questions without a right answer say nothing and are left out."""

    reciprocal: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    recalled: list[float] = field(default_factory=list)
    gained: list[float] = field(default_factory=list)

    def add(self, scores: np.ndarray, grades: dict[int, float]) -> None:
        """`scores` of everything that was ranked; `grades` by its place therein."""
        right = [place for place, grade in grades.items() if grade > 0]
        if not right:
            return
        ranks = middle_ranks(scores, right)
        best = min(ranks)
        self.reciprocal.append(1 / best)
        self.first.append(float(best == 1))
        self.recalled.append(sum(rank <= TOP for rank in ranks) / len(right))
        self.gained.append(_gain(ranks, [grades[place] for place in right]))

    def figures(self) -> dict[str, float]:
        """Means over the questions."""
        named = {
            "mrr": self.reciprocal,
            "hit@1": self.first,
            f"recall@{TOP}": self.recalled,
            f"ndcg@{TOP}": self.gained,
        }
        return {name: round(fmean(each), 6) if each else 0.0 for name, each in named.items()}


def middle_ranks(scores: np.ndarray, places: Iterable[int]) -> list[float]:
    """The rank of each, from 1; of equals the middle of the ranks they share."""
    return [
        float((scores > scores[place]).sum() + (1 + (scores == scores[place]).sum()) / 2) for place in places
    ]


def _gain(ranks: list[float], grades: list[float]) -> float:
    """nDCG of the first ten, a grade g being worth 2^g - 1 (Burges et al., ICML 2005)."""
    reached = sum(_worth(grade, rank) for grade, rank in zip(grades, ranks, strict=True) if rank <= TOP)
    best = sorted(grades, reverse=True)[:TOP]
    # A tie across the tenth rank may count as a whole, so what is reached may pass the best there can be.
    return float(min(1.0, reached / sum(_worth(grade, rank) for rank, grade in enumerate(best, 1))))


def _worth(grade: float, rank: float) -> float:
    return float((2**grade - 1) / np.log2(1 + rank))

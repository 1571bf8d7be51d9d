"""How sought after one side of a match is already, so that people are not all sent to the same few. Pure.

The fit says whether two belong together; it knows nothing of the queue. Ranking by fit alone sends everybody to the
vacancies that suit many, where few of them can be taken (MATCHING 3, item 7: minus beta x log(1 + applications / quota)).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

from jobs.matching.score import Match

FULL = 1.05
"""Factor of what nobody has noticed yet."""
BETA = 0.055
"""How much the factor falls with the logarithm of one plus those who wait for each place."""
LEAST = 0.85
"""The factor never falls below: the queue moves what fits alike, it does not turn the list round."""
MANY, FEW = 3.0, 0.5
"""From so many for each place it is said that there are many, up to so many that there are few."""
AT_ONCE = 3
"""Places that a person has to give: so many open applications one can look after at a time."""


class Crowd(StrEnum):
    FEW = "few"
    SOME = "some"
    MANY = "many"


class Demand(NamedTuple):
    """`waiting` for so many `places`. Where `known` is false others may wait of whom the portal knows nothing (one applies
    directly with the employer), and then few waiting say nothing good."""

    waiting: int
    places: int
    known: bool = True

    @property
    def load(self) -> float:
        """Waiting for each place."""
        return self.waiting / max(1, self.places)

    @property
    def factor(self) -> float:
        """What a score is multiplied with, from LEAST to FULL; falls with every one who waits, and never rises."""
        free = FULL - BETA * math.log1p(self.load)
        return max(LEAST, free if self.known else min(1.0, free))

    def heeded(self, score: float) -> float:
        """A score with the queue heeded, at most 1."""
        return min(1.0, score * self.factor)

    @property
    def crowd(self) -> Crowd:
        if self.load >= MANY:
            return Crowd.MANY
        return Crowd.FEW if self.known and self.load <= FEW else Crowd.SOME


UNKNOWN = Demand(0, 1, known=False)
"""Of which nothing is known; changes no score."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A match and what the queue makes of it: `score` is the fit plus `contribution`, exactly, and at most 1."""

    match: Match
    demand: Demand

    @property
    def contribution(self) -> float:
        """The part of the score that demand adds or takes, beside the contributions of the fit's own parts."""
        return self.demand.heeded(self.match.score) - self.match.score

    @property
    def score(self) -> float:
        return self.match.score + self.contribution


class Scored(Protocol):
    @property
    def score(self) -> float: ...


Found = TypeVar("Found", bound=Scored)


def ordered(found: Iterable[Found], limit: int) -> list[Found]:
    """The best first by adjusted score; equals stay in the order they come in, which is that of the fit."""
    return sorted(found, key=lambda each: -each.score)[:limit]

"""How far a search over very many documents reads: conditions that hold the first of an order, and not many more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from piccolo.querystring import QueryString

from jobs.index.port import Query, Sort
from jobs.index.postgres.conditions import Point, around, origin_of
from jobs.index.postgres.sizes import Sizes

READ = 2.5
"""A window is made for so many times the hits that are counted, because what is expected is not what is there."""
WORTH = 2.0
"""So many times more than a window would hold have to be expected before it is worth anything."""


@dataclass(frozen=True)
class Reading:
    """How many hits are counted, and over how many documents windows are cut."""

    bound: int
    sizes: Sizes

    def newest(self, share: float) -> QueryString | None:
        """The newest; None reads all, because so few are expected."""
        return self.newest_part(self._part(share))

    def first(self, query: Query, share: float) -> QueryString | None:
        """The first in the order of a query without relevance."""
        part = self._part(share)
        if query.sort is Sort.WAGE:
            return self._best_paid_part(part)
        origin = origin_of(query)
        if query.sort is Sort.NEAREST and origin:
            return self.nearest_part(origin, part)
        return self.newest_part(part)

    def newest_part(self, part: float) -> QueryString | None:
        """The newest `part` of all documents; None for all of them, here and below."""
        ages = self.sizes.ages
        if part >= 1 or len(ages) < 2:
            return None
        return QueryString("published_at >= {}", _at(ages, 1 - part))

    def nearest_part(self, origin: Point, part: float) -> QueryString | None:
        """All within as many kilometres as it takes."""
        km, _ = self.nearest(origin, part)
        return None if km is None else around(origin, km)

    def nearest(self, origin: Point, part: float) -> tuple[float | None, float]:
        """As many kilometres as it takes, and the part of all documents that lies so near: one city may hold many times
        what is wanted."""
        reached = 0.0
        for code, km in self.sizes.around(origin) if part < 1 else ():
            reached += self.sizes.share(f"r:{code}")
            if reached >= part:
                return km + 1, reached
        return None, 1.0

    def _best_paid_part(self, part: float) -> QueryString | None:
        wage = next((wage for wage, reached in self.sizes.wages if reached >= part), None)
        return None if wage is None or part >= 1 else QueryString("wage_top >= {}", wage)

    def _part(self, share: float) -> float:
        """The part of all documents that holds enough hits, if they are this share of it."""
        expected = share * self.sizes.total
        return 1.0 if expected <= WORTH * READ * self.bound else READ * self.bound / expected


def _at(ages: Sequence[datetime], place: float) -> datetime:
    """The moment before which this part of them was published."""
    steps = len(ages) - 1
    low = min(int(place * steps), steps - 1)
    return ages[low] + (ages[low + 1] - ages[low]) * (place * steps - low)

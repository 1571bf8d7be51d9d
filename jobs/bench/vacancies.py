"""Vacancies that nobody offers, as unevenly spread over trades, regions and weeks as real ones."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice, permutations
from math import log
from random import Random
from typing import Any, Generic, TypeVar

import asyncpg

from jobs.bench import market
from jobs.index.port import Document
from jobs.tables import VacancyState, Way
from portal.places import regencies
from training.vocabulary import vocabulary
from training.vocabulary.reading import Occupation

T = TypeVar("T")
COLUMNS = [
    "employer_name",
    "title",
    "occupation",
    "description",
    "region",
    "employment_type",
    "wage_min",
    "wage_max",
    "education",
    "experience_months",
    "licences",
    "skck",
    "skbn",
    "positions",
    "closes_on",
    "way",
    "apply_at",
    "state",
    "source",
    "source_id",
    "published_at",
    "made_at",
    "changed_at",
    "wage_shown",
    "employer_pays_papers",
    "qualification",
    "hours",
    "review_note",
    "work_times",
]
BATCH, FILLED = 1_000, 10_000
DRAWN = 4_096
"""Choices made at once; one at a time they would be most of the work."""


@dataclass(frozen=True, slots=True)
class Generated:
    row: dict[str, Any]
    essential: list[str]
    useful: list[str]


class Draw(Generic[T]):
    """Endless choices from a list by weight."""

    def __init__(self, random: Random, things: Sequence[T], weights: Sequence[float] | None = None) -> None:
        self._random, self._things = random, things
        self._until = list(accumulate(weights)) if weights else None
        self._drawn: list[T] = []

    def __call__(self) -> T:
        if not self._drawn:
            self._drawn = self._random.choices(self._things, cum_weights=self._until, k=DRAWN)
        return self._drawn.pop()


@dataclass(frozen=True, slots=True)
class Trade:
    """What an advert takes from the vocabulary."""

    id: str
    isco: str
    names: list[str]
    essential: list[str]
    useful: list[str]
    licences: list[str]


def generated(count: int, seed: int = 7) -> Iterator[Generated]:
    """The same vacancies for the same seed, but for the day they are counted from."""
    adverts = Adverts(Random(seed), count)
    return (adverts.next(number) for number in range(count))


async def documents(count: int, seed: int = 7) -> AsyncIterator[Sequence[Document]]:
    """The same ones as an index holds them, in batches by id; ids from 1, as `fill` gives them in an empty portal."""
    each = generated(count, seed)
    iscos = {trade.id: trade.isco for trade in vocabulary().occupations.values()}
    middle = {region.code: (region.latitude, region.longitude) for region in regencies()}
    while batch := list(islice(each, BATCH)):
        yield [_document(one, iscos, middle) for one in batch]


class Adverts:
    """Writes one advert after another."""

    def __init__(self, random: Random, count: int) -> None:
        self._random, self._count = random, count
        self._now, self._today = datetime.now(UTC), date.today()
        trades = [_trade(each) for each in vocabulary().occupations.values() if not each.retired]
        random.shuffle(trades)
        # A Zipf-like skew: the commonest trade of six hundred has one advert in twenty.
        self._trade = Draw(random, trades, [1 / (place + 4) for place in range(len(trades))])
        places = list(regencies())
        weights = [market.PROVINCES.get(each.province, 1) * (3 if each.is_city else 1) for each in places]
        self._place = Draw(random, places, weights)
        self._type = Draw(random, [each.value for each in market.TYPES], list(market.TYPES.values()))
        levels = [None if level is None else int(level) for level in market.LEVELS]
        self._level = Draw(random, levels, list(market.LEVELS.values()))
        self._times = Draw(random, list(market.TIMES), list(market.TIMES.values()))
        self._wage = Draw(random, market.WAGES)
        self._more = Draw(random, [0, 300_000, 800_000])
        self._advert = Draw(random, market.ADVERTS)
        orders = random.sample(list(permutations(market.SENTENCES)), 500)
        self._said = Draw(random, [" ".join(order[: 4 + n % 5]) for n, order in enumerate(orders)])
        names = [f"{a} {b} {c}" for a in market.FORMS for b in market.FIRST for c in market.SECOND]
        self._employer = Draw(random, names)
        self._months = Draw(random, [0, 0, 0, 6, 12, 24])
        self._skck = Draw(random, ["never", "never", "before_interview"])
        self._skbn = Draw(random, ["never", "never", "never", "after_offer"])
        self._positions = Draw(random, [1, 1, 2, 3, 5, 10])
        closing = [self._today + timedelta(days=day) for day in range(1, 61)]
        self._closes = Draw(random, [*closing, *[None] * len(closing)])
        self._labels = {skill.id: skill.label.lower() for skill in vocabulary().skills.values()}

    def next(self, number: int) -> Generated:
        chance, trade, place = self._random.random, self._trade(), self._place()
        essential = [skill for skill in trade.essential if chance() < 0.7]
        useful = [skill for skill in trade.useful if chance() < 0.35]
        labels = ", ".join([self._labels[skill] for skill in (essential + useful)[:8]])
        row = {
            "title": self._advert().format(trade.names[int(chance() * len(trade.names))], place.name),
            "occupation": trade.id,
            "licences": trade.licences,
            "description": self._said().format(place=place.name, skills=labels),
            "region": place.code,
            "source_id": str(number),
        }
        return Generated(row | self._rest(self._published(number)), essential, useful)

    def _published(self, number: int) -> datetime:
        """Ages are spread exponentially. The later number is the later one, but for those that waited for a review."""
        age = -market.AGE_DAYS * log((number + 1 - self._random.random()) / self._count)
        if self._random.random() < market.WAITED:
            age *= self._random.random()
        return self._now - timedelta(days=age)

    def _rest(self, published: datetime) -> dict[str, Any]:
        """All that does not depend on the trade or the place."""
        wage = self._wage()
        return SAME | {
            "employer_name": self._employer(),
            "employment_type": self._type(),
            "wage_min": wage,
            "wage_max": wage and wage + self._more(),
            "education": self._level(),
            "work_times": self._times(),
            "experience_months": self._months(),
            "skck": self._skck(),
            "skbn": self._skbn(),
            "positions": self._positions(),
            "closes_on": self._closes(),
            "published_at": published,
            "made_at": published,
            "changed_at": published,
        }


SAME = {
    "way": Way.DIRECT.value,
    "apply_at": "https://contoh.test/lowongan",
    "state": VacancyState.PUBLISHED.value,
    "source": "bench",
    "wage_shown": True,
    "employer_pays_papers": False,
    "qualification": "",
    "hours": "",
    "review_note": "",
}


def _trade(trade: Occupation) -> Trade:
    known = vocabulary().skills
    names = [trade.label, trade.label, *trade.aliases[:6]]
    return Trade(
        trade.id,
        trade.isco,
        [name[:1].upper() + name[1:] for name in names],
        [skill for skill in trade.essential if skill in known],
        [skill for skill in trade.useful if skill in known],
        list(trade.licences),
    )


COPIED = (
    "title",
    "description",
    "occupation",
    "region",
    "employment_type",
    "hours",
    "wage_min",
    "wage_max",
    "education",
    "experience_months",
    "positions",
    "way",
    "source",
    "published_at",
    "closes_on",
    "skck",
    "skbn",
)


def _document(
    each: Generated, iscos: Mapping[str, str], middle: Mapping[str, tuple[float, float]]
) -> Document:
    row = each.row
    latitude, longitude = middle[row["region"]]
    return Document(
        id=int(row["source_id"]) + 1,
        employer=row["employer_name"],
        isco=iscos[row["occupation"]],
        locality=None,
        latitude=latitude,
        longitude=longitude,
        work_times=row["work_times"],
        essential=tuple(each.essential),
        useful=tuple(each.useful),
        licences=tuple(row["licences"]),
        **{name: row[name] for name in COPIED},
    )


async def fill(connection: asyncpg.Connection, count: int) -> None:
    """Writes them into a portal's tables without vacancies; the index has to be rebuilt after it."""
    each = generated(count)
    first = 1 + await connection.fetchval("SELECT coalesce(max(id), 0) FROM vacancy")
    while batch := list(islice(each, FILLED)):
        ids = range(first, first + len(batch))
        rows = [(id, *(one.row[name] for name in COLUMNS)) for id, one in zip(ids, batch, strict=True)]
        await connection.copy_records_to_table("vacancy", columns=["id", *COLUMNS], records=rows)
        skills = [
            (id, skill, need)
            for id, one in zip(ids, batch, strict=True)
            for need, named in (("essential", one.essential), ("useful", one.useful))
            for skill in named
        ]
        await connection.copy_records_to_table(
            "vacancy_skill", columns=("vacancy", "skill", "need"), records=skills
        )
        first += len(batch)
    await connection.execute("SELECT setval(pg_get_serial_sequence('vacancy', 'id'), $1)", first)

"""Makes the vacancies of the graded set from the trades and places: the same ones every time."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from tests.bench.grading.reading import (
    Ladder,
    Person,
    Place,
    Trade,
    people,
    place_of,
    places,
    trade_of,
    trades,
)

# What employers write under any trade, in the vocabulary's words and in a job board's.
GENERIC = (
    "disiplin-waktu",
    "kerja-tim",
    "komunikasi",
    "jujur-dapat-dipercaya",
    "teliti",
    "tahan-tekanan",
    "cepat-belajar",
    "bersih-rapi",
)
GENERIC_WORDS = (
    "disiplin",
    "kerja tim",
    "bertanggung jawab",
    "rajin",
    "mau bekerja keras",
    "sehat jasmani",
    "mampu bekerja di bawah tekanan",
    "berpenampilan rapi",
)
SOUGHT = 5
"""Vacancies more for everybody who looks for the trade, as an office goes to the employers its people can reach."""
# What a type pays of the wage for plain work, where it is not all of it.
PAY = {"part_time": 0.55, "apprenticeship": 0.65}


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """One vacancy. `trade`, `night` and `special` are what a reader of the whole advertisement sees: the first also
    where no occupation is given; `night` always stands among the skills, as `kerja-malam`."""

    id: str
    trade: str
    place: str
    occupation: str | None
    essential: tuple[str, ...]
    useful: tuple[str, ...]
    region: str | None
    type: str
    wage: tuple[int, int] | None
    education: int | None
    licences: frozenset[str]
    night: bool
    special: str | None


@cache
def made() -> tuple[Vacancy, ...]:
    """All vacancies, by trade and place."""
    return tuple(
        _vacancy(trade, place, number)
        for trade in trades().values()
        for place in places().values()
        for number in range(_how_many(trade, place) + _sought(trade, place))
    )


def words() -> frozenset[str]:
    """The skills that are no ids of the vocabulary, as job boards write them."""
    return frozenset(GENERIC_WORDS).union(*(trade.words for trade in trades().values()))


def line(vacancy: Vacancy) -> dict[str, Any]:
    """The vacancy as a line of the evaluation's file: what is not known has no key."""
    facts = {
        "id": vacancy.id,
        "occupation": vacancy.occupation,
        "essential": list(vacancy.essential),
        "useful": list(vacancy.useful),
        "region": vacancy.region,
        "type": vacancy.type,
        "wage": vacancy.wage and {"min": vacancy.wage[0], "max": vacancy.wage[1]},
        "education": vacancy.education,
        "licences": sorted(vacancy.licences) or None,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _how_many(trade: Trade, place: Place) -> int:
    whole, tenths = divmod(place.weight, 10)
    return whole + (Random(f"{trade.id}/{place.id}").random() < tenths / 10)


def _sought(trade: Trade, place: Place) -> int:
    return SOUGHT * len(_looked_for()[place.id].get(trade.id, ()))


@cache
def _looked_for() -> dict[str, dict[str, list[str]]]:
    """By place and trade, where the people live who come from the trade, were trained for it, wish for it, or whose
    skills tell of it."""
    looked_for: dict[str, dict[str, list[str]]] = {place: {} for place in places()}
    for person in people().values():
        named = {trade_of()[each] for each in [*person.occupations, *person.wishes, *person.trained]}
        for trade in sorted(named | _told(person)):
            looked_for[place_of()[person.region]].setdefault(trade, []).append(person.region)
    return looked_for


def _told(person: Person) -> set[str]:
    return {
        trade.id
        for trade in trades().values()
        if len(trade.told_by & person.skills) >= (1 if trade.ladder is Ladder.SIMPLE else 2)
    }


def _vacancy(trade: Trade, place: Place, number: int) -> Vacancy:
    id = f"{trade.id}/{place.id}/{number + 1}"
    chance = Random(id)
    imported = chance.random() < 0.2
    night = trade.night and chance.random() < 0.3
    special = chance.choice(trade.special) if trade.special and chance.random() < 0.2 else None
    essential, useful = _asked(trade, chance, imported=imported)
    named = [*essential, *filter(None, [special, "kerja-malam" if night else None])]
    kind = chance.choice(trade.types)
    needed = chance.sample(trade.sometimes, 1) if trade.sometimes and chance.random() < 0.35 else []
    return Vacancy(
        id=id,
        trade=trade.id,
        place=place.id,
        occupation=None if imported else _occupation(trade, chance),
        essential=tuple(dict.fromkeys(named)),
        useful=tuple(skill for skill in dict.fromkeys(useful) if skill not in named),
        region=None if chance.random() < 0.015 else chance.choice(_regions(trade, place)),
        type=kind,
        wage=None if chance.random() < 0.15 else _wage(place.wage * trade.wage * PAY.get(kind, 1), chance),
        education=chance.choice(trade.school) or None,
        licences=trade.law.union(needed),
        night=night,
        special=special,
    )


def _regions(trade: Trade, place: Place) -> tuple[str, ...]:
    """Anywhere in the place, and rather where somebody looks for the trade."""
    sought = _looked_for()[place.id].get(trade.id, [])
    return (*(place.rural if trade.rural else place.regions), *sought, *sought)


def _asked(trade: Trade, chance: Random, *, imported: bool) -> tuple[list[str], list[str]]:
    """The skills asked: some of the core with noise; a job board's own words; now and then none at all."""
    if chance.random() < 0.05:
        return [], []
    if imported:
        board = chance.sample(trade.words, chance.randint(1, 3)) + chance.sample(
            GENERIC_WORDS, chance.randint(0, 2)
        )
        return board + chance.sample(trade.core, chance.randint(0, 2)), []
    essential = chance.sample(trade.core, chance.randint(2, min(4, len(trade.core))))
    essential += chance.sample(trade.near, chance.random() < 0.3) + chance.sample(
        GENERIC, chance.random() < 0.35
    )
    useful = chance.sample(trade.extra, chance.randint(0, len(trade.extra) - 1))
    useful += chance.sample(trade.near, chance.random() < 0.35) + chance.sample(
        GENERIC, chance.random() < 0.25
    )
    return essential, useful


def _occupation(trade: Trade, chance: Random) -> str:
    return chance.choice(trade.also) if trade.also and chance.random() < 0.35 else trade.id


def _wage(usual: float, chance: Random) -> tuple[int, int]:
    lowest = usual * chance.uniform(0.85, 1.15)
    highest = lowest * chance.choice([1.0, 1.1, 1.25])
    return round(lowest / 50_000) * 50_000, round(highest / 50_000) * 50_000

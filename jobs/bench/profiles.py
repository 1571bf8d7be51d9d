"""People who do not exist, as matching knows them: as unevenly spread over trades and regions as generated vacancies."""

from collections.abc import Iterator
from random import Random
from typing import TypeVar

from jobs.bench.market import PROVINCES
from jobs.matching.facts import Education, Evidence, Hours, Occupation, Profile
from jobs.tables import EmploymentType
from portal.places import regencies
from training.vocabulary import vocabulary

Told = TypeVar("Told")
FOREIGN = 3
"""At most so many skills of another trade."""


def generated(count: int, seed: int = 11) -> Iterator[Profile]:
    """The same people for the same seed and vocabulary. Some tell much of themselves and some hardly anything."""
    random = Random(seed)
    trades = [each for each in vocabulary().occupations.values() if not each.retired]
    random.shuffle(trades)
    weights = [1 / (place + 4) for place in range(len(trades))]
    places = list(regencies())
    place_weights = [PROVINCES.get(region.province, 1) * (3 if region.is_city else 1) for region in places]
    for _ in range(count):
        trade, other, wished = random.choices(trades, weights, k=3)
        [home] = random.choices(places, place_weights)
        own = [skill for skill in trade.essential if random.random() < 0.7]
        own += [skill for skill in trade.useful if random.random() < 0.3]
        own += random.sample(other.essential, min(random.randint(0, FOREIGN), len(other.essential)))
        yield Profile(
            skills={skill: random.choice(list(Evidence)) for skill in own} or None,
            occupations=_maybe(random, {Occupation(trade.isco, trade.id): random.choice([3, 6, 12, 24, 60])}),
            wished=_maybe(random, frozenset([Occupation(wished.isco, wished.id)]), 0.3),
            education=_maybe(random, int(random.choice(list(Education)))),
            licences=_maybe(random, frozenset(random.choice([(), ("sim-c",), ("sim-a", "sim-c")]))),
            latitude=home.latitude,
            longitude=home.longitude,
            travel_km=_maybe(random, random.choice([5, 10, 20, 40, 80])),
            hours=_maybe(random, frozenset(random.sample(list(Hours), random.randint(1, 3)))),
            employment_types=_maybe(random, frozenset(random.sample(list(EmploymentType), 3)), 0.5),
            wage_min=_maybe(random, random.choice([2_000_000, 3_000_000, 4_000_000]), 0.6),
        )


def _maybe(random: Random, told: Told, chance: float = 0.8) -> Told | None:
    return told if random.random() < chance else None

"""How much of the best ten of all vacancies matching still finds among what the index retrieves for it, on generated
vacancies and profiles: `python -m tests.bench.candidates 100000 30`. Makes a scratch database and drops it."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import accumulate
from random import Random
from statistics import median
from typing import Any

from jobs.bench import market
from jobs.bench.vacancies import documents
from jobs.index.port import Document, VacancyIndex
from jobs.index.postgres import PostgresIndex
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.reading import background, facts_of, wanted_by
from jobs.matching.score import rank
from portal import database, settings
from portal.commands.bench.scratch import scratch
from portal.commands.seed import seed
from portal.places import regencies
from training.vocabulary import vocabulary

BEST = 10


def profiles(count: int, number: int = 11) -> list[Profile]:
    """People with a common trade or two, most of its skills and some others, somewhere in the country."""
    random = Random(number)
    trades = [each for each in vocabulary().occupations.values() if not each.retired and each.essential]
    until = list(accumulate(1 / (place + 4) for place in range(len(trades))))
    places = list(regencies())
    weights = list(accumulate(market.PROVINCES.get(place.province, 1) for place in places))
    found = []
    for _ in range(count):
        worked = random.choices(trades, cum_weights=until, k=random.choice([1, 1, 2]))
        [place] = random.choices(places, cum_weights=weights)
        skills = {
            skill for trade in worked for skill in (*trade.essential, *trade.useful) if random.random() < 0.6
        }
        found.append(
            Profile(
                skills={skill: random.choice(list(Evidence)) for skill in sorted(skills)} or None,
                occupations={Occupation(each.isco, each.id): random.choice([3, 12, 40]) for each in worked},
                education=random.choice([None, 20, 30]),
                licences=frozenset(random.sample(["sim-a", "sim-c"], k=random.choice([0, 1]))),
                latitude=place.latitude,
                longitude=place.longitude,
                travel_km=random.choice([None, 10.0, 25.0, 40.0]),
                hours=random.choice([None, frozenset({"day"}), frozenset({"day", "evening"})]),
                wage_min=random.choice([None, 3_000_000]),
            )
        )
    return found


def best(profile: Profile, vacancies: Iterable[Vacancy]) -> float:
    """The sum of the best scores, of those whose hours are unknown or suit."""
    suiting = [
        each
        for each in vacancies
        if profile.hours is None or not each.hours or not profile.hours.isdisjoint(each.hours)
    ]
    return sum(found.score for found in rank(profile, suiting, BEST, background()))


async def retrieved(index: VacancyIndex, profile: Profile) -> tuple[float, float]:
    """The sum of the best scores among the candidates, and the seconds it took to get and score them."""
    begun = time.perf_counter()
    hits = await index.candidates(wanted_by(profile))
    found = rank(profile, [facts_of(hit.document) for hit in hits], BEST, background())
    return sum(each.score for each in found), time.perf_counter() - begun


async def measure(index: VacancyIndex, given: Sequence[Profile], wanted: Sequence[float]) -> dict[str, Any]:
    """`wanted`: `best` of each profile over everything."""
    pairs = [await retrieved(index, profile) for profile in given]
    again = [await retrieved(index, profile) for profile in given]
    kept = [min(1.0, got / most) for (got, _), most in zip(pairs, wanted, strict=True) if most]
    return {
        "kept": round(sum(got for got, _ in pairs) / sum(wanted), 5),
        "worst": round(min(kept), 4),
        "p50_ms": round(median(seconds for _, seconds in again) * 1000, 1),
    }


async def main(count: int, people: int) -> None:
    async with database.pool(size=3):
        await database.migrate()
        await seed()
        index = PostgresIndex()
        vacancies: list[Vacancy] = []

        async def noted() -> AsyncIterator[Sequence[Document]]:
            async for batch in documents(count):
                vacancies.extend(map(facts_of, batch))
                yield batch

        await index.rebuild(noted())
        given = profiles(people)
        print(await measure(index, given, [best(profile, vacancies) for profile in given]))


if __name__ == "__main__":
    with database.address(settings.read()), scratch(os.environ["DATABASE_URL"]):
        asyncio.run(main(*map(int, sys.argv[1:] or ("100000", "30"))))

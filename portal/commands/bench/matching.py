"""The measurement of `portal bench matching`: how long a match takes and what retrieval loses, beside a pass over everything.

The mark is one numpy pass over all vacancies in memory (jobs.matching.dense): it loses nothing, and no retrieval through
a server can be faster for long. Each section is a function that adds its figures.
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import psutil

from jobs import index, matches
from jobs.bench.profiles import generated
from jobs.bench.vacancies import fill
from jobs.index import drain
from jobs.index.documents import all_open
from jobs.index.port import VacancyIndex
from jobs.index.postgres import PostgresIndex
from jobs.matching.dense import Market
from jobs.matching.facts import Profile
from jobs.matching.reading import background, facts_of
from jobs.matching.seeker import Seeker
from portal import database, settings
from portal.commands.bench.figures import spread
from portal.commands.bench.scratch import execute, scratch
from portal.commands.seed import seed
from portal.conf import DB

SIZES = (1_000, 10_000, 100_000)
LARGE = 1_000_000
ASKED, SHOWN, TOP = 100, 20, 10
"""So many profiles are timed, so many vacancies explained to each, and the best so many are compared."""
LEVELS = {"postgres": 30.0, "meilisearch": 40.0}
"""Highest p50 at 100,000 vacancies, in milliseconds."""
LEVEL_SIZE = 100_000
KEPT, GROWTH = 0.995, 4.0
"""Least share of the exhaustive top-ten sum; most that p50 may grow from 10,000 to 1,000,000 vacancies."""
Tell = Callable[[str], None]


def measure(sizes: Sequence[int], profiles: int, tell: Tell) -> dict[str, Any]:
    """Figures for each size; every size has a scratch database of its own, dropped after."""
    found: dict[str, Any] = {"sizes": {}, "profiles": profiles}
    with database.address(settings.read()):
        address = os.environ["DATABASE_URL"]
        for size in sizes:
            with scratch(address):
                found["sizes"][str(size)] = asyncio.run(_at(size, profiles, tell))
    found["levels"] = levels(found["sizes"])
    return found


async def _at(size: int, profiles: int, tell: Tell) -> dict[str, Any]:
    async with database.pool(size=2):
        tell(f"Preparing {size} vacancies ...")
        await database.migrate()
        await seed()
        async with DB.transaction() as transaction:
            await fill(transaction.connection, size)
        figures: dict[str, Any] = {"indexes": {}}
        people = list(generated(profiles))
        for name, backend in backends().items():
            index.use(backend)
            try:
                tell(f"Filling {name} ...")
                await drain.rebuild()
                await execute(DB.config["dsn"], "VACUUM ANALYZE")
                tell(f"Matching on {name} ...")
                figures["indexes"][name] = await one_client(people)
            finally:
                index.use(PostgresIndex())
        figures["memory_mb"] = _memory()
        tell("Passing over everything ...")
        figures["everything"] = await everything(people, figures["indexes"])
    return figures


def backends() -> dict[str, VacancyIndex]:
    """The indexes at hand."""
    return {"postgres": PostgresIndex()}


async def one_client(people: Sequence[Profile]) -> dict[str, Any]:
    """Retrieve, score, rank and explain for one person after the other, as a page does."""
    for profile in people[:5]:
        await matches.of_profile(profile, SHOWN)
    times, sums, asked = [], [], 0
    for number, profile in enumerate(people):
        with counted() as statements:
            began = perf_counter()
            found = await matches.of_profile(profile, SHOWN)
            took = perf_counter() - began
        if number < ASKED:
            times.append(took)
            asked = max(asked, len(statements))
        sums.append(sum(each.match.score for each in found[:TOP]))
    return {**spread(times), "queries": asked, "top_ten": sums}


async def everything(people: Sequence[Profile], indexes: dict[str, Any]) -> dict[str, Any]:
    """One pass over all vacancies for each person; how much of its top tens each index kept."""
    market = Market([facts_of(document) async for batch in all_open() for document in batch])
    market.best(Seeker(people[0], background()), SHOWN)
    times, best = [], []
    for profile in people:
        began = perf_counter()
        scores = market.scores(Seeker(profile, background()))
        top = scores[market.top(scores, SHOWN)]
        times.append(perf_counter() - began)
        best.append(float(top[:TOP].sum()))
    whole = spread(times)
    for figures in indexes.values():
        sums = figures.pop("top_ten")
        figures["kept"] = round(sum(sums) / sum(best), 5)
        figures["worst_kept"] = round(min(own / all for own, all in zip(sums, best, strict=True) if all), 4)
        figures["ratio"] = round(figures["p50"] / whole["p50"], 3)
    return {**whole, "memory_mb": _memory()}


def levels(sizes: dict[str, Any]) -> dict[str, Any]:
    """What is asked of the figures, what they reach, and whether that is enough; only what was measured."""
    found: dict[str, Any] = {}
    for name, highest in LEVELS.items():
        if own := sizes.get(str(LEVEL_SIZE), {}).get("indexes", {}).get(name):
            found[f"{name}_p50"] = _level(own["p50"], highest, own["p50"] <= highest)
            found[f"{name}_kept"] = _level(own["kept"], KEPT, own["kept"] >= KEPT)
        ends = [sizes.get(str(size), {}).get("indexes", {}).get(name) for size in (10_000, LARGE)]
        if ends[0] and ends[1]:
            growth = round(ends[1]["p50"] / ends[0]["p50"], 2)
            found[f"{name}_growth"] = _level(growth, GROWTH, growth < GROWTH)
    return found


def _level(reached: float, wanted: float, met: bool) -> dict[str, Any]:
    return {"reached": reached, "wanted": wanted, "met": met}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []
    engine = type(DB)
    run = engine.run_querystring

    async def record(self: Any, querystring: Any, *args: Any, **kwargs: Any) -> Any:
        sent.append(querystring.compile_string()[0])
        return await run(self, querystring, *args, **kwargs)

    engine.run_querystring = record  # type: ignore[method-assign]
    try:
        yield sent
    finally:
        engine.run_querystring = run  # type: ignore[method-assign]


def _memory() -> float:
    return round(psutil.Process().memory_info().rss / 1e6, 1)

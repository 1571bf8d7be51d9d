"""The measurement of `portal bench matching`: how long a match takes and what retrieval loses, beside a pass over everything.

The mark is one numpy pass over all vacancies in memory (jobs.matching.dense): it loses nothing, and no retrieval through
a server can be faster for long. Each section is a function that returns its figures.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import psutil

from jobs import index, matches
from jobs.bench.profiles import generated
from jobs.bench.vacancies import documents
from jobs.index.port import VacancyIndex
from jobs.index.postgres import PostgresIndex
from jobs.matching.dense import Market
from jobs.matching.facts import Profile
from jobs.matching.reading import background, facts_of
from jobs.matching.score import rank
from jobs.matching.seeker import Seeker
from portal import database, settings
from portal.commands.bench.engines import index_named, server_in
from portal.commands.bench.figures import spread
from portal.commands.bench.scratch import execute, scratch
from portal.commands.seed import seed
from portal.conf import DB
from portal.people import Actor
from portal.tables import Role

SIZES = (1_000, 10_000, 100_000)
LARGE = 1_000_000
ASKED, SHOWN, TOP = 100, 20, 10
"""So many profiles are timed, so many vacancies explained to each, and the best so many are compared."""
CLIENTS, VACANCIES_ASKED = 50_000, 60
ADMINISTRATOR = Actor(
    person=0, name="", role=Role.ADMINISTRATOR, organisation=0, organisation_name="", membership=0
)
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
        with scratch(address):
            found["one_vacancy"] = asyncio.run(one_vacancy(tell))
    found["levels"] = levels(found["sizes"])
    return found


async def _at(size: int, profiles: int, tell: Tell) -> dict[str, Any]:
    async with database.pool(size=2), _beside():
        tell(f"Preparing {size} vacancies ...")
        await database.migrate()
        await seed()
        market = Market([facts_of(each) async for batch in documents(size) for each in batch])
        people = list(generated(profiles))
        figures: dict[str, Any] = {"everything": {**everything(market, people), "memory_mb": _memory()}}
        best = figures["everything"].pop("top_ten")
        figures["indexes"] = {}
        for name, backend in backends().items():
            tell(f"Filling {name} ...")
            await backend.rebuild(documents(size))
            await backend.settle()
            tell(f"Matching on {name} ...")
            index.use(backend)
            try:
                found = await one_client(people)
            finally:
                index.use(PostgresIndex())
            figures["indexes"][name] = beside(found, best, figures["everything"]["p50"])
    return figures


def backends() -> dict[str, VacancyIndex]:
    """The indexes at hand: Meilisearch where MEILISEARCH_URL names a server, under a name of its own."""
    found: dict[str, VacancyIndex] = {"postgres": PostgresIndex()}
    if os.environ.get("MEILISEARCH_URL"):
        found["meilisearch"] = index_named("meilisearch", "bench_matching")
    return found


@asynccontextmanager
async def _beside() -> AsyncIterator[None]:
    """With a Meilisearch, where a program is on PATH or one is named."""
    with TemporaryDirectory() as folder:
        async with server_in(Path(folder)):
            yield


async def one_client(people: Sequence[Profile]) -> dict[str, Any]:
    """Retrieve, score, rank and explain for one person after the other, as a page does."""
    for profile in people[:5]:
        await matches.of_profile(profile, SHOWN)
    times, asked = [], 0
    for profile in people[:ASKED]:
        with counted() as statements:
            began = perf_counter()
            await matches.of_profile(profile, SHOWN)
            times.append(perf_counter() - began)
        asked = max(asked, len(statements))
    sums = []
    for profile in people:
        known = await matches.retrieved(profile)
        found = rank(profile, list(map(facts_of, known.values())), TOP, background())
        sums.append(sum(each.score for each in found))
    return {**spread(times), "queries": asked, "top_ten": sums}


async def one_vacancy(tell: Tell) -> dict[str, Any] | None:
    """Find, score, rank and explain the clients for one vacancy after the other, as an administrator sees them."""
    if not (find_spec("jobs.seekers") and find_spec("jobs.bench.clients")):
        return None
    async with database.pool(size=2):
        tell(f"Preparing {CLIENTS} clients ...")
        await database.migrate()
        await seed()
        async with DB.transaction() as transaction:
            await import_module("jobs.bench.clients").fill(transaction.connection, CLIENTS)
        await execute(DB.config["dsn"], "VACUUM ANALYZE")
        seekers, times, asked = import_module("jobs.seekers"), [], 0
        [batch] = [batch async for batch in documents(VACANCIES_ASKED)]
        for turn in range(2):
            for vacancy in batch:
                with counted() as statements:
                    began = perf_counter()
                    for found in await seekers.for_vacancy(vacancy, ADMINISTRATOR, SHOWN):
                        found.reasons()
                if turn:
                    times.append(perf_counter() - began)
                    asked = max(asked, len(statements))
    return {"clients": CLIENTS, **spread(times), "queries": asked, "memory_mb": _memory()}


def everything(market: Market, people: Sequence[Profile]) -> dict[str, Any]:
    """One pass over all vacancies for each person."""
    market.best(Seeker(people[0], background()), SHOWN)
    times, sums = [], []
    for profile in people:
        began = perf_counter()
        scores = market.scores(Seeker(profile, background()))
        top = scores[market.top(scores, SHOWN)]
        times.append(perf_counter() - began)
        sums.append(float(top[:TOP].sum()))
    return {**spread(times), "top_ten": sums}


def beside(found: dict[str, Any], best: Sequence[float], whole: float) -> dict[str, Any]:
    """What an index kept of the best top tens, and how its time compares with a pass over everything."""
    sums = found.pop("top_ten")
    return {
        **found,
        "kept": round(sum(sums) / sum(best), 5),
        "worst_kept": round(min(own / all for own, all in zip(sums, best, strict=True) if all), 4),
        "ratio": round(found["p50"] / whole, 3),
    }


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

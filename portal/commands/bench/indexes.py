"""The measurement of `portal bench index`: each index at hand over generated vacancies, beside its own server without our code."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from jobs.bench.vacancies import fill
from jobs.index.documents import all_open
from jobs.index.drain import drain
from jobs.index.port import Query
from jobs.tables import Vacancy
from portal import database, settings
from portal.commands.bench.engines import Engine, engines
from portal.commands.bench.figures import spread
from portal.commands.bench.levels import levels
from portal.commands.bench.relevance import relevance
from portal.commands.bench.scratch import execute, scratch
from portal.commands.bench.shapes import BEGINNINGS, SHAPES, UNIQUE
from portal.commands.seed import seed
from portal.conf import DB
from portal.database import change
from portal.tables import Outbox

SIZES, LARGE = (1_000, 10_000, 100_000), 1_000_000
ASKED, PATIENCE = 20, 2.0
"""Each question is asked so many times, or for so many seconds if that is less."""
FEWEST = 5
CHANGES = 20
"""Single changes from commit to searchable."""
TRIED = 3_000
DURING = 45.0
"""Seconds for which searches are watched during a rebuild; it is then broken off."""
WATCHED = ("nothing", "trade", "one typo", "in a province")
Tell = Callable[[str], None]


def measure(sizes: Sequence[int], tell: Tell) -> dict[str, Any]:
    """Figures for each size; every size has a scratch database of its own, dropped after."""
    found: dict[str, Any] = {"sizes": {}}
    with database.address(settings.read()), tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        address = os.environ["DATABASE_URL"]
        for size in sizes:
            with scratch(address):
                found["sizes"][str(size)] = asyncio.run(_at(size, Path(folder) / str(size), tell))
        with scratch(address):
            found["relevance"] = asyncio.run(_relevance(Path(folder) / "relevance", tell))
    found["load"] = round(os.getloadavg()[1], 2)
    found["levels"] = levels(found)
    return found


async def _at(size: int, folder: Path, tell: Tell) -> dict[str, Any]:
    async with database.pool(size=3):
        tell(f"Preparing {size} vacancies ...")
        await database.migrate()
        await seed()
        began = perf_counter()
        async with DB.transaction() as transaction:
            await fill(transaction.connection, size)
        figures: dict[str, Any] = {"filled_s": round(perf_counter() - began, 1)}
        await execute(DB.config["dsn"], "VACUUM ANALYZE")
        async with engines(folder) as found:
            for engine in found:
                figures[engine.kept.name] = await _of(engine, size, tell)
        return figures


async def _of(engine: Engine, size: int, tell: Tell) -> dict[str, Any]:
    name, index = engine.kept.name, engine.kept.index
    tell(f"Filling {name} ...")
    began = perf_counter()
    documents = await index.rebuild(all_open())
    seconds = perf_counter() - began
    if name == "postgres":
        await execute(DB.config["dsn"], "VACUUM ANALYZE vacancy_document, vacancy_word")
    figures: dict[str, Any] = {
        "rebuild_s": round(seconds, 1),
        "documents_per_s": round(documents / seconds),
        **await engine.server(),
    }
    tell(f"Asking {name} ...")
    figures["search"] = {shape: await _search(engine, query) for shape, query in SHAPES.items()}
    figures["suggestions"] = await _suggestions(engine)
    tell(f"Changing vacancies in {name} ...")
    figures["commit_to_searchable"] = await _changes(engine, size)
    tell(f"Searching {name} during a rebuild ...")
    figures["during_rebuild"] = await _during(engine)
    return figures


async def _search(engine: Engine, query: Query) -> dict[str, Any]:
    """Milliseconds of our search and of what it sends, asked in turn so that both share a bad moment."""
    with engine.recording() as sent:
        result = await engine.kept.index.search(query)
    asked = list(sent)
    await engine.bare(asked)
    ways: list[Callable[[], Awaitable[Any]]] = [
        lambda: engine.kept.index.search(query),
        lambda: engine.bare(asked),
    ]
    if await engine.alone(asked):
        ways.append(lambda: engine.alone(asked))
    figures, floor, *alone = map(spread, await _in_turn(*ways))
    return {
        **figures,
        "floor": floor,
        "without_facets": alone[0] if alone else None,
        "ratio": round(figures["p50"] / floor["p50"], 2),
        "total": result.total,
        "at_least": result.at_least,
        "words": bool(query.text),
    }


async def _in_turn(*ways: Callable[[], Awaitable[Any]]) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in ways]
    until = perf_counter() + PATIENCE
    while len(times[0]) < ASKED and (perf_counter() < until or len(times[0]) < FEWEST):
        for work, taken in zip(ways, times, strict=True):
            began = perf_counter()
            await work()
            taken.append(perf_counter() - began)
    return times


async def _suggestions(engine: Engine) -> dict[str, float]:
    times = []
    for text in BEGINNINGS:
        # Names of trades, skills and places are put in order once.
        await engine.kept.index.suggest(text)
        for _ in range(FEWEST):
            began = perf_counter()
            await engine.kept.index.suggest(text)
            times.append(perf_counter() - began)
    return spread(times)


async def _changes(engine: Engine, size: int) -> dict[str, float]:
    """Seconds from the commit of a change until a search finds what was changed."""
    times = []
    for number in range(CHANGES):
        word, id = UNIQUE.format(number), 1 + number * (size // CHANGES)
        async with change(by=None):
            await Vacancy.update({Vacancy.title: f"Juru {word}"}).where(Vacancy.id == id)
            await Outbox.insert(Outbox(index=engine.kept.line, document=str(id)))
        began = perf_counter()
        await drain(engine.kept)
        await _found(engine, word)
        times.append(perf_counter() - began)
    return {name: round(ms / 1000, 4) for name, ms in spread(times).items()}


async def _found(engine: Engine, word: str) -> None:
    for _ in range(TRIED):
        if (await engine.kept.index.search(Query(word, exact=True))).total:
            return
        await asyncio.sleep(0.001)
    raise RuntimeError(f"A changed vacancy does not come to be found in {engine.kept.name}.")


async def _during(engine: Engine) -> dict[str, Any]:
    """The same searches while another process rebuilds and before it began."""
    quiet = await _watched(engine, lambda taken: len(taken) < ASKED)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "portal.commands.bench.rebuilding", engine.kept.name
    )
    ended = asyncio.create_task(process.wait())
    until = perf_counter() + DURING
    busy = await _watched(engine, lambda _: not ended.done() and perf_counter() < until)
    if not ended.done():
        process.kill()
    if await ended not in (0, -9):
        raise RuntimeError("The rebuild failed; the lines above say why.")
    return {"quiet": quiet, "p50": busy, "ratio": round(busy / quiet, 2) if busy and quiet else None}


async def _watched(engine: Engine, more: Callable[[list[float]], bool]) -> float | None:
    """Milliseconds, the mean of what each question took in its median: every question weighs the same."""
    taken: dict[str, list[float]] = {shape: [] for shape in WATCHED}
    while more(taken[WATCHED[0]]):
        for shape in WATCHED:
            began = perf_counter()
            await engine.kept.index.search(SHAPES[shape])
            taken[shape].append(perf_counter() - began)
            await asyncio.sleep(0.01)
    return round(sum(map(median, taken.values())) / len(taken) * 1000, 3) if all(taken.values()) else None


async def _relevance(folder: Path, tell: Tell) -> dict[str, Any]:
    async with database.pool(size=3):
        await database.migrate()
        await seed()
        async with engines(folder) as found:
            tell("Judging relevance ...")
            return {engine.kept.name: await relevance(engine.kept.index) for engine in found}

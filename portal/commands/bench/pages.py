"""The measurement of `portal bench pages`: one server, one worker, over kept connections on this machine."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from statistics import median
from urllib.parse import urlencode

from portal import database, settings
from portal.access import COOKIE
from portal.commands.bench.figures import Figures, spread
from portal.commands.bench.floor import COLD, PATH
from portal.commands.bench.load import Connection, Unexpected, latencies, rate
from portal.commands.bench.scratch import Seeded, prepare, scratch

VACANCIES = 20_000
TYPICAL = [
    {"q": "tukang las"},
    {"q": "kasir", "region": "32"},
    {"q": "ojol"},
    {"q": "operator", "type": "contract", "sort": "newest"},
    {"q": "gudang", "region": "32.16", "radius_km": "50", "wage_min": "3000000"},
]
MISTYPED = [{"q": "tukng las"}, {"q": "montir mtor"}]
ROUNDS, SECONDS = 3, 2.0
"""Each rate is the median of so many turns of so many seconds, taken in turn so that all share a bad moment."""
VISITS = 60
"""Requests behind a p50 and p95."""
READY_IN = 30.0


def measure(vacancies: int, tell: Callable[[str], None]) -> Figures:
    """Makes a scratch database, measures a server over it twice (answers remembered and not), and drops it."""
    with database.address(settings.read()):
        address = os.environ["DATABASE_URL"]
        with scratch(address):
            return asyncio.run(_measure(vacancies, tell))


async def _measure(vacancies: int, tell: Callable[[str], None]) -> Figures:
    seeded = await prepare(vacancies, tell)
    figures = Figures(vacancies)
    tell("Measuring with nothing remembered ...")
    async with server(cold=True) as port:
        await _search_times(figures, port, "cold")
        paths = {"floor": [PATH], "search_page_cold": _addresses(TYPICAL)}
        rates = await _rates(port, paths)
        # A moment later the machine may be slower, so the share of this turn's own floor is what is kept.
        cold_share = (rates["search_page_cold"] or 0) / (rates["floor"] or 1)
    tell("Measuring as in service ...")
    async with server(cold=False) as port:
        await _search_times(figures, port, "warm")
        await _other_times(figures, port, seeded)
        opened = [f"/vacancies/{id}" for id in seeded.vacancies]
        paths = {"floor": [PATH], "search_page": _addresses(TYPICAL), "vacancy_page": opened}
        figures.requests_per_second = await _rates(port, paths)
        floor = figures.requests_per_second["floor"] or 0
        figures.requests_per_second["search_page_cold"] = cold_share * floor
        async with Connection(port) as connection:
            for name, asked in paths.items():
                figures.bytes_sent[name] = len((await connection.get(asked[0])).body)
    return figures


async def _search_times(figures: Figures, port: int, name: str) -> None:
    everything: list[float] = []
    for query, address in zip(TYPICAL + MISTYPED, _addresses(TYPICAL + MISTYPED), strict=True):
        # The first answer opens a connection to the database and plans the statement.
        await latencies(port, [address], 3)
        times = await latencies(port, [address], VISITS)
        figures.queries.setdefault(query["q"], {})[name] = spread(times)
        everything += times
    figures.milliseconds[f"search_{name}"] = spread(everything)


async def _other_times(figures: Figures, port: int, seeded: Seeded) -> None:
    opened = [f"/vacancies/{id}" for id in seeded.vacancies]
    asked = {
        "floor": ([PATH], ""),
        "vacancy": (opened, ""),
        "match": (["/matches"], f"{COOKIE}={seeded.token}"),
    }
    for name, (paths, cookie) in asked.items():
        figures.milliseconds[name] = None
        with suppress(Unexpected):
            await latencies(port, paths, 3, cookie)
            figures.milliseconds[name] = spread(await latencies(port, paths, VISITS, cookie))


async def _rates(port: int, paths: Mapping[str, Sequence[str]]) -> dict[str, float | None]:
    turns: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(ROUNDS):
        for name, asked in paths.items():
            with suppress(Unexpected):
                turns[name].append(await rate(port, asked, SECONDS))
    return {name: median(each) if each else None for name, each in turns.items()}


def _addresses(queries: Sequence[dict[str, str]]) -> list[str]:
    return [f"/?{urlencode(query)}" for query in queries]


@asynccontextmanager
async def server(*, cold: bool) -> AsyncIterator[int]:
    """The real server with one worker, on a port that was free; ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-ws"),
        *("--workers", "1", "--log-level", "warning", "--port", str(port)),
        "portal.commands.bench.floor:create_app",
        env={**os.environ, COLD: "1" if cold else ""},
    )
    try:
        await asyncio.wait_for(_ready(port), READY_IN)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _ready(port: int) -> None:
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            async with Connection(port) as connection:
                if (await connection.get("/healthz")).status == 200:
                    return
        await asyncio.sleep(0.1)

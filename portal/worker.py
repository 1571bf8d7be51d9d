"""Work nobody waits for: jobs that run by the clock or when the database calls, each on one worker at a time."""

import asyncio
import contextlib
import logging
import os
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

import asyncpg

log = logging.getLogger("portal.worker")

LONGEST_BACK_OFF = 300.0
"""Seconds a job waits at most after it failed again and again."""
GRACE = 5.0
"""Seconds a job that is running may go on once the worker is asked to end."""
PATIENCE = 30.0
"""Seconds for one of the short questions about locks; a network that swallowed the connection is noticed so."""
SPACE = 0x62696E61
"""First half of every lock's number, so that no other advisory lock can meet it."""

TRY_LOCK = "SELECT pg_try_advisory_lock($1, $2)"
UNLOCK = "SELECT pg_advisory_unlock($1, $2)"


@dataclass(frozen=True)
class Job:
    """`run` must bear being run again after it was cut off in the middle."""

    name: str
    run: Callable[[], Awaitable[object]]
    every: timedelta
    """Also when nothing calls: what a lost notification forgot is caught up with."""
    channel: str | None = None
    """NOTIFY channel that calls for it at once."""


class Line:
    """One connection of the worker's own: it hears the calls and holds the locks.

    Locks belong to a connection, so they go when it breaks or the worker dies, and no other worker waits in vain.
    """

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        # asyncpg answers one query at a time on a connection.
        self._turn = asyncio.Lock()
        self.broken = asyncio.Event()
        connection.add_termination_listener(lambda _: self.broken.set())

    async def hear(self, channel: str, called: asyncio.Event) -> None:
        async with self._turn:
            await self._connection.add_listener(channel, lambda *_: called.set())

    @contextlib.asynccontextmanager
    async def alone(self, job: Job) -> AsyncIterator[bool]:
        """Whether this worker may run the job now; False while another one runs it."""
        number = crc32(job.name.encode()) - 2**31
        async with self._turn:
            mine = await self._connection.fetchval(TRY_LOCK, SPACE, number)
        try:
            yield mine
        finally:
            if mine and not self._connection.is_closed():
                async with self._turn:
                    await self._connection.execute(UNLOCK, SPACE, number)


@contextlib.asynccontextmanager
async def line(url: str) -> AsyncIterator[Line]:
    connection = await asyncpg.connect(
        url, command_timeout=PATIENCE, server_settings={"application_name": "portal worker"}
    )
    try:
        yield Line(connection)
    finally:
        connection.terminate()


async def run_once(jobs: Sequence[Job], url: str) -> list[str]:
    """Runs every job once, one after the other; returns the names of those that failed."""
    failed = []
    async with line(url) as held:
        for job in jobs:
            async with held.alone(job) as mine:
                if mine and not await attempt(job):
                    failed.append(job.name)
    return failed


async def run(jobs: Sequence[Job], url: str, ending: asyncio.Event) -> None:
    """Runs the jobs until `ending` is set, across any number of restarts of the database."""
    failures = 0
    while not ending.is_set():
        try:
            async with line(url) as held:
                failures = 0
                await _run_on(held, jobs, ending)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
            wait = back_off(failures := failures + 1)
            log.warning("The database does not answer (%s); again in %.0f s.", type(problem).__name__, wait)
            await _either(ending, wait)


async def _run_on(held: Line, jobs: Sequence[Job], ending: asyncio.Event) -> None:
    """Runs the jobs until the line breaks or the worker is asked to end; what is running then may finish."""
    over = asyncio.Event()
    calls = [asyncio.Event() for _ in jobs]
    for job, called in zip(jobs, calls, strict=True):
        if job.channel:
            await held.hear(job.channel, called)
    running = [
        asyncio.create_task(_repeat(held, job, called, over)) for job, called in zip(jobs, calls, strict=True)
    ]
    signals = [asyncio.create_task(ending.wait()), asyncio.create_task(held.broken.wait())]
    await asyncio.wait([*signals, *running], return_when=asyncio.FIRST_COMPLETED)
    over.set()
    for called in calls:
        called.set()
    done, unfinished = await asyncio.wait(running, timeout=GRACE)
    for task in [*unfinished, *signals]:
        task.cancel()
    await asyncio.gather(*unfinished, *signals, return_exceptions=True)
    for task in done:
        task.result()
    if held.broken.is_set():
        raise ConnectionResetError


async def _repeat(held: Line, job: Job, called: asyncio.Event, over: asyncio.Event) -> None:
    failures = 0
    while not over.is_set():
        # Cleared before the job looks, so that a call during its run leads to another one.
        called.clear()
        async with held.alone(job) as mine:
            failures = 0 if not mine or await attempt(job) else failures + 1
        wait = back_off(failures) if failures else job.every.total_seconds()
        if failures:
            log.warning("%s failed %s times; again in %.0f s.", job.name, failures, wait)
            # A call must not undo the back-off.
            await _either(over, wait)
        elif not over.is_set():
            await _either(called, wait)


async def attempt(job: Job) -> bool:
    """Runs the job; an error goes to the log by kind and place, for its message may quote what people wrote."""
    try:
        await job.run()
    except Exception as problem:
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        place = f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}"
        log.error("%s failed: %s at %s", job.name, type(problem).__name__, place)
        return False
    return True


def back_off(failures: int) -> float:
    """Seconds: 1, 2, 4 ... at most five minutes."""
    return float(min(LONGEST_BACK_OFF, 2 ** min(failures - 1, 20)))


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Returns when the event is set or the time is over."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)

"""Processes that `portal serve` starts, and keeps running."""

import asyncio
import contextlib
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import click

from portal.meilisearch import Beside
from portal.running import PATIENCE, Serving

SOONEST, LATEST = 1.0, 60.0
"""Seconds before a Meilisearch that ended is started again: longer each time, until it has lived for as long as the latest."""


@contextlib.asynccontextmanager
async def started(serving: Serving, *command: str, **options: Any) -> AsyncIterator[Process]:
    """A process that is ended in the end, and known to whoever cleans up should we be killed."""
    # In a session of its own, so that Ctrl-C reaches it through us alone, and in order.
    process = await asyncio.create_subprocess_exec(*command, start_new_session=True, **options)
    try:
        serving.note(process.pid)
        yield process
    finally:
        await end(process)
        serving.forget(process.pid)


async def end(process: Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()


async def answers(host: str, port: int, path: str) -> None:
    """Returns once a web server there answers 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request.encode())
                status = await reader.readline()
            finally:
                writer.close()
            if status.split()[1:2] == [b"200"]:
                return
        await asyncio.sleep(0.1)


async def keep_meilisearch(serving: Serving, beside: Beside) -> None:
    """Starts it as often as it ends."""
    wait = SOONEST
    while True:
        began = monotonic()
        with contextlib.suppress(OSError):
            await _run(serving, beside)
        if monotonic() - began > LATEST:
            wait = SOONEST
        click.echo(
            f"Meilisearch ended; it starts again in {wait:.0f} seconds, and PostgreSQL answers meanwhile. "
            f"{beside.log} may say why.",
            err=True,
        )
        await asyncio.sleep(wait)
        wait = min(2 * wait, LATEST)


async def _run(serving: Serving, beside: Beside) -> None:
    """Runs it until it ends, and says so as soon as it answers."""
    with beside.opened_log() as log:
        streams = {"stdin": DEVNULL, "stdout": log, "stderr": log}
        place = {"cwd": beside.folder, "env": beside.environment()}
        async with started(serving, *beside.command(), **streams, **place) as process:
            greeting = asyncio.create_task(_greet(serving, beside, process))
            try:
                await process.wait()
            finally:
                greeting.cancel()


async def _greet(serving: Serving, beside: Beside, process: Process) -> None:
    await answers(*beside.place, "/health")
    if process.returncode is None:
        # A script that became the program has another command line by now.
        serving.note(process.pid)
        click.echo(f"Meilisearch {beside.version} runs at {beside.url}, for searches.")

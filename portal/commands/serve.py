"""`portal serve`: the web server, a worker beside it and, where no other is named, the embedded database."""

import asyncio
import contextlib
import dataclasses
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from typing import Any

import click

from jobs.index.errors import supported
from portal import database, meilisearch, running, settings
from portal.demo import accounts
from portal.meilisearch import Beside, Unsuited
from portal.running import PATIENCE, Busy, Serving
from portal.settings import Settings

EMBEDDED_WORKERS = 2
"""With the database on the same small machine more web processes only take its cores away."""
SLOW = 30.0
"""Seconds after which a start that is not finished deserves a word."""
WORKER_AGAIN_AFTER = 5.0
"""Seconds before a worker that ended is started again."""
MEILISEARCH_AGAIN_AFTER = 60.0
"""Seconds at most before a Meilisearch that ended is started again; the first time it takes one."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, the usual request to end, and the closed terminal."""


@click.command("serve")
@click.option("--no-worker", is_flag=True, help="Sends no mail and keeps no index up to date.")
@click.option("--no-meilisearch", is_flag=True, help="Uses no Meilisearch; PostgreSQL answers every search.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Web processes; one per core unless told otherwise."
)
def command(no_worker: bool, no_meilisearch: bool, workers: int | None) -> None:
    """Runs the portal until it is interrupted, and a `meilisearch` program found on PATH beside it."""
    chosen = settings.read()
    if workers:
        chosen = dataclasses.replace(chosen, workers=workers)
    elif not chosen.database_url:
        chosen = dataclasses.replace(chosen, workers=min(chosen.workers, EMBEDDED_WORKERS))
    on_ending(lambda *_: sys.exit(0))
    with running.alone(chosen.var_dir, chosen.public_url) as serving:
        refuse_taken_port(chosen)
        beside = meilisearch_beside(chosen, wanted=not no_meilisearch)
        with meilisearch.told(beside, chosen.var_dir), database.address(chosen):
            try:
                asyncio.run(serve(chosen, serving, beside, with_worker=not no_worker))
            finally:
                # A second Ctrl-C must not leave the embedded database behind.
                on_ending(signal.SIG_IGN)


def on_ending(handler: "signal._HANDLER") -> None:
    for name in ENDINGS:
        signal.signal(name, handler)


def refuse_taken_port(chosen: Settings) -> None:
    """Granian shares its port, so a second one would quietly take half of the visitors."""
    try:
        family, _, _, _, place = socket.getaddrinfo(chosen.host, chosen.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            # Connections of a server that has just ended do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as problem:
        raise Busy(
            f"Port {chosen.port} on {chosen.host} cannot be used: {problem.strerror}. "
            "Stop what uses it, or choose another one with PORT, for example PORT=8001."
        ) from problem


def meilisearch_beside(chosen: Settings, *, wanted: bool) -> Beside | None:
    """The program to run, unless another server is named or none is wanted. One that cannot be used is told of."""
    if not wanted:
        os.environ.pop("MEILISEARCH_URL", None)
        return None
    if chosen.meilisearch and not chosen.meilisearch.beside:
        return None
    try:
        return meilisearch.find(chosen.var_dir, supported)
    except Unsuited as problem:
        click.echo(f"{problem} PostgreSQL answers searches.", err=True)
        return None


async def serve(chosen: Settings, serving: Serving, beside: Beside | None, *, with_worker: bool) -> None:
    """Runs the children until a signal comes or the web server ends by itself, which is a failure."""
    sign_ins = await demo_of_a_ready_database()
    asked = asyncio.Event()
    for name in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    ending = asyncio.create_task(asked.wait())
    web = asyncio.create_task(child(serving, *web_server(chosen)))
    tasks = [ending, web, asyncio.create_task(announce(chosen, sign_ins))]
    if beside:
        tasks.append(asyncio.create_task(keep_meilisearch(serving, beside)))
    if with_worker:
        tasks.append(asyncio.create_task(keep_worker(serving)))
    await asyncio.wait([ending, web], return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if not asked.is_set():
        raise Busy("The web server ended by itself; the lines above say why.")


async def demo_of_a_ready_database() -> list[tuple[str, str, str]]:
    """The demo's sign-ins, if its story is loaded. Raises Unusable if migrations have not been run."""
    async with database.pool(size=1):
        if await database.missing():
            raise database.Unusable("The database is not at this version yet. Run: portal migrate")
        return list(await accounts())


def web_server(chosen: Settings) -> list[str]:
    """Without an access log: addresses people come from and pages they read are nobody's business."""
    options = {"host": chosen.host, "port": chosen.port, "workers": chosen.workers}
    return [
        *("granian", "--interface", "asgi", "--factory", "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        *(part for name, value in options.items() for part in (f"--{name}", str(value))),
        "portal.app:served",
    ]


async def child(serving: Serving, *module: str) -> int:
    """Runs `python -m module...` until it ends or this task is cancelled, which ends it."""
    async with started(serving, sys.executable, "-m", *module) as process:
        return await process.wait()


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


async def keep_worker(serving: Serving) -> None:
    while True:
        await child(serving, "portal", "worker")
        click.echo(f"The worker ended; it starts again in {WORKER_AGAIN_AFTER:.0f} seconds.", err=True)
        await asyncio.sleep(WORKER_AGAIN_AFTER)


async def keep_meilisearch(serving: Serving, beside: Beside) -> None:
    """Starts it as often as it ends, after ever longer waits where it never comes to answer."""
    wait = 1.0
    while True:
        with contextlib.suppress(OSError):
            if await run_meilisearch(serving, beside):
                wait = 1.0
        click.echo(
            f"Meilisearch ended; it starts again in {wait:.0f} seconds, and PostgreSQL answers meanwhile. "
            f"{beside.log} may say why.",
            err=True,
        )
        await asyncio.sleep(wait)
        wait = min(2 * wait, MEILISEARCH_AGAIN_AFTER)


async def run_meilisearch(serving: Serving, beside: Beside) -> bool:
    """Runs it until it ends; whether it ever answered."""
    with beside.opened_log() as log:
        options = {
            "cwd": beside.folder,
            "env": beside.environment(),
            "stdin": DEVNULL,
            "stdout": log,
            "stderr": log,
        }
        async with started(serving, *beside.command(), **options) as process:
            ended, ready = asyncio.create_task(process.wait()), asyncio.create_task(beside.ready())
            try:
                await asyncio.wait([ended, ready], return_when=asyncio.FIRST_COMPLETED)
                answers = not ended.done()
                if answers:
                    # A script that became the program has another command line by now.
                    serving.note(process.pid)
                    click.echo(f"Meilisearch {beside.version} runs at {beside.url}, for searches.")
                    await ended
            finally:
                ended.cancel()
                ready.cancel()
    return answers


async def announce(chosen: Settings, sign_ins: list[tuple[str, str, str]]) -> None:
    """Says where the portal is as soon as it answers."""
    try:
        await asyncio.wait_for(ready(chosen), SLOW)
    except TimeoutError:
        click.echo("The portal takes long to start; the lines above may say why.", err=True)
        await ready(chosen)
    if sign_ins:
        click.echo("The demo story is loaded; sign in as")
        for role, login, password in sign_ins:
            click.echo(f"  {role:<14} {login:<22} {password}")
    click.echo(f"The portal is open at {chosen.public_url} (Ctrl-C or `portal stop` ends it).")


async def ready(chosen: Settings) -> None:
    """Returns once /healthz answers 200."""
    host = EVERYWHERE.get(chosen.host, chosen.host)
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(host, chosen.port)
            try:
                writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                status = await reader.readline()
            finally:
                writer.close()
            if status.split()[1:2] == [b"200"]:
                return
        await asyncio.sleep(0.1)

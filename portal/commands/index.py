"""`portal index`: what search and matching look vacancies up in."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, TypeVar

import click

from jobs import index
from jobs.index import Kept, beside
from jobs.index import drain as drainer
from jobs.index.documents import count_open
from jobs.index.drain import Batches
from jobs.index.errors import Refused, Unavailable
from jobs.index.port import Document
from jobs.index.standing import Standing, standings
from jobs.index.verifying import Differences, verify
from portal import database, settings, worker
from portal.commands import with_index
from portal.commands.worker import indexing

T = TypeVar("T")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
Told = dict[str, T | str]
"""By the name of the index: what was found, or why there is nothing to tell."""


@click.group("index")
def command() -> None:
    """What search and matching look vacancies up in.

    Each of these works on every index in use: PostgreSQL's own, and Meilisearch where there is one.
    """


@command.command()
@click.option("--watch", is_flag=True, help="Goes on until it is interrupted, woken by every change.")
@AS_JSON
def drain(watch: bool, as_json: bool) -> None:
    """Catches up with every change that is waiting."""
    done = in_each(drainer.catch_up)
    tell(done, as_json, lambda changes: f"caught up with {changes} changes.")
    if watch:
        chosen = settings.read()
        with database.address(chosen) as url:
            asyncio.run(keep_draining(chosen, url))
    else:
        fail_for(done)


async def keep_draining(chosen: settings.Settings, url: str) -> None:
    ending = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ending.set)
    async with database.pool(), beside.keeping(chosen):
        await worker.run(indexing(), url, ending)


@command.command()
@AS_JSON
def rebuild(as_json: bool) -> None:
    """Fills each index anew and compares it with the database; searches see the old one until it is done."""
    done = in_each(filled)
    tell(
        done,
        as_json,
        lambda found: f"{found['documents']} vacancies, {found['differences']} differences.",
    )
    fail_for(done)


async def filled(kept: Kept) -> dict[str, int]:
    if kept.follows:
        await drainer.follow(kept)
    with progress(kept.name, await count_open()) as watched:
        documents = await drainer.rebuild(kept, watched)
    return {"documents": documents, "differences": len((await verify(kept)).all)}


@contextlib.contextmanager
def progress(name: str, length: int) -> Iterator[Callable[[Batches], Batches]]:
    """A bar on the terminal that grows with what passes by."""
    with click.progressbar(
        length=length, label=name, show_pos=True, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        async def watched(batches: Batches) -> AsyncIterator[Sequence[Document]]:
            async for batch in batches:
                yield batch
                bar.update(len(batch))

        yield watched


@command.command("verify")
@click.option("--repair", is_flag=True, help="Send anew what differs.")
@AS_JSON
def compare(repair: bool, as_json: bool) -> None:
    """Compares each index with the database, by id and contents. Exits with 1 when they differ and stay so."""
    found = in_each(partial(verify, repair=repair))
    figures: Told[dict[str, Any]] = {
        name: {**asdict(each), "differences": len(each.all), "repaired": repair}
        if isinstance(each, Differences)
        else each
        for name, each in found.items()
    }
    tell(
        figures,
        as_json,
        lambda each: (
            f"{each['documents']} vacancies, {each['differences']} differences "
            f"({len(each['missing'])} missing, {len(each['stale'])} stale, {len(each['extra'])} extra)"
            f"{', sent anew' if repair and each['differences'] else ''}."
        ),
    )
    fail_for(figures)
    if not repair and any(each["differences"] for each in figures.values() if isinstance(each, dict)):
        sys.exit(1)


@command.command()
@AS_JSON
def status(as_json: bool) -> None:
    """What each index holds, and how many changes it has yet to see."""
    found = with_index(standings)
    answers = next((each.name for each in reversed(found) if each.fit), None)
    if as_json:
        click.echo(json.dumps({"answers": answers, "indexes": [asdict(each) for each in found]}))
        return
    for each in found:
        click.echo(sentence(each))
    click.echo(f"Searches are answered by {answers}." if answers else "No index can answer.")


def sentence(each: Standing) -> str:
    if not each.ok:
        return f"{each.name}: does not answer ({each.detail}), {each.waiting} changes waiting."
    due = "" if each.current and each.whole else ", a rebuild is due"
    parked = f", {each.parked} not taken" if each.parked else ""
    return f"{each.name}: {each.documents} vacancies, {each.waiting} changes waiting{parked}{due}."


def in_each(work: Callable[[Kept], Awaitable[T]]) -> Told[T]:
    """Does it with each index in use; one that is away keeps the others from nothing."""

    async def main() -> Told[T]:
        done: Told[T] = {}
        for each in index.kept():
            try:
                done[each.name] = await work(each)
            except (Unavailable, Refused) as problem:
                done[each.name] = (
                    f"{'does not answer' if isinstance(problem, Unavailable) else 'refuses'}: {problem}"
                )
        return done

    return with_index(main)


def tell(done: Told[T], as_json: bool, say: Callable[[T], str]) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {name: {"problem": each} if isinstance(each, str) else each for name, each in done.items()}
            )
        )
        return
    for name, each in done.items():
        click.echo(f"{name}: {each if isinstance(each, str) else say(each)}")


def fail_for(done: Told[T]) -> None:
    """Exits with 1 where an index could not be reached."""
    if any(isinstance(each, str) for each in done.values()):
        sys.exit(1)

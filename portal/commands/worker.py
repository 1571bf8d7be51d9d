"""`portal worker`: keeps the index up to date, sends mail, closes and deletes what is over."""

import asyncio
import logging
import signal
import sys
from datetime import timedelta
from functools import partial

import click

from jobs import index, popular, recommendations, retention
from jobs.expiry import close_expired
from jobs.index import beside
from jobs.index.drain import catch_up, keep_up, rebuild
from jobs.index.verifying import mend
from portal import database, notices, outbox, settings, worker
from portal.pruning import prune
from portal.settings import Settings
from portal.worker import Job
from training.vocabulary import proposing

CONNECTIONS = 10
"""Most jobs may be at work, or waiting for each other's locks, at once."""


def table(chosen: Settings) -> list[Job]:
    """Every job of the portal."""
    return [
        *indexing(),
        # Whatever the index and the database may have come to disagree on does not outlive a day.
        Job("rebuild index", rebuild, timedelta(days=1)),
        Job("notices", partial(notices.send_due, chosen), timedelta(seconds=20)),
        # Every hour rather than once a night: whatever the clock and the hours this machine is awake, it happens.
        Job("close expired vacancies", close_expired, timedelta(hours=1)),
        Job("prune", prune, timedelta(hours=1)),
        Job("prune recommendations", recommendations.prune, timedelta(days=1)),
        Job("prune what clients said", retention.prune, timedelta(days=1)),
        Job("forget searched words", proposing.forget, timedelta(days=1)),
        Job("forget popular searches", popular.forget, timedelta(days=1)),
        # The same for those that follow, which is gentler to a large one than filling it anew.
        *(Job(f"compare {each.name}", partial(mend, each), timedelta(days=1)) for each in index.followers()),
    ]


def indexing() -> list[Job]:
    """One job for each index in use, so that one that is slow or away keeps no other waiting.

    A follower is asked often, because that is how it is noticed to be back; asking one that is away costs nothing.
    """
    return [
        Job("index", catch_up, timedelta(minutes=1), channel=outbox.CHANNEL),
        *(
            Job(f"index {each.name}", partial(keep_up, each), timedelta(seconds=10), channel=outbox.CHANNEL)
            for each in index.followers()
        ),
    ]


@click.command("worker")
@click.option("--once", is_flag=True, help="Runs every job once and ends; for cron.")
def command(once: bool) -> None:
    """Sends mail, keeps the index up to date and clears up, until it is interrupted."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    chosen = settings.read()
    with database.address(chosen) as url:
        failed = asyncio.run(_once(chosen, url) if once else _always(chosen, url))
    if failed:
        click.echo(f"Failed: {', '.join(failed)}.", err=True)
        sys.exit(1)


async def _once(chosen: Settings, url: str) -> list[str]:
    async with database.pool(size=CONNECTIONS), beside.keeping(chosen):
        return await worker.run_once(table(chosen), url)


async def _always(chosen: Settings, url: str) -> list[str]:
    ending = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ending.set)
    async with database.pool(size=CONNECTIONS), beside.keeping(chosen):
        await worker.run(table(chosen), url, ending)
    return []

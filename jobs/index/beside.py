"""Meilisearch beside PostgreSQL: set up from the settings, kept in step, and asked while it is fit."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from piccolo.querystring import QueryString

from jobs import index
from jobs.index import Kept
from jobs.index.standby import Standby
from jobs.vacancies import INDEX
from portal.conf import DB
from portal.settings import Settings

NAME = "meilisearch"
LINE = f"{INDEX}@{NAME}"
STEP = """
SELECT EXISTS (SELECT FROM follower WHERE name = {0} AND whole_at IS NOT NULL) AS whole,
       EXISTS (SELECT FROM outbox WHERE index = {0} AND id <= {1}) AS behind,
       (SELECT coalesce(max(id), 0) FROM outbox WHERE index = {0}) AS newest
"""


class InStep:
    """Whether a follower holds everything, but for what has changed since it was last asked."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._newest = 2**62

    async def __call__(self) -> bool:
        [row] = await DB.run_querystring(
            QueryString(
                STEP.replace("{0}", "{}").replace("{1}", "{}"),
                self._line,
                self._line,
                self._newest,
                self._line,
            )
        )
        self._newest = row["newest"]
        return bool(row["whole"] and not row["behind"])


@contextlib.asynccontextmanager
async def keeping(chosen: Settings) -> AsyncIterator[Kept | None]:
    """Keeps the Meilisearch that the settings name in step from now on; for workers and commands. None: there is none."""
    if chosen.meilisearch is None:
        yield None
        return
    from jobs.index.meilisearch import MeilisearchIndex

    opened = MeilisearchIndex(chosen.meilisearch.url, chosen.meilisearch.key)
    follower = Kept(NAME, LINE, opened)
    index.keep(follower)
    try:
        yield follower
    finally:
        index.keep()
        await opened.close()


@contextlib.asynccontextmanager
async def asking(chosen: Settings) -> AsyncIterator[None]:
    """Lets it answer besides, while it is fit; for processes that answer people."""
    async with keeping(chosen) as follower:
        if follower is None:
            yield
            return
        before = index.current()
        standby = Standby(follower.index, before, InStep(follower.line))
        index.use(standby)
        watching = asyncio.create_task(standby.watch())
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            index.use(before)

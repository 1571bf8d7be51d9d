"""The indexes at hand for `portal bench index`: what each sends for a question, and the same sent again without our code."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol
from urllib.parse import urlsplit

import asyncpg
import psutil

from jobs.index import Kept
from jobs.index.port import VacancyIndex
from jobs.index.postgres import PostgresIndex
from jobs.vacancies import INDEX
from portal import meilisearch, supervising
from portal.conf import DB

# As a plan for one question is made: see the migration "Planned searches".
PLANNED = """
SET SESSION plan_cache_mode = force_custom_plan; SET SESSION enable_seqscan = off; SET SESSION jit = off;
SET SESSION max_parallel_workers_per_gather = 0; SET SESSION cpu_operator_cost = 0.1
"""
FOLLOWED = "PORTAL_BENCH_INDEX"
"""The name of the scratch index, for the process that rebuilds it."""


class Engine(Protocol):
    """One index, and the server behind it."""

    kept: Kept

    def recording(self) -> AbstractContextManager[list[Any]]:
        """What is sent to the server for questions meanwhile."""
        ...

    async def bare(self, sent: Sequence[Any]) -> None:
        """The same questions by nothing but a driver."""
        ...

    async def alone(self, sent: Sequence[Any]) -> bool:
        """The page of a question over our client, with nothing counted; False where counting is part of the same statement."""
        ...

    async def server(self) -> dict[str, float | None]:
        """`memory_mb` (None where the server is not on this machine) and `disk_mb`."""
        ...

    async def close(self) -> None: ...


def index_named(name: str, scratch: str) -> VacancyIndex:
    """Nothing is remembered: every question reaches the server."""
    if name == "postgres":
        return PostgresIndex(remembered=0)
    from jobs.index.meilisearch import MeilisearchIndex

    return MeilisearchIndex(
        os.environ["MEILISEARCH_URL"], os.environ.get("MEILISEARCH_KEY", ""), index=scratch, timeout=60.0
    )


@asynccontextmanager
async def engines(folder: Path) -> AsyncIterator[list[Engine]]:
    """PostgreSQL always; Meilisearch where MEILISEARCH_URL names one, or a program is on PATH and started in `folder`."""
    found: list[Engine] = [await Postgres.open()]
    async with server_in(folder) as process:
        if os.environ.get("MEILISEARCH_URL"):
            found.append(Meilisearch(f"bench_{token_hex(4)}", process))
        try:
            yield found
        finally:
            for each in found:
                await each.close()


@asynccontextmanager
async def server_in(folder: Path) -> AsyncIterator[int | None]:
    """Starts a `meilisearch` on PATH for so long, unless one is named; its process id, None where none was started."""
    if os.environ.get("MEILISEARCH_URL") or shutil.which(meilisearch.PROGRAM) is None:
        yield None
        return
    own = meilisearch.find(folder, lambda version: None)
    assert own
    with own.opened_log() as log:
        process = await asyncio.create_subprocess_exec(
            *own.command(), env=own.environment(), cwd=own.folder, stdout=log, stderr=log
        )
    try:
        await asyncio.wait_for(supervising.answers(*own.place, "/health"), 30.0)
        os.environ |= {"MEILISEARCH_URL": own.url, "MEILISEARCH_KEY": own.key}
        yield process.pid
    finally:
        os.environ.pop("MEILISEARCH_URL", None)
        os.environ.pop("MEILISEARCH_KEY", None)
        process.kill()
        await process.wait()


@dataclass
class Postgres:
    kept: Kept
    connection: asyncpg.Connection

    @classmethod
    async def open(cls) -> "Postgres":
        connection = await asyncpg.connect(DB.config["dsn"], server_settings={"timezone": "Asia/Jakarta"})
        await connection.execute(PLANNED)
        return cls(Kept("postgres", INDEX, index_named("postgres", "")), connection)

    @contextmanager
    def recording(self) -> Iterator[list[Any]]:
        """Statements that read documents; those that only understand words are our own."""
        sent: list[Any] = []
        engine: Any = type(DB)
        run = engine.run_querystring

        async def record(this: Any, querystring: Any, *args: Any, **more: Any) -> Any:
            statement, values = querystring.compile_string()
            if "vacancy_planned" in statement:
                # What is planned inside, so that our way to have it planned is not part of the floor.
                sent.append((values[0], values[1:]))
            elif "FROM vacancy_document" in statement:
                sent.append((statement, values))
            return await run(this, querystring, *args, **more)

        engine.run_querystring = record
        try:
            yield sent
        finally:
            engine.run_querystring = run

    async def bare(self, sent: Sequence[Any]) -> None:
        for statement, values in sent:
            await self.connection.fetch(statement, *values)

    async def alone(self, sent: Sequence[Any]) -> bool:
        return False

    async def server(self) -> dict[str, float | None]:
        size = "SELECT pg_total_relation_size('vacancy_document') + pg_total_relation_size('vacancy_word')"
        return {
            "memory_mb": _memory_of_the_family(await self.connection.fetchval("SELECT pg_backend_pid()")),
            "disk_mb": _mb(await self.connection.fetchval(size)),
        }

    async def close(self) -> None:
        await self.connection.close()


class Meilisearch:
    def __init__(self, scratch: str, process: int | None) -> None:
        self.scratch, self._process = scratch, process
        os.environ[FOLLOWED] = scratch
        self.kept = Kept("meilisearch", scratch, index_named("meilisearch", scratch))
        place = urlsplit(os.environ["MEILISEARCH_URL"])
        self._connection = HTTPConnection(place.hostname or "", place.port or 80, timeout=60)

    @contextmanager
    def recording(self) -> Iterator[list[Any]]:
        import httpx2

        sent: list[Any] = []
        client: Any = httpx2.AsyncClient
        send = client.send

        async def record(this: Any, request: Any, **more: Any) -> Any:
            if request.url.path.endswith("search"):
                sent.append((request.url.path, request.content, request.headers.get("authorization", "")))
            return await send(this, request, **more)

        client.send = record
        try:
            yield sent
        finally:
            client.send = send

    async def bare(self, sent: Sequence[Any]) -> None:
        for path, body, key in sent:
            headers = {
                "Content-Type": "application/json",
                "Authorization": key,
                "Accept-Encoding": "identity",
            }
            self._ask("POST", path, body, headers)

    async def alone(self, sent: Sequence[Any]) -> bool:
        from meilisearch_python_sdk.models.search import SearchParams

        # The last one is the one that was right, and its first question the page.
        *_, body = (body for path, body, _ in sent if path.endswith("multi-search"))
        page = json.loads(body)["queries"][0]
        index: Any = self.kept.index
        await index._server.ask([SearchParams.model_validate(page | {"facets": None})])
        return True

    async def server(self) -> dict[str, float | None]:
        stats = self._ask("GET", "/stats", None, self._own())
        memory = psutil.Process(self._process).memory_info().rss if self._process else None
        return {"memory_mb": memory and _mb(memory), "disk_mb": _mb(stats["databaseSize"])}

    async def close(self) -> None:
        """Leaves nothing behind on a server that was there before."""
        with suppress(OSError):
            for each in self._ask("GET", "/indexes?limit=1000", None, self._own())["results"]:
                if each["uid"].startswith(self.scratch):
                    self._ask("DELETE", f"/indexes/{each['uid']}", None, self._own())
        self._connection.close()

    def _own(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {os.environ.get('MEILISEARCH_KEY', '')}"}

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Any:
        self._connection.request(method, path, body, headers)
        return json.loads(self._connection.getresponse().read() or b"null")


def _memory_of_the_family(backend: int) -> float | None:
    """All processes of the server; what they share is counted once."""
    with suppress(psutil.Error):
        server = psutil.Process(backend).parent()
        if server and "postgres" in server.name():
            family = [server, *server.children()]
            return _mb(sum(each.memory_full_info().pss for each in family))
    return None


def _mb(bytes: float) -> float:
    return round(bytes / 1e6, 1)

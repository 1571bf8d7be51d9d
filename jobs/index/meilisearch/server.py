"""One server as this program talks to it: a client for each event loop, the right key for each task, no hidden waits."""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import msgspec
from meilisearch_python_sdk import AsyncClient
from meilisearch_python_sdk.index import AsyncIndex
from meilisearch_python_sdk.models.search import SearchParams, SearchResultsWithUID
from meilisearch_python_sdk.models.task import TaskInfo

from jobs.index.meilisearch.errors import Unavailable, of_code, told_apart
from jobs.index.meilisearch.keys import Keys, scoped

HEADERS = {"Accept-Encoding": "identity"}
"""A compressed answer comes in two small pieces, and the second waits 40 ms for the first to be acknowledged."""
NEWEST_DAYS = "day:desc"
"""To the moment would cost some times as much: each document has one of its own, and a day has many."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
FIRST_LOOK, LONGEST_LOOK = 0.002, 0.1
"""Seconds between two looks at a task; a small one is done in milliseconds."""
WRITE_TIMEOUT = 30.0
"""Seconds at least for whoever writes: twenty megabytes go one way, and the server may be busy with those before."""
TASK_TIMEOUT = 600.0
"""Seconds a task may wait behind others and run; a million documents take two minutes."""


class Json:
    """What the SDK reads and writes with; some times as fast as the standard library."""

    dump_bytes = staticmethod(msgspec.json.encode)
    loads = staticmethod(msgspec.json.decode)

    @staticmethod
    def dumps(obj: Any) -> str:
        return msgspec.json.encode(obj).decode()


class Server:
    """Made anywhere; connects in whatever event loop first asks it something."""

    def __init__(self, url: str, key: str, index: str, timeout: float) -> None:
        self.index = index
        self._url, self._key, self._timeout = url, key, timeout
        self._keys: Keys | None = None
        self.rare: dict[str, tuple[float, dict[str, int]]] = {}
        """Beginning of words -> until when, and the rare words of the index that begin so with how many hold each."""
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, float], AsyncClient]] = (
            WeakKeyDictionary()
        )

    async def reader(self) -> AsyncClient:
        return self._client((await self._scoped()).search, self._timeout)

    async def writer(self) -> AsyncClient:
        return self._client((await self._scoped()).write, max(self._timeout, WRITE_TIMEOUT))

    async def ask(self, questions: Sequence[SearchParams]) -> list[SearchResultsWithUID[dict[str, Any]]]:
        """All of them by one request."""
        client = await self.reader()
        with told_apart():
            answers = await client.multi_search(list(questions), hits_type=dict[str, Any])
        if not isinstance(answers, list) or len(answers) != len(questions):
            raise Unavailable("another number of answers than questions")
        return answers

    async def newest(self, filter: list[str], limit: int, fields: list[str]) -> list[dict[str, Any]]:
        """Documents under all conditions, those of the newest days. A search would rank them one by one, which takes some
        times as long."""
        index = (await self.reader()).index(self.index)
        with told_apart():
            found = await index.get_documents(filter=[*filter], limit=limit, fields=fields, sort=NEWEST_DAYS)
        return found.results

    async def own(self, name: str | None = None) -> AsyncIndex:
        """The index, or another of a name that begins like its own, to be written to."""
        return (await self.writer()).index(name or self.index)

    async def done(self, task: TaskInfo) -> None:
        """Follows a task to its end. Raises what it failed of; accepted is not yet done."""
        client = await self.writer()
        pause, until = FIRST_LOOK, monotonic() + TASK_TIMEOUT
        while True:
            with told_apart():
                found = await client.get_task(task.task_uid)
            if found.status == "succeeded":
                return
            if found.status in ("failed", "canceled"):
                error = found.error or {"code": "internal", "message": f"task {found.status}"}
                raise of_code(str(error.get("code", "")), str(error.get("message", "")))
            if monotonic() > until:
                raise Unavailable(f"task {task.task_uid} is still {found.status}")
            await asyncio.sleep(pause)
            pause = min(LONGEST_LOOK, pause * 1.5)

    async def close(self) -> None:
        """Closes what this loop opened; the next question opens it again."""
        for client in self._clients.pop(asyncio.get_running_loop(), {}).values():
            await client.aclose()

    async def version(self) -> str | None:
        return (await self._scoped()).version

    def forget_keys(self) -> None:
        """The server no longer knows them: it may have been restarted empty."""
        self._keys = None

    async def _scoped(self) -> Keys:
        if self._keys is None:
            self._keys = await scoped(self._client(self._key, self._timeout), self._key, self.index)
        return self._keys

    def _client(self, key: str, timeout: float) -> AsyncClient:
        clients = self._clients.setdefault(asyncio.get_running_loop(), {})
        if (key, timeout) not in clients:
            made = clients[key, timeout] = AsyncClient(
                self._url,
                key or None,
                # Its type says whole seconds; it hands on what it is given.
                timeout=timeout,  # type: ignore[arg-type]
                custom_headers=dict(HEADERS),
                json_handler=Json(),  # type: ignore[arg-type]
            )
            if urlsplit(self._url).hostname in LOOPBACK:
                # HTTP_PROXY would carry the key and what people search to another machine, which cannot reach this one.
                made.http_client._mounts.clear()
        return clients[key, timeout]

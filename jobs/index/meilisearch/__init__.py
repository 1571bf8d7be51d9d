"""The vacancy index on Meilisearch: fast and at scale; `jobs.index.postgres` answers the same where it is not at hand.

What somebody types is understood here, by the vocabulary, and reaches the server as plain words and filters: the
server ranks, counts and pages. Its answers are whole documents, so that nothing else has to be read for a list.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager

from jobs.index.meilisearch import asking, candidates, rebuilding, searching, suggesting, writing
from jobs.index.meilisearch.documents import STATE
from jobs.index.meilisearch.errors import BadDocument, Refused, Unavailable
from jobs.index.meilisearch.frequencies import Frequencies
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.settings import fingerprint
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Document, Health, Hit, Query, Result, Suggestion, Wanted

__all__ = ["BadDocument", "MeilisearchIndex", "Refused", "Unavailable"]
NAME = "meilisearch"


class MeilisearchIndex:
    """Implements `jobs.index.port.VacancyIndex`. Every method raises Unavailable or Refused, and nothing else.

    `parked` names documents that the server cannot hold, with the reason; all others are stored all the same.
    """

    def __init__(self, url: str, key: str, *, index: str = "vacancies", timeout: float = 5.0) -> None:
        """`key`: the master key, from which keys for this index alone are made, or one that is limited already.
        `timeout`: seconds for each answer; a task is waited for longer."""
        self.parked: dict[int, str] = {}
        self._server = Server(url, key, index, timeout)
        self._frequencies = Frequencies()

    async def upsert(self, documents: Iterable[Document]) -> None:
        with self._writing():
            await writing.upsert(self._server, documents, self.parked)

    async def remove(self, ids: Iterable[int]) -> None:
        with self._writing():
            await writing.remove(self._server, ids, self.parked)

    async def rebuild(self, documents: AsyncIterator[Sequence[Document]]) -> int:
        with self._writing():
            return await rebuilding.rebuild(self._server, documents, self.parked)

    async def settle(self) -> None:
        """A rebuild that is done is all of it."""

    async def search(self, query: Query) -> Result:
        with self._asking():
            return await searching.search(self._server, query)

    async def count(self, queries: Sequence[Query]) -> list[int]:
        with self._asking():
            return await searching.count(self._server, queries)

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        with self._asking():
            return await candidates.find(self._server, wanted, await self._frequencies.counts(self._server))

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        with self._asking():
            counts = await self._frequencies.counts(self._server)
            return await suggesting.suggest(self._server, text, limit, counts)

    async def hashes(self) -> dict[int, str]:
        with self._asking():
            return await writing.hashes(self._server)

    async def health(self) -> Health:
        """Never raises: what is wrong is its detail. Not current: a rebuild would mend it."""
        try:
            with self._asking():
                documents, held = await self._state()
                version = await self._server.version()
        except Unavailable as problem:
            absent = "index_not_found" in str(problem)
            return Health(NAME, ok=False, current=not absent, detail=str(problem))
        except Refused as problem:
            return Health(NAME, ok=False, current="invalid_search" not in str(problem), detail=str(problem))
        return Health(
            NAME, True, documents, held == fingerprint(), f"Meilisearch {version}" if version else ""
        )

    async def close(self) -> None:
        await self._server.close()

    async def _state(self) -> tuple[int, str | None]:
        """How many documents there are, and the fingerprint they were written with."""
        name = self._server.index
        whole = asking.search(name, Question(), [f"id > {STATE}"], facets=["education"])
        mark = asking.search(name, Question(), [f"id = {STATE}"], limit=1, attributes_to_retrieve=["state"])
        counted, held = await self._server.ask([whole, mark])
        documents = sum(searching.counted(counted, "education").values())
        return documents, held.hits[0]["state"] if held.hits else None

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except Unavailable:
            # Whatever answers next may be another server: a new one knows none of the keys.
            self._server.forget_keys()
            raise

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._asking():
            try:
                yield
            finally:
                self._frequencies.forget()
                self._server.rare.clear()

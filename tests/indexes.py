"""Stand-ins for an index on another server: one in memory, with the ways in which a server fails."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from jobs.index.documents import content_hash
from jobs.index.errors import BadDocument, Unavailable
from jobs.index.port import Document, Health, Hit, Query, Result, Suggestion, Wanted


class Remembered:
    """Implements `jobs.index.port.VacancyIndex` in memory. Every vacancy is found by every question."""

    def __init__(self, name: str = "remembered") -> None:
        self.name = name
        self.documents: dict[int, Document] = {}
        self.current = False
        """An empty server has no settings yet."""
        self.away: Exception | None = None
        self.hanging: asyncio.Event | None = None
        """Set: answers come once it is set, and not before."""
        self.refuses: set[int] = set()
        self._told = 0
        self.asked = 0
        self.was_asked = asyncio.Event()
        self.writers = 0

    def restart_empty(self) -> None:
        self.documents, self.current = {}, False

    def count_as(self, documents: int) -> None:
        """Says it holds so many, though it may not."""
        self._told = documents

    async def _answer(self) -> None:
        self.asked += 1
        self.was_asked.set()
        # As on the way to a server, others get their turn.
        await asyncio.sleep(0)
        if self.hanging:
            await self.hanging.wait()
        if self.away:
            raise self.away

    async def upsert(self, documents: Iterable[Document]) -> None:
        await self._answer()
        self.writers += 1
        assert self.writers == 1, "two write at once"
        await asyncio.sleep(0)
        documents = list(documents)
        for document in documents:
            if document.id in self.refuses:
                self.writers -= 1
                raise BadDocument(document.id, "its title is a riddle")
        self.documents |= {document.id: document for document in documents}
        self.writers -= 1

    async def remove(self, ids: Iterable[int]) -> None:
        await self._answer()
        for id in ids:
            self.documents.pop(id, None)

    async def rebuild(self, documents: AsyncIterator[Sequence[Document]]) -> int:
        await self._answer()
        filled: dict[int, Document] = {}
        async for batch in documents:
            for document in batch:
                if document.id in self.refuses:
                    raise BadDocument(document.id, "its title is a riddle")
            filled |= {document.id: document for document in batch}
        self.documents, self.current = filled, True
        return len(filled)

    async def settle(self) -> None:
        pass

    async def hashes(self) -> dict[int, str]:
        await self._answer()
        return {id: content_hash(document) for id, document in self.documents.items()}

    async def search(self, query: Query) -> Result:
        await self._answer()
        if not self.current:
            raise Unavailable("index_not_found")
        shown = sorted(self.documents.values(), key=lambda document: -document.id)
        return Result([Hit(document, None) for document in shown[: query.per_page]], len(shown))

    async def count(self, queries: Sequence[Query]) -> list[int]:
        return [(await self.search(query)).total for query in queries]

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        return [*(await self.search(Query(per_page=wanted.limit))).hits]

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        await self._answer()
        return [Suggestion(self.name, "title")]

    async def health(self) -> Health:
        await self._answer()
        return Health(self.name, True, self._told or len(self.documents), self.current)

    async def close(self) -> None: ...

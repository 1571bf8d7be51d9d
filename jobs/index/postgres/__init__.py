"""The vacancy index on PostgreSQL: the default where no other server is at hand, and the one to fall back on.

A question takes one tiny statement that reads the index's version and, only when its answer is not remembered, one
that understands its words and one that finds, counts and fetches. Relevance is a matter of fields, not of sums: the
words in the title or beside it first (those of the trade that is named before others), then vacancies of that trade
in other words, then all others, newest first each. `ts_rank` would have to read every hit, and tells a title from a description no better.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace

from jobs.index.port import Document, Health, Hit, Query, Result, Suggestion, Wanted
from jobs.index.postgres import candidates, searching, state, suggesting, writing
from jobs.index.postgres.understanding import understand
from jobs.index.reading_text import Reading, essences, read
from jobs.index.remembering import Memory


class PostgresIndex:
    """Implements `jobs.index.port.VacancyIndex`.

    Answers are remembered under (question, version, day, version of the words). That is safe because every write moves the version to a
    number never used before, in the transaction that writes, and every question reads the version first: an answer
    kept under an older one is never asked for again. A write between the two reads keeps an answer that is newer
    than its version, never older.
    """

    def __init__(self, remembered: int = 256) -> None:
        """`remembered`: answers this process keeps; 0 asks the database every time."""
        self._memory = Memory(remembered)

    async def upsert(self, documents: Iterable[Document]) -> None:
        await writing.upsert(list(documents))

    async def remove(self, ids: Iterable[int]) -> None:
        await writing.remove(list(ids))

    async def rebuild(self, documents: AsyncIterator[Sequence[Document]]) -> int:
        return await writing.rebuild(documents)

    async def search(self, query: Query) -> Result:
        key = (query, await state.moment())
        result = self._memory.get(key)
        if result is None:
            result = await self._found(read(query))
            self._memory.keep(key, result)
        return result

    async def _found(self, reading: Reading) -> Result:
        """What holds all the words; where nothing does, what is about the same work."""
        [question] = await understand([reading.query])
        result = await searching.search(reading.query, question)
        if not result.total and not reading.query.exact:
            for text in essences(question.corrected or reading.query.text):
                query = replace(reading.query, text=text)
                [less] = await understand([query])
                found = await searching.search(query, less)
                if found.total:
                    return replace(found, relaxed=True)
        if question.corrected:
            result = replace(result, corrected=reading.with_words(question.corrected))
        return result

    async def count(self, queries: Sequence[Query]) -> list[int]:
        key = (tuple(queries), await state.moment())
        counts = self._memory.get(key)
        if counts is None:
            narrowed = [read(query).query for query in queries]
            counts = await searching.count(narrowed, await understand(narrowed))
            self._memory.keep(key, counts)
        return counts

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        return await candidates.find(wanted)

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return await suggesting.suggest(text, limit)

    async def hashes(self) -> dict[int, str]:
        return await state.hashes()

    async def health(self) -> Health:
        return await state.health()

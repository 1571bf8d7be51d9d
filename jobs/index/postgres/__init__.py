"""The vacancy index on PostgreSQL: the default where no other server is at hand, and the one to fall back on.

A question takes one tiny statement that reads the index's version or, where its answer is not remembered, reads it
and understands the words, and then one that finds, counts and fetches. Relevance is a matter of fields, not of sums: the
words in the title or beside it first (those of the trade that is named before others), then vacancies of that trade
in other words, then all others, newest first each. `ts_rank` would have to read every hit, and tells a title from a description no better.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace

from jobs.index.marking import Marker
from jobs.index.port import Document, Health, Hit, Query, Result, Suggestion, Wanted
from jobs.index.postgres import bounded, candidates, searching, sizes, state, suggesting, writing
from jobs.index.postgres.understanding import Question, understand, understand_now
from jobs.index.postgres.windows import Reading
from jobs.index.reading_text import Said, essences, understood
from jobs.index.remembering import Memory

MOST_REMEMBERED = 100
"""Hits of one answer; a few hundred of those that hold more would take as many megabytes."""


class PostgresIndex:
    """Implements `jobs.index.port.VacancyIndex`.

    Answers are remembered under (question, version, day, version of the words). That is safe because every write moves the version to a
    number never used before, in the transaction that writes, and every question reads the version first: an answer
    kept under an older one is never asked for again. A write between the two reads keeps an answer that is newer
    than its version, never older.
    """

    def __init__(self, remembered: int = 256, exact_up_to: int = 20_000, bound: int = 1_000) -> None:
        """`remembered`: answers this process keeps; 0 asks the database every time. `exact_up_to`: documents of an
        index in which everything is counted; in a larger one counting, and paging, ends at `bound` hits."""
        self._memory = Memory(remembered)
        self._exact_up_to, self._bound = exact_up_to, bound
        self._moment: state.Moment | None = None
        """When it was last asked; only a hint of what to expect."""
        self._sizes: tuple[state.Moment | None, sizes.Sizes | None] = (None, None)

    async def upsert(self, documents: Iterable[Document]) -> None:
        await writing.upsert(list(documents))

    async def remove(self, ids: Iterable[int]) -> None:
        await writing.remove(list(ids))

    async def rebuild(self, documents: AsyncIterator[Sequence[Document]]) -> int:
        return await writing.rebuild(documents)

    async def settle(self) -> None:
        await writing.settle()

    async def search(self, query: Query) -> Result:
        said = understood(query)
        moment, questions = None, list[Question]()
        if self._memory.get((query, self._moment)) is None:
            # Not to be expected in memory, so its words are asked about by the statement that reads the version.
            moment, questions = await understand_now([said.query])
        moment = self._moment = moment or await state.moment()
        result = self._memory.get((query, moment))
        if result is None:
            [question] = questions or await understand([said.query])
            result = await self._found(said, question, await self._reading(moment))
            if len(result.hits) <= MOST_REMEMBERED:
                self._memory.keep((query, moment), result)
        return result

    async def _found(self, asked: Said, question: Question, reading: Reading | None) -> Result:
        """What holds all the words; where nothing does, what is about the same work."""
        query = asked.query
        corrected = asked.with_words(question.corrected) if question.corrected else None
        result = await _search(query, question, reading)
        if not result.total and not query.exact:
            less = [replace(query, text=text) for text in essences(question.corrected or query.text)]
            for each, said in zip(less, await understand(less), strict=True):
                result = await _search(each, said, reading)
                if result.total:
                    return replace(result, relaxed=True)
        return replace(result, corrected=corrected)

    async def count(self, queries: Sequence[Query]) -> list[int]:
        moment = await state.moment()
        key = (tuple(queries), moment)
        counts = self._memory.get(key)
        if counts is None:
            queries = [understood(query).query for query in queries]
            questions = await understand(queries)
            reading = await self._reading(moment)
            counts = await (
                bounded.count(queries, questions, reading) if reading else searching.count(queries, questions)
            )
            self._memory.keep(key, counts)
        return counts

    async def _reading(self, moment: state.Moment) -> Reading | None:
        """How far to read; None: to the end."""
        if moment.documents <= self._exact_up_to:
            return None
        known_at, known = self._sizes
        if known is None or known_at != moment:
            known = await sizes.read()
            self._sizes = (moment, known)
        return Reading(self._bound, known)

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        return await candidates.find(wanted, await self._reading(await state.moment()))

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return await suggesting.suggest(text, limit)

    async def hashes(self) -> dict[int, str]:
        return await state.hashes()

    async def health(self) -> Health:
        return await state.health()


async def _search(query: Query, question: Question, reading: Reading | None) -> Result:
    found = await (bounded.search(query, question, reading) if reading else searching.search(query, question))
    marker = Marker(question.terms)
    return replace(found, hits=[_marked(hit, marker) for hit in found.hits])


def _marked(hit: Hit, marker: Marker) -> Hit:
    document = hit.document
    return Hit(document, hit.distance_km, *marker.of(document))

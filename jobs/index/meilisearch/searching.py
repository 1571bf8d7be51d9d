"""One request that finds, counts and fetches; a second one where words were mistyped or no vacancy holds them all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from meilisearch_python_sdk.models.search import SearchParams

from jobs.index.marking import Marker
from jobs.index.meilisearch import asking, nearest
from jobs.index.meilisearch.documents import read
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.settings import MOST_HITS
from jobs.index.meilisearch.understanding import Doubts, Question, understand
from jobs.index.port import Hit, Query, Result, Sort
from jobs.index.reading_text import Said, essences, understood

FEWEST_TO_RELAX = 3
"""Words. Of two, one is no more than half of what was asked."""


async def search(server: Server, query: Query) -> Result:
    said = understood(query)
    question, result = await _first(server, said.query)
    if result.total == 0 and not query.exact:
        return await _less(server, said, question) or _corrected(result, said, question)
    return _corrected(result, said, question)


async def _first(server: Server, query: Query) -> tuple[Question, Result]:
    """As it was meant. Where words are doubted, what is probably meant is searched for while the doubts are asked."""
    doubts = Doubts([query])
    if not doubts or query.sort is Sort.NEAREST:
        [question] = await understand(server, [query])
        return question, await _find(server, query, question)
    [likely] = doubts.guesses(server)
    wanted = [page_of(server.index, query, likely), *others(server.index, query, likely)]
    answers = await server.ask([*wanted, *doubts.probes(server.index)])
    [question] = await doubts.settled(server, answers[len(wanted) :])
    if question != likely:
        return question, await _find(server, query, question)
    whole, *besides = answers[: len(wanted)]
    return question, _result(query, question, whole.hits, whole, besides)


def _corrected(result: Result, said: Said, question: Question) -> Result:
    return replace(result, corrected=said.with_words(question.corrected)) if question.corrected else result


async def _less(server: Server, said: Said, question: Question) -> Result | None:
    """What is about the same work; else what holds all words but one. None where that finds nothing either."""
    for text in essences(question.corrected or said.query.text):
        less = replace(said.query, text=text)
        result = await _find(server, less, *await understand(server, [less]))
        if result.total:
            return replace(result, relaxed=True)
    if len(question.terms) >= FEWEST_TO_RELAX:
        return await _relaxed(server, said.query, question)
    return None


async def count(server: Server, queries: Sequence[Query]) -> list[int]:
    if not queries:
        return []
    queries = [understood(query).query for query in queries]
    questions = await understand(server, queries)
    answers = await server.ask(
        [
            asking.search(server.index, question, asking.conditions(query).all(), facets=["education"])
            for query, question in zip(queries, questions, strict=True)
        ]
    )
    return [sum(counted(answer, "education").values()) for answer in answers]


async def _find(server: Server, query: Query, question: Question) -> Result:
    besides = others(server.index, query, question)
    origin = asking.origin(query)
    if query.sort is Sort.NEAREST and origin:
        hits, whole, answers = await nearest.find(server, query, question, origin, besides)
    else:
        whole, *answers = await server.ask([page_of(server.index, query, question), *besides])
        hits = whole.hits
    return _result(query, question, hits, whole, answers)


def _result(
    query: Query, question: Question, hits: Iterable[dict[str, Any]], whole: Any, others: Sequence[Any]
) -> Result:
    total, facets = _counts(query, whole, others)
    return Result(_hits(query, question, hits), min(total, MOST_HITS), facets, at_least=total > MOST_HITS)


def page_of(index: str, query: Query, question: Question) -> SearchParams:
    return asking.search(
        index,
        question,
        asking.conditions(query).all(),
        sort=asking.order(query, question),
        facets=list(asking.FACETS),
        **asking.window(query),
    )


async def _relaxed(server: Server, query: Query, question: Question) -> Result | None:
    """The question without the one word that keeps most vacancies away; None where every such question finds nothing.

    The server's own ways to drop words keep one particular word, which is often the one that nobody offers.
    """
    shorter = [question.without(place) for place in range(len(question.terms))]
    filter = asking.conditions(query).all()
    answers = await server.ask([asking.search(server.index, each, filter) for each in shorter])
    most, best = max(
        ((answer.estimated_total_hits or 0, -place) for place, answer in enumerate(answers)), default=(0, 0)
    )
    return replace(await _find(server, query, shorter[-best]), relaxed=True) if most else None


def others(index: str, query: Query, question: Question) -> list[SearchParams]:
    """For each facet that has a filter itself: what counts under all others."""
    given = asking.conditions(query)
    return [asking.search(index, question, given.all(but=name), facets=[name]) for name in given.by_facet]


def _counts(query: Query, whole: Any, others: Sequence[Any]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total, and each facet under its fellows' filters."""
    facets = {name: counted(whole, name) for name in asking.FACETS}
    # Every vacancy asks for some level, if only for none, so that these add up to all of them.
    total = sum(facets["education"].values())
    named = zip(asking.conditions(query).by_facet, others, strict=True)
    return total, facets | {name: counted(answer, name) for name, answer in named}


def counted(answer: Any, name: str) -> dict[str, int]:
    return (answer.facet_distribution or {}).get(name, {})


def _hits(query: Query, question: Question, found: Iterable[dict[str, Any]]) -> list[Hit]:
    marker, origin = Marker(question.terms), asking.origin(query)
    return [Hit(each, asking.kilometres(origin, each), *marker.of(each)) for each in map(read, found)]

"""Suggestions while somebody types: names kept in memory, and what the vacancies themselves are called."""

from collections import Counter
from collections.abc import Mapping

from jobs.index.choosing import CONSIDERED, chosen, is_called
from jobs.index.meilisearch import asking
from jobs.index.meilisearch.documents import read
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.understanding import Question, Term, understand
from jobs.index.port import Query, Suggestion
from jobs.index.suggestions import SHORTEST, named
from jobs.index.words import asked

READ = 100
"""Vacancies that are called so and of which titles and employers are counted; which ones matters little."""


async def suggest(server: Server, text: str, limit: int, counts: Mapping[str, int]) -> list[Suggestion]:
    """What begins so; where nothing does, what begins as it was probably meant."""
    found = await _begin(server, text, counts)
    if not found and len(text.strip()) >= SHORTEST:
        [question] = await understand(server, [Query(text)])
        found = await _begin(server, question.corrected, counts) if question.corrected else []
    return found[:limit]


async def _begin(server: Server, text: str, counts: Mapping[str, int]) -> list[Suggestion]:
    given = asked(text)
    if sum(map(len, given)) < SHORTEST:
        return []
    names = named(" ".join(given))
    considered = [
        each
        for kind in ("occupation", "skill", "place")
        for each in [found for found in names if found.name.suggestion.kind == kind][:CONSIDERED]
    ]
    *whole, last = given
    question = Question((*(Term(word) for word in whole), Term(last, opens=True)))
    [answer] = await server.ask(
        [
            asking.search(
                server.index,
                question,
                [asking.still_open()],
                sort=asking.NEWEST,
                limit=READ,
                attributes_to_retrieve=["facts"],
                attributes_to_search_on=["head"],
            )
        ]
    )
    documents = [read(hit) for hit in answer.hits]
    called = {
        "employer": Counter(each.employer for each in documents if is_called(each.employer, given)),
        "title": Counter(each.title for each in documents if is_called(each.title, given)),
    }
    return list(chosen(considered, counts, called))

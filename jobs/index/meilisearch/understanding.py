"""From what somebody typed to the words the server is asked for: mended, stemmed, the last one open."""

import asyncio
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meilisearch_python_sdk.models.search import SearchParams
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from jobs.index.meilisearch.errors import told_apart
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.tokens import stem, token
from jobs.index.mending import Near, may_be_wrong, mend
from jobs.index.port import Query
from jobs.index.words import FILLERS, asked, telling, vocabulary_words
from training.vocabulary import while_words_last

SHORTEST_BEGINNING = 4
"""Letters from which the last word also finds longer ones; a known shorter one ("las", "AC") is what it is."""
MOST_WORDS = 10
"""The server reads no further: an eleventh word would be neither met nor missed."""
NEAREST_WORDS = 40
BEGINNING = 2
MOST_RARE = 1_000
"""Rare words read for one that is lost, the most used first."""


@dataclass(frozen=True)
class Term:
    """One word that has to be met. `opens`: as the beginning of one."""

    word: str
    opens: bool = False

    @property
    def token(self) -> str:
        return token(self.word) if self.opens else stem(self.word)

    def meets(self, word: str) -> bool:
        """Whether this word of a text is what was asked for."""
        return stem(word) == stem(self.word) or (self.opens and word.startswith(self.word))


@dataclass(frozen=True)
class Question:
    """The words of a query, ready to be asked. No terms: nothing was typed that is a word."""

    terms: tuple[Term, ...] = ()
    corrected: str | None = None

    @property
    def text(self) -> str:
        """Words alone: no quotes, no minus, nothing that would be syntax. A space at the end closes the last one."""
        said = " ".join(term.token for term in self.terms)
        return said if self.terms and self.terms[-1].opens else f"{said} "

    def without(self, place: int) -> "Question":
        return Question(self.terms[:place] + self.terms[place + 1 :])


@dataclass(frozen=True)
class Known:
    """What the index says of one doubtful word."""

    whole: bool
    begins: bool


async def understand(server: Server, queries: Sequence[Query]) -> list[Question]:
    """Asks the server about words that no name holds, and only then."""
    given = [asked(query.text) for query in queries]
    doubtful = {
        word: words[-1] == word
        for query, words in zip(queries, given, strict=True)
        for word in words
        if _is_doubtful(word, words[-1], query.exact)
    }
    known = await _look_up(server, doubtful) if doubtful else {}
    lost = {
        word
        for word, found in known.items()
        if may_be_wrong(word) and not found.whole and not (doubtful[word] and found.begins)
    }
    mended = await _mend(server, lost) if lost else {}
    return [_question(words, query.exact, known, mended) for query, words in zip(queries, given, strict=True)]


def _is_doubtful(word: str, last: str, exact: bool) -> bool:
    if exact or word in FILLERS or word in vocabulary_words():
        return False
    return word == last or may_be_wrong(word)


async def _look_up(server: Server, doubtful: Mapping[str, bool]) -> dict[str, Known]:
    """Whether documents hold the words, and for a last one whether any holds a longer one."""
    probes = [text for word, last in doubtful.items() for text in (f"{stem(word)} ", *([token(word)] * last))]
    answers = iter(await server.ask([probe(server.index, text) for text in probes]))
    return {
        word: Known(
            bool(next(answers).estimated_total_hits),
            last and (bool(next(answers).estimated_total_hits) or _begins_a_name(word)),
        )
        for word, last in doubtful.items()
    }


def probe(index: str, text: str) -> SearchParams:
    return SearchParams(
        index_uid=index, q=text, limit=0, matching_strategy="all", attributes_to_retrieve=["id"]
    )


async def _mend(server: Server, lost: Iterable[str]) -> dict[str, str]:
    """Each by the names of vocabulary and places, and by rare words of titles and employers."""
    words = sorted(lost)
    rare = await asyncio.gather(*(_rare_words_near(server, word) for word in words))
    mended = {word: mend(word, [*_names_near(word), *near]) for word, near in zip(words, rare, strict=True)}
    return {word: better for word, better in mended.items() if better}


async def _rare_words_near(server: Server, word: str) -> list[Near]:
    """Those that begin with the same letters: nearly nobody mistypes the first two."""
    index = (await server.reader()).index(server.index)
    with told_apart():
        found = await index.facet_search(facet_name="rare", facet_query=word[:BEGINNING], limit=MOST_RARE)
    return [Near(each.value, each.count) for each in found.facet_hits]


def _names_near(word: str) -> list[Near]:
    found = extract(
        word, _sorted_words(), scorer=OSA.distance, processor=None, score_cutoff=2, limit=NEAREST_WORDS
    )
    return [Near(name, vocabulary_words()[name]) for name, *_ in found]


@while_words_last
def _sorted_words() -> list[str]:
    return sorted(vocabulary_words())


def _begins_a_name(word: str) -> bool:
    names = _sorted_words()
    place = bisect_left(names, word)
    return place < len(names) and names[place].startswith(word)


def _question(
    given: list[str], exact: bool, known: Mapping[str, Known], mended: Mapping[str, str]
) -> Question:
    if not given:
        return Question()
    words = [mended.get(word, word) for word in given]
    last = words[-1]
    terms = [
        Term(word, opens=not exact and word == last and _opens(word, known.get(given[-1])))
        for word in dict.fromkeys(telling(words))
    ][:MOST_WORDS]
    return Question(tuple(terms), " ".join(words) if words != given else None)


def _opens(word: str, found: Known | None) -> bool:
    """A whole word whose stem is shorter is met by its stem, which its longer forms have too."""
    if found and not found.whole and not found.begins:
        return word == stem(word)
    if found and not found.whole:
        return True
    return len(word) >= SHORTEST_BEGINNING and stem(word) == token(word)

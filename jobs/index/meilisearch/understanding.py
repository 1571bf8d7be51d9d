"""From what somebody typed to the words the server is asked for: mended, stemmed, the last one open."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

from meilisearch_python_sdk.models.search import SearchParams, SearchResultsWithUID
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from jobs.index.meilisearch.errors import told_apart
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.tokens import stem, token
from jobs.index.mending import Near, may_be_wrong, mend
from jobs.index.port import Query
from jobs.index.words import FILLERS, asked, meanings, names_alone, telling, vocabulary_words
from training.vocabulary import while_words_last

SHORTEST_BEGINNING = 4
"""Letters from which the last word also finds longer ones; a known shorter one ("las", "AC") is what it is."""
MOST_WORDS = 10
"""The server reads no further: an eleventh word would be neither met nor missed."""
NEAREST_WORDS = 40
Answer = SearchResultsWithUID[dict[str, Any]]
LAST_LETTER = chr(0x10FFFF)
BEGINNING = 2
MOST_RARE = 1_000
"""Rare words read for one that is lost, the most used first."""
RARE_SECONDS, MOST_BEGINNINGS = 60.0, 2_000
"""How long they are remembered, and for how many beginnings."""


@dataclass(frozen=True)
class Term:
    """One word that has to be met. `opens`: as the beginning of one."""

    word: str
    opens: bool = False

    @property
    def stem(self) -> str:
        return stem(self.word)

    @property
    def token(self) -> str:
        return token(self.word) if self.opens else self.stem


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


class Doubts:
    """The words of some queries that no name holds, and what the server is asked about them."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self._given = [(query, asked(query.text)) for query in queries]
        self._words = {
            word: words[-1] == word
            for query, words in self._given
            for word in words
            if _is_doubtful(word, words[-1], query.exact)
        }
        """Word -> whether it is the last one of its query."""

    def __bool__(self) -> bool:
        return bool(self._words)

    def probes(self, index: str) -> list[SearchParams]:
        """Whether documents hold the words, and for a last one whether any holds a longer one."""
        words = self._words.items()
        texts = [text for word, last in words for text in (f"{stem(word)} ", *([token(word)] * last))]
        return [_probe(index, text) for text in texts]

    def guesses(self, server: Server) -> list[Question]:
        """What is probably meant: the name that a word resembles, else the word itself."""
        better = {
            word: self._meant(word, _remembered(server, word))
            for word, last in self._words.items()
            if not (last and _begins_a_name(word))
        }
        mended = {word: meant for word, meant in better.items() if meant}
        known = {word: Known(word not in mended, word not in mended) for word in self._words}
        return self._questions(known, mended)

    async def settled(self, server: Server, answers: Iterable[Answer]) -> list[Question]:
        """What is meant. `answers`: those to the probes."""
        counts = (answer.estimated_total_hits for answer in answers)
        known = {
            word: Known(bool(next(counts)), last and (bool(next(counts)) or _begins_a_name(word)))
            for word, last in self._words.items()
        }
        lost = [
            word for word, found in known.items() if may_be_wrong(word) and not (found.whole or found.begins)
        ]
        rare = await asyncio.gather(*(_rare_words(server, word) for word in lost))
        better = {word: self._meant(word, some) for word, some in zip(lost, rare, strict=True)}
        return self._questions(known, {word: meant for word, meant in better.items() if meant})

    def _questions(self, known: Mapping[str, Known], mended: Mapping[str, str]) -> list[Question]:
        return [_question(words, query.exact, known, mended) for query, words in self._given]

    def _meant(self, word: str, rare: Mapping[str, int]) -> str | None:
        """By the names of vocabulary and places, and by rare words of titles and employers."""
        if not may_be_wrong(word):
            return None
        return mend(word, [*_names_near(word), *_near(word, rare)])


async def understand(server: Server, queries: Sequence[Query]) -> list[Question]:
    """Asks the server about words that no name holds, and only then."""
    doubts = Doubts(queries)
    return await doubts.settled(server, await server.ask(doubts.probes(server.index)) if doubts else [])


def _is_doubtful(word: str, last: str, exact: bool) -> bool:
    if exact or word in FILLERS or word in vocabulary_words():
        return False
    return word == last or may_be_wrong(word)


def _probe(index: str, text: str) -> SearchParams:
    return SearchParams(
        index_uid=index, q=text, limit=0, matching_strategy="all", attributes_to_retrieve=["id"]
    )


async def _rare_words(server: Server, word: str) -> Mapping[str, int]:
    """Those that begin with the same letters: nearly nobody mistypes the first two.

    They are remembered for a while, because a word that is only meant may be a minute behind; one that is typed is
    asked for each time.
    """
    beginning = word[:BEGINNING]
    until, weights = server.rare.get(beginning, (0.0, {}))
    if monotonic() >= until:
        index = (await server.reader()).index(server.index)
        with told_apart():
            found = await index.facet_search(facet_name="rare", facet_query=beginning, limit=MOST_RARE)
        weights = {each.value: each.count for each in found.facet_hits}
        if len(server.rare) >= MOST_BEGINNINGS:
            server.rare.clear()
        server.rare[beginning] = (monotonic() + RARE_SECONDS, weights)
    return weights


def _remembered(server: Server, word: str) -> Mapping[str, int]:
    return server.rare.get(word[:BEGINNING], (0.0, {}))[1]


def _near(word: str, weights: Mapping[str, int]) -> list[Near]:
    """Those that are two mistakes away at most."""
    found = extract(word, list(weights), scorer=OSA.distance, score_cutoff=2, limit=NEAREST_WORDS)
    return [Near(name, weights[name]) for name, *_ in found]


@while_words_last
def _names_near(word: str) -> list[Near]:
    """Of the vocabulary; looking through all of it takes a millisecond, and many people type the same."""
    return _near(word, vocabulary_words())


@while_words_last
def _sorted_words() -> list[str]:
    return sorted(vocabulary_words())


def _begins_a_name(word: str) -> bool:
    return bool(_longer_names(word))


@lru_cache(maxsize=4_096)
def _is_half_a_name(word: str) -> bool:
    """Whether other words begin so than its own forms: "pramu" is a word, and the beginning of "pramusaji"."""
    return any(stem(longer) != stem(word) for longer in _longer_names(word))


def _longer_names(word: str) -> list[str]:
    """Words of names that begin so, itself left out."""
    names = _sorted_words()
    start, end = bisect_right(names, word), bisect_right(names, word + LAST_LETTER)
    return names[start:end]


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
    """A word of the vocabulary is whole, unless others begin with it: opened, it finds all names that do.

    A word that names a trade by itself is finished: "kasir" does not begin "kasirkoperasi", which is another trade. A
    short one that names nothing by itself is a beginning.
    """
    if any(mark.startswith("o:") for mark in meanings().get(word, ())):
        return False
    if found and not found.whole:
        return found.begins or word == stem(word)
    if word != stem(word):
        return False
    if len(word) < SHORTEST_BEGINNING:
        return word not in names_alone()
    return found is not None or _is_half_a_name(word)

"""From what somebody typed to what is looked up: words mended, trades and skills recognised, the last word open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import asyncpg
import msgspec
from piccolo.querystring import QueryString

from jobs.index.mending import Near, may_be_wrong, mend
from jobs.index.port import Query
from jobs.index.postgres.state import MOMENT_COLUMNS, Moment, moment_of
from jobs.index.suggestions import trades_begun
from jobs.index.words import FILLERS, asked, meanings, meant, names_alone, telling, vocabulary_words
from portal.conf import DB

SHORTEST_BEGINNING = 4
"""Letters from which the last word also finds longer ones; a known shorter one ("las", "AC") is what it is."""

LOOK_UP = f"""
SELECT {MOMENT_COLUMNS}, found.* FROM vacancy_index_state AS state, vacancy_words_asked({{}}, {{}}, {{}}, {{}}) AS found
"""
Lexemes = tuple[tuple[str, ...], ...]
"""What has to be met, as brackets of which each wants one of its lexemes."""
BEGINNINGS = 500
"""Longer words whose documents are added up; how many hits to expect need not be told to the last one."""


class Likely(msgspec.Struct):
    """A known word that resembles one that is not."""

    word: str
    weight: int
    stem: str | None


@dataclass(frozen=True)
class Held:
    """How many documents hold a word, and how many are called so. Not exact: nothing is decided by it but a plan."""

    documents: int = 0
    heads: int = 0


@dataclass(frozen=True)
class Looked:
    """What the index knows of one typed word."""

    stem: str | None
    known: bool
    begins: bool
    held: Held
    longer: Held
    near: Sequence[Likely]


@dataclass(frozen=True)
class Term:
    """One word that has to be met: by itself, by its stem, as a beginning, or by what it names."""

    word: str
    stem: str | None
    opens: bool
    marks: frozenset[str]

    held: Held = field(default=Held(), compare=False)

    def by_word(self) -> list[str]:
        """Lexemes for a tsquery. Words hold letters, digits, _, + and # only, and marks ASCII slugs.

        Documents hold a stem as `s:` only where it is another word, so the stem itself is looked for besides.
        """
        stem = [f"'s:{self.stem}'"] if self.stem else []
        itself = [f"'{self.stem}'"] if self.stem and self.stem != self.word else []
        return [f"'{self.word}'{':*' if self.opens else ''}", *itself, *stem]

    def by_name(self, *kinds: str) -> list[str]:
        return [f"'{mark}'" for mark in sorted(self.marks) if mark.startswith(kinds)]


@dataclass(frozen=True)
class Question:
    """The words of a query, ready to be looked up. No terms: nothing was typed that is a word."""

    terms: tuple[Term, ...]
    corrected: str | None = None
    marked: Mapping[str, Held] = field(default_factory=dict)
    """How many documents hold each mark of the terms."""

    def lexemes(self, *kinds: str) -> Lexemes:
        """Every term; `kinds` of marks ("o:", "k:") may stand in for its words."""
        return tuple((*term.by_word(), *(term.by_name(*kinds) if kinds else ())) for term in self.terms)

    def named(self) -> Lexemes:
        """Every term, and the trades that they name besides."""
        trades = (tuple(term.by_name("o:")) for term in self.terms)
        return (*(tuple(term.by_word()) for term in self.terms), *filter(None, trades))


async def understand(queries: Sequence[Query]) -> list[Question]:
    """All of them by one statement at most."""
    return (await understand_now(queries))[1]


async def understand_now(queries: Sequence[Query]) -> tuple[Moment | None, list[Question]]:
    """The same, and the moment of the index that the statement has seen; None where there was no word to ask about."""
    typed = {word for query in queries for word in asked(query.text)}
    if not typed:
        return None, [Question(()) for _ in queries]
    # The index learns words that were added to the vocabulary with its next rebuild; they are right already.
    doubtful = {
        word
        for query in queries
        if not query.exact
        for word in asked(query.text)
        if word not in FILLERS and word not in vocabulary_words()
    }
    last = {given[-1] for query in queries if (given := asked(query.text))}
    marks = {mark for query in queries for mark in _marks_of(asked(query.text))}
    rows = await DB.run_querystring(
        QueryString(
            LOOK_UP,
            [word for word in doubtful if may_be_wrong(word)],
            sorted(typed | marks),
            sorted(last),
            BEGINNINGS,
        )
    )
    known = {row["word"]: _looked(row) for row in rows}
    questions = [_question(asked(query.text), query.exact, known) for query in queries]
    return moment_of(rows[0]), questions


def _marks_of(given: list[str]) -> Iterator[str]:
    """Whatever the words may stand for; a last one as a beginning too."""
    named = meant(given, wide=True)
    for marks in named.values():
        yield from marks
    if given and given[-1] not in named:
        yield from trades_begun(" ".join(telling(given)))


def _looked(row: asyncpg.Record) -> Looked:
    return Looked(
        row["stem"],
        row["known"],
        bool(row["begins"]),
        Held(row["documents"], row["heads"]),
        Held(row["longer_documents"] or 0, row["longer_heads"] or 0),
        msgspec.json.decode(row["near"], type=list[Likely]) if row["near"] else [],
    )


def _question(given: list[str], exact: bool, known: dict[str, Looked]) -> Question:
    if not given:
        return Question(())
    last = given[-1]
    # A short word is what it is where it names something ("las", "AC"), and a beginning where it does not ("kas").
    opens = not exact and (
        not known[last].known or len(last) >= SHORTEST_BEGINNING or last not in names_alone()
    )
    mended = {word: _itself(word, known[word]) if exact else _mended(word, known[word]) for word in given}
    if known[last].begins and not _is_a_name([each.word for each in mended.values()]):
        mended[last] = _itself(last, known[last])
    words = [mended[word].word for word in given]
    marks = meant(words, wide=True)
    if opens and words[-1] == last and last not in marks:
        marks[last] = trades_begun(" ".join(telling(words)))
    kept = set(telling(words))
    terms = dict.fromkeys(
        Term(
            each.word,
            each.stem,
            opens and typed == last,
            marks.get(each.word, frozenset()),
            known[last].longer if opens and typed == last else each.held,
        )
        for typed, each in mended.items()
        if each.word in kept
    )
    named = {mark for term in terms for mark in term.marks}
    held = {mark: known[mark].held if mark in known else Held() for mark in named}
    return Question(tuple(terms), " ".join(words) if words != given else None, held)


def _is_a_name(words: list[str]) -> bool:
    """Then a last word that begins others was mistyped rather than not finished."""
    return " ".join(telling(words)) in meanings()


class Mended(NamedTuple):
    """A word as it was meant."""

    word: str
    stem: str | None
    held: Held


def _itself(word: str, looked: Looked) -> Mended:
    return Mended(word, looked.stem, looked.held)


def _mended(word: str, looked: Looked) -> Mended:
    meant_word = None if looked.known else mend(word, [Near(each.word, each.weight) for each in looked.near])
    if meant_word is None:
        return _itself(word, looked)
    likely = next(each for each in looked.near if each.word == meant_word)
    return Mended(meant_word, likely.stem, Held(likely.weight, likely.weight))

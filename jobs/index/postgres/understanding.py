"""From what somebody typed to what is looked up: words mended, trades and skills recognised, the last word open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from piccolo.querystring import QueryString

from jobs.index.mending import Near, may_be_wrong, mend
from jobs.index.port import Query
from jobs.index.suggestions import trades_begun
from jobs.index.words import FILLERS, asked, meanings, meant, telling, vocabulary_words
from portal.conf import DB
from training.vocabulary import plain, vocabulary, while_words_last

SHORTEST_BEGINNING = 4
"""Letters from which the last word also finds longer ones; a known shorter one ("las", "AC") is what it is."""

LOOK_UP = """
SELECT given.word, (ts_lexize('indonesian_stem', given.word))[1] AS stem, known.word IS NOT NULL AS known,
       EXISTS (
           SELECT 1 FROM vacancy_word AS longer
           WHERE longer.word ~>=~ given.word AND longer.word ~<~ (given.word || chr(1114111))
             AND longer.documents + longer.names > 0
       ) AS begins,
       CASE WHEN known.word IS NULL AND given.word = ANY({}::text[]) THEN (
           SELECT json_agg(json_build_object('word', near.word, 'weight', near.weight,
                                             'stem', (ts_lexize('indonesian_stem', near.word))[1]))
           FROM vacancy_words_near(given.word) AS near
       ) END AS near
FROM unnest({}::text[]) AS given (word)
LEFT JOIN vacancy_word AS known ON known.word = given.word AND known.documents + known.names > 0
"""


class Likely(msgspec.Struct):
    """A known word that resembles one that is not."""

    word: str
    weight: int
    stem: str | None


@dataclass(frozen=True)
class Looked:
    """What the index knows of one typed word."""

    stem: str | None
    known: bool
    begins: bool
    near: Sequence[Likely]


@dataclass(frozen=True)
class Term:
    """One word that has to be met: by itself, by its stem, as a beginning, or by what it names."""

    word: str
    stem: str | None
    opens: bool
    marks: frozenset[str]

    def by_word(self) -> list[str]:
        """Lexemes for a tsquery. Words hold letters, digits, _, + and # only, and marks ASCII slugs."""
        stem = [f"'s:{self.stem}'"] if self.stem else []
        return [f"'{self.word}'{':*' if self.opens else ''}", *stem]

    def by_name(self, *kinds: str) -> list[str]:
        return [f"'{mark}'" for mark in sorted(self.marks) if mark.startswith(kinds)]


@dataclass(frozen=True)
class Question:
    """The words of a query, ready to be looked up. No terms: nothing was typed that is a word."""

    terms: tuple[Term, ...]
    corrected: str | None = None

    def lexemes(self, *kinds: str) -> str:
        """A tsquery that wants every term; `kinds` of marks ("o:", "k:") may stand in for its words."""
        return all_of(term.by_word() + (term.by_name(*kinds) if kinds else []) for term in self.terms)

    def named(self) -> str:
        """A tsquery that wants every term, and the trades that they name besides."""
        trades = [names for term in self.terms if (names := term.by_name("o:"))]
        return all_of([*(term.by_word() for term in self.terms), *trades])


def all_of(brackets: Iterable[list[str]]) -> str:
    """A tsquery that wants one lexeme of each bracket; marks come with their quotes or get them here."""
    return " & ".join(f"({' | '.join(map(_quoted, lexemes))})" for lexemes in brackets)


def _quoted(lexeme: str) -> str:
    return lexeme if lexeme.startswith("'") else f"'{lexeme}'"


async def understand(queries: Sequence[Query]) -> list[Question]:
    """All of them by one statement at most."""
    typed = {word for query in queries for word in asked(query.text)}
    if not typed:
        return [Question(()) for _ in queries]
    # The index learns words that were added to the vocabulary with its next rebuild; they are right already.
    doubtful = {
        word
        for query in queries
        if not query.exact
        for word in asked(query.text)
        if word not in FILLERS and word not in vocabulary_words()
    }
    rows = await DB.run_querystring(
        QueryString(LOOK_UP, [word for word in doubtful if may_be_wrong(word)], sorted(typed))
    )
    known = {
        row["word"]: Looked(
            row["stem"],
            row["known"],
            row["begins"],
            msgspec.json.decode(row["near"], type=list[Likely]) if row["near"] else [],
        )
        for row in rows
    }
    return [_question(asked(query.text), query.exact, known) for query in queries]


def _question(given: list[str], exact: bool, known: dict[str, Looked]) -> Question:
    if not given:
        return Question(())
    last = given[-1]
    # A short word is what it is where it names something ("las", "AC"), and a beginning where it does not ("kas").
    opens = not exact and (not known[last].known or len(last) >= SHORTEST_BEGINNING or last not in _alone())
    mended = {word: (word, known[word].stem) if exact else _mended(word, known[word]) for word in given}
    if known[last].begins and not _is_a_name([word for word, _ in mended.values()]):
        mended[last] = (last, known[last].stem)
    words = [mended[word][0] for word in given]
    marks = meant(words, wide=True)
    if opens and words[-1] == last and last not in marks:
        marks[last] = trades_begun(" ".join(telling(words)))
    kept = set(telling(words))
    terms = dict.fromkeys(
        Term(word, stem, opens and typed == last, marks.get(word, frozenset()))
        for typed, (word, stem) in mended.items()
        if word in kept
    )
    return Question(tuple(terms), " ".join(words) if words != given else None)


@while_words_last
def _alone() -> frozenset[str]:
    """Words that name a trade, a skill or a licence by themselves."""
    licences = (name for each in vocabulary().licences.values() for name in (each.label, *each.aliases))
    return frozenset([*meanings(), *map(plain, licences)])


def _is_a_name(words: list[str]) -> bool:
    """Then a last word that begins others was mistyped rather than not finished."""
    return " ".join(telling(words)) in meanings()


def _mended(word: str, looked: Looked) -> tuple[str, str | None]:
    meant_word = None if looked.known else mend(word, [Near(each.word, each.weight) for each in looked.near])
    if meant_word is None:
        return word, looked.stem
    return meant_word, next(each.stem for each in looked.near if each.word == meant_word)

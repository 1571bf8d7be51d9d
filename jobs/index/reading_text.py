"""What typed text asks for besides words: a place, a wage, a licence, no experience; the same for every index.

"kasir cikarang gaji 3 juta" becomes a question for "kasir" in Kab. Bekasi from Rp3.000.000. What is read narrows
exactly as the filters of the page do, and the page shows each piece with a way to take it back. `Query.exact` reads
nothing. A filter that is set already is not contradicted: its words stay words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jobs.index.port import Query, Sort
from jobs.index.spoken import BARE_EDUCATION, LEVELS, ways
from jobs.index.spoken_places import Token, find_place, tokens
from jobs.index.words import FILLERS, LONGEST_NAME, asked, meanings
from training.vocabulary import vocabulary, while_words_last
from training.vocabulary.resolving import occupations_for

LONGEST_READ = 600
"""Characters; an advert says everything that matters before."""
MOST_TRIES = 3
LIKELY = 0.7
"""Least score of the one trade a text is taken for that names none."""


@dataclass(frozen=True)
class Piece:
    """Something that was understood. `kind` is `place`, `wage`, `novice`, `education`, `licence`, `type` or `time`."""

    kind: str
    typed: str
    without: str
    """The whole text without it."""


@dataclass(frozen=True)
class Said:
    """`query` is narrower and holds as text only what is left."""

    query: Query
    pieces: tuple[Piece, ...] = ()

    def with_words(self, words: str) -> str:
        """A whole text that asks for the same with other words."""
        return " ".join([words, *(piece.typed for piece in self.pieces)]).strip()


def understood(query: Query) -> Said:
    """Never raises; a text in which nothing is recognised comes back as it was."""
    return _understood(query, vocabulary().version)


@lru_cache(maxsize=2_048)
def _understood(query: Query, words: str) -> Said:
    """`words`: the version of the vocabulary, on which the answer depends."""
    if query.exact or not query.text.strip():
        return Said(query)
    reader = _Reader(query)
    reader.read_patterns()
    reader.read_place()
    reader.read_bare_level()
    return Said(replace(reader.narrowed, **reader.rest()), reader.pieces())


class _Reader:
    """Takes piece after piece out of a text; each leaves spaces, so that places in the text stay what they are."""

    def __init__(self, query: Query) -> None:
        self.query = self.narrowed = query
        self.left = query.text[:LONGEST_READ]
        self.taken = _names_in(tokens(self.left))
        self.spans: list[tuple[int, int, str]] = []

    def take(self, start: int, end: int, kind: str, **fields: Any) -> None:
        """Without fields it is said, and asks for nothing that can be narrowed by."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        self.narrowed = replace(self.narrowed, **_joined(self.narrowed, fields))
        if fields:
            self.spans.append((start, end, kind))

    def read_patterns(self) -> None:
        for kind, start, end, fields in _said(self.left, self.taken):
            if not fields or _is_free(self.query, self.narrowed, fields):
                self.take(start, end, kind, **fields)

    def read_place(self) -> None:
        place = find_place(tokens(self.left), self.taken) if self.query.region is None else None
        if place:
            radius = self.narrowed.radius_km or place.radius_km
            self.take(place.start, place.end, "place", region=place.code, radius_km=radius)

    def read_bare_level(self) -> None:
        found = _bare_level(self.left) if self.narrowed.education is None else None
        if found:
            self.take(*found.span(), "education", education=int(LEVELS[found[1].lower()]))

    def rest(self) -> dict[str, Any]:
        """The words that are left. Without any, nothing is more fitting than another but for what is nearer to a
        place with a reach."""
        if not self.spans:
            return {
                "text": self.query.text
                if self.left == self.query.text[:LONGEST_READ]
                else _squeezed(self.left)
            }
        rest = _squeezed(self.left)
        if any(word not in FILLERS for word in asked(rest)):
            return {"text": rest}
        narrowed = self.narrowed
        placed = narrowed.region != self.query.region and narrowed.radius_km
        nearest = placed and narrowed.sort is Sort.RELEVANCE
        return {"text": "", "sort": Sort.NEAREST if nearest else narrowed.sort}

    def pieces(self) -> tuple[Piece, ...]:
        text = self.query.text
        return tuple(
            Piece(kind, text[start:end].strip(), _squeezed(f"{text[:start]} {text[end:]}"))
            for start, end, kind in sorted(self.spans)
        )


@while_words_last
def essences(text: str) -> Sequence[str]:
    """Less and less of a text that nothing answers as a whole: the trades it names, one of them, or what it probably
    means; at most three. Remembered, because somebody to whom nothing was shown asks the same with one filter less."""
    given = asked(text)
    names = [" ".join(name) for name in _names(given)]
    trades = [name for name in names if any(mark.startswith("o:") for mark in meanings()[name])]
    named = trades or names
    guesses = [] if named else occupations_for(text, limit=1)
    found = [
        " ".join(named),
        *named,
        *(vocabulary().occupations[each.id].label for each in guesses if each.score >= LIKELY),
    ]
    tried = dict.fromkeys(each for each in found if each and each != " ".join(given))
    return list(tried)[:MOST_TRIES]


def _said(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """What the patterns find, one of a kind, none of it inside the name of a trade or inside another."""
    done: list[tuple[int, int]] = []
    for kind, pattern, meaning in ways():
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(start < stop and begin < end for begin, stop in done):
                continue
            if any(begin <= start and end <= stop for begin, stop in taken) and kind != "licence":
                continue
            fields = meaning(found)
            if fields is not None:
                done.append((start, end))
                yield kind, start, end, dict(fields)


def _is_free(asked_for: Query, narrowed: Query, fields: dict[str, Any]) -> bool:
    """Whether nobody has said otherwise: by a filter, or earlier in the text (but sets may grow)."""
    for name in fields:
        earlier, now = getattr(asked_for, name), getattr(narrowed, name)
        if earlier or (now and not isinstance(now, frozenset)):
            return False
    return True


def _joined(narrowed: Query, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: getattr(narrowed, name) | value if isinstance(value, frozenset) else value
        for name, value in fields.items()
    }


def _bare_level(left: str) -> re.Match[str] | None:
    """Where a level stands by itself: "loker smp", but never "guru smp"."""
    found = BARE_EDUCATION.search(left)
    if found and all(token.word in FILLERS for token in tokens(left[: found.start()] + left[found.end() :])):
        return found
    return None


def _names_in(given: list[Token]) -> list[tuple[int, int]]:
    """Spans of names of several words, in which no word is read by itself: "penjaga malam", "tukang batu"."""
    words = [token.word for token in given]
    return [
        (given[start].start, given[end - 1].end)
        for start in range(len(words))
        for end in range(start + 2, min(len(words), start + LONGEST_NAME) + 1)
        if any(mark.startswith("o:") for mark in meanings().get(" ".join(words[start:end]), ()))
    ]


def _names(given: list[str]) -> Iterator[list[str]]:
    """The names of trades and skills in the words, the longest at each place; those of several words first."""
    found: list[list[str]] = []
    at = 0
    while at < len(given):
        length = next(
            (
                n
                for n in range(min(LONGEST_NAME, len(given) - at), 0, -1)
                if " ".join(given[at : at + n]) in meanings()
            ),
            0,
        )
        if length:
            found.append(given[at : at + length])
        at += length or 1
    yield from sorted(found, key=lambda name: -len(name))


def _squeezed(text: str) -> str:
    return " ".join(text.split())

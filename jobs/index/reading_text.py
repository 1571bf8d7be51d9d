"""What typed text asks for besides words: a place, a wage, a licence, no experience; the same for every index.

"kasir cikarang gaji 3 juta" becomes a question for "kasir" in Kab. Bekasi from Rp3.000.000. What is read narrows
exactly as the filters of the page do, and the page shows each piece with a way to take it back. `Query.exact` reads
nothing. A filter that is set already is not contradicted: its words stay words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jobs.index.port import Query, Sort
from jobs.index.spoken import BARE_EDUCATION, LEVELS, ways
from jobs.index.spoken_places import Token, find_place, tokens
from jobs.index.words import FILLERS, LONGEST_NAME, asked, meanings
from training.vocabulary import vocabulary
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
    text = query.text[:LONGEST_READ]
    if query.exact or not text.strip():
        return Said(query)
    narrowed, spans = query, []
    left = text
    taken = _names_in(tokens(text))
    for kind, start, end, fields in _said(left, taken):
        if fields and not _is_free(query, narrowed, fields):
            continue
        left = left[:start] + " " * (end - start) + left[end:]
        narrowed = replace(narrowed, **_joined(narrowed, fields))
        if fields:
            spans.append((kind, start, end))
    place = find_place(tokens(left), taken) if query.region is None else None
    if place:
        left = left[: place.start] + " " * (place.end - place.start) + left[place.end :]
        narrowed = replace(narrowed, region=place.code, radius_km=narrowed.radius_km or place.radius_km)
        spans.append(("place", place.start, place.end))
    if narrowed.education is None and (level := _bare_level(left)):
        start, end = level
        narrowed = replace(narrowed, education=int(LEVELS[left[start:end].split("/")[0].split()[0].lower()]))
        left = left[:start] + " " * (end - start) + left[end:]
        spans.append(("education", start, end))
    pieces = tuple(
        Piece(kind, text[start:end].strip(), _squeezed(text[:start] + " " + text[end:]))
        for kind, start, end in sorted(spans, key=lambda span: span[1])
    )
    rest = _squeezed(left) if left != text else query.text
    if not any(word not in FILLERS for word in asked(rest)) and pieces:
        rest = ""
        # Nothing is more fitting than another then, but for what is nearer to the place.
        if place and narrowed.radius_km and query.sort is Sort.RELEVANCE:
            narrowed = replace(narrowed, sort=Sort.NEAREST)
    return Said(replace(narrowed, text=rest), pieces)


def essences(text: str) -> list[str]:
    """Less and less of a text that nothing answers as a whole: the trades it names, one of them, or what it probably
    means; at most three."""
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


def _bare_level(left: str) -> tuple[int, int] | None:
    """Where a level stands by itself: "loker smp", but never "guru smp"."""
    found = BARE_EDUCATION.search(left)
    if found and all(token.word in FILLERS for token in tokens(left[: found.start()] + left[found.end() :])):
        return found.span()
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

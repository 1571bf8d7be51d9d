"""From what people write to the trade or the skill they mean: names first, then spelling, and "not sure" in between."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from rapidfuzz import fuzz, process

from portal.places import regions
from training.vocabulary.noise import ADVERT, SEPARATORS, without_head, without_tail
from training.vocabulary.reading import Occupation, Skill, vocabulary, while_words_last
from training.vocabulary.spelling import plain

LONGEST_TEXT = 400
"""Characters read of a text; nobody names a trade later than that."""
LONGEST_NAME = 6
"""Words of the longest name looked for inside a text."""
GENERIC = 3
"""A word that begins the names of so many trades ("operator", "admin") decides nothing by itself."""
SPELT = 82.0
"""Least likeness of a mistyped word, in per cent of its letters (indel); measured: "tukng" to "tukang" is 91."""
SHORTEST_SPELT = 4
"""Words shorter than this are codes (AC, las, OB) or too near to too many others to be mended."""
MARGIN = 4.0
"""How far the best spelling must be ahead of the next trade's to be sure, in per cent."""


class Via(StrEnum):
    ALIAS = "alias"
    SPELLING = "spelling"
    MEANING = "meaning"


@dataclass(frozen=True)
class Candidate:
    """An entry a text may mean. `score` is 0 to 1; `sure` says that no person needs to be asked."""

    id: str
    score: float
    via: Via
    sure: bool


@dataclass(frozen=True)
class _Found:
    id: str
    start: int
    length: int


class Resolver:
    """Finds entries by their names in text as people type it."""

    def __init__(self, names: Mapping[str, str], ambiguous: Mapping[str, frozenset[str]]) -> None:
        self.names = names
        self.ambiguous = ambiguous

    @cached_property
    def words(self) -> list[str]:
        """Every word of every name that may be mended towards."""
        return sorted(
            {
                word
                for name in (*self.names, *self.ambiguous)
                for word in name.split()
                if len(word) >= SHORTEST_SPELT
            }
        )

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(word for name in (*self.names, *self.ambiguous) for word in name.split())

    @cached_property
    def generic(self) -> frozenset[str]:
        begins: dict[str, set[str]] = defaultdict(set)
        for name, id in self.names.items():
            begins[name.split()[0]].add(id)
        return frozenset(word for word, ids in begins.items() if len(ids) >= GENERIC)

    def resolve(self, text: str, limit: int = 5) -> list[Candidate]:
        """At most `limit` candidates, best first, one for each entry. Several trades in one text each come as sure."""
        text = text[:LONGEST_TEXT]
        whole = plain(text)
        if whole in self.names:
            return [Candidate(self.names[whole], 1.0, Via.ALIAS, True)]
        found: list[Candidate] = []
        for segment in self._segments(text):
            found += self._segment(segment)
        best: dict[str, Candidate] = {}
        for candidate in sorted(found, key=lambda each: (not each.sure, -each.score)):
            best.setdefault(candidate.id, candidate)
        return list(best.values())[:limit]

    def exactly(self, text: str) -> list[str]:
        """The entries of a text that consists of names and adverts' words alone, in its order; else an empty list."""
        text = text[:LONGEST_TEXT]
        if found := self.names.get(plain(text)):
            return [found]
        named = [self.names.get(" ".join(words)) for words in self._segments(text)]
        return list(dict.fromkeys(id for id in named if id)) if all(named) else []

    def focus(self, text: str) -> str:
        """What an advert looks for, where that holds a name; else the whole text, for then who is looking tells more."""
        rest = without_head(text)
        return rest if self._inside(_without_adverts(plain(without_tail(rest)).split())) else text

    def first_words(self, text: str) -> list[str]:
        """The words of the first part of a text that may name a trade."""
        return next(iter(self._segments(text[:LONGEST_TEXT])), [])

    def _segments(self, text: str) -> Iterator[list[str]]:
        """The parts of a text that may each name a trade, as words, without what adverts are made of."""
        head = without_tail(self.focus(text))
        stripped = _without_adverts(plain(head).split())
        if " ".join(stripped) in self.names:
            yield stripped
            return
        for part in SEPARATORS.split(head):
            words = _without_adverts(plain(part).split())
            if words:
                yield words

    def _segment(self, words: list[str]) -> Iterable[Candidate]:
        name = " ".join(words)
        if name in self.names:
            return [Candidate(self.names[name], 1.0, Via.ALIAS, True)]
        if name in self.ambiguous:
            return [Candidate(id, 0.5, Via.ALIAS, False) for id in sorted(self.ambiguous[name])]
        told = [self._judge(each, words, Via.ALIAS) for each in self._inside(words)]
        if any(each.sure for each in told):
            return told
        mended = [self.mended(word) for word in words]
        if mended != words:
            name = " ".join(mended)
            mended_told = [self._judge(each, mended, Via.SPELLING) for each in self._inside(mended)]
            if any(each.sure for each in mended_told):
                return mended_told
        return told or self._alike(name)

    def _inside(self, words: list[str]) -> list[_Found]:
        """Names inside the words, longest first from the left, none overlapping another."""
        found, at = [], 0
        while at < len(words):
            for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
                if id := self.names.get(" ".join(words[at : at + length])):
                    found.append(_Found(id, at, length))
                    at += length - 1
                    break
            at += 1
        return found

    def _judge(self, found: _Found, words: list[str], via: Via) -> Candidate:
        """Sure when the name is what the words are about: Indonesian begins with the trade and narrows it after."""
        rest = words[: found.start] + words[found.start + found.length :]
        told = [word for word in rest if word not in _places()]
        # One word decides a longer text only when it is written as it is spelt, comes first and begins no other trade;
        # a mended word would make "nulis buku tamu" a writer.
        narrow = found.length > 1 or (
            via is Via.ALIAS and len(told) < 3 and words[found.start] not in self.generic
        )
        sure = not told or (found.start == 0 and narrow)
        covered = found.length / (found.length + len(told))
        score = (0.6 + 0.4 * covered) * (1.0 if via is Via.ALIAS else 0.92)
        return Candidate(found.id, round(score if sure else score * 0.6, 3), via, sure)

    def mended(self, word: str) -> str:
        """The word as it was probably meant, or itself."""
        if word in self.known or len(word) < SHORTEST_SPELT or word.isdigit():
            return word
        found = process.extractOne(word, self.words, scorer=fuzz.ratio, score_cutoff=SPELT)
        return found[0] if found else word

    def _alike(self, name: str) -> Iterable[Candidate]:
        """Names spelt like the whole of it."""
        if len(name) < SHORTEST_SPELT:
            return []
        near = process.extract(name, list(self.names), scorer=fuzz.ratio, score_cutoff=72.0, limit=8)
        best: dict[str, float] = {}
        for likely, score, _ in near:
            best.setdefault(self.names[likely], score)
        ranked = list(best.items())
        ahead = len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= MARGIN
        return [
            Candidate(id, round(score / 100 * 0.9, 3), Via.SPELLING, place == 0 and ahead and score >= 90.0)
            for place, (id, score) in enumerate(ranked)
        ]


def _without_adverts(words: list[str]) -> list[str]:
    return [word for word in words if word not in ADVERT and not re.fullmatch(r"\d+\w?|\W+", word)]


@cache
def _places() -> frozenset[str]:
    """Words of region names: they say where, not what."""
    return frozenset(word for region in regions().values() for word in plain(region.name).split()) | {
        "jakarta",
        "jabodetabek",
        "jogja",
    }


@while_words_last
def occupations() -> Resolver:
    words = vocabulary()
    shared: dict[str, set[str]] = defaultdict(set)
    for entry in words.occupations.values():
        for word in entry.ambiguous:
            shared[plain(word)].add(entry.id)
    return Resolver(words.occupation_names, {word: frozenset(ids) for word, ids in shared.items()})


@while_words_last
def skills() -> Resolver:
    return Resolver(vocabulary().skill_names, {})


def occupations_for(text: str, limit: int = 5) -> list[Candidate]:
    """Occupations the text may mean, best first; an empty list for nothing recognisable."""
    return occupations().resolve(text, limit)


def skills_for(text: str, limit: int = 5) -> list[Candidate]:
    return skills().resolve(text, limit)


def occupation_of(text: str) -> Occupation | None:
    """The one occupation the text surely means, or None."""
    sure = [each for each in occupations_for(text) if each.sure]
    return vocabulary().occupations[sure[0].id] if len(sure) == 1 else None


def skill_of(text: str) -> Skill | None:
    """The one skill the text surely means, or None."""
    sure = [each for each in skills_for(text) if each.sure]
    return vocabulary().skills[sure[0].id] if len(sure) == 1 else None

"""Hits of one page, with what was asked for marked in their titles and descriptions."""

from collections.abc import Sequence
from functools import cache

from jobs.index.marking import Meets, mark, snippet
from jobs.index.port import Hit
from jobs.index.postgres.understanding import Question, Term
from jobs.index.words import name_words
from training.vocabulary import vocabulary

SHORTEST_STEM = 4
"""Letters from which a word that holds a stem is taken to be made from it: menjahit, jahitan, penjahit."""
MOST_TRADES = 3
"""A word that stands for more trades names none of them."""


def marked(hits: Sequence[Hit], question: Question) -> list[Hit]:
    """The same hits; without words asked for there is nothing to mark."""
    if not question.terms:
        return list(hits)
    meets, names = _meets(question.terms), _names(question.terms)
    return [
        Hit(
            hit.document,
            hit.distance_km,
            mark(hit.document.title, meets, names),
            snippet(hit.document.description, meets),
        )
        for hit in hits
    ]


def _meets(terms: Sequence[Term]) -> Meets:
    @cache
    def meets(word: str) -> bool:
        return any(_is(term, word) for term in terms)

    return meets


def _is(term: Term, word: str) -> bool:
    if word == term.word or (term.opens and word.startswith(term.word)):
        return True
    stem = term.stem or ""
    return word == stem or (len(stem) >= SHORTEST_STEM and stem in word)


def _names(terms: Sequence[Term]) -> frozenset[tuple[str, ...]]:
    """Every name of the trades that the words stand for."""
    trades = {mark[2:] for term in terms for mark in term.marks if mark.startswith("o:")}
    known = vocabulary().occupations
    if len(trades) > MOST_TRADES:
        return frozenset()
    named = (name for id in trades if id in known for name in (known[id].label, *known[id].aliases))
    return frozenset(filter(None, map(name_words, named)))

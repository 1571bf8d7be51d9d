"""Where in a text the words stand that were asked for."""

from jobs.index import marking
from jobs.index.meilisearch.understanding import Question
from jobs.index.port import Marked
from jobs.index.words import FILLERS


def title(text: str, question: Question) -> Marked | None:
    return marking.mark(text, _meets(question)) if question.terms else None


def snippet(text: str, question: Question) -> Marked | None:
    """The piece around the first place; None where the text holds none of the words."""
    return marking.snippet(text, _meets(question)) if question.terms else None


def _meets(question: Question) -> marking.Meets:
    telling = [term for term in question.terms if term.word not in FILLERS] or question.terms
    return lambda word: any(term.meets(word) for term in telling)

"""What a text means, when there is time to weigh everything: names first, and what no name answers by all the evidence.

For the terminal, for files, and for a page that asks "maksud Anda ...?". The first text that needs it loads 200 MB and takes
two seconds, so a page asks in a thread; `training.vocabulary.resolving` alone answers while somebody types.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from training.vocabulary.reading import shipped
from training.vocabulary.resolving import LONGEST_TEXT, Candidate, Resolver, Via, occupations, skills

if TYPE_CHECKING:
    from training.vocabulary.evidence import Evidence

SURE = 0.7
"""Least probability of the first entry to be sure, chosen on the development half so that 97 of 100 sure ones are right."""
LEAST = 0.02
"""Entries below this probability are not worth a person's look."""


def occupations_meant(text: str, limit: int = 5) -> list[Candidate]:
    """At most `limit` occupations, best first; several trades in one text each come as sure."""
    return _meant(text, occupations(), _occupations, limit)


def skills_meant(text: str, limit: int = 5) -> list[Candidate]:
    return _meant(text, skills(), _skills, limit)


def _meant(text: str, resolver: Resolver, evidence: "Callable[[], Evidence]", limit: int) -> list[Candidate]:
    text = text[:LONGEST_TEXT]
    # A text of nothing but names is answered by them, and explained.
    if exact := resolver.exactly(text):
        return [Candidate(id, 1.0, Via.ALIAS, True) for id in exact[:limit]]
    named = resolver.resolve(text, limit)
    if not any(letter.isascii() and letter.isalpha() for letter in text):
        return named
    answered = {each.id: each.score for each in named}
    via = {each.id: each.via for each in named}
    return [
        Candidate(id, round(likely, 3), via.get(id, Via.MEANING), place == 0 and likely >= SURE)
        for place, (id, likely) in enumerate(evidence().rank(text, answered, limit))
        if likely >= LEAST
    ]


# Of the files alone: weighing every name again for each word that is added would take seconds, and an added word is a
# name, which is found before anything is weighed.
@cache
def _occupations() -> "Evidence":
    from training.vocabulary.evidence import of_occupations

    return of_occupations(shipped())


@cache
def _skills() -> "Evidence":
    from training.vocabulary.evidence import of_skills

    return of_skills(shipped())

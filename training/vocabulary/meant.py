"""What a text means, when there is time to weigh everything: names first, and what no name answers by all the evidence.

For the terminal, for files, and for a page that asks "maksud Anda ...?". The first text that needs it loads 200 MB and takes
two seconds, so a page asks in a thread; `training.vocabulary.resolving` alone answers while somebody types.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from training.vocabulary.elsewhere import leads_elsewhere
from training.vocabulary.noise import without_noise
from training.vocabulary.reading import shipped
from training.vocabulary.regional import in_indonesian
from training.vocabulary.resolving import LONGEST_TEXT, Candidate, Resolver, Via, occupations, skills

TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
"""Of HTML, which comes with what is copied from a page."""

if TYPE_CHECKING:
    from training.vocabulary.evidence import Evidence

SURE, SURE_OF_SKILLS = 0.8, 0.9
"""Least probability of the first entry to be sure, chosen on the development half so that 97 of 100 sure ones are right."""
SHORTEST_WEIGHED = 5
"""Shorter words are near to too many others to be mended inside a longer text: "asal" is not "aspal"."""
LEAST = 0.02
"""Entries below this probability are not worth a person's look."""


def occupations_meant(text: str, limit: int = 5) -> list[Candidate]:
    """At most `limit` occupations, best first; several trades in one text each come as sure."""
    return _meant(text, occupations(), _occupations, limit, SURE)


def skills_meant(text: str, limit: int = 5) -> list[Candidate]:
    return _meant(text, skills(), _skills, limit, SURE_OF_SKILLS)


def _meant(
    text: str, resolver: Resolver, weighing: "Callable[[], Evidence]", limit: int, enough: float
) -> list[Candidate]:
    text = TAG.sub(" ", text[:LONGEST_TEXT])
    # A text of nothing but names is answered by them, and explained.
    if exact := resolver.exactly(text):
        return [Candidate(id, 1.0, Via.ALIAS, True) for id in exact[:limit]]
    if not any(letter.isascii() and letter.isalpha() for letter in text):
        return resolver.resolve(text, limit)
    evidence = weighing()
    words, named = told(text, resolver, evidence)
    via = {each.id: each.via for each in named}
    # Words that are told of no entry may lie near to one by chance.
    nameable = evidence.knows(words) and not leads_elsewhere(resolver.first_words(text), resolver.names)
    ranked = evidence.rank(words, {each.id: each.score for each in named}, limit)
    return [
        Candidate(
            id, round(likely, 3), via.get(id, Via.MEANING), place == 0 and likely >= enough and nameable
        )
        for place, (id, likely) in enumerate(ranked)
        if likely >= LEAST
    ]


def told(text: str, resolver: Resolver, evidence: "Evidence") -> tuple[str, list[Candidate]]:
    """The words of a text that are worth weighing, in Indonesian and mended, and what names and spelling answer."""
    text = in_indonesian(text, resolver.known)
    words = (
        resolver.mended(word) if len(word) >= SHORTEST_WEIGHED and not evidence.knows(word) else word
        for word in without_noise(resolver.focus(text)).split()
    )
    return " ".join(words), resolver.resolve(text)


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

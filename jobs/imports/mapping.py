"""From the words of a file to the vocabulary: only what is sure, because a wrong trade is worse than none."""

from dataclasses import dataclass
from functools import lru_cache

from jobs.imports.row import Row
from training.vocabulary import vocabulary
from training.vocabulary.reading import Occupation
from training.vocabulary.resolving import Candidate, Via, occupations_for, skills_for

REMEMBERED = 20_000
"""Files repeat their titles and even more their skills."""
MANY = 20
"""So many trades may share a word ("driver") for the job function to decide between."""
SPELT = 0.9
"""A mended word counts from here on. Nobody is asked here, and "potong kain" is one letter from cutting fish (0.82)."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a row says in terms of the vocabulary; `unknown` are the skill words it has no entry for."""

    occupation: Occupation | None
    skills: tuple[str, ...]
    unknown: tuple[str, ...]


def mapped(row: Row) -> Mapped:
    """The row's occupation and skills, as far as they are sure."""
    skills: dict[str, None] = {}
    unknown: list[str] = []
    for words in row.skills:
        found = _skills(words)
        skills.update(dict.fromkeys(found))
        if not found:
            unknown.append(words)
    return Mapped(_occupation(row.title, row.job_function), tuple(skills), tuple(unknown))


@lru_cache(REMEMBERED)
def _occupation(title: str, job_function: str) -> Occupation | None:
    """The trade the title surely names. Where it leaves several open, the job function may decide between them,
    and never name one by itself: it tells a department."""
    candidates = occupations_for(title, MANY)
    sure = [each.id for each in candidates if _certain(each)]
    if len(sure) == 1:
        return vocabulary().occupations[sure[0]]
    named = {each.id for each in occupations_for(job_function) if _certain(each)} if job_function else set()
    decided = [id for id in sure or [each.id for each in candidates] if id in named]
    if len(decided) == 1:
        return vocabulary().occupations[decided[0]]
    # "Juru masak / cook helper": several trades of one unit group are one group still.
    trades = [vocabulary().occupations[id] for id in sure]
    return trades[0] if len({trade.isco for trade in trades}) == 1 else None


@lru_cache(REMEMBERED)
def _skills(words: str) -> tuple[str, ...]:
    return tuple(each.id for each in skills_for(words) if _certain(each))


def _certain(candidate: Candidate) -> bool:
    return candidate.sure and (candidate.via is Via.ALIAS or candidate.score >= SPELT)

"""Trades near to a trade: those that need the same skills, the rarer the skill the nearer."""

from collections import Counter
from math import log, sqrt

from portal.disclosure import discloses
from training.vocabulary.reading import Occupation, vocabulary, while_words_last

ESSENTIAL, USEFUL = 1.0, 0.5
"""What a skill weighs by how much the trade needs it."""
NEAR_ENOUGH = 0.12
"""Least cosine of the weighed skills; below it two trades share little more than care and strength (looked at by eye)."""


@while_words_last
def related(occupation: str, limit: int = 5) -> tuple[Occupation, ...]:
    """At most `limit` trades that share most with this one, nearest first; none for an id that is unknown.

    Trades whose label tells of somebody's past are found by who looks for them, and shown to nobody unasked.
    """
    vectors = _vectors()
    own = vectors.get(occupation, {})
    known = vocabulary().occupations
    near = [
        (likeness, id)
        for id, other in vectors.items()
        if id != occupation
        and not known[id].retired
        and not discloses(known[id].label)
        and (likeness := sum(weight * other.get(skill, 0.0) for skill, weight in own.items())) >= NEAR_ENOUGH
    ]
    return tuple(known[id] for _, id in sorted(near, key=lambda pair: (-pair[0], pair[1]))[:limit])


@while_words_last
def _vectors() -> dict[str, dict[str, float]]:
    """Occupation id -> skill id -> weight, each of length one. A skill that every second trade needs weighs next to nothing."""
    trades = vocabulary().occupations
    needed = {
        each.id: dict.fromkeys(each.useful, USEFUL) | dict.fromkeys(each.essential, ESSENTIAL)
        for each in trades.values()
    }
    count = Counter(skill for skills in needed.values() for skill in skills)
    weighed = {
        id: {skill: need * log(len(trades) / count[skill]) for skill, need in skills.items()}
        for id, skills in needed.items()
    }
    return {id: _of_length_one(skills) for id, skills in weighed.items()}


def _of_length_one(weights: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {skill: weight / length for skill, weight in weights.items()}

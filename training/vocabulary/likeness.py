"""Skills near to a skill: of the same group, named alike, and needed by the same trades."""

from collections import Counter
from itertools import combinations
from math import log, sqrt

from training.vocabulary.reading import vocabulary, while_words_last

ESSENTIAL, USEFUL = 1.0, 0.5
"""What a trade weighs by how much it needs the skill."""
SHARED = 0.1
"""Least cosine of both kinds. Trades alone tell what is done side by side ("gerinda" with "las SMAW"), which is no
likeness; words alone bring together what merely happens to things of one name."""
LEAST = 0.3
"""Least mean of the two; below it pairs share little more than a thing they work on (looked at by eye)."""
CLOSEST = 8
"""A skill has at most so many near ones."""
Weights = dict[str, float]


@while_words_last
def near_skills() -> dict[str, Weights]:
    """Skill id -> the skills near to it, each with how near: above 0 and at most 1, the same in both directions."""
    trades, words = _trades(), _words()
    groups: dict[str, list[str]] = {}
    for skill in vocabulary().skills.values():
        if not skill.retired and skill.id in trades and words[skill.id]:
            groups.setdefault(skill.group, []).append(skill.id)
    near: dict[tuple[str, str], float] = {}
    for group in groups.values():
        for one, other in combinations(sorted(group), 2):
            named = _cosine(words[one], words[other])
            needed = _cosine(trades[one], trades[other]) if named >= SHARED else 0.0
            if needed >= SHARED and (named + needed) / 2 >= LEAST:
                near[one, other] = (named + needed) / 2
    return _closest(near)


def _closest(likeness: dict[tuple[str, str], float]) -> dict[str, Weights]:
    """Pairs from the nearest on, while both skills have room for one more."""
    near: dict[str, Weights] = {}
    for (one, other), value in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if len(near.get(one, ())) < CLOSEST and len(near.get(other, ())) < CLOSEST:
            near.setdefault(one, {})[other] = value
            near.setdefault(other, {})[one] = value
    return near


def _trades() -> dict[str, Weights]:
    """Skill id -> trade id -> weight."""
    trades: dict[str, Weights] = {}
    for occupation in vocabulary().occupations.values():
        for weight, skills in ((USEFUL, occupation.useful), (ESSENTIAL, occupation.essential)):
            for skill in skills:
                trades.setdefault(skill, {})[occupation.id] = weight
    return trades


def _words() -> dict[str, Weights]:
    """Skill id -> the words of the id, which are those of the label in one spelling; the rarer the heavier."""
    ids = vocabulary().skills
    words = {id: {word for word in id.split("-") if len(word) > 2} for id in ids}
    many = Counter(word for some in words.values() for word in some)
    return {id: {word: log(len(ids) / many[word]) for word in sorted(some)} for id, some in words.items()}


def _cosine(one: Weights, other: Weights) -> float:
    shared = sum(weight * other.get(key, 0.0) for key, weight in one.items())
    lengths = sum(w * w for w in one.values()) * sum(w * w for w in other.values())
    return min(1.0, shared / sqrt(lengths)) if lengths else 0.0

"""Ranks all entries by everything that is known of them, for text that no name answers.

Seven kinds of evidence, each a number per entry: what names and spelling answered, likeness of letters and of roots to its
names and sayings, likeness of both to what else is told of it, and nearness of meaning to its names and to its description. They are weighed by one
multinomial regression fitted on the development half of the labelled set (tests/bench/fit_vocabulary.py), so that the
result is a probability; the test half was never looked at.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from training.vocabulary.letters import Letters
from training.vocabulary.meaning import Meaning, encode
from training.vocabulary.noise import without_noise
from training.vocabulary.reading import Occupation, Vocabulary
from training.vocabulary.roots import roots
from training.vocabulary.spelling import plain

Vector = np.ndarray[Any, np.dtype[np.float64]]

OCCUPATION_WEIGHTS = (3.94, 3.26, 1.98, 4.3, 3.4, 2.03, 1.65)
SKILL_WEIGHTS = (1.41, 3.38, 2.19, 5.8, 4.83, -1.93, 4.39)
"""Of the rows of `Evidence.kinds`, in their order."""
K1, B = 1.2, 0.6
"""BM25's usual saturation, and a little less than its usual length damping: sayings are short."""


@dataclass(frozen=True)
class Told:
    """An entry as text: its names and sayings, one line that describes it, and whatever else points to it."""

    id: str
    names: Sequence[str]
    about: str
    besides: Sequence[str]


class Evidence:
    """What is known of each entry, made ready to be compared with text."""

    def __init__(self, entries: Sequence[Told], weights: Sequence[float]) -> None:
        self.ids = [entry.id for entry in entries]
        self.places = {id: at for at, id in enumerate(self.ids)}
        self.weights = np.array(weights)
        named = [(name, at) for at, entry in enumerate(entries) for name in entry.names]
        names, owners = [name for name, _ in named], [at for _, at in named]
        everyone = list(range(len(entries)))
        self.letters_of_names = Letters(names, owners)
        self.letters_besides = Letters(
            [" ".join((entry.about, *entry.besides)) for entry in entries], everyone
        )
        self.roots_of_names = _Roots([entry.names for entry in entries])
        self.roots_besides = _Roots([(entry.about, *entry.besides) for entry in entries])
        self.meaning_of_names = Meaning(names, owners)
        self.meaning_of_about = Meaning([entry.about for entry in entries], everyone)

    def kinds(self, text: str, answered: Mapping[str, float]) -> "np.ndarray[Any, Any]":
        """Evidence by entry, one row a kind; `answered` is what names and spelling said, id to score."""
        words = without_noise(text)
        said = np.zeros(len(self.ids))
        for id, score in answered.items():
            # An entry that was added since is known by its names alone.
            if id in self.places:
                said[self.places[id]] = score
        query = encode([words])[0]
        return np.stack(
            [
                said,
                self.meaning_of_names.likeness(query),
                self.meaning_of_about.likeness(query),
                self.letters_of_names.likeness(words),
                self.roots_of_names.likeness(words) / 10,
                self.roots_besides.likeness(words) / 10,
                self.letters_besides.likeness(words),
            ]
        )

    def rank(self, text: str, answered: Mapping[str, float], limit: int = 5) -> list[tuple[str, float]]:
        """Entry ids with their probability, best first."""
        score = self.weights @ self.kinds(text, answered)
        likely = np.exp(score - score.max())
        likely /= likely.sum()
        return [(self.ids[at], float(likely[at])) for at in np.argsort(-likely)[:limit]]


def of_occupations(words: Vocabulary) -> Evidence:
    """Occupations by their names and sayings, their line of description, and the names of their skills."""
    return Evidence(_occupations_told(words), OCCUPATION_WEIGHTS)


def of_skills(words: Vocabulary) -> Evidence:
    """Skills by their names, and the names of the trades that need them."""
    return Evidence(_skills_told(words), SKILL_WEIGHTS)


def texts_weighed(words: Vocabulary) -> list[str]:
    """Every text whose meaning is compared, in lower case, each once, sorted."""
    told = (*_occupations_told(words), *_skills_told(words))
    return sorted({text.lower() for entry in told for text in (*entry.names, entry.about)})


def _occupations_told(words: Vocabulary) -> list[Told]:
    def told(entry: Occupation) -> Told:
        names = [entry.label, entry.english, *entry.aliases, *entry.ambiguous, *entry.said]
        skills = [words.skills[id] for id in (*entry.essential, *entry.useful)]
        of_skills = [name for skill in skills for name in (skill.label, *skill.aliases)]
        return Told(entry.id, names, entry.about, [*entry.said, *of_skills])

    return [told(entry) for entry in words.occupations.values()]


def _skills_told(words: Vocabulary) -> list[Told]:
    trades: dict[str, list[str]] = defaultdict(list)
    for occupation in words.occupations.values():
        for id in (*occupation.essential, *occupation.useful):
            trades[id].append(occupation.label)
    return [
        Told(skill.id, [skill.label, skill.english, *skill.aliases], skill.label, trades[skill.id])
        for skill in words.skills.values()
    ]


class _Roots:
    """BM25 over the roots of words; a word counts by its best root."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counted = [Counter(root for text in texts for root in _rooted(text)) for texts in documents]
        lengths = [sum(count.values()) for count in counted]
        usual = sum(lengths) / len(lengths)
        seen = Counter(root for count in counted for root in count)
        self.size = len(documents)
        postings: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for at, count in enumerate(counted):
            damped = K1 * (1 - B + B * lengths[at] / usual)
            for root, times in count.items():
                rare = math.log(1 + (self.size - seen[root] + 0.5) / (seen[root] + 0.5))
                postings[root][0].append(at)
                postings[root][1].append(rare * times * (K1 + 1) / (times + damped))
        self.postings = {root: (np.array(at), np.array(weights)) for root, (at, weights) in postings.items()}

    def likeness(self, text: str) -> Vector:
        found = np.zeros(self.size)
        for word in text.split():
            best = np.zeros(self.size)
            for root in roots(word):
                if known := self.postings.get(root):
                    best[known[0]] = np.maximum(best[known[0]], known[1])
            found += best
        return found


@lru_cache(maxsize=50_000)
def _rooted(text: str) -> frozenset[str]:
    # Trades share their skills, and so the texts that tell of them.
    return frozenset(root for word in plain(text).split() for root in roots(word))

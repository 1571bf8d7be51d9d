"""Four plain ways to find an entry, for `portal bench vocabulary` to stand beside; each is sure whenever it finds anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.bench.scoring import Answer, Answering
from training.vocabulary import Vocabulary, plain
from training.vocabulary.letters import Letters
from training.vocabulary.meaning import Meaning, encode

MOST = 5


@dataclass(frozen=True)
class Entries:
    """What the baselines are told: ids, and of each the title, what describes it, and all its names."""

    ids: Sequence[str]
    titles: Sequence[str]
    abouts: Sequence[str]
    names: Sequence[Sequence[str]]
    named: Mapping[str, str]
    """Plain name to id."""


def of_occupations(words: Vocabulary) -> Entries:
    entries = list(words.occupations.values())
    return Entries(
        [each.id for each in entries],
        [each.label for each in entries],
        [each.about for each in entries],
        [(each.label, each.english, *each.aliases) for each in entries],
        words.occupation_names,
    )


def of_skills(words: Vocabulary) -> Entries:
    """A skill has no description; the name of its group and its English name stand for one."""
    entries = list(words.skills.values())
    return Entries(
        [each.id for each in entries],
        [each.label for each in entries],
        [f"{each.english} {words.groups.get(each.group, '')}" for each in entries],
        [(each.label, each.english, *each.aliases) for each in entries],
        words.skill_names,
    )


def all_of(entries: Entries) -> dict[str, Answering]:
    return {
        "character_tf_idf": characters(entries),
        "bm25": bm25(entries),
        "embedding": embedding(entries),
        "aliases": aliases(entries),
    }


def aliases(entries: Entries) -> Answering:
    """The whole text is a name, or nothing."""

    def answer(text: str) -> Answer:
        found = entries.named.get(plain(text))
        return ([found], True) if found else ([], False)

    return answer


def characters(entries: Entries) -> Answering:
    """Cosine of character 2- to 5-grams within words, sublinear, over titles."""
    letters = Letters(entries.titles, range(len(entries.titles)))
    return lambda text: _best(entries, letters.likeness(text))


def embedding(entries: Entries) -> Answering:
    """The nearest of all names by meaning alone."""
    named = [(name, at) for at, names in enumerate(entries.names) for name in names]
    meaning = Meaning([name for name, _ in named], [at for _, at in named])
    return lambda text: _best(entries, meaning.likeness(encode([text])[0]))


def bm25(entries: Entries) -> Answering:
    """BM25 over titles and descriptions, by bm25s. Raises ImportError where the tools for tests are not installed."""
    import bm25s

    index = bm25s.BM25()
    told = zip(entries.titles, entries.abouts, strict=True)
    index.index([plain(f"{title} {about}").split() for title, about in told], show_progress=False)

    def answer(text: str) -> Answer:
        words = plain(text).split() or ["-"]
        found, likeness = index.retrieve([words], k=MOST, show_progress=False)
        ids = [entries.ids[at] for at, score in zip(found[0], likeness[0], strict=True) if score > 0]
        return ids, bool(ids)

    return answer


def _best(entries: Entries, likeness: "np.ndarray[Any, Any]") -> Answer:
    best = [entries.ids[at] for at in np.argsort(-likeness)[:MOST] if likeness[at] > 0]
    return best, bool(best)

"""How well texts are resolved, beside plain baselines, on a set labelled by people. Development and test are told apart by
a hash of the text; whoever tunes looks at the first half only."""

import hashlib
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from training.vocabulary import plain
from training.vocabulary.reading import Vocabulary

Answer = tuple[list[str], bool]
"""Entry ids best first, and whether the first is sure."""


@dataclass(frozen=True)
class Labelled:
    """A text as somebody wrote it and the entries it may mean, the best first; none for a text that names no trade."""

    text: str
    ids: tuple[str, ...]
    kind: str

    @property
    def test(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


def scores(cases: Sequence[Labelled], answer: Callable[[str], Answer]) -> dict[str, float]:
    """hit@1 and hit@5 over the texts that name a trade, the share answered "not sure" over all, hit@1 among the sure.

    A text that names nothing, or only a word several trades share, is right when nothing sure is said.
    """
    named = [case for case in cases if case.ids and case.kind != "ambiguous"]
    answers = {case.text: answer(case.text) for case in cases}
    first = sum(answers[case.text][0][:1] != [] and answers[case.text][0][0] in case.ids for case in named)
    fifth = sum(bool(set(answers[case.text][0][:5]) & set(case.ids)) for case in named)
    sure = [case for case in cases if answers[case.text][1]]
    right = sum(answers[case.text][0][0] in case.ids for case in sure)
    unsure = sum(not answers[case.text][1] for case in named)
    return {
        "n": len(cases),
        "hit@1": round(first / max(1, len(named)), 4),
        "hit@5": round(fifth / max(1, len(named)), 4),
        "not_sure": round(unsure / max(1, len(named)), 4),
        "hit@1_sure": round(right / max(1, len(sure)), 4),
    }


def timed(answer: Callable[[str], Any], texts: Iterable[str], seconds: float = 1.0) -> float:
    """Texts a second, over at most about `seconds`."""
    done, began = 0, time.perf_counter()
    for text in texts:
        answer(text)
        done += 1
        if time.perf_counter() - began > seconds:
            break
    return round(done / (time.perf_counter() - began), 1)


class Aliases:
    """Baseline: the whole text is a name, or nothing."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words

    def __call__(self, text: str) -> Answer:
        found = self.words.occupation_named(text)
        return ([found.id], True) if found else ([], False)


class CharacterTfIdf:
    """Baseline: cosine of character 2- to 5-grams within words, sublinear, over titles (MATCHING: the usual plain one)."""

    def __init__(self, words: Vocabulary) -> None:
        self.rows = [(entry.id, self._grams(entry.label)) for entry in words.occupations.values()]
        seen = Counter(gram for _, grams in self.rows for gram in grams)
        self.idf = {gram: math.log((1 + len(self.rows)) / (1 + count)) + 1 for gram, count in seen.items()}
        self.postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id, grams in self.rows:
            for gram, weight in self._weighed(grams).items():
                self.postings[gram].append((id, weight))

    @staticmethod
    def _grams(text: str) -> Counter[str]:
        padded = [f" {word} " for word in plain(text).split()]
        return Counter(
            word[at : at + n] for word in padded for n in range(2, 6) for at in range(len(word) - n + 1)
        )

    def _weighed(self, grams: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + math.log(count)) * self.idf[gram] for gram, count in grams.items() if gram in self.idf
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def __call__(self, text: str) -> Answer:
        likeness: dict[str, float] = defaultdict(float)
        for gram, weight in self._weighed(self._grams(text)).items():
            for id, other in self.postings[gram]:
                likeness[id] += weight * other
        return sorted(likeness, key=lambda id: -likeness[id])[:5], bool(likeness)


class WordBm25:
    """Baseline: BM25 over titles and descriptions, by bm25s."""

    def __init__(self, words: Vocabulary) -> None:
        import bm25s

        self.ids = list(words.occupations)
        texts = [plain(f"{entry.label} {entry.about}").split() for entry in words.occupations.values()]
        self.index = bm25s.BM25()
        self.index.index(texts, show_progress=False)

    def __call__(self, text: str) -> Answer:
        tokens = plain(text).split() or ["-"]
        found, likeness = self.index.retrieve([tokens], k=5, show_progress=False)
        ids = [self.ids[at] for at, score in zip(found[0], likeness[0], strict=True) if score > 0]
        return ids, bool(ids)

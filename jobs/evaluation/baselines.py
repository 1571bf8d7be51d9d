"""The plain formulas the score is held against: each scores every profile for every vacancy by skills or words alone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import bm25s
import numpy as np
from scipy import sparse

from jobs.matching.facts import Profile, Vacancy
from training.vocabulary import Occupation, Skill, vocabulary

Scores = Callable[[slice], np.ndarray]
"""Rows for some of the profiles, columns for all vacancies."""


class Baselines:
    """Every formula over the same profiles and vacancies."""

    def __init__(self, profiles: Sequence[Profile], vacancies: Sequence[Vacancy]) -> None:
        self.profiles, self.vacancies = profiles, vacancies
        self.named = {
            "percent": self.percent,
            "jaccard": self.jaccard,
            "overlap": self.overlap,
            "idf_cosine": self.cosine,
            "bm25": self.bm25,
        }

    @cached_property
    def columns(self) -> dict[str, int]:
        """A column for each skill that any vacancy names; what none asks for cannot be shared."""
        skills = sorted(frozenset().union(*(each.essential | each.useful for each in self.vacancies)))
        return {skill: column for column, skill in enumerate(skills)}

    def matrix(self, rows: Iterable[Iterable[str]]) -> sparse.csr_matrix:
        """A one for each skill."""
        places = [sorted(self.columns[skill] for skill in row if skill in self.columns) for row in rows]
        starts = np.cumsum([0, *map(len, places)])
        flat = np.fromiter((place for row in places for place in row), dtype=np.int64, count=int(starts[-1]))
        return sparse.csr_matrix(
            (np.ones(len(flat)), flat, starts), shape=(len(places), max(1, len(self.columns)))
        )

    @cached_property
    def held(self) -> sparse.csr_matrix:
        return self.matrix(profile.skills or () for profile in self.profiles)

    @cached_property
    def asked(self) -> sparse.csr_matrix:
        return self.matrix(each.essential | each.useful for each in self.vacancies)

    @cached_property
    def required(self) -> sparse.csr_matrix:
        """The essential skills, or the useful ones where there are no essential."""
        return self.matrix(each.essential or each.useful for each in self.vacancies)

    def percent(self, rows: slice) -> np.ndarray:
        """Percent of requirements met."""
        return _over(_product(self.held[rows], self.required), _sums(self.required)[None, :])

    def overlap(self, rows: slice) -> np.ndarray:
        """How many skills are shared."""
        return _product(self.held[rows], self.asked)

    def jaccard(self, rows: slice) -> np.ndarray:
        """Skills shared over all skills of either, those of the profile that no vacancy asks for among them."""
        shared = self.overlap(rows)
        own = np.array([len(profile.skills or ()) for profile in self.profiles[rows]], dtype=float)
        return _over(shared, own[:, None] + _sums(self.asked)[None, :] - shared)

    @cached_property
    def rarity(self) -> np.ndarray:
        return np.log(len(self.vacancies) / np.maximum(1, self.asked.sum(axis=0)).A1)

    def cosine(self, rows: slice) -> np.ndarray:
        """Cosine of the skills, each weighed by its inverse document frequency."""
        return _product(_of_length_one(self.held[rows], self.rarity), _of_length_one(self.asked, self.rarity))

    @cached_property
    def _bm25(self) -> bm25s.BM25:
        index = bm25s.BM25()
        index.index([words_of(each) or ["-"] for each in self.vacancies], show_progress=False)
        return index

    def bm25(self, rows: slice) -> np.ndarray:
        """BM25 of the words of skills and occupations, with the library's own settings."""
        found = [
            self._bm25.get_scores(words) if words else None for words in map(words_of, self.profiles[rows])
        ]
        nothing = np.zeros(len(self.vacancies))
        return np.array([nothing if scores is None else scores for scores in found], dtype=float)


def words_of(told: Profile | Vacancy) -> list[str]:
    """The words of labels where an id is of the vocabulary, else of the token itself, taken apart at spaces only."""
    if isinstance(told, Profile):
        skills, own = sorted(told.skills or ()), {*(told.occupations or ()), *(told.wished or ())}
    else:
        skills, own = sorted(told.essential | told.useful), {told.occupation} - {None}
    words = [_words(vocabulary().skills, id) for id in skills]
    words += [_words(vocabulary().occupations, id) for id in sorted(each.id or "" for each in own if each)]
    return [word for some in words for word in some]


def _words(known: Mapping[str, Skill] | Mapping[str, Occupation], id: str) -> list[str]:
    entry = known.get(id)
    return re.findall(r"\w+", entry.label.lower()) if entry else id.lower().split()


def _product(one: sparse.csr_matrix, other: sparse.csr_matrix) -> np.ndarray:
    return np.asarray((one @ other.T).toarray())


def _sums(matrix: sparse.csr_matrix) -> np.ndarray:
    return np.asarray(matrix.sum(axis=1)).ravel()


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.asarray(above / np.maximum(1, below))


def _of_length_one(matrix: sparse.csr_matrix, weights: np.ndarray) -> sparse.csr_matrix:
    weighed = matrix.multiply(weights[None, :]).tocsr()
    lengths = np.sqrt(_sums(weighed.multiply(weighed)))
    return sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ weighed

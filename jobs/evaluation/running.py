"""An evaluation: every case ranked over every vacancy, or every vacancy over every case, and how well that went."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import IO, Any

import numpy as np

from jobs.evaluation.baselines import Baselines, Scores
from jobs.evaluation.measures import Measured
from jobs.evaluation.reading import Case
from jobs.matching.facts import Vacancy, VacancyId
from jobs.matching.parts import Background, Seeker
from jobs.matching.reading import background
from jobs.matching.score import score
from training.vocabulary import vocabulary

AT_ONCE = 5_000_000
"""Scores held in memory at a time; for vacancies over cases all of them are, one direction being the other turned."""


class Direction(StrEnum):
    """What is ranked: the vacancies for each case, or the clients (the cases) for each vacancy."""

    VACANCIES = "vacancies"
    CLIENTS = "clients"


class Evaluation:
    """Cases and vacancies that meet in one direction."""

    def __init__(self, vacancies: Sequence[Vacancy], cases: Sequence[Case], direction: Direction) -> None:
        self.vacancies, self.cases = vacancies, cases
        self.turned = direction is Direction.CLIENTS
        self.chance = chances(vacancies)

    def figures(self, with_baselines: bool, ranks: IO[str] | None) -> dict[str, Any]:
        """What `portal evaluate` prints; writes the ranking to `ranks` where given, one question a line."""
        own = self._measure(self._score, ranks)
        formulas = Baselines([case.profile for case in self.cases], self.vacancies).named
        baselines = {
            name: self._measure(formula, None).figures()
            for name, formula in formulas.items()
            if with_baselines
        }
        return {"n": len(own.first), **own.figures(), "baselines": baselines}

    def _score(self, rows: slice) -> np.ndarray:
        """The portal's own score of some of the cases for every vacancy."""
        found = np.empty((len(self.cases[rows]), len(self.vacancies)))
        for row, case in enumerate(self.cases[rows]):
            seeker = Seeker(case.profile, self.chance)
            found[row] = [score(seeker, vacancy) for vacancy in self.vacancies]
        return found

    def _measure(self, scores: Scores, ranks: IO[str] | None) -> Measured:
        measured = Measured()
        answers = self._answers()
        for question, row in enumerate(self._questions(scores)):
            measured.add(row, answers[question])
            if ranks:
                ranks.write(json.dumps(self._ranked(question, row), ensure_ascii=False) + "\n")
        return measured

    def _questions(self, scores: Scores) -> Iterator[np.ndarray]:
        """The scores of whatever is ranked, one question after the other."""
        step = max(1, AT_ONCE // len(self.vacancies))
        blocks = (scores(slice(start, start + step)) for start in range(0, len(self.cases), step))
        if self.turned:
            yield from np.concatenate(list(blocks)).T
            return
        for block in blocks:
            yield from block

    def _answers(self) -> list[dict[int, float]]:
        """For each question the grade of what it should find, by place."""
        places = {str(vacancy.id): place for place, vacancy in enumerate(self.vacancies)}
        by_case = [{places[id]: grade for id, grade in case.relevant.items()} for case in self.cases]
        if not self.turned:
            return by_case
        turned: list[dict[int, float]] = [{} for _ in self.vacancies]
        for place, answers in enumerate(by_case):
            for vacancy, grade in answers.items():
                turned[vacancy][place] = grade
        return turned

    def _ranked(self, question: int, row: np.ndarray) -> dict[str, Any]:
        asked: Sequence[Case | Vacancy] = self.vacancies if self.turned else self.cases
        found: Sequence[Case | Vacancy] = self.cases if self.turned else self.vacancies
        ranked: list[tuple[VacancyId, float]] = [
            (found[place].id, float(row[place]))
            for place in np.argsort(-row, kind="stable")
            if row[place] > 0
        ]
        return {"id": asked[question].id, "ranked": ranked}


def chances(vacancies: Sequence[Vacancy]) -> Background:
    """The portal's own where most of the skills asked for are of its vocabulary, else the same for each skill.

    Counting tokens in the vacancies instead changed nothing on profiles made from ESCO (docs/matching.md).
    """
    asked = frozenset().union(*(each.essential | each.useful for each in vacancies))
    ours = asked & vocabulary().skills.keys()
    return background() if 2 * len(ours) > len(asked) else Background(size=max(1, len(asked)))

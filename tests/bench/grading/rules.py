"""What a good caseworker would say about a person and a vacancy.

3: would send the person there tomorrow. 2: would talk it over with them. 1: only if there is nothing else. 0: no.

The rules were written from the caseworker's chair, beside `trades.toml`, where who can do what is judged trade by trade.
They compare no skill list with another, and share no weight with the product's formula. A pair starts with what the
person can do of that trade (`standing.py`), and every obstacle takes steps away (`obstacles.py`).
"""

from collections.abc import Iterable

from tests.bench.grading.obstacles import OBSTACLES
from tests.bench.grading.reading import Person, trades
from tests.bench.grading.standing import NO, standing
from tests.bench.grading.vacancies import Vacancy


def grade(person: Person, vacancy: Vacancy) -> int:
    """The judgement, 0 to 3."""
    return graded(person, [vacancy])[vacancy.id]


def graded(person: Person, vacancies: Iterable[Vacancy]) -> dict[str, int]:
    """The judgements by vacancy. Obstacles add up: two that can be lifted are as bad as one that hardly can be."""
    standings = {trade.id: standing(person, trade) for trade in trades().values()}
    return {
        each.id: _left(person, each, left) if (left := standings[each.trade]) else NO for each in vacancies
    }


def _left(person: Person, vacancy: Vacancy, left: int) -> int:
    for obstacle in OBSTACLES:
        left -= obstacle(person, vacancy)
        if left <= NO:
            return NO
    return left

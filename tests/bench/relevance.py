"""How good the first ten are: queries as people type them, judged by written rules, measured as nDCG@10.

`judged/queries.tsv` was written before any index was asked. Its columns: the text; the kind of query; rules for what is
best (3), good (2) and fair (1), the highest that holds counting; and what must never be among the first ten. What no
rule names may come, and gains nothing. The language of the rules is in `judged/rules.py`.

nDCG after Järvelin and Kekäläinen (2002) with exponential gain: the sum of (2^grade - 1) / log2(place + 1) over the
first ten, divided by the largest sum that the judged vacancies allow.
"""

import csv
from dataclasses import dataclass, field
from functools import cache
from math import log2
from typing import Any

from jobs.index.port import Document, Query, VacancyIndex
from tests.bench.judged.rules import rule
from tests.bench.judged.vacancies import HERE, vacancies

FIRST = 10
GRADES = {"best": 3, "good": 2, "fair": 1}


@dataclass(frozen=True)
class Judged:
    """A query with the grade of every vacancy that has one, by id, and those that must not come first."""

    text: str
    kind: str
    query: Query
    grades: dict[int, int] = field(hash=False)
    never: frozenset[int] = frozenset()


def documents() -> list[Document]:
    return [each.document for each in vacancies()]


@cache
def queries() -> tuple[Judged, ...]:
    """Raises ValueError for a rule that cannot be read, and for a query that nothing answers."""
    with (HERE / "queries.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(_judged(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _judged(row: dict[str, str]) -> Judged:
    grades: dict[int, int] = {}
    for column, grade in GRADES.items():
        for each in filter(rule(row[column] or ""), vacancies()):
            grades.setdefault(each.document.id, grade)
    if not grades:
        raise ValueError(f"nothing answers “{row['text']}”")
    never = {each.document.id for each in filter(rule(row["never"] or ""), vacancies())} - set(grades)
    return Judged(row["text"], row["kind"], Query(row["text"], per_page=FIRST), grades, frozenset(never))


def ndcg(grades: dict[int, int], found: list[int]) -> float:
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _gain([grades.get(id, 0) for id in found[:FIRST]]) / _gain(best)


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


async def measure(index: VacancyIndex) -> dict[str, Any]:
    """Asks an index that holds `documents()`. `must_not` counts vacancies that must not come and did; `worst` are
    the queries with the lowest figures and what came for them; `kinds` the mean of each kind of query."""
    titles = {each.document.id: each.document.title for each in vacancies()}
    answers = []
    for each in queries():
        found = [hit.document.id for hit in (await index.search(each.query)).hits]
        bad = [id for id in found if id in each.never]
        answers.append((ndcg(each.grades, found), each, found, bad))
    answers.sort(key=lambda answer: answer[0])
    kinds: dict[str, list[float]] = {}
    for figure, each, *_ in answers:
        kinds.setdefault(each.kind, []).append(figure)
    return {
        "ndcg@10": sum(answer[0] for answer in answers) / len(answers),
        "queries": len(answers),
        "must_not": sum(len(bad) for *_, bad in answers),
        "kinds": {kind: sum(figures) / len(figures) for kind, figures in sorted(kinds.items())},
        "worst": [
            {
                "text": each.text,
                "ndcg@10": round(figure, 3),
                "came": [f"{each.grades.get(id, 0)}{'!' if id in bad else ''} {titles[id]}" for id in found],
            }
            for figure, each, found, bad in answers
            if figure < 0.9 or bad
        ],
    }

"""The relevance set itself: large enough, the same everywhere, and its rules about things that exist."""

import csv
import re

import pytest

from tests.bench import relevance
from tests.bench.judged.rules import rule
from tests.bench.judged.vacancies import HERE, vacancies
from training.vocabulary import vocabulary


def rules() -> str:
    with (HERE / "queries.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return " ; ".join(row[name] or "" for row in rows for name in ("best", "good", "fair", "never"))


def named(condition: str) -> set[str]:
    return {each for found in re.findall(rf"\b{condition}!?=(\S+)", rules()) for each in found.split(",")}


def test_it_is_large_enough_and_every_query_has_an_answer() -> None:
    assert len(relevance.queries()) >= 120 and len(vacancies()) >= 2_000
    assert len({each.document.id for each in vacancies()}) == len(vacancies())
    assert all(3 in each.grades.values() for each in relevance.queries())


def test_the_rules_name_trades_skills_licences_and_vacancies_that_exist() -> None:
    known = vocabulary()
    assert named("trade") <= known.occupations.keys()
    assert named("skill") <= known.skills.keys()
    assert named("licence") | named("without") <= known.licences.keys()
    assert named("id") <= {each.key for each in vacancies()}
    assert {each.trade for each in vacancies()} <= known.occupations.keys()


@pytest.mark.parametrize("text", ["colour=red", "novice=1", "trade", "tukang-las"])
def test_a_condition_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no condition"):
        rule(text)


def test_ndcg_is_one_for_the_best_order_and_less_for_any_other() -> None:
    grades = {1: 3, 2: 2, 3: 1}
    assert relevance.ndcg(grades, [1, 2, 3]) == 1.0
    assert relevance.ndcg(grades, [1, 9, 2, 3]) < 1.0
    assert relevance.ndcg(grades, [9, 8]) == 0.0

"""Re-ranking and measures of the fairness report, and who may know of what it reads."""

import ast
import math
import re
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.fairness.measures import FEWEST, exposure, hidden, ndkl, skew
from jobs.fairness.reranking import even, held, limits
from jobs.fairness.tallying import Tally
from portal.settings import ROOT

LISTS = st.lists(st.sampled_from("abc"), min_size=1, max_size=40)
BOUNDS = st.sampled_from([0.0, 0.05, 0.1, 0.2])
WEIGHTS = st.tuples(*[st.integers(1, 20)] * 3)


def share(weights: tuple[int, ...]) -> dict[str, float]:
    return {name: each / sum(weights) for name, each in zip("abc", weights, strict=True)}


@given(LISTS, WEIGHTS, BOUNDS)
@settings(max_examples=200, deadline=None)
def test_every_beginning_of_the_top_holds_the_bound(listed: list[str], weights: tuple, bound: float) -> None:
    shares = share(weights)
    order, top = even(listed, shares, bound), min(10, len(listed))
    kept = held(listed, shares, bound)
    assert sorted(order) == list(range(len(listed)))
    for k in range(1, top + 1):
        counts = Counter(listed[place] for place in order[:k])
        for group in "abc":
            fewest, most = limits(shares[group], kept, k)
            assert fewest <= counts[group] <= most


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=6), st.integers(1, 9), BOUNDS)
@settings(max_examples=100, deadline=None)
def test_the_bound_gives_way_only_where_no_order_at_all_holds_it(
    listed: list[str], tenths: int, bound: float
) -> None:
    shares = {"a": tenths / 10, "b": 1 - tenths / 10}

    def holds(order: tuple[str, ...]) -> bool:
        return all(
            limits(shares[group], bound, k)[0] <= order[:k].count(group) <= limits(shares[group], bound, k)[1]
            for k in range(1, len(order) + 1)
            for group in "ab"
        )

    assert (held(listed, shares, bound) == bound) == any(map(holds, set(permutations(listed))))


@given(LISTS, WEIGHTS, BOUNDS)
@settings(max_examples=100, deadline=None)
def test_the_order_within_a_group_stays(listed: list[str], weights: tuple, bound: float) -> None:
    order = even(listed, share(weights), bound)
    for group in "abc":
        places = [place for place in order if listed[place] == group]
        assert places == sorted(places)
    assert order[10:] == sorted(order[10:])


@given(LISTS, WEIGHTS)
def test_off_changes_nothing_and_neither_does_a_bound_that_all_hold(
    listed: list[str], weights: tuple
) -> None:
    same = list(range(len(listed)))
    assert even(listed, share(weights), None) == same == even(listed, share(weights), 1.0)


def test_equal_shares_alternate_and_the_first_stays_first() -> None:
    listed = ["m"] * 8 + ["f"] * 8
    assert [listed[place] for place in even(listed, {"m": 0.5, "f": 0.5}, 0.0)][:10] == ["m", "f"] * 5
    assert even(listed, {"m": 0.5, "f": 0.5}, 0.0)[:4] == [0, 8, 1, 9]


def test_measures_are_those_of_the_paper() -> None:
    assert exposure(["a", None, "b"]) == {"a": 1.0, "b": 1 / math.log2(4)}
    assert skew(0.6, 0.3) == math.log(2) and skew(0, 0.3) is None
    shares = {"a": 0.5, "b": 0.5}
    first, second = 1.0, 1 / math.log2(3)
    assert ndkl(["a", "b"], shares) == pytest.approx(first * math.log(2) / (first + second))
    assert ndkl(["a"] * 5, shares) == pytest.approx(math.log(2)) and ndkl([], shares) == 0


@pytest.mark.parametrize(
    ("eligible", "secret"),
    [
        ({"f": 30, "m": 40}, set()),
        ({"f": 10, "m": 40}, {"f", "m"}),
        ({"a": 10, "b": 20, "c": 30}, {"a", "b"}),
        ({"a": 5, "b": 6, "c": 30}, {"a", "b"}),
        ({"a": 0, "b": 4, "c": 30, "d": 50}, {"a", "b", "c"}),
        ({"a": 0, "b": 0}, {"a", "b"}),
    ],
)
def test_small_groups_are_hidden_with_those_that_would_reveal_them(
    eligible: dict[str, int], secret: set[str]
) -> None:
    assert hidden(eligible) == secret


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=2))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(eligible: dict[str, int]) -> None:
    secret = hidden(eligible)
    assert all(eligible[group] >= FEWEST for group in eligible if group not in secret)
    if secret and secret != set(eligible):
        assert len(secret) > 1 and sum(eligible[group] for group in secret) >= FEWEST


def test_a_hidden_group_leaves_no_figure_behind() -> None:
    tally = Tally({"f": "Perempuan", "m": "Laki-laki"})
    tally.add({**dict.fromkeys(range(10), "f"), **dict.fromkeys(range(10, 50), "m")}, list(range(10)))
    found = tally.figures()
    assert found["told"] is found["min_skew"] is found["ndkl"] is None
    for row in found["groups"]:
        assert {row[name] for name in ("eligible", "share", "exposure", "ratio")} == {None}


def test_a_list_in_the_shares_of_those_eligible_has_a_ratio_of_one() -> None:
    tally = Tally({"f": "Perempuan", "m": "Laki-laki"})
    clients = {id: "fm"[id % 2] for id in range(40)}
    tally.add(clients, list(range(20)))
    tally.add(clients, list(range(1, 21)))
    assert [row["ratio"] for row in tally.figures()["groups"]] == [1.0, 1.0]
    assert tally.figures()["min_skew"] == 0


NAMED = re.compile(r"fairness_attribute|FairnessAttribute|fairness[./]tables|fairness\.groups")
MAY_NAME = ("jobs/fairness/", "jobs/piccolo_migrations/jobs_0009", "jobs/piccolo_app.py")
NAMES_A_CHOICE = {"jobs/pages/fairness/report.py", "jobs/pages/fairness/telling.py", "jobs/demo/clients.py"}
"""Import an enumeration of choices, and no table."""
SCORES = ("jobs/matching", "jobs/allocation", "jobs/index", "jobs/evaluation", "training", "partners")


def test_nothing_outside_the_fairness_package_names_what_was_told() -> None:
    for app in ("portal", "partners", "training", "jobs"):
        for path in (ROOT / app).rglob("*"):
            name = str(path.relative_to(ROOT))
            if path.suffix not in (".py", ".html", ".sql") or name.startswith(MAY_NAME):
                continue
            found = set(NAMED.findall(path.read_text()))
            assert found <= ({"fairness.tables"} if name in NAMES_A_CHOICE else set()), name


def imported(name: str) -> set[str]:
    tree = ast.parse((ROOT / name).read_text())
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return modules | {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_nothing_that_scores_imports_the_fairness_package() -> None:
    paths = [path for folder in SCORES for path in (ROOT / folder).rglob("*.py")]
    paths += [ROOT / "jobs/seekers" / f"{each}.py" for each in ("finding", "reading", "ranking")]
    assert len(paths) > 50
    for path in paths:
        name = str(path.relative_to(ROOT))
        assert not [each for each in imported(name) if "fairness" in each], name

"""Allocation against brute force, against first come, first served, and on matrices that are broken or empty."""

from itertools import product
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.allocation import solving
from jobs.allocation.solving import NOBODY, Assignment, allocate, first_come

FITS = st.one_of(st.just(float("nan")), st.sampled_from([0.0, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0]), st.floats(0, 1))


@st.composite
def instances(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    clients, vacancies = draw(st.integers(0, 5)), draw(st.integers(0, 4))
    fit = [[draw(FITS) for _ in range(vacancies)] for _ in range(clients)]
    capacity = [draw(st.integers(0, 3)) for _ in range(vacancies)]
    floor = draw(st.sampled_from([0.0, 0.3, 0.5, 1.0]))
    return np.array(fit, dtype=float).reshape(clients, vacancies), np.array(capacity, dtype=int), floor


def best_of_all(fit: np.ndarray, capacity: np.ndarray, floor: float) -> float:
    """The greatest total of every assignment there is, tried one by one."""
    clients, vacancies = fit.shape
    best = 0.0
    for chosen in product(range(NOBODY, vacancies), repeat=clients):
        taken = [each for each in chosen if each != NOBODY]
        fits = [fit[client, vacancy] for client, vacancy in enumerate(chosen) if vacancy != NOBODY]
        full = any(taken.count(vacancy) > capacity[vacancy] for vacancy in set(taken))
        if not full and all(each >= floor for each in fits):
            best = max(best, sum(fits))
    return best


def keeps_the_rules(found: Assignment, fit: np.ndarray, capacity: np.ndarray, floor: float) -> bool:
    taken = [vacancy for _, vacancy in found.pairs]
    within = all(taken.count(vacancy) <= capacity[vacancy] for vacancy in set(taken))
    return within and all(fit[client, vacancy] >= floor for client, vacancy in found.pairs)


@pytest.mark.parametrize("sparse", [0.0, 1.0], ids=["dense", "sparse"])
@given(instance=instances())
@settings(max_examples=200, deadline=None)
def test_no_assignment_has_a_greater_total_whichever_solver_runs(
    sparse: float, instance: tuple[np.ndarray, np.ndarray, float]
) -> None:
    with mock.patch.object(solving, "SPARSE", sparse):
        found = allocate(*instance)
    assert keeps_the_rules(found, *instance)
    assert found.total == pytest.approx(best_of_all(*instance), abs=1e-9)


def test_both_solvers_agree_on_what_is_too_large_to_try_out() -> None:
    random = np.random.default_rng(5)
    fit = np.where(random.random((120, 60)) < 0.15, random.random((120, 60)), np.nan)
    capacity = random.integers(0, 4, 60)
    totals = []
    for sparse in (0.0, 1.0):
        with mock.patch.object(solving, "SPARSE", sparse):
            found = allocate(fit, capacity, 0.3)
        assert keeps_the_rules(found, fit, capacity, 0.3)
        totals.append(found.total)
    assert totals[0] == pytest.approx(totals[1], abs=1e-9)


@given(instances())
@settings(max_examples=200, deadline=None)
def test_first_come_first_served_keeps_the_same_rules_and_is_never_better(
    instance: tuple[np.ndarray, np.ndarray, float],
) -> None:
    found = first_come(*instance)
    assert keeps_the_rules(found, *instance)
    assert found.total <= allocate(*instance).total + 1e-9


@given(instances())
@settings(max_examples=200, deadline=None)
def test_everybody_is_either_assigned_or_not(instance: tuple[np.ndarray, np.ndarray, float]) -> None:
    found = allocate(*instance)
    assert sorted([client for client, _ in found.pairs] + found.unassigned) == list(range(len(instance[0])))
    assert found.placed == len(found.pairs)


@given(instances())
@settings(max_examples=100, deadline=None)
def test_the_same_matrix_gives_the_same_assignment_and_is_left_as_it_was(
    instance: tuple[np.ndarray, np.ndarray, float],
) -> None:
    fit, capacity, floor = instance
    before = fit.copy(), capacity.copy()
    assert allocate(fit, capacity, floor).pairs == allocate(fit.copy(), capacity.copy(), floor).pairs
    first_come(fit, capacity, floor)
    np.testing.assert_array_equal(fit, before[0])
    np.testing.assert_array_equal(capacity, before[1])


@given(instances())
@settings(max_examples=200, deadline=None)
def test_nobody_is_left_out_for_somebody_who_waited_less_and_fits_that_position_no_better(
    instance: tuple[np.ndarray, np.ndarray, float],
) -> None:
    fit, _, floor = instance
    found = allocate(*instance)
    for left_out in found.unassigned:
        for client, vacancy in found.pairs:
            if client > left_out and fit[left_out, vacancy] >= floor:
                assert fit[left_out, vacancy] != fit[client, vacancy]


def test_whoever_loses_a_position_to_somebody_who_waited_longer_may_take_over_the_next() -> None:
    # Only the last two are placed by the solver's own order of equals, whichever that is.
    fit, capacity = np.array([[0.5, np.nan], [0.5, 0.5], [np.nan, 0.5]]), np.array([1, 1])
    chosen = np.array([NOBODY, 0, 1])
    solving._longest_waiting_first(fit, fit >= 0.5, chosen)
    assert chosen.tolist() == [0, 1, NOBODY]
    assert allocate(fit, capacity, 0.5).unassigned == [2]


def test_two_share_what_one_would_have_taken_both_of() -> None:
    # Taken in turns the first has the one position that the second could have had too.
    fit, capacity = np.array([[0.9, 0.8], [0.7, 0.1]]), np.array([1, 1])
    assert allocate(fit, capacity, 0.5).pairs == [(0, 1), (1, 0)]
    assert first_come(fit, capacity, 0.5).pairs == [(0, 0)]
    assert first_come(fit, capacity, 0.5).unassigned == [1]


def test_a_vacancy_with_several_positions_takes_several_clients() -> None:
    fit = np.array([[0.9, 0.4], [0.8, 0.4], [0.7, 0.4]])
    found = allocate(fit, np.array([2, 1]), 0.4)
    assert found.pairs == [(0, 0), (1, 0), (2, 1)]
    assert found.lowest == pytest.approx(0.4)
    assert found.total == pytest.approx(2.1)


def test_a_pair_that_must_not_be_is_not_made_even_with_no_floor() -> None:
    found = allocate(np.array([[np.nan, 0.1]]), np.array([5, 1]), 0.0)
    assert found.pairs == [(0, 1)]


def test_nobody_and_nothing_are_assigned_nothing() -> None:
    for fit, capacity in (
        (np.empty((0, 3)), np.ones(3, dtype=int)),
        (np.empty((3, 0)), np.empty(0, dtype=int)),
        (np.full((2, 2), np.nan), np.ones(2, dtype=int)),
        (np.ones((2, 2)), np.zeros(2, dtype=int)),
    ):
        for how in (allocate, first_come):
            found = how(fit, capacity, 0.5)
            assert (found.pairs, found.total, found.lowest) == ([], 0, None)
            assert found.unassigned == list(range(len(fit)))


@pytest.mark.parametrize(
    "fit, capacity, floor",
    [
        (np.ones((2, 2)), np.ones(3, dtype=int), 0.5),
        (np.ones(2), np.ones(2, dtype=int), 0.5),
        (np.ones((1, 1)), np.array([-1]), 0.5),
        (np.ones((1, 1)), np.array([1]), 1.5),
        (np.ones((1, 1)), np.array([1]), float("nan")),
        (np.array([[1.5]]), np.array([1]), 0.5),
        (np.array([[-0.5]]), np.array([1]), 0.5),
        (np.array([[np.inf]]), np.array([1]), 0.5),
    ],
)
def test_what_makes_no_sense_is_refused(fit: np.ndarray, capacity: np.ndarray, floor: float) -> None:
    for how in (allocate, first_come):
        with pytest.raises(ValueError):
            how(fit, capacity, floor)

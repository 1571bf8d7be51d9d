"""The queue in a score: bounded, falling with everyone who waits, and what it does to a whole office."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching.demand import FULL, LEAST, UNKNOWN, Adjusted, Crowd, Demand, ordered
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.score import Match, match, rank

SKILLS = [f"s{number}" for number in range(40)]


def somebody(random: Random) -> Profile:
    trade = random.choice("7654")
    return Profile(
        skills=dict.fromkeys(random.sample(SKILLS, 6), Evidence.STATED),
        wished=frozenset({Occupation(f"{trade}{random.randint(1, 3)}11")}),
        latitude=-6.5 + random.random() / 3,
        longitude=106.8 + random.random() / 3,
        travel_km=25,
    )


def work(random: Random, id: int) -> Vacancy:
    asked = random.sample(SKILLS, 8)
    return Vacancy(
        id=id,
        occupation=Occupation(f"{random.choice('7654')}{random.randint(1, 3)}11"),
        essential=frozenset(asked[:4]),
        useful=frozenset(asked[4:]),
        latitude=-6.5 + random.random() / 3,
        longitude=106.8 + random.random() / 3,
    )


@given(st.integers(0, 10_000), st.integers(-5, 500), st.booleans())
def test_the_factor_stays_in_its_bounds_and_falls_with_everyone_who_waits(waiting, places, known) -> None:
    demand, more = Demand(waiting, places, known), Demand(waiting + 1, places, known)
    assert LEAST <= demand.factor <= FULL and more.factor <= demand.factor


def test_what_nobody_knows_changes_nothing_and_a_known_empty_queue_lifts() -> None:
    assert UNKNOWN.factor == 1 and UNKNOWN.crowd is Crowd.SOME
    assert Demand(0, 1).factor == FULL and Demand(0, 1).crowd is Crowd.FEW
    assert Demand(4, 1, known=False).factor < 1


def test_more_places_take_more_applicants() -> None:
    assert Demand(6, 1).crowd is Crowd.MANY and Demand(6, 10).crowd is Crowd.SOME
    assert Demand(6, 10).factor > Demand(6, 1).factor


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_and_the_queue_still_sum_to_the_score(seed: int) -> None:
    random = Random(seed)
    found = match(somebody(random), work(random, 1))
    for demand in (Demand(0, 3), Demand(2, 1), Demand(400, 1), UNKNOWN):
        adjusted = Adjusted(found, demand)
        parts = sum(part.contribution for part in found.parts)
        assert adjusted.score == pytest.approx(parts + adjusted.contribution)
        assert 0 <= adjusted.score <= 1


def test_a_full_score_stays_one_and_its_part_says_so() -> None:
    found = Match(
        profile=Profile(),
        vacancy=Vacancy(id=1),
        score=1.0,
        parts=(),
        skills=(),
        near=(),
        missing_essential=(),
        missing_useful=(),
        gates=(),
        distance_km=None,
    )
    assert Adjusted(found, Demand(0, 1)).score == 1 and Adjusted(found, Demand(0, 1)).contribution == 0


def test_equals_keep_the_order_of_the_fit() -> None:
    random = Random(1)
    person = somebody(random)
    ranked = rank(person, [work(random, id) for id in range(20)], 20)
    again = ordered([Adjusted(each, UNKNOWN) for each in ranked], 20)
    assert [each.match.vacancy.id for each in again] == [each.vacancy.id for each in ranked]
    assert all(one.score >= other.score for one, other in pairwise(again))


def an_office(heeding: bool) -> tuple[float, float]:
    """200 people one after the other look at 60 vacancies of two places each and apply to the first three of their ten.

    Returns the share of these first three that the three most crowded vacancies got, and the mean fit of the ten.
    """
    random = Random(3)
    people = [somebody(random) for _ in range(200)]
    offers = [work(random, id) for id in range(57)]
    # Three that ask for what nearly everybody can do: without the queue they come first for most.
    offers += [
        Vacancy(id=id, essential=frozenset(SKILLS[:30]), latitude=-6.35, longitude=106.95)
        for id in (57, 58, 59)
    ]
    waiting: Counter[int] = Counter()
    fits = []
    for person in people:
        found = rank(person, offers, 30)
        queue = {each.vacancy.id: Demand(waiting[each.vacancy.id], 2) for each in found}
        shown = ordered(
            [Adjusted(each, queue[each.vacancy.id] if heeding else UNKNOWN) for each in found], 10
        )
        fits.append(sum(each.match.score for each in shown) / len(shown))
        waiting.update(each.match.vacancy.id for each in shown[:3])
    crowded = sum(count for _, count in waiting.most_common(3))
    return crowded / waiting.total(), sum(fits) / len(fits)


def test_the_queue_spreads_people_at_little_cost_in_fit() -> None:
    (alone, fit), (heeded, fit_heeded) = an_office(False), an_office(True)
    print(f"top three: {alone:.3f} -> {heeded:.3f}; fit {fit:.4f} -> {fit_heeded:.4f}")
    assert heeded < 0.75 * alone
    assert fit_heeded > 0.97 * fit

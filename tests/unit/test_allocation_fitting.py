"""The matrix of an allocation holds the product's own scores, and only of pairs that may be."""

import numpy as np
import pytest

from jobs.allocation.fitting import Terms, fits
from jobs.bench.profiles import generated as people
from jobs.bench.vacancies import generated as offers
from jobs.matching.facts import Occupation, Profile, Vacancy
from jobs.matching.parts import kilometres
from jobs.matching.reading import background
from jobs.matching.score import match
from jobs.matching.seeker import Seeker
from jobs.matching.steps import gap
from portal.places import regions
from training.vocabulary import vocabulary

TERMS = Terms(floor=0.3, reach_km=80.0)


@pytest.fixture(scope="module")
def market() -> list[Vacancy]:
    found = []
    for number, each in enumerate(offers(150)):
        trade, place = vocabulary().occupations[each.row["occupation"]], regions()[each.row["region"]]
        # A few do not say where they are.
        at = (None, None) if number % 20 == 0 else (place.latitude, place.longitude)
        found.append(
            Vacancy(
                id=number,
                occupation=Occupation(trade.isco, trade.id),
                essential=frozenset(each.essential),
                useful=frozenset(each.useful),
                licences=frozenset(each.row["licences"]),
                latitude=at[0],
                longitude=at[1],
                wage_min=each.row["wage_min"],
                education=each.row["education"],
            )
        )
    return found


def test_a_pair_has_the_score_of_the_product_or_must_not_be(market: list[Vacancy]) -> None:
    profiles = list(people(60))
    matrix = fits(profiles, market, TERMS, background())
    made = 0
    for client, profile in enumerate(profiles):
        seeker = Seeker(profile, background())
        for place, vacancy in enumerate(market):
            own = match(profile, vacancy, background()).score
            far = kilometres(profile, vacancy)
            may = gap(seeker, vacancy).fits and (far is None or far <= TERMS.reach_km)
            if abs(own - TERMS.floor) < 1e-9:
                continue
            assert (not np.isnan(matrix[client, place])) == (may and own > TERMS.floor)
            if not np.isnan(matrix[client, place]):
                made += 1
                assert matrix[client, place] == pytest.approx(own, abs=1e-9)
    assert made >= 10


def test_a_barred_pair_is_none_and_nothing_else_changes(market: list[Vacancy]) -> None:
    profiles = list(people(30))
    free = fits(profiles, market, TERMS, background())
    pair = tuple(np.argwhere(~np.isnan(free))[0])
    bound = fits(profiles, market, TERMS, background(), lambda client, vacancy: (client, vacancy) == pair)
    assert np.isnan(bound[pair])
    free[pair] = np.nan
    np.testing.assert_array_equal(free, bound)


def test_without_clients_or_vacancies_the_matrix_is_empty(market: list[Vacancy]) -> None:
    assert fits([], market, TERMS, background()).shape == (0, 150)
    assert fits([Profile()], [], TERMS, background()).shape == (1, 0)

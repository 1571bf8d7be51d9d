"""The table of minimum wages, and when a wage is asked about."""

from datetime import date

from jobs.minimum_wages import minimum_wage, minimum_wages, shortfall
from portal.places import provinces

DAY = date(2026, 6, 1)


def test_every_province_has_one_and_says_where_it_is_from() -> None:
    assert {wage.code for wage in minimum_wages()} == {province.code for province in provinces()}
    assert all(
        wage.source.startswith("http") and 2_000_000 < wage.amount < 7_000_000 for wage in minimum_wages()
    )


def test_a_regency_has_the_minimum_of_its_province() -> None:
    wage = minimum_wage("32.01", DAY)
    assert wage and wage.amount == 2_317_601


def test_before_the_first_year_known_nothing_is_in_force() -> None:
    assert minimum_wage("32.01", date(2025, 12, 31)) is None


def test_a_wage_at_the_minimum_is_not_asked_about_and_one_rupiah_less_is() -> None:
    assert shortfall("32.01", "contract", 2_317_601, DAY) is None
    assert shortfall("32.01", "contract", 2_317_600, DAY)


def test_part_of_a_month_is_not_compared_with_a_whole_one() -> None:
    assert shortfall("32.01", "part_time", 900_000, DAY) is None
    assert shortfall("32.01", "contract", None, DAY) is None
    assert shortfall(None, "contract", 900_000, DAY) is None

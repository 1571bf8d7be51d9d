"""The caseworker's rules say what they are meant to say."""

from dataclasses import replace

import pytest

from tests.bench.grading.obstacles import (
    NEVER,
    is_below_them,
    lacks_a_paper,
    pays_less,
    school_is_short,
    too_far,
)
from tests.bench.grading.reading import Person, trades
from tests.bench.grading.rules import grade
from tests.bench.grading.standing import LAST, NO, TALK, TOMORROW, standing
from tests.bench.grading.vacancies import Vacancy

NOBODY = Person(id="nobody", story="Belum bercerita.", region="32.71", skills=frozenset())
WELDER = replace(NOBODY, occupations={"tukang-las": 16}, education=20, travel_km=20, wage_min=4_000_000)
WELDING = Vacancy(
    id="las",
    trade="tukang-las",
    place="jabodetabek",
    occupation="tukang-las",
    essential=("las-smaw",),
    useful=(),
    region="32.71",
    type="contract",
    wage=(4_000_000, 4_500_000),
    education=20,
    licences=frozenset(),
    night=False,
    special=None,
)


def test_who_does_the_work_and_lives_near_is_sent_tomorrow() -> None:
    assert grade(WELDER, WELDING) == TOMORROW


@pytest.mark.parametrize(
    ("trade", "expected"),
    [
        ("tukang-teralis-kanopi", TOMORROW),
        ("tukang-aluminium-kaca", TALK),
        ("tukang-pipa", LAST),
        ("barista", NO),
        # Simple work is no place for somebody who can weld.
        ("petugas-kebersihan", NO),
    ],
)
def test_a_welder_stands_in_other_trades_as_the_table_says(trade: str, expected: int) -> None:
    assert standing(WELDER, trades()[trade]) == expected


def test_a_course_opens_the_helpers_work_too_and_years_make_it_a_step_down() -> None:
    graduate = replace(NOBODY, trained=frozenset({"teknisi-ac"}))
    assert standing(graduate, trades()["helper-ac"]) == TOMORROW
    assert standing(replace(NOBODY, occupations={"teknisi-ac": 40}), trades()["helper-ac"]) == TALK


def test_skills_alone_are_believed_sooner_for_simple_work() -> None:
    washer = replace(NOBODY, skills=frozenset({"cuci-motor", "cuci-mobil"}))
    barber = replace(NOBODY, skills=frozenset({"potong-rambut-pria", "mesin-cukur"}))
    assert standing(washer, trades()["tukang-cuci-kendaraan"]) == TOMORROW
    assert standing(barber, trades()["tukang-cukur"]) == TALK


def test_a_wish_is_heard() -> None:
    kitchen = replace(NOBODY, wishes=("helper-dapur",))
    assert standing(kitchen, trades()["helper-dapur"]) == TOMORROW
    assert standing(replace(NOBODY, wishes=("juru-masak",)), trades()["juru-masak"]) == LAST


def test_nobody_is_sent_to_carry_who_has_not_said_that_they_can() -> None:
    assert standing(NOBODY, trades()["kuli-bangunan"]) == NO
    assert standing(NOBODY, trades()["petugas-kebersihan"]) == LAST


@pytest.mark.parametrize(
    ("region", "steps"), [("32.71", 0), ("32.76", 0), ("31.75", 1), ("35.78", NEVER), (None, 2)]
)
def test_distance_is_measured_by_what_the_person_can_travel(region: str | None, steps: int) -> None:
    assert too_far(WELDER, replace(WELDING, region=region)) == steps


@pytest.mark.parametrize(
    ("best", "steps"), [(4_000_000, 0), (3_500_000, 1), (3_000_000, 2), (2_000_000, NEVER)]
)
def test_less_pay_than_hoped_for_costs_steps(best: int, steps: int) -> None:
    assert pays_less(WELDER, replace(WELDING, wage=(best, best))) == steps


def test_part_time_need_pay_only_its_part_and_is_talked_over() -> None:
    assert pays_less(WELDER, replace(WELDING, type="part_time", wage=(2_400_000, 2_400_000))) == 1


@pytest.mark.parametrize(("asked", "steps"), [(None, 0), (20, 0), (30, 1), (40, 2), (50, 2)])
def test_a_school_that_is_short_costs_steps(asked: int | None, steps: int) -> None:
    assert school_is_short(WELDER, replace(WELDING, education=asked)) == steps


@pytest.mark.parametrize(
    ("licences", "skills", "steps"),
    [({"sim-c"}, set(), 0), (None, set(), 1), (set(), {"mengemudi-motor"}, 1), (set(), set(), 2)],
)
def test_a_licence_is_nearer_for_who_has_the_hand_for_it(
    licences: set[str] | None, skills: set[str], steps: int
) -> None:
    held = None if licences is None else frozenset(licences)
    person = replace(NOBODY, licences=held, skills=frozenset(skills))
    assert lacks_a_paper(person, replace(WELDING, licences=frozenset({"sim-c"}))) == steps


def test_a_higher_driving_licence_covers_the_lower() -> None:
    driver = replace(NOBODY, licences=frozenset({"sim-b1-umum"}))
    assert lacks_a_paper(driver, replace(WELDING, licences=frozenset({"sim-a"}))) == 0


def test_night_and_refusals_end_it() -> None:
    assert grade(replace(WELDER, no_night=True), replace(WELDING, night=True)) == NO
    assert grade(replace(WELDER, refuses=frozenset({"tukang-las"})), WELDING) == NO


def test_obstacles_add_up() -> None:
    assert grade(WELDER, replace(WELDING, education=30)) == TALK
    assert grade(WELDER, replace(WELDING, education=30, special="las-gtaw")) == LAST
    assert (
        grade(WELDER, replace(WELDING, education=30, special="las-gtaw", wage=(3_500_000, 3_500_000))) == NO
    )


def test_an_apprenticeship_is_talked_over_with_who_knows_the_trade() -> None:
    assert is_below_them(WELDER, replace(WELDING, type="apprenticeship")) == 1

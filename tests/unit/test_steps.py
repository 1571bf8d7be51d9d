"""What one step would open: counted by rule, and held against really taking the step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.parts import Background, Seeker
from jobs.matching.steps import Gap, Kind, Step, further, gains, gap
from tests.unit.test_matching import COOK, PROFILES, SMITH, VACANCIES, WELDER

FOUR = frozenset("abcd")


def missing(profile: Profile, vacancy: Vacancy) -> Gap:
    return gap(Seeker(profile, Background()), vacancy)


def fitting(profile: Profile, vacancies: list[Vacancy]) -> int:
    seeker = Seeker(profile, Background())
    return sum(gap(seeker, vacancy).count == 0 for vacancy in vacancies)


def after(profile: Profile, step: Step) -> Profile:
    match step.kind:
        case Kind.LICENCE:
            return replace(profile, licences=(profile.licences or frozenset()) | {step.id})
        case Kind.DISTANCE:
            return replace(profile, travel_km=step.km)
    return replace(profile, skills={**(profile.skills or {}), step.id: Evidence.STATED})


@given(PROFILES, st.lists(VACANCIES, max_size=12))
def test_a_gain_is_what_really_taking_the_step_opens(profile, vacancies):
    if profile.travel_km:
        profile = replace(profile, travel_km=round(profile.travel_km))
    seeker = Seeker(profile, Background())
    for gain in gains([gap(seeker, vacancy) for vacancy in vacancies], limit=99):
        opened = fitting(after(profile, gain.step), vacancies) - fitting(profile, vacancies)
        assert gain.count == opened > 0


def held(*skills: str, **more: object) -> Profile:
    return Profile(skills=dict.fromkeys(skills, Evidence.STATED), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("profile", "vacancy", "count"),
    [
        (held("a", "b"), Vacancy(id=1, essential=FOUR), 0),
        (held("a"), Vacancy(id=1, essential=FOUR), 1),
        (held("z"), Vacancy(id=1, essential=FOUR), 2),
        (held("a"), Vacancy(id=1, essential=frozenset("abc")), 1),
        (held("a"), Vacancy(id=1, useful=frozenset("ab")), 0),
        (held("z", occupations={WELDER: 3}), Vacancy(id=1, essential=FOUR, occupation=WELDER), 0),
        (held("z", wished=frozenset([WELDER])), Vacancy(id=1, essential=FOUR, occupation=WELDER), 2),
        (Profile(wished=frozenset([SMITH])), Vacancy(id=1, essential=FOUR, occupation=WELDER), 0),
        (Profile(occupations={COOK: 9}), Vacancy(id=1, occupation=WELDER), 2),
        (held("a", "b"), Vacancy(id=1, essential=FOUR, licences=frozenset(["sim-c"])), 0),
        (
            held("a", "b", licences=frozenset()),
            Vacancy(id=1, essential=FOUR, licences=frozenset(["sim-c"])),
            1,
        ),
        (Profile(), Vacancy(id=1), 2),
    ],
)
def test_a_vacancy_fits_or_nearly_fits_by_rule(profile, vacancy, count):
    assert missing(profile, vacancy).count == count


@pytest.mark.parametrize(
    ("north", "count"), [(0.17, 0), (0.2, 1), (0.3, 2)]
)  # A degree is 111 km: 19, 22 and 33 km with a limit of 20.
def test_a_little_too_far_is_one_step_and_much_too_far_is_more(north, count):
    home = held("a", latitude=0.0, longitude=107.0, travel_km=20)
    there = Vacancy(id=1, essential=frozenset("a"), latitude=north, longitude=107.0)
    assert missing(home, there).count == count


def test_nobody_is_asked_to_travel_more_than_twice_as_far():
    assert [further(km) for km in (0, 4, 10, 20)] == [10, 8, 20, 30]


def test_nearly_means_that_one_requirement_is_all_that_lacks():
    three = Vacancy(id=1, essential=frozenset("abc"))
    assert missing(held("a"), three).count == 1 and not missing(held("a"), three).nearly
    assert missing(held("z"), Vacancy(id=1, essential=frozenset("a"))).nearly
    licensed = Vacancy(id=1, essential=FOUR, licences=frozenset(["sim-c"]))
    assert missing(held("a", "b", licences=frozenset()), licensed).nearly


def test_the_steps_that_open_most_come_first():
    sim, far = Step(Kind.LICENCE, "sim-c"), Step(Kind.DISTANCE, km=30)
    gaps = [Gap(1, frozenset([far])), Gap(1, frozenset([sim])), Gap(1, frozenset([sim])), Gap(2), Gap(0)]
    assert [(gain.step, gain.count) for gain in gains(gaps)] == [(sim, 2), (far, 1)]


def test_occupations_without_a_code_are_no_work_done_before():
    assert missing(held("z", occupations={Occupation(): 9}), Vacancy(id=1, essential=FOUR)).count == 2

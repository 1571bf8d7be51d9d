"""One step more: what it opens, what it leaves as it was, and which skill to learn next."""

import pytest

from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.reading import trades_of_skills
from jobs.matching.seeker import Background, Seeker
from jobs.matching.steps import gap
from jobs.matching.trying import Trial, next_skills, opened, together, tried
from training.vocabulary import vocabulary

HOME = {"latitude": -6.6, "longitude": 106.8}
KNOWS = Background(size=100)


def person(**more: object) -> Profile:
    facts = {"skills": {"las": Evidence.STATED}, "licences": frozenset(), "travel_km": 10, **HOME, **more}
    return Profile(**facts)  # type: ignore[arg-type]


def work(id: int, **more: object) -> Vacancy:
    return Vacancy(id=id, **{"essential": frozenset({"las"}), **HOME, **more})  # type: ignore[arg-type]


SKILLED = work(1, essential=frozenset({"jahit", "obras"}))
LICENSED = work(2, licences=frozenset({"sim-c"}))
FAR = work(3, latitude=-6.7)
ALL = [SKILLED, LICENSED, FAR, work(4)]


@pytest.mark.parametrize(
    ("trial", "ids"),
    [
        (Trial(skill="jahit"), [1]),
        (Trial(licence="sim-c"), [2]),
        (Trial(km=5), [3]),
        (Trial(skill="jahit", licence="sim-c", km=5), [1, 2, 3]),
        (Trial(), []),
        (Trial(skill="las"), []),
    ],
)
def test_each_step_opens_what_lacked_it_and_nothing_that_was_open(trial: Trial, ids: list[int]) -> None:
    assert [each.id for each in opened(person(), trial, ALL, KNOWS)] == ids


def test_what_nobody_asked_stands_in_nobodys_way() -> None:
    unknown = person(licences=None, travel_km=None)
    assert tried(unknown, Trial(licence="sim-c", km=5)) == unknown
    assert opened(unknown, Trial(licence="sim-c", km=5), ALL, KNOWS) == []


def test_trying_changes_nothing_of_the_profile_itself() -> None:
    own = person()
    opened(own, Trial(skill="jahit", licence="sim-c", km=5), ALL, KNOWS)
    assert own == person()


def test_the_next_skill_opens_something_and_lies_near() -> None:
    close = together({"las": frozenset("ab"), "gerinda": frozenset("ab"), "jahit": frozenset("z")})
    offers = [work(1, essential=frozenset({"gerinda", "x1"})), work(2, essential=frozenset({"jahit", "x2"}))]
    seeker = Seeker(person(), KNOWS)
    found = next_skills([gap(seeker, each) for each in offers], seeker.skills, close)
    assert found[0].skill == "gerinda" and found[0].near == "las" and found[0].closeness == 1
    assert all(each.near is None for each in found if each.skill != "gerinda")


def test_opening_far_more_outweighs_lying_near() -> None:
    close = together({"las": frozenset("ab"), "gerinda": frozenset("ab")})
    offers = [work(0, essential=frozenset({"gerinda", "y"}))]
    offers += [work(id, essential=frozenset({"jahit", f"y{id}"})) for id in range(1, 9)]
    seeker = Seeker(person(), KNOWS)
    found = next_skills([gap(seeker, each) for each in offers], seeker.skills, close)
    assert [each.skill for each in found][:2] == ["jahit", "gerinda"] and found[0].opens == 8


def test_closeness_is_the_vocabularys_and_goes_both_ways() -> None:
    close = together(trades_of_skills())
    welder = vocabulary().occupations["tukang-las"].essential
    assert 0 < close(welder[0], welder[1]) == close(welder[1], welder[0]) <= 1
    assert close(welder[0], "no such skill") == 0


def test_a_skill_that_opens_nothing_by_itself_is_not_named() -> None:
    far_off = work(1, essential=frozenset("abcdefgh"), occupation=Occupation("9999"))
    seeker = Seeker(person(), KNOWS)
    assert next_skills([gap(seeker, far_off)], seeker.skills, together({})) == []

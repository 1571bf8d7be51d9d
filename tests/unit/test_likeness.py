"""What an index compares by is the score itself where nothing but skills, trade, way and licence is known."""

from dataclasses import replace
from itertools import product

from jobs.index.likeness import Likeness
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.parts import kilometres
from jobs.matching.reading import background, wanted_by
from jobs.matching.score import match

SKILLS = ("las-smaw", "gerinda", "alat-ukur-dasar", "k3-dasar", "disiplin-waktu")
PERSON = Profile(
    skills={skill: Evidence.STATED for skill in SKILLS[:3]},
    occupations={Occupation("7212", "tukang-las"): 12},
    licences=frozenset(),
    latitude=-6.5,
    longitude=106.8,
    travel_km=20,
)


def test_vacancies_come_in_the_order_of_the_score() -> None:
    likeness = Likeness(wanted_by(PERSON))
    plain = Vacancy(id=1, essential=frozenset(SKILLS), latitude=-6.5, longitude=106.8)
    found = []
    for isco, north, licences in product(
        ("7212", "7213", "7223", "5120"), (0.0, 0.1, 0.3), ((), ("sim-b1",))
    ):
        vacancy = replace(
            plain, occupation=Occupation(isco), latitude=-6.5 + north, licences=frozenset(licences)
        )
        km = kilometres(PERSON, vacancy)
        found.append(
            (match(PERSON, vacancy, background()).score, likeness.of(SKILLS, isco, licences, km), licences)
        )
    for asked in ((), ("sim-b1",)):
        alike = [(score, like) for score, like, licences in found if licences == asked]
        assert [like for _, like in sorted(alike)] == sorted(like for _, like in alike)
    # What the law bars the person from counts half.
    free = {score: like for score, like, licences in found if not licences}
    assert all(like * 0.5 in {other for _, other, barred in found if barred} for like in free.values())


def test_who_told_no_licences_is_not_held_to_any() -> None:
    told, untold = Likeness(wanted_by(PERSON)), Likeness(wanted_by(replace(PERSON, licences=None)))
    asked = (SKILLS, "7212", ["sim-b1"], 3.0)
    assert untold.of(*asked) == 2 * told.of(*asked)

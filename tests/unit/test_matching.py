"""The rules of matching: what a score is made of, what may move it, and in which order a list comes."""

import math
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching import parts
from jobs.matching.dense import Market
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.parts import EMPHASIS, Background
from jobs.matching.score import GATE, WEIGHTS, WORK_ENOUGH, WORK_UNKNOWN, Name, match, rank, score
from jobs.matching.seeker import NEAREST

WELDER, CUTTER, SMITH, TURNER, COOK = (
    Occupation("7212", "tukang-las"),
    Occupation("7212", "tukang-potong-logam"),
    Occupation("7213", "tukang-pelat"),
    Occupation("7223", "operator-bubut"),
    Occupation("5120", "juru-masak"),
)

# --- Anything that may be known of a person and a vacancy, or not ---

SKILLS = st.sampled_from("abcdefghijkl")
SKILL_SETS = st.frozensets(SKILLS, max_size=8)
EVIDENCE = st.sampled_from(Evidence)
OCCUPATIONS = st.sampled_from([WELDER, CUTTER, SMITH, TURNER, COOK, Occupation("72"), Occupation()])
LICENCES = st.frozensets(st.sampled_from(["sim-a", "sim-c", "sio-forklift"]))
HOURS = st.frozensets(st.sampled_from(["day", "evening", "night"]))
TYPES = st.sampled_from(["permanent", "contract", "daily"])
EMPLOYERS, TAGS = st.sampled_from(["CV Maju", "PT Karya"]), st.sampled_from(["night_shift", "alcohol"])
LEVELS = st.sampled_from([0, 10, 20, 30, 40, 50])
WAGES = st.integers(0, 20_000_000)
LATITUDES, LONGITUDES = st.floats(-11, 6), st.floats(95, 141)

PROFILES = st.builds(
    Profile,
    skills=st.none() | st.dictionaries(SKILLS, EVIDENCE, max_size=8),
    occupations=st.none() | st.dictionaries(OCCUPATIONS, st.integers(0, 200), max_size=3),
    wished=st.none() | st.frozensets(OCCUPATIONS, max_size=3),
    education=st.none() | LEVELS,
    licences=st.none() | LICENCES,
    latitude=st.none() | LATITUDES,
    longitude=st.none() | LONGITUDES,
    travel_km=st.none() | st.floats(0, 100),
    hours=st.none() | HOURS,
    employment_types=st.none() | st.frozensets(TYPES),
    wage_min=st.none() | WAGES,
    avoid_occupations=st.none() | st.frozensets(OCCUPATIONS, max_size=2),
    avoid_employers=st.none() | st.frozensets(EMPLOYERS, max_size=1),
    avoid=st.none() | st.frozensets(TAGS, max_size=2),
)
VACANCIES = st.builds(
    Vacancy,
    id=st.integers(1, 9),
    occupation=st.none() | OCCUPATIONS,
    essential=SKILL_SETS,
    useful=SKILL_SETS,
    education=st.none() | LEVELS,
    licences=LICENCES,
    latitude=st.none() | LATITUDES,
    longitude=st.none() | LONGITUDES,
    hours=st.none() | HOURS,
    employment_type=st.none() | TYPES,
    wage_min=st.none() | WAGES,
    wage_max=st.none() | WAGES,
    experience_months=st.none() | st.integers(0, 60),
    documents=st.frozensets(st.just("skck")),
    published=st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 5)),
    employer=st.none() | EMPLOYERS,
    tags=st.frozensets(TAGS),
)
PAIRS = st.tuples(SKILLS, SKILLS).filter(lambda pair: pair[0] != pair[1])


def both_ways(pairs):
    near = {}
    for (one, other), likeness in pairs.items():
        near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = likeness
    return near


BACKGROUNDS = st.builds(
    Background,
    size=st.integers(1, 20_000),
    counts=st.dictionaries(SKILLS, st.integers(0, 99)),
    near=st.dictionaries(PAIRS, st.sampled_from([0.1, 0.3, 0.5]) | st.floats(0.01, NEAREST), max_size=30).map(
        both_ways
    ),
)
SHUFFLES = st.randoms(use_true_random=False)


@given(PROFILES, VACANCIES, BACKGROUNDS)
def test_the_contributions_sum_to_the_score(profile, vacancy, background):
    found = match(profile, vacancy, background)
    assert 0 <= found.score <= 1
    assert math.isclose(found.score, sum(part.contribution for part in found.parts), abs_tol=1e-9)
    for part in found.parts:
        assert 0 <= part.value <= 1
        assert math.isclose(part.contribution, part.value * part.weight_effective, abs_tol=1e-12)


@given(PROFILES, VACANCIES)
def test_the_weight_of_an_unknown_part_is_shared_among_the_others_in_proportion(profile, vacancy):
    found = match(profile, vacancy)
    work = [part.value for part in found.parts if part.name in (Name.SKILLS, Name.OCCUPATION)]
    factor = min(1, max(work) / WORK_ENOUGH) if work else WORK_UNKNOWN
    if found.gates:
        factor *= GATE
    if found.part(Name.HOURS) == 0:
        factor = 0
    if profile.travel_km is not None and found.distance_km is not None:
        factor *= min(1, 0.5 ** (found.distance_km / max(1, profile.travel_km) - 1))
    whole = factor if found.parts else 0
    assert math.isclose(sum(part.weight_effective for part in found.parts), whole, abs_tol=1e-9)
    for one in found.parts:
        for other in found.parts:
            crossed = (one.weight_effective * WEIGHTS[other.name], other.weight_effective * WEIGHTS[one.name])
            assert math.isclose(*crossed)


@given(PROFILES, VACANCIES, BACKGROUNDS, SKILLS, EVIDENCE)
def test_adding_a_skill_never_lowers_the_skills_part_nor_the_score(
    profile, vacancy, background, skill, evidence
):
    before = replace(profile, skills=profile.skills or {})
    stronger = max(evidence, before.skills.get(skill, evidence))
    after = replace(before, skills={**before.skills, skill: stronger})
    old, new = match(before, vacancy, background), match(after, vacancy, background)
    assert new.score >= old.score
    if vacancy.essential or vacancy.useful:
        assert new.part(Name.SKILLS) >= old.part(Name.SKILLS)
    if skill in vacancy.essential | vacancy.useful and skill not in before.skills:
        assert new.part(Name.SKILLS) > old.part(Name.SKILLS)


@given(PROFILES, VACANCIES, LICENCES)
def test_adding_a_licence_never_lowers_the_score(profile, vacancy, licences):
    before = replace(profile, licences=profile.licences or frozenset())
    after = replace(before, licences=before.licences | licences)
    assert match(after, vacancy).score >= match(before, vacancy).score


@given(PROFILES, VACANCIES, BACKGROUNDS, SHUFFLES)
def test_the_order_in_which_a_person_tells_things_changes_nothing(profile, vacancy, background, random):
    def shuffled(mapping):
        pairs = list(mapping.items())
        random.shuffle(pairs)
        return dict(pairs)

    told = replace(
        profile,
        skills=None if profile.skills is None else shuffled(profile.skills),
        occupations=None if profile.occupations is None else shuffled(profile.occupations),
    )
    one, other = match(profile, vacancy, background), match(told, vacancy, background)
    assert one == other
    assert one.parts == other.parts


def test_the_order_of_a_set_does_not_reach_the_last_bit_of_the_score(monkeypatch):
    terms = {"a": 0.1, "b": 0.2, "c": 0.3}  # Added from the left .6000000000000001, from the right .6.
    scores = set()
    for order in (terms, dict(reversed(terms.items()))):
        monkeypatch.setattr(parts, "skill_terms", lambda seeker, vacancy, order=order: order)
        person = Profile(skills=dict.fromkeys(terms, Evidence.STATED))
        scores.add(match(person, Vacancy(id=1, essential=frozenset(terms)), Background(10**6)).score)
    assert len(scores) == 1


@given(PROFILES, st.lists(VACANCIES, max_size=8, unique_by=lambda vacancy: vacancy.id), SHUFFLES)
def test_the_order_of_the_vacancies_changes_nothing(profile, vacancies, random):
    ranked = rank(profile, vacancies, 5)
    random.shuffle(vacancies)
    assert rank(profile, vacancies, 5) == ranked
    assert ranked == [match(profile, found.vacancy) for found in ranked]
    scores = sorted((match(profile, vacancy).score for vacancy in vacancies), reverse=True)
    assert [found.score for found in ranked] == scores[:5]


@given(PROFILES, VACANCIES, BACKGROUNDS)
def test_every_skill_named_is_there_with_its_evidence_or_is_missing(profile, vacancy, background):
    found = match(profile, vacancy, background)
    held = profile.skills or {}
    named = vacancy.essential | vacancy.useful
    assert {met.skill: met.evidence for met in found.skills} == {s: held[s] for s in held if s in named}
    assert {met.skill for met in found.skills if met.essential} == vacancy.essential & set(held)
    near = {each.skill for each in found.near}
    assert set(found.missing_essential) == vacancy.essential - set(held) - near
    assert set(found.missing_useful) == vacancy.useful - set(held) - near
    assert list(found.skills) == sorted(found.skills, key=lambda met: (-met.share, met.skill))
    if found.skills or found.near:
        assert math.isclose(sum(each.share for each in found.skills + found.near), 1)


@given(PROFILES, VACANCIES, BACKGROUNDS)
def test_a_near_skill_is_held_and_stands_in_once_for_one_that_is_not(profile, vacancy, background):
    found = match(profile, vacancy, background)
    held, named = set(profile.skills or {}), vacancy.essential | vacancy.useful
    assert {each.skill for each in found.near} <= named - held
    assert {each.held for each in found.near} <= held - named
    for side in ("skill", "held"):
        assert len({getattr(each, side) for each in found.near}) == len(found.near)
    for each in found.near:
        assert each.near == background.near[each.held][each.skill] <= NEAREST
        assert each.essential == (each.skill in vacancy.essential)


@given(PROFILES, VACANCIES, BACKGROUNDS)
def test_a_near_skill_counts_at_most_half_of_the_skill_itself(profile, vacancy, background):
    before = match(profile, vacancy, background)
    for each in before.near:
        exact = replace(profile, skills={**profile.skills, each.skill: Evidence.STATED})
        seeker = parts.Seeker(profile, background)
        term = dict((kin.asked, term) for kin, term in parts.near_terms(seeker, vacancy))[each.skill]
        assert term <= NEAREST * parts.skill_terms(parts.Seeker(exact, background), vacancy)[each.skill]


@given(PROFILES, st.lists(VACANCIES, min_size=1, max_size=8), BACKGROUNDS)
def test_all_at_once_the_scores_are_the_same(profile, vacancies, background):
    seeker = parts.Seeker(profile, background)
    one_by_one = [score(seeker, vacancy) for vacancy in vacancies]
    market = Market(vacancies)
    assert market.scores(seeker) == pytest.approx(one_by_one, abs=1e-9)
    best = [one_by_one[place] for place in market.best(seeker, 3)]
    assert best == pytest.approx(sorted(one_by_one, reverse=True)[:3], abs=1e-9)


def test_nothing_protected_is_known_of_a_person_or_asked_by_a_vacancy():
    """A new field is a decision about fairness: it is added here by hand, after thought."""
    person = "skills occupations wished education licences latitude longitude travel_km hours"
    wishes = "employment_types wage_min avoid_occupations avoid_employers avoid"
    assert [field.name for field in fields(Profile)] == [*person.split(), *wishes.split()]
    vacancy = "id occupation essential useful education licences latitude longitude hours employment_type"
    terms = "wage_min wage_max experience_months documents published employer tags"
    assert [field.name for field in fields(Vacancy)] == [*vacancy.split(), *terms.split()]
    with pytest.raises(TypeError):
        Profile(sex="L")


# --- The parts, one by one ---


def value(name, profile, vacancy, background=None):
    return match(profile, vacancy, background).part(name)


def test_the_skills_part_is_the_likelihood_ratio_of_the_skills_held():
    vacancy = Vacancy(id=1, essential=frozenset("abcd"), useful=frozenset("ef"))
    profile = Profile(skills={"a": Evidence.STATED, "e": Evidence.CERTIFIED, "z": Evidence.STATED})
    essential = math.log(1 + 0.7 / 4 * 1000)
    useful = EMPHASIS[Evidence.CERTIFIED] * math.log(1 + 0.3 / 2 * 1000)
    tau = 2 * math.log(1 + 0.7 / 5 * 1000)
    found = match(profile, vacancy, Background(size=1000))
    assert found.part(Name.SKILLS) == pytest.approx(1 - math.exp(-(essential + useful) / tau))
    shares = {met.skill: met.share for met in found.skills}
    assert shares == pytest.approx(
        {"a": essential / (essential + useful), "e": useful / (essential + useful)}
    )


def test_a_rare_skill_says_more_than_a_common_one():
    vacancy = Vacancy(id=1, essential=frozenset(["komunikasi", "las-gtaw"]))
    counts = Background(size=100, counts={"komunikasi": 900, "las-gtaw": 3})
    rare = value(Name.SKILLS, Profile(skills={"las-gtaw": Evidence.STATED}), vacancy, counts)
    common = value(Name.SKILLS, Profile(skills={"komunikasi": Evidence.STATED}), vacancy, counts)
    assert rare > 2 * common > 0
    others = (str(number) for number in range(98))
    assert sum(map(counts.chance, ["komunikasi", "las-gtaw", *others])) == pytest.approx(1)


def test_stronger_evidence_counts_more_but_less_than_a_second_skill():
    vacancy = Vacancy(id=1, essential=frozenset("abc"))
    alone = [value(Name.SKILLS, Profile(skills={"a": evidence}), vacancy) for evidence in Evidence]
    both = value(Name.SKILLS, Profile(skills=dict.fromkeys("ab", Evidence.STATED)), vacancy)
    assert alone == sorted(alone)
    assert len(set(alone)) == len(Evidence)
    assert both > alone[-1]


def test_a_skill_that_is_essential_and_useful_is_essential():
    assert Vacancy(id=1, essential=frozenset("ab"), useful=frozenset("bc")).useful == frozenset("c")


def test_a_vocabulary_without_skills_is_refused():
    with pytest.raises(ValueError, match="at least one skill"):
        Background(size=0)


@pytest.mark.parametrize(
    ("worked", "wished", "asked", "expected"),
    [
        ([WELDER], [], WELDER, 1.0),
        ([WELDER], [], CUTTER, 1.0),
        ([SMITH], [], WELDER, 0.7),
        ([TURNER], [], WELDER, 0.4),
        ([COOK], [], WELDER, 0.0),
        ([COOK], [SMITH], WELDER, 0.7),
        ([WELDER], [COOK], CUTTER, 1.0),
        ([Occupation("7212")], [], WELDER, 1.0),
        ([Occupation(id="tukang-las")], [], WELDER, 1.0),
        ([Occupation("72")], [], Occupation("72"), 0.4),
        ([Occupation()], [], Occupation(), 0.0),
        ([], [], WELDER, None),
        ([WELDER], [], None, None),
    ],
)
def test_occupations_are_near_by_their_isco_digits(worked, wished, asked, expected):
    profile = Profile(occupations=dict.fromkeys(worked, 0), wished=frozenset(wished))
    assert value(Name.OCCUPATION, profile, Vacancy(id=1, occupation=asked)) == expected


@pytest.mark.parametrize(
    ("months", "asked", "expected"),
    [
        ({WELDER: 6}, 12, 0.5),
        ({WELDER: 6, CUTTER: 6}, 12, 1.0),
        ({WELDER: 100}, 12, 1.0),
        ({SMITH: 5}, 10, 0.35),
        ({TURNER: 100, COOK: 100}, 12, 0.0),
        ({}, 12, 0.0),
        (None, 12, None),
        (None, 0, 1.0),
        ({WELDER: 6}, None, None),
    ],
)
def test_experience_counts_in_the_same_and_the_neighbouring_group(months, asked, expected):
    vacancy = Vacancy(id=1, occupation=WELDER, experience_months=asked)
    got = value(Name.EXPERIENCE, Profile(occupations=months), vacancy)
    assert got == (expected if expected is None else pytest.approx(expected))


def test_distance_counts_half_at_the_travel_limit_and_less_beyond():
    def at(km, travel_km):
        home = Profile(latitude=0.0, longitude=107.0, travel_km=travel_km)
        return value(Name.DISTANCE, home, Vacancy(id=1, latitude=math.degrees(km / 6371), longitude=107.0))

    assert at(0, 20) == 1
    assert at(20, 20) == pytest.approx(0.5)
    assert at(40, 20) == pytest.approx(0.25)
    assert at(25, None) == pytest.approx(0.5)
    assert 0 <= at(15, 0) < 0.01
    assert value(Name.DISTANCE, Profile(travel_km=20), Vacancy(id=1, latitude=0.0, longitude=1.0)) is None


@pytest.mark.parametrize(
    ("home", "work", "km"),
    [
        ((-6.9175, 107.6191), (-6.1754, 106.8272), pytest.approx(120, abs=1)),  # Bandung, Jakarta
        ((5.8926, 95.3238), (-8.4991, 140.4050), pytest.approx(5245, abs=10)),  # Sabang, Merauke
    ],
)
def test_distances_are_those_of_the_map(home, work, km):
    person = Profile(latitude=home[0], longitude=home[1])
    assert match(person, Vacancy(id=1, latitude=work[0], longitude=work[1])).distance_km == km


@pytest.mark.parametrize(
    ("profile", "vacancy", "name", "expected"),
    [
        ({"hours": frozenset(["day"])}, {"hours": frozenset(["day", "night"])}, Name.HOURS, 0.5),
        ({"hours": frozenset(["day"])}, {"hours": frozenset(["day"])}, Name.HOURS, 1.0),
        ({"hours": frozenset(["day"])}, {"hours": frozenset()}, Name.HOURS, None),
        ({"employment_types": frozenset(["daily"])}, {"employment_type": "daily"}, Name.EMPLOYMENT, 1.0),
        ({"employment_types": frozenset(["daily"])}, {"employment_type": "contract"}, Name.EMPLOYMENT, 0.0),
        ({"wage_min": 4_000_000}, {"wage_min": 4_000_000}, Name.WAGE, 1.0),
        ({"wage_min": 4_000_000}, {"wage_min": 3_000_000, "wage_max": 5_000_000}, Name.WAGE, 0.75),
        ({"wage_min": 4_000_000}, {"wage_max": 1_000_000}, Name.WAGE, 0.0),
        ({"wage_min": 4_000_000}, {}, Name.WAGE, None),
        ({"wage_min": 0}, {"wage_min": 1}, Name.WAGE, 1.0),
        ({"education": 20}, {"education": 20}, Name.EDUCATION, 1.0),
        ({"education": 50}, {"education": 20}, Name.EDUCATION, 1.0),
        ({"education": 20}, {"education": 30}, Name.EDUCATION, 0.5),
        ({"education": 0}, {"education": 40}, Name.EDUCATION, 0.0),
        ({}, {"education": 0}, Name.EDUCATION, 1.0),
        ({}, {"education": 10}, Name.EDUCATION, None),
        ({"licences": frozenset(["sim-a"])}, {"licences": frozenset(["sim-a", "sim-c"])}, Name.LICENCES, 0.5),
        ({"licences": frozenset(["sim-a"])}, {}, Name.LICENCES, None),
        ({}, {"licences": frozenset(["sim-a"])}, Name.LICENCES, None),
        ({}, {"tags": frozenset(["alcohol"])}, Name.WISHES, None),
        ({"avoid": frozenset()}, {"tags": frozenset(["alcohol"])}, Name.WISHES, None),
        ({"avoid": frozenset(["alcohol"])}, {"tags": frozenset(["alcohol", "night"])}, Name.WISHES, 0.0),
        ({"avoid": frozenset(["alcohol"])}, {"tags": frozenset(["night"])}, Name.WISHES, 1.0),
        ({"avoid_employers": frozenset(["CV Maju"])}, {"employer": "CV Maju"}, Name.WISHES, 0.0),
        ({"avoid_employers": frozenset(["CV Maju"])}, {"employer": "PT Karya"}, Name.WISHES, 1.0),
        ({"avoid_occupations": frozenset([WELDER])}, {"occupation": WELDER}, Name.WISHES, 0.0),
        ({"avoid_occupations": frozenset([WELDER])}, {"occupation": CUTTER}, Name.WISHES, 1.0),
        ({"avoid_occupations": frozenset([Occupation("7212")])}, {"occupation": CUTTER}, Name.WISHES, 0.0),
        ({"avoid_occupations": frozenset([Occupation()])}, {"occupation": Occupation()}, Name.WISHES, 1.0),
    ],
)
def test_the_terms_of_work_meet_the_wishes(profile, vacancy, name, expected):
    assert value(name, Profile(**profile), Vacancy(id=1, **vacancy)) == expected


def test_every_part_has_a_weight_and_they_make_a_hundred():
    assert set(WEIGHTS) == set(Name)
    assert sum(WEIGHTS.values()) == 100


# --- Gates, work of which nothing is known, and the order ---

RIDER = Profile(skills={"a": Evidence.STATED, "b": Evidence.STATED}, licences=frozenset())
PLAIN = Vacancy(id=1, essential=frozenset("ab"))
GATED = replace(PLAIN, id=2, licences=frozenset(["sim-c"]))


def test_a_lacking_licence_is_named_and_halves_what_else_fits():
    gated = match(RIDER, GATED)
    assert gated.gates == ("sim-c",)
    assert gated.score == pytest.approx(match(RIDER, PLAIN).score * GATE * 37 / 41)
    assert match(replace(RIDER, licences=frozenset(["sim-c"])), GATED).gates == ()


def test_a_gated_match_stands_between_its_equals_and_what_does_not_fit():
    unfit = Vacancy(id=3, essential=frozenset("xyz"))
    assert [found.vacancy.id for found in rank(RIDER, [unfit, GATED, PLAIN], 3)] == [1, 2, 3]


def test_a_licence_never_asked_about_is_no_gate():
    assert match(replace(RIDER, licences=None), GATED).gates == ()


def test_a_vacancy_that_tells_nothing_of_the_work_does_not_win_by_being_near():
    silent = Vacancy(id=1, latitude=-6.9, longitude=107.6)
    fitting = replace(PLAIN, id=2, latitude=-6.95, longitude=107.65)
    person = replace(RIDER, latitude=-6.9, longitude=107.6, travel_km=20)
    assert [found.vacancy.id for found in rank(person, [silent, fitting], 2)] == [2, 1]


def test_near_and_well_paid_work_that_is_not_theirs_is_no_match():
    person = replace(RIDER, latitude=-6.9, longitude=107.6, wage_min=3_000_000, occupations={COOK: 12})
    other = Vacancy(
        id=1, occupation=WELDER, essential=frozenset("xy"), latitude=-6.9, longitude=107.6, wage_min=9_000_000
    )
    assert match(person, other).score == 0
    assert 0 < match(person, replace(other, essential=frozenset("axyz"))).score < 0.6


def test_work_in_none_of_the_hours_that_somebody_can_work_is_no_match():
    person = replace(RIDER, hours=frozenset(["day"]))
    assert match(person, replace(PLAIN, hours=frozenset(["night"]))).score == 0
    assert match(person, replace(PLAIN, hours=frozenset(["day", "night"]))).score > 0
    assert match(replace(person, hours=None), replace(PLAIN, hours=frozenset(["night"]))).score > 0


def test_beyond_the_distance_chosen_everything_counts_half_at_twice_of_it():
    def at(km, travel_km):
        person = replace(RIDER, latitude=0.0, longitude=107.0, travel_km=travel_km)
        found = match(person, replace(PLAIN, latitude=math.degrees(km / 6371), longitude=107.0))
        return sum(part.weight_effective for part in found.parts)

    assert [at(km, 20) for km in (0, 20, 40, 60)] == pytest.approx([1, 1, 0.5, 0.25])
    assert at(500, None) == pytest.approx(1)


def test_an_unknown_part_is_no_zero():
    person = replace(RIDER, wage_min=5_000_000)
    assert match(person, PLAIN).score > match(person, replace(PLAIN, wage_min=2_000_000)).score


def test_ties_go_to_the_newest_and_then_to_the_highest_id():
    old, new = date(2025, 1, 1), date(2025, 2, 1)
    tied = [Vacancy(id=id, published=day) for id, day in [(9, None), (1, old), (2, new), (3, new)]]
    assert [found.vacancy.id for found in rank(Profile(), tied, 4)] == [3, 2, 1, 9]
    assert rank(Profile(), tied, 0) == []


def test_nothing_known_is_a_score_of_nought_without_parts():
    found = match(Profile(), Vacancy(id=1))
    assert (found.score, found.parts, found.distance_km) == (0, (), None)


def test_a_match_does_not_print_the_person():
    found = match(Profile(latitude=-6.9175, wage_min=4_321_000), PLAIN)
    assert "4321000" not in repr(found)
    assert "-6.9175" not in repr(found)

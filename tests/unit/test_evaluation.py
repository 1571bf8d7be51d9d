"""`portal evaluate`: what it reads, what it prints, and what it says of lines it cannot use."""

import json
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner

from jobs.evaluation.measures import Measured, middle_ranks
from jobs.evaluation.reading import read_cases, read_vacancies
from jobs.evaluation.running import chances
from jobs.matching.facts import Evidence, Occupation
from jobs.matching.score import rank
from portal.commands.evaluate import command

FORMULAS = {"percent", "jaccard", "overlap", "idf_cosine", "bm25"}
VACANCIES = [
    {"id": "las", "essential": ["x:las", "x:gerinda"], "useful": ["x:ukur"]},
    {"id": "masak", "essential": ["x:masak", "x:potong"]},
    {"id": "apa saja", "essential": ["x:las", "x:masak", "x:sapu", "x:pel"]},
]
CASES = [
    {"id": 1, "profile": {"skills": ["x:las", "x:gerinda"]}, "relevant": ["las"]},
    {
        "id": 2,
        "profile": {"skills": ["x:masak", "x:lain"]},
        "relevant": {"masak": 3, "apa saja": 1, "las": 0},
    },
]


@pytest.fixture
def evaluate(tmp_path):
    """Runs the command over lines, given as objects or as raw text."""

    def run(vacancies, cases, *options):
        for name, lines in (("v", vacancies), ("c", cases)):
            text = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
            (tmp_path / name).write_bytes(b"\n".join(text) + b"\n")
        files = ["--vacancies", str(tmp_path / "v"), "--cases", str(tmp_path / "c")]
        return CliRunner().invoke(command, [*files, *options], catch_exceptions=False)

    return run


def test_the_figures_are_printed_as_json(evaluate):
    done = evaluate(VACANCIES, CASES, "--json", "--baselines")
    assert done.exit_code == 0
    figures = json.loads(done.stdout)
    assert set(figures) == {"n", "mrr", "hit@1", "recall@10", "ndcg@10", "baselines"}
    assert set(figures["baselines"]) == FORMULAS
    assert (figures["n"], figures["mrr"], figures["hit@1"], figures["recall@10"]) == (2, 1, 1, 1)
    assert all(
        set(each) == {"mrr", "hit@1", "recall@10", "ndcg@10"} for each in figures["baselines"].values()
    )


def test_without_baselines_none_are_ranked_and_people_read_a_table(evaluate):
    assert json.loads(evaluate(VACANCIES, CASES, "--json").stdout)["baselines"] == {}
    assert "the portal" in evaluate(VACANCIES, CASES).stdout


def test_the_ranking_is_the_one_of_the_portal_and_ends_at_nought(evaluate, tmp_path):
    evaluate(VACANCIES, CASES, "--ranks", str(tmp_path / "ranks"))
    lines = [json.loads(line) for line in (tmp_path / "ranks").read_text().splitlines()]
    assert [line["id"] for line in lines] == [1, 2]
    assert [id for id, _ in lines[0]["ranked"]] == ["las", "apa saja"]
    vacancies = read_vacancies(tmp_path / "v")
    for case, line in zip(read_cases(tmp_path / "c", vacancies), lines, strict=True):
        best = rank(case.profile, vacancies, 9, chances(vacancies))
        assert [[found.vacancy.id, found.score] for found in best if found.score > 0] == line["ranked"]


def test_the_cases_can_be_ranked_for_each_vacancy(evaluate, tmp_path):
    done = evaluate(
        VACANCIES,
        CASES,
        "--direction",
        "clients",
        "--json",
        "--baselines",
        "--ranks",
        str(tmp_path / "ranks"),
    )
    figures = json.loads(done.stdout)
    assert figures["n"] == 3
    # "apa saja" fits both clients alike, so the right one counts as standing between first and second.
    assert figures["mrr"] == pytest.approx((1 + 1 + 1 / 1.5) / 3, abs=1e-6)
    lines = [json.loads(line) for line in (tmp_path / "ranks").read_text().splitlines()]
    assert [line["id"] for line in lines] == ["las", "masak", "apa saja"]
    assert [id for id, _ in lines[0]["ranked"]] == [1]


def test_equals_are_counted_at_their_middle():
    scores = np.array([0.9, 0.5, 0.5, 0.5, 0.0])
    assert middle_ranks(scores, range(5)) == [1, 3, 3, 3, 5]
    measured = Measured()
    measured.add(scores, {2: 1.0})
    measured.add(scores, {0: 0.0})
    assert measured.figures() == {"mrr": round(1 / 3, 6), "hit@1": 0, "recall@10": 1, "ndcg@10": 0.5}
    assert len(measured.first) == 1


def test_a_score_that_tells_nothing_apart_does_no_better_than_chance():
    measured = Measured()
    measured.add(np.zeros(1000), {3: 1.0})
    assert measured.figures()["mrr"] == pytest.approx(1 / 500.5, abs=1e-6)


def test_every_key_is_read(tmp_path):
    vacancy = {
        "id": 7,
        "occupation": "tukang-las",
        "essential": ["las-smaw"],
        "useful": [],
        "region": "32.01",
        "type": "contract",
        "wage": {"min": 3e6, "max": None},
        "education": "SMA/SMK",
        "licences": ["sim-c"],
    }
    profile = {
        "occupations": ["7212", "tukang-las", "juru-masak"],
        "skills": ["las-smaw", "gerinda"],
        "certificates": ["las-smaw"],
        "region": "Kota Bogor",
        "travel_km": 20,
        "education": 20,
        "experience_months": {"tukang-las": 16},
        "licences": [],
        "wage_min": 2500000,
    }
    (tmp_path / "v").write_text(json.dumps(vacancy))
    (tmp_path / "c").write_text(json.dumps({"id": "a", "profile": profile, "relevant": {"7": 2}}))
    [read] = read_vacancies(tmp_path / "v")
    [case] = read_cases(tmp_path / "c", [read])
    assert read.occupation == Occupation("7212", "tukang-las")
    assert (read.education, read.wage_min, read.wage_max, read.employment_type) == (
        30,
        3000000,
        None,
        "contract",
    )
    assert read.licences == {"sim-c"}
    assert case.profile.skills == {"las-smaw": Evidence.CERTIFIED, "gerinda": Evidence.STATED}
    assert case.profile.occupations == {Occupation("7212", "tukang-las"): 16}
    assert case.profile.wished == {Occupation("7212", "7212"), Occupation("5120", "juru-masak")}
    assert (case.profile.education, case.profile.travel_km, case.profile.wage_min) == (20, 20, 2500000)
    assert case.profile.licences == {"las-smaw"}
    assert case.profile.latitude and read.latitude
    assert case.relevant == {"7": 2}


def test_what_is_not_said_is_not_known(tmp_path):
    (tmp_path / "v").write_text('{"id": "a"}\n\n{"id": "b", "region": null}\n')
    (tmp_path / "c").write_text('{"id": "a", "profile": {}, "relevant": []}')
    vacancies = read_vacancies(tmp_path / "v")
    [case] = read_cases(tmp_path / "c", vacancies)
    told = {name: getattr(case.profile, name) for name in case.profile.__slots__}
    assert {name for name, value in told.items() if value is not None} == set()


@pytest.mark.parametrize(
    ("vacancy", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": "x", "wage": {"min": NaN}}', "NaN is not a number"),
        (b'{"id": "x", "wage": {"min": ' + b"9" * 5000 + b"}}", "digits"),
        ({}, "id: missing"),
        ({"id": True}, "id: missing"),
        ({"id": "las"}, "stands twice"),
        ({"id": "x", "essential": "las"}, "essential: not a list of texts"),
        ({"id": "x", "useful": [1]}, "useful: not a list of texts"),
        ({"id": "x", "occupation": 7212}, "occupation: not a text"),
        ({"id": "x", "region": "Atlantis"}, "no region of Indonesia"),
        ({"id": "x", "region": 32}, "region: not a text"),
        ({"id": "x", "type": []}, "type: not a text"),
        ({"id": "x", "wage": 3}, "wage: not an object"),
        ({"id": "x", "wage": {"min": "3"}}, "wage.min: not a number"),
        ({"id": "x", "wage": {"max": -1}}, "wage.max: -1 is out of bounds"),
        ({"id": "x", "education": "TK"}, "no school known here"),
        ({"id": "x", "education": 51}, "neither a level"),
        ({"id": "x", "licences": [""]}, "licences: not a list of texts"),
    ],
)
def test_a_vacancy_that_cannot_be_used_is_named_with_its_line_and_the_reason(evaluate, vacancy, reason):
    done = evaluate([*VACANCIES, vacancy], CASES)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "v, line 4: " in done.stderr
    assert reason in done.stderr


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ({"id": 3, "relevant": []}, "profile: missing"),
        ({"id": 3, "profile": {}}, "relevant: neither a list"),
        ({"id": 3, "profile": {}, "relevant": [None]}, "relevant: missing"),
        ({"id": 3, "profile": {}, "relevant": ["kapal"]}, "'kapal' is none of the vacancies"),
        ({"id": 3, "profile": {}, "relevant": {"las": True}}, "the grade of 'las' is not a number"),
        ({"id": 3, "profile": {}, "relevant": {"las": 99}}, "the grade of 'las' is not a number"),
        ({"id": 3, "profile": {"skills": {}}, "relevant": []}, "skills: not a list of texts"),
        ({"id": 3, "profile": {"travel_km": "20"}, "relevant": []}, "travel_km: not a number"),
        (
            {"id": 3, "profile": {"experience_months": [1]}, "relevant": []},
            "experience_months: not an object",
        ),
        ({"id": 3, "profile": {"experience_months": {"7212": -1}}, "relevant": []}, "out of bounds"),
        ({"id": "1", "profile": {}, "relevant": []}, "stands twice"),
    ],
)
def test_a_case_that_cannot_be_used_is_named_with_its_line_and_the_reason(evaluate, case, reason):
    done = evaluate(VACANCIES, [*CASES, case])
    assert done.exit_code == 1
    assert "c, line 3: " in done.stderr
    assert reason in done.stderr


def test_every_bad_line_is_counted_and_the_first_ones_are_named(evaluate):
    done = evaluate([{}] * 50, CASES)
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 21
    assert done.stderr.splitlines()[-1] == "and 30 more"


def test_an_empty_file_is_said_to_be_empty(evaluate):
    done = evaluate([], CASES)
    assert (done.exit_code, done.stderr) == (1, "v: there is nothing in it\n")


def test_on_noisy_skill_profiles_the_score_ranks_better_than_every_plain_formula(evaluate):
    random = Random(5)
    skills = [f"s{number}" for number in range(900)]
    vacancies, cases = [], []
    for number in range(300):
        trade = random.sample(skills[number : number + 120], random.randint(6, 40))
        cut = len(trade) * 2 // 3
        vacancies.append({"id": number, "essential": trade[:cut], "useful": trade[cut:]})
        own = random.sample(trade[:cut], 2) + random.sample(trade[cut:], 1) + random.sample(skills, 1)
        cases.append({"id": number, "profile": {"skills": own}, "relevant": [number]})
    figures = json.loads(evaluate(vacancies, cases, "--json", "--baselines").stdout)
    assert figures["mrr"] > max(each["mrr"] for each in figures["baselines"].values())

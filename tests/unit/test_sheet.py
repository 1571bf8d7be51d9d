"""One pair's explanation: points that add up as shown, what scales them, what to do; and on paper nothing typed is run."""

import math
import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching.demand import UNKNOWN, Adjusted, Demand
from jobs.matching.explanation import Listener
from jobs.matching.facts import Profile, Vacancy
from jobs.matching.points import points, said
from jobs.matching.score import SIDES, WEIGHTS, Side, match
from jobs.matching.sheet import chrome, sheet
from jobs.matching.sheet_words import SHEET_WORDS
from jobs.sheets import typeset
from tests.unit.test_explanation import CLIENT, LABELS, NEAR, OFFERS, PEOPLE, WORKSHOP

QUEUES = st.builds(Demand, st.integers(0, 40), st.integers(0, 9), st.booleans())
HOSTILE = [
    '#read("/etc/passwd")',
    '"]) #panic("x") $ \\ ] } `',
    '#import "@preview/x:1.0.0": *',
    "x" * 10_000,
    "las 😀 \u202e\u0301 ﷽",
    "\ud800",
]


@given(st.lists(st.floats(-1, 1), max_size=12))
def test_what_is_shown_adds_up_to_the_whole_that_is_shown(contributions):
    shown = points(contributions)
    assert round(sum(shown), 1) == round(1000 * math.fsum(contributions)) / 10
    assert all(
        abs(each - 100 * exact) <= 0.1 + 1e-9 for each, exact in zip(shown, contributions, strict=True)
    )


@given(
    PEOPLE, OFFERS, QUEUES, st.sampled_from(["id", "en"]), st.sampled_from([Listener.PERSON, Listener.STAFF])
)
def test_the_parts_and_the_queue_sum_to_the_score_and_each_says_what_it_rests_on(
    person, offer, queue, language, listener
):
    found = Adjusted(match(person, offer, NEAR), queue)
    told = sheet(found, LABELS, language, listener)
    lines = [*told["parts"], *([told["demand"]] if told["demand"] else [])]
    assert math.isclose(math.fsum(each["contribution"] for each in lines), told["score"], abs_tol=1e-9)
    assert round(sum(each["points"] for each in lines), 1) == told["points"] == round(100 * told["score"], 1)
    assert all(each["rests"] and each["said"] for each in lines)
    assert all(each["said"] for each in told["skills"])
    most = 100 * sum(part["weight"] for part in told["parts"])
    assert bool(told["scaled"]) == (most <= 99.95) or not told["parts"]
    lacking = {each["id"] for each in told["gates"]} | {each["id"] for each in told["missing"]}
    assert person.skills is None or lacking <= {each["id"] for each in told["todo"]}


def test_a_queue_that_changes_nothing_has_no_line():
    assert sheet(Adjusted(match(CLIENT, WORKSHOP), UNKNOWN), LABELS)["demand"] is None


def test_what_scales_all_parts_is_said():
    gated = Vacancy(id=1, essential=WORKSHOP.essential, licences=frozenset(["sim-c"]))
    told = sheet(Adjusted(match(CLIENT, gated), UNKNOWN), LABELS)
    assert (
        told["scaled"]
        == "Semua bagian bersama paling banyak 50,0 poin, karena surat izin yang wajib belum ada."
    )


@given(PEOPLE, OFFERS)
def test_each_side_is_told_what_is_there_of_what_it_asks(person, offer):
    found = match(person, offer, NEAR)
    told = {each["name"]: each["share"] for each in sheet(Adjusted(found, UNKNOWN), LABELS)["sides"]}
    shares = {side: found.of_side(side) for side in Side}
    assert told == ({} if None in shares.values() else shares)
    whole = {
        side: sum(WEIGHTS[part.name] for part in found.parts if SIDES[part.name] is side) for side in Side
    }
    if told and all(part.weight_effective for part in found.parts):
        scale = sum(part.weight_effective for part in found.parts)
        mean = sum(whole[side] * share for side, share in told.items()) / sum(whole.values())
        assert math.isclose(found.score, scale * mean, abs_tol=1e-9), "the score weighs both"


def test_the_sides_are_told_in_words():
    person = replace(CLIENT, wage_min=4_000_000)
    told = sheet(Adjusted(match(person, WORKSHOP), UNKNOWN), LABELS)["sides"]
    assert [each["said"].rstrip("0123456789%") for each in told] == [
        "Yang diminta pekerjaan ini: terpenuhi ",
        "Yang Anda cari: terpenuhi ",
    ]


def test_each_thing_that_lacks_says_whom_to_ask_or_which_course_there_is():
    found = Adjusted(match(CLIENT, WORKSHOP), UNKNOWN)
    asked = [each["text"] for each in sheet(found, LABELS)["todo"]]
    assert asked[0] == "Pelajari las GMAW. Tanyakan pelatihan kepada pendamping."
    assert asked[1].startswith("Siapkan SKCK") and "kantor polisi" in asked[1]
    assert asked[2] == "Boleh juga pelajari alat ukur. Tanyakan pelatihan kepada pendamping."
    known = sheet(found, LABELS, openers={"las-gmaw": ["BLK Bekasi"]})["todo"]
    assert known[0]["text"] == "Pelajari las GMAW: BLK Bekasi"


def test_nothing_known_is_told_without_a_part():
    told = sheet(Adjusted(match(Profile(), Vacancy(id=1)), UNKNOWN), LABELS)
    assert told["points"] == round(100 * told["score"], 1)


def test_both_languages_have_the_same_words():
    assert SHEET_WORDS["id"].keys() == SHEET_WORDS["en"].keys()


@pytest.mark.parametrize(("value", "language", "words"), [(28.4, "id", "28,4"), (-3.0, "en", "−3.0")])
def test_points_are_said_as_the_language_writes_them(value, language, words):
    assert said(value, language) == words


def paper(title: str, language: str = "id") -> bytes:
    told = sheet(Adjusted(match(CLIENT, WORKSHOP), Demand(9, 1)), LABELS, language)
    words = dict(chrome(language, Listener.PERSON))
    return typeset("match", told | {"title": title, "employer": title, "place": "", "words": words})


def title_of(pdf: bytes) -> str:
    found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", unpacked(pdf), re.S)
    assert found
    return found[1].decode()


def unpacked(pdf: bytes) -> bytes:
    """A PDF with its compressed streams opened."""

    def opened(found: re.Match[bytes]) -> bytes:
        try:
            return zlib.decompress(found[1])
        except zlib.error:
            return found[1]

    return re.sub(rb"stream\r?\n(.*?)\r?\nendstream", opened, pdf, flags=re.S)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_typed_is_text_on_paper(text):
    made = paper(text)
    assert made.startswith(b"%PDF") and b"root:" not in unpacked(made)
    if text.isascii():
        plain = title_of(made).replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
        assert plain == f"Mengapa cocok: {text}"


def test_the_sheet_is_the_same_whenever_it_is_made_and_in_english_too():
    assert paper("Las") == paper("Las")
    assert title_of(paper("Las", "en")) == "Why it fits: Las"

"""What people write that no name answers: adverts, regional words, typing mistakes, and what is not ours at all."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.vocabulary.meant import occupations_meant, skills_meant
from training.vocabulary.regional import in_indonesian
from training.vocabulary.resolving import Candidate


@pytest.mark.parametrize(
    "text, id",
    [
        ("Resto Padang di Bekasi butuh org utk cuci piring, makan 3x, mess ada", "pencuci-piring"),
        ("abdi tiasa nyetir angkot", "sopir-angkot"),
        ("wong sing ngedol soto", "penjual-soto"),
        ("operatorr forklip", "operator-forklift"),
        ("lagi nyari tukang buat bongkar pasang ac 2 pk", "teknisi-ac"),
    ],
)
def test_what_is_looked_for_is_found_behind_the_words_around_it(text: str, id: str) -> None:
    best = occupations_meant(text)[0]
    assert best.id == id and best.sure


@pytest.mark.parametrize(
    "text",
    ["apoteker", "dokter bedah anak", "aktuaris asuransi jiwa", "Software engineer", "asal kerja aja bang"],
)
def test_work_of_others_is_never_surely_ours(text: str) -> None:
    assert not any(each.sure for each in occupations_meant(text))


def test_regional_words_are_read_unless_they_are_names_here() -> None:
    assert in_indonesian("Tukang JAIK", ()) == "Tukang jahit"
    assert in_indonesian("tukang jaik", {"jaik"}) == "tukang jaik"


HOSTILE = [
    "",
    "   \t ",
    "12345 67890",
    "x" * 10_000,
    "tukang las " * 1_000,
    "焊工 найти работу عامل",
    "😀🔥💪",
    "<script>alert(1)</script>",
    "<b>tukang</b> &lt;las&gt;",
    "' OR 1=1; DROP TABLE occupation; --",
    '"las" -welder site:loker.id filetype:pdf (a OR b) AND NOT c*',
    "%_\\*&|!:~^",
    "\x00\x1b[31m\ud800",
    "a" * 399 + "é" * 5_000,
]


@pytest.mark.parametrize("resolve", [occupations_meant, skills_meant])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_bad_input_is_an_empty_list_or_not_sure(resolve: Callable[[str], list[Candidate]], text: str) -> None:
    resolve("apa saja yang ada di sini")  # The embedding is loaded once, and that is not what is timed.
    began = time.process_time()
    found = resolve(text)
    assert len(found) <= 5 and time.process_time() - began < 0.5
    # Whoever repeats a name has named it; the rest names nothing.
    assert "las" in text or not any(each.sure for each in found)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=600))
def test_any_text_is_weighed_without_an_error(text: str) -> None:
    for found in (occupations_meant(text), skills_meant(text)):
        assert len(found) <= 5 and len({each.id for each in found}) == len(found)
        assert all(0 <= each.score <= 1 for each in found)

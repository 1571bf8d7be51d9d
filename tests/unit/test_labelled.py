"""The labelled texts are fit to measure the vocabulary with."""

from collections import Counter
from collections.abc import Iterable

import pytest

from training.bench.labelled import Half, Kind, Labelled, of_half, skill_phrases, titles
from training.vocabulary import vocabulary

WORDS = vocabulary()
TITLES = titles()
PHRASES = skill_phrases()
BOTH = pytest.mark.parametrize("texts", [TITLES, PHRASES], ids=["titles", "skills"])


@pytest.mark.parametrize(
    ("texts", "known"), [(TITLES, WORDS.occupations), (PHRASES, WORDS.skills)], ids=["titles", "skills"]
)
def test_every_label_is_an_id_of_the_vocabulary(texts: list[Labelled], known: Iterable[str]) -> None:
    assert {id for labelled in texts for id in labelled.ids} - set(known) == set()


@BOTH
def test_no_text_is_labelled_twice(texts: list[Labelled]) -> None:
    counted = Counter(" ".join(labelled.text.casefold().split()) for labelled in texts)
    assert [text for text, times in counted.items() if times > 1] == []


@BOTH
def test_no_label_is_given_twice_to_one_text(texts: list[Labelled]) -> None:
    assert [labelled.text for labelled in texts if len(set(labelled.ids)) != len(labelled.ids)] == []


@BOTH
def test_texts_are_written_without_space_around_them(texts: list[Labelled]) -> None:
    assert [
        labelled.text for labelled in texts if labelled.text != labelled.text.strip() or not labelled.text
    ] == []


def test_there_are_texts_enough() -> None:
    assert len(TITLES) >= 400 and len(PHRASES) >= 200


@BOTH
def test_only_a_text_that_names_nothing_of_ours_goes_without_labels(texts: list[Labelled]) -> None:
    assert [labelled.text for labelled in texts if (labelled.kind is Kind.NONE) != (not labelled.ids)] == []


@BOTH
def test_several_and_ambiguous_texts_have_more_than_one_label(texts: list[Labelled]) -> None:
    many = {Kind.SEVERAL, Kind.AMBIGUOUS}
    assert [labelled.text for labelled in texts if labelled.kind in many and len(labelled.ids) < 2] == []


def test_the_titles_are_of_every_kind() -> None:
    assert {labelled.kind for labelled in TITLES} == set(Kind)


def test_half_of_the_titles_are_more_than_a_name_for_a_trade() -> None:
    wordy = {Kind.ADVERT, Kind.CHAT, Kind.DESCRIPTION, Kind.SEVERAL}
    assert sum(labelled.kind in wordy for labelled in TITLES) >= len(TITLES) / 2


@BOTH
def test_the_split_gives_each_half_its_share(texts: list[Labelled]) -> None:
    share = len(of_half(texts, Half.TEST)) / len(texts)
    assert 0.4 <= share <= 0.6
    assert len(of_half(texts, Half.DEVELOPMENT)) + len(of_half(texts, Half.TEST)) == len(texts)


def test_the_split_depends_on_the_text_alone() -> None:
    assert (
        Labelled("tukang las", ("tukang-las",), Kind.PLAIN).half is Labelled("tukang las", (), Kind.NONE).half
    )
    # Pinned, for a change of the hash would hand the test half to whoever adds words.
    assert Labelled("scurity", (), Kind.NONE).half is Half.DEVELOPMENT
    assert Labelled("operatr jahit", (), Kind.NONE).half is Half.TEST

"""Which words and trades stand for what somebody may keep away from, and which only look like it."""

import pytest

from jobs.matching.tags import OCCUPATIONS, tags_of
from jobs.tables import Avoided
from training.vocabulary import vocabulary

BOTH = {Avoided.NIGHTLIFE, Avoided.ALCOHOL}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Waiter karaoke keluarga. PT Hiburan.", {Avoided.NIGHTLIFE}),
        ("Pramusaji. Skyline Lounge & Bar", BOTH),
        ("Kasir. Menjual bir dan minuman ringan.", {Avoided.ALCOHOL}),
        ("Barista. Kopi Barang Baru", set()),
        ("Helper gudang. Memindai barcode dan bar code.", set()),
        ("Pramusaji. Restoran kami tidak menjual minuman beralkohol.", set()),
        ("Koki. Dapur bebas alkohol, non miras.", set()),
        ("Operator produksi, 3 shift bergilir", {Avoided.NIGHT_SHIFT}),
        ("Satpam, bersedia shift malam", {Avoided.NIGHT_SHIFT}),
        ("Pasar malam? Tidak: toko siang. Bibir, Biru, Birokrasi", set()),
    ],
)
def test_words_are_read_whole_and_the_opposite_is_not_taken_for_it(text: str, tags: set[Avoided]) -> None:
    assert tags_of(text, None, None) == tags


def test_the_trade_and_the_hours_tell_without_any_word() -> None:
    assert tags_of("Lowongan", "bartender", ("day",)) == BOTH
    assert tags_of("Lowongan", "tukang-las", ("day", "night")) == {Avoided.NIGHT_SHIFT}
    assert tags_of("Lowongan", "tukang-las", None) == set()


def test_every_trade_of_the_table_is_in_the_vocabulary() -> None:
    assert {id for ids in OCCUPATIONS.values() for id in ids} <= set(vocabulary().occupations)

"""What a text gives away, and what may stand in one."""

import pytest

from jobs.cards import duration
from portal.disclosure import discloses, names_in, without_contacts
from training.vocabulary import vocabulary


@pytest.mark.parametrize(
    "text, found",
    [
        ("Hubungi 0812 0000 0000", ["nomor telepon"]),
        ("+62-812-9876-543", ["nomor telepon"]),
        ("nol delapan satu dua tiga empat lima enam", ["nomor telepon"]),
        ("tulis ke budi@surat.test ya", ["alamat email"]),
        ("budi(at)surat.test", ["alamat email"]),
        ("lihat wa.me/62812345", ["tautan"]),
        ("IG: budi_las", ["akun media sosial"]),
        ("Setelah REHABILITASI saya siap", ["kata “rehabilitasi”"]),
        ("dari B.N.N Bogor", ["kata “bnn”"]),
        ("r e h a b", ["kata “rehab”"]),
        ("re-hab", ["kata “rehab”"]),
        ("mantan pecandu narkoba", ["kata “pecandu”", "kata “narkoba”"]),
        ("tinggal di rumah damping", ["kata “rumah damping”"]),
        ("Gaji Rp10.000.000, 2019-2023, target 60 potong", []),
        ("Saya terbiasa mengelas rangka kanopi dan siap belajar las GMAW.", []),
        ("Perehab tidak ada, kerabat ada", []),
    ],
)
def test_what_a_text_gives_away_is_named(text: str, found: list[str]) -> None:
    assert discloses(text) == found


def test_contacts_are_taken_out_of_a_text() -> None:
    assert without_contacts("Bengkel, telp 0812 9876 5432, buka pagi") == "Bengkel, telp , buka pagi"


def test_a_name_is_found_but_an_ordinary_word_is_not() -> None:
    assert names_in("saya zubaidah, hasil kerja bagus", "Zubaidah Bagus Al") == ["zubaidah"]


def test_only_the_words_of_accompaniment_disclose_and_a_card_leaves_those_out() -> None:
    """Trades and skills of aftercare itself are in the vocabulary; `jobs.cards` drops what discloses."""
    words = vocabulary()
    found = [entry for entry in words.occupations.values() if discloses(entry.label)]
    assert found and {entry.sector for entry in found} == {"pendampingan"}
    assert {skill.group for skill in words.skills.values() if discloses(skill.label)} == {"pendampingan"}
    assert not [licence.label for licence in words.licences.values() if discloses(licence.label)]


@pytest.mark.parametrize("months, said", [(1, "1 bulan"), (12, "1 tahun"), (16, "1 tahun 4 bulan"), (0, "")])
def test_months_are_said_as_years_and_months(months: int, said: str) -> None:
    assert duration(months) == said

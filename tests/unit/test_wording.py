"""What a vacancy must not ask, in the words that real vacancies ask it with, and what only looks like it."""

import time

import pytest

from jobs.wording import Ground, refusals, remarks

REFUSED = [
    ("Usia maksimal 35 tahun", Ground.AGE),
    ("usia 18-30 tahun", Ground.AGE),
    ("Umur maks. 28 th", Ground.AGE),
    ("Max usia: 25", Ground.AGE),
    ("maksimal 35 tahun", Ground.AGE),
    ("Berusia di bawah 40 tahun", Ground.AGE),
    ("Usia minimal 21 tahun", Ground.AGE),
    ("Berpenampilan menarik", Ground.LOOKS),
    ("Good looking dan ramah", Ground.LOOKS),
    ("goodlooking", Ground.LOOKS),
    ("Belum menikah", Ground.MARRIAGE),
    ("Status: single", Ground.MARRIAGE),
    ("lajang", Ground.MARRIAGE),
    ("Tinggi badan minimal 165 cm", Ground.BODY),
    ("Tinggi minimal 160 cm", Ground.BODY),
    ("Berat badan ideal", Ground.BODY),
    ("Dicari pria sehat", Ground.SEX),
    ("Khusus wanita", Ground.SEX),
    ("Jenis kelamin: laki-laki", Ground.SEX),
    ("Beragama Islam", Ground.RELIGION),
    ("Diutamakan muslimah", Ground.RELIGION),
    ("Wajib berhijab", Ground.RELIGION),
    ("Suku Jawa", Ground.ORIGIN),
    ("Keturunan Tionghoa", Ground.ORIGIN),
    ("Kulit putih", Ground.SKIN),
    ("Tidak cacat fisik", Ground.DISABILITY),
    ("Biaya lamaran Rp50.000", Ground.FEE),
    ("Membayar uang seragam Rp300.000", Ground.FEE),
    ("Bersedia tahan ijazah", Ground.HELD_PAPERS),
    ("Ijazah asli ditahan selama kontrak", Ground.HELD_PAPERS),
    ("Bebas narkoba", Ground.OTHER_PAPERS),
]
FINE = [
    "Usia tidak dibatasi",
    "Tidak ada batas usia",
    "Tanpa memandang agama, suku, dan jenis kelamin",
    "Minimal 18 tahun",
    "Usia minimal 18 tahun",
    "18 tahun ke atas",
    "Pengalaman minimal 2 tahun",
    "Pengalaman kerja 1 sampai 2 tahun",
    "Pengalaman 10 tahun di bengkel",
    "Mengasuh anak usia 2 sampai 5 tahun",
    "Merawat orang usia lanjut",
    "Pria atau wanita",
    "Laki-laki/perempuan",
    "Menjahit celana pria dan baju wanita",
    "Pangkas rambut pria",
    "Penjahit busana muslim",
    "Guru agama Islam",
    "Memasang suku cadang motor",
    "Menjahit jaket kulit putih",
    "Memastikan produk tidak cacat",
    "Bekerja di ketinggian 20 meter",
    "Melamar di sini tidak dipungut biaya lamaran",
    "Tanpa biaya pendaftaran",
    "Kami tidak menahan ijazah",
    "Fotokopi ijazah terakhir",
    "Rapi, ramah, dan jujur",
    "Merapikan tampilan rak agar menarik",
    "Kopi single origin dan racikan susu",
    "Membersihkan kamar mandi wanita",
]


@pytest.mark.parametrize(("text", "ground"), REFUSED)
def test_words_that_shut_people_out_are_found(text: str, ground: Ground) -> None:
    assert ground in [remark.ground for remark in remarks(f"Jujur dan teliti.\n- {text}\n- Bisa kerja tim")]


@pytest.mark.parametrize("text", FINE)
def test_words_that_only_look_like_it_are_left_alone(text: str) -> None:
    assert remarks(f"- {text}\n- Bisa kerja tim") == []


def test_a_refusal_names_the_words_and_the_rule() -> None:
    [(field, sentence)] = refusals({"title": "Kasir", "qualification": "Usia  maksimal 25 tahun"}).items()
    assert field == "qualification"
    assert "“Usia maksimal 25 tahun”" in sentence and "SE Menaker M/6/HK.04/V/2025" in sentence


def test_every_ground_found_is_told_at_once() -> None:
    [sentence] = refusals(
        {"description": "Pria, usia maks 30, berpenampilan menarik, belum menikah"}
    ).values()
    assert all(
        word in sentence for word in ("Pria", "usia maks 30", "berpenampilan menarik", "belum menikah")
    )


@pytest.mark.parametrize(
    "text", ["usia " * 1000, "tidak " * 1000, "1" * 5000, "anak " * 1000, "ijazah " * 700]
)
def test_a_long_hostile_text_is_read_in_no_time(text: str) -> None:
    begun = time.process_time()
    remarks(text)
    assert time.process_time() - begun < 0.5

"""What typed text asks for besides words, and what it only seems to ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import popular
from jobs.index.port import Marked, Query, Sort
from jobs.index.reading_text import essences, understood
from jobs.pages.rows import marked


def read(text: str, **more: object) -> dict[str, object]:
    query = Query(text, **more)  # type: ignore[arg-type]
    narrowed, plain = understood(query).query, Query()
    return {
        name: value
        for name, value in vars(narrowed).items()
        if value != getattr(plain, name) and name not in more
    }


@pytest.mark.parametrize(
    ("text", "wage"),
    [
        ("gaji 3 juta", 3_000_000),
        ("gaji 3jt", 3_000_000),
        ("gaji minimal 2,5 juta", 2_500_000),
        ("gaji 3-4 juta", 3_000_000),
        ("upah 3.500.000", 3_500_000),
        ("gaji Rp 4500000", 4_500_000),
        ("Rp4.000.000", 4_000_000),
        ("yang gajinya 4jt keatas", 4_000_000),
        ("gaji 800 ribu", 800_000),
        ("5 juta", 5_000_000),
    ],
)
def test_wages_as_people_write_them(text: str, wage: int) -> None:
    assert read(text)["wage_min"] == wage


@pytest.mark.parametrize(
    "text", ["gaji 3", "gaji besar", "gaji umr", "3 orang", "gaji 999 juta", "pulsa 10 ribu", "k3"]
)
def test_what_is_no_wage_is_none(text: str) -> None:
    assert "wage_min" not in read(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kasir cikarang", {"text": "kasir", "region": "32.16"}),
        ("kasir jaksel", {"text": "kasir", "region": "31.74"}),
        ("kasir dekat depok", {"text": "kasir", "region": "32.76", "radius_km": 30}),
        ("lowongan di malang", {"region": "35.73", "radius_km": 20, "sort": Sort.NEAREST}),
        ("kasir kab. bogor", {"text": "kasir", "region": "32.01"}),
        ("kerja di bali", {"region": "51"}),
    ],
)
def test_places_in_the_middle_of_words(text: str, found: dict[str, object]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "tukang batu",
        "juru masak padang",
        "rumah makan padang",
        "penjaga malam",
        "guru smp",
        "penjaga sd",
        "bengkel sumber rejeki",
        "gerobak sorong",
        "tukang las",
        "operator forklift",
        "sim",
        "dekat",
        "kasir toko roti",
        "petani kelapa",
    ],
)
def test_words_of_the_work_are_left_alone(text: str) -> None:
    assert read(text) == {"text": text}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tanpa pengalaman", {"novice": True}),
        ("kasir ga perlu pengalaman", {"text": "kasir", "novice": True}),
        ("fresh graduate", {"novice": True}),
        ("lulusan smp", {"education": 20}),
        ("loker sma/smk", {"education": 30}),
        ("satpam ijazah sd", {"text": "satpam", "education": 10}),
        ("sim c", {"licences": frozenset({"sim-c"})}),
        ("sopir sim b1", {"text": "sopir", "licences": frozenset({"sim-b1", "sim-b1-umum"})}),
        ("part time", {"types": frozenset({"part_time"})}),
        ("satpam malam", {"text": "satpam", "work_times": frozenset({"night"})}),
    ],
)
def test_the_rest_that_can_be_asked_for(text: str, found: dict[str, object]) -> None:
    assert read(text) == found


def test_a_filter_that_is_set_holds_against_words() -> None:
    assert read("kasir surabaya", region="32.01") == {"text": "kasir surabaya"}
    assert read("kasir gaji 3 juta", wage_min=5_000_000) == {"text": "kasir gaji 3 juta"}


def test_exact_words_are_only_words() -> None:
    assert read("kasir cikarang gaji 3 juta", exact=True) == {"text": "kasir cikarang gaji 3 juta"}


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_without_trouble(text: str) -> None:
    said = understood(Query(text))
    assert all(piece.typed in text for piece in said.pieces)
    assert len(essences(text)) <= 3


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mau jaga anak sama nyuci helikopter", "jaga anak"),
        ("jujur rajin barista", "barista"),
        ("forklip", "Operator forklift"),
    ],
)
def test_the_work_in_a_text_that_nothing_answers(text: str, first: str) -> None:
    assert essences(text)[0] == first


def test_marked_words_are_text_and_nothing_else() -> None:
    assert marked(Marked("<b>Las</b> & las", ((3, 6), (13, 16)))) == (
        "&lt;b&gt;<mark>Las</mark>&lt;/b&gt; &amp; <mark>las</mark>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "Siti Aminah",
        "konselor adiksi",
        "agen pemulihan",
        "jalan mawar 7",
        "bnn",
        "",
        "kerja",
        "xyz",
    ],
)
def test_what_may_give_somebody_away_is_never_counted(text: str) -> None:
    assert popular.countable(text) is None


def test_names_of_work_are_counted_without_what_is_said_around_them() -> None:
    assert popular.countable("loker Tukang Las dong") == "tukang las"

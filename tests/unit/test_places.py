"""Regions, distances and the names people give to places."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places import (
    Level,
    Region,
    by_distance,
    distance_km,
    find_locality,
    find_region,
    localities_of,
    parse_code,
    provinces,
    regencies,
    regions,
    within,
)

points = st.builds(
    lambda latitude, longitude: Region("00", "", Level.PROVINCE, "00", latitude, longitude),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


def test_there_are_38_provinces_and_514_regencies():
    assert len(provinces()) == 38
    assert len(regencies()) == 514
    assert len([region for region in regencies() if region.is_city]) == 98
    assert len(regions()) == 552


def test_every_region_lies_in_indonesia():
    for region in regions().values():
        assert -11.1 <= region.latitude <= 6.1, region
        assert 94.9 <= region.longitude <= 141.1, region


def test_every_regency_belongs_to_a_province():
    for region in regencies():
        assert regions()[region.province].level is Level.PROVINCE
    assert [len(regencies(code)) for code in ("31", "33", "99")] == [6, 35, 0]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("32.01", "Kab. Bogor"),
        ("32.73", "Kota Bandung"),
        ("31.74", "Jakarta Selatan"),
        ("31.01", "Kab. Kepulauan Seribu"),
        ("32", "Jawa Barat"),
        ("31", "DKI Jakarta"),
        ("34", "DI Yogyakarta"),
    ],
)
def test_names_are_those_of_the_screen(code, name):
    assert regions()[code].name == name


@pytest.mark.parametrize("code", ["32", "32.01", " 32.01 "])
def test_a_kemendagri_code_is_read(code):
    assert parse_code(code) == code.strip()


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("3201", "titik"),
        ("1107", "BPS"),
        ("32.1", "tidak dikenali"),
        ("32.99", "Tidak ada"),
        ("", "dikenali"),
    ],
)
def test_other_codes_are_refused_with_a_sentence(code, word):
    with pytest.raises(ValueError, match=word):
        parse_code(code)
    assert find_region(code) is None


@pytest.mark.parametrize(
    ("a", "b", "km", "tolerance"),
    [
        ("31.71", "32.73", 118, 5),  # Jakarta Pusat, Bandung
        ("35.78", "35.73", 78, 8),  # Surabaya, Malang
        ("34.71", "33.72", 56, 6),  # Yogyakarta, Surakarta
        ("12.71", "73.71", 2470, 60),  # Medan, Makassar
        ("11.72", "93.01", 5260, 120),  # Sabang, Merauke: the length of the country
    ],
)
def test_known_distances(a, b, km, tolerance):
    assert distance_km(regions()[a], regions()[b]) == pytest.approx(km, abs=tolerance)


@given(points, points)
def test_distance_is_symmetric_and_at_most_half_the_earth(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= 20016
    assert distance_km(a, a) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(a, b, c):
    # The tolerance is that of asin near the other side of the earth: a metre.
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


def test_within_names_the_place_itself_first_and_then_the_nearest():
    found = within("32.73", 60)
    assert found[0] == ("32.73", 0.0)
    assert {"32.77", "32.04", "32.17"} <= {code for code, _ in found}
    assert all(near[1] <= far[1] for near, far in pairwise(found))
    assert all(km <= 60 for _, km in found)
    assert "35.78" not in dict(found)


def test_within_for_every_regency_starts_at_home_and_reaches_all():
    for region in regencies():
        assert within(region.code, 0)[0] == (region.code, 0.0)
    assert len(within("11.72", 6000)) == 514
    assert within("32.73", -1) == []


def test_within_a_province_counts_all_its_regencies_as_home():
    home = [code for code, km in within("31", 0)]
    assert sorted(home) == [region.code for region in regencies("31")]
    assert "32.76" in dict(within("31", 25))


def test_within_an_unknown_region_is_a_key_error():
    with pytest.raises(KeyError):
        within("99.99", 10)


def test_within_measures_only_the_first_time(monkeypatch):
    first = within("33.74", 100)
    monkeypatch.setattr("portal.places.distance.distance_km", None)
    assert within("33.74", 100) == first
    assert within("33.74", 50) == [pair for pair in first if pair[1] <= 50]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kab. Bogor", "32.01"),
        ("kabupaten bogor", "32.01"),
        ("BOGOR", "32.71"),
        ("Bogor Regency", "32.01"),
        ("Kota Bandung", "32.73"),
        ("KOTA ADM. JAKARTA SELATAN", "31.74"),
        ("Kota Administrasi Jakarta Timur", "31.75"),
        ("Kab. Adm. Kep. Seribu", "31.01"),
        ("Jakarta Selatan", "31.74"),
        ("Jaksel", "31.74"),
        ("South Jakarta", "31.74"),
        ("Jogja", "34.71"),
        ("Kota Yogyakarta", "34.71"),
        ("D.I. Yogyakarta", "34"),
        ("DKI", "31"),
        ("Kota Jakarta", "31"),
        ("Jakarta", "31"),
        ("DKI Jakarta, Indonesia", "31"),
        ("Daerah Khusus Ibukota Jakarta", "31"),
        ("Jabar", "32"),
        ("Jambi", "15.71"),
        ("Provinsi Jambi", "15"),
        ("Muaro Jambi, Jambi", "15.05"),
        ("Sleman, Yogyakarta", "34.04"),
        ("Gorontalo", "75.71"),
        ("Toli Toli", "72.04"),
        ("Kotabaru", "63.02"),
        ("Labuhanbatu", "12.10"),
        ("Pangkalpinang", "19.71"),
        ("Solo", "33.72"),
        ("Cikarang", "32.16"),
        ("Cikarang, Bekasi", "32.16"),
        ("Kec. Cikarang Selatan, Kab. Bekasi, Jawa Barat", "32.16"),
        ("Bekasi", "32.75"),
        ("Depok", "32.76"),
        ("Depok, Sleman", "34.04"),
        ("Banjar, Jawa Barat", "32.79"),
        ("Banjar, Kalimantan Selatan", "63.03"),
        ("Kota Banjar", "32.79"),
        ("Kota Bandung Jawa Barat", "32.73"),
        ("Jl. Merdeka No. 5, Kota Malang, Jawa Timur 65111", "35.73"),
        ("Kec. Entah, Jawa Timur", "35"),
        ("32.01", "32.01"),
    ],
)
def test_what_people_write_is_found(text, code):
    assert find_region(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "Banjar",
        "Bandung / Surabaya",
        "Bogor, Jawa Timur",
        "Jawa Barat, Jawa Tengah",
        "Singapura",
        "Indonesia",
    ],
)
def test_what_could_be_two_places_or_none_is_left_open(text):
    assert find_region(text) is None


def test_every_screen_name_finds_its_own_region():
    for region in regencies():
        assert find_region(region.name) == region.code
        assert find_region(f"{region.name}, {regions()[region.province].name}") == region.code


def test_localities_lie_near_the_regency_they_are_said_to_be_in():
    for region in regencies():
        for place in localities_of(region.code):
            assert place.regency == region.code
            assert distance_km(place, region) <= 120.5, place


def test_a_locality_is_found_in_its_regency_or_province():
    cibinong = find_locality("32.01", "CIBINONG")
    assert cibinong is not None and cibinong.regency == "32.01"
    assert find_locality("32", "Cibinong") == cibinong
    assert find_locality("35.78", "Cibinong") is None
    assert set(localities_of("32.01")) <= set(localities_of("32"))


@given(points)
def test_the_regions_around_a_point_come_nearest_first_and_as_far_as_they_are(point):
    found = by_distance(point)
    assert found.keys() == regions().keys()
    assert list(found.values()) == sorted(found.values())
    assert all(km == pytest.approx(distance_km(point, regions()[code])) for code, km in found.items())

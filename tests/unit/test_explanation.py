"""A match in words: what the person reads, what the employer reads, and what neither does."""

import json
import math
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching.explanation import Labels, Listener, for_card, for_client, for_staff
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.parts import Background
from jobs.matching.score import Name, match
from jobs.matching.telling import Todo, as_json, todo
from jobs.matching.words import WORDS

WELDER = Occupation("7212", "tukang-las")
LABELS = Labels(
    skills={
        "las-smaw": "Las SMAW",
        "gerinda": "Gerinda",
        "baca-gambar-kerja": "Baca gambar kerja",
        "las-gmaw": "Las GMAW",
        "alat-ukur": "Alat ukur",
        "k3-dasar": "K3 dasar",
    },
    licences={"sim-c": "SIM C"},
    documents={"skck": "SKCK"},
    employment_types={"contract": "Kontrak"},
)
CLIENT = Profile(
    skills={
        "las-smaw": Evidence.CERTIFIED,
        "gerinda": Evidence.EXPERIENCE,
        "baca-gambar-kerja": Evidence.STATED,
        "k3-dasar": Evidence.STATED,
    },
    occupations={WELDER: 16},
    education=20,
    licences=frozenset(),
    latitude=0.0,
    longitude=107.0,
    travel_km=20,
    hours=frozenset(["day"]),
    employment_types=frozenset(["contract"]),
    wage_min=4_000_000,
)
WORKSHOP = Vacancy(
    id=7,
    occupation=WELDER,
    essential=frozenset(["las-smaw", "gerinda", "baca-gambar-kerja", "las-gmaw"]),
    useful=frozenset(["alat-ukur", "k3-dasar"]),
    education=20,
    latitude=0.1079,
    longitude=107.0,
    hours=frozenset(["day"]),
    employment_type="contract",
    wage_min=4_500_000,
    experience_months=0,
    documents=frozenset(["skck"]),
)
FAR = replace(
    WORKSHOP,
    licences=frozenset(["sim-c"]),
    education=30,
    latitude=0.5,
    hours=frozenset(["day", "evening", "night"]),
    employment_type="daily",
    wage_min=3_000_000,
    wage_max=3_500_000,
    experience_months=28,
)


def fits(reasons):
    return [reason.text for reason in reasons if not reason.lacks]


def lacks(reasons):
    return [reason.text for reason in reasons if reason.lacks]


def test_the_client_reads_why_it_fits_and_then_what_lacks():
    reasons = for_client(match(CLIENT, WORKSHOP), LABELS)
    assert fits(reasons) == [
        "3 dari 4 keterampilan: las SMAW, gerinda, baca gambar kerja",
        "Sertifikat las SMAW sesuai",
        "Nilai tambah: K3 dasar",
        "Sejalan dengan pengalaman kerja Anda",
        "Tanpa pengalaman pun bisa",
        "12 km dari rumah",
        "Jam kerja pagi, seperti pilihan Anda",
        "Upah sesuai harapan Anda",
        "Jenis kerja sesuai pilihan Anda: kontrak",
        "SMP, sama dengan yang diminta",
    ]
    assert lacks(reasons) == ["Belum ada: las GMAW", "Siapkan SKCK sebelum wawancara"]
    assert [reason.text for reason in reasons] == fits(reasons) + lacks(reasons)
    assert reasons[0].bars == (3, 4)


def test_the_client_reads_everything_that_lacks():
    assert lacks(for_client(match(CLIENT, FAR), LABELS)) == [
        "Belum ada: SIM C",
        "Belum ada: las GMAW",
        "Pengalaman belum sampai 2 tahun 4 bulan",
        "Lebih jauh dari batas Anda, 20 km",
        "Jam kerja sore dan malam di luar pilihan Anda",
        "Upah di bawah harapan Anda",
        "Jenis kerja di luar pilihan Anda: daily",
        "Diminta pendidikan SMA/SMK",
        "Siapkan SKCK sebelum wawancara",
    ]


def test_the_card_speaks_about_the_candidate():
    assert fits(for_card(match(CLIENT, WORKSHOP), LABELS)) == [
        "3 dari 4 keterampilan: las SMAW, gerinda, baca gambar kerja",
        "Sertifikat las SMAW",
        "Nilai tambah: K3 dasar",
        "Pernah bekerja di bidang ini",
        "Tanpa pengalaman pun bisa",
        "Tempat tinggal sekitar 10 km dari lokasi kerja",
        "Bersedia kerja pagi",
        "SMP, sama dengan yang diminta",
    ]
    assert lacks(for_card(match(CLIENT, FAR), LABELS)) == [
        "Belum ada: SIM C",
        "Belum ada: las GMAW",
        "Pengalaman belum sampai 2 tahun 4 bulan",
        "Tempat tinggal di luar jarak tempuh yang dipilih",
        "Jam kerja sore dan malam di luar pilihan kandidat",
        "Diminta pendidikan SMA/SMK",
    ]


def test_english_is_spoken_too_and_no_third_language():
    english = fits(for_client(match(CLIENT, WORKSHOP), LABELS, "en"))
    assert "3 of 4 skills: las SMAW, gerinda, baca gambar kerja" in english
    assert "12 km from your home" in english
    with pytest.raises(KeyError):
        for_client(match(CLIENT, WORKSHOP), LABELS, "su")


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        (Profile(wished=frozenset([Occupation("7212")])), "Sesuai pekerjaan yang Anda inginkan"),
        (Profile(occupations={Occupation("7213"): 3}), "Mirip dengan pengalaman kerja Anda"),
        (Profile(wage_min=4_600_000), "Upah di bawah harapan Anda"),
        (Profile(education=30), "SMA/SMK, yang diminta SMP"),
        (replace(CLIENT, latitude=0.1078), "Di sekitar tempat tinggal Anda"),
    ],
)
def test_each_thing_has_its_sentence(profile, sentence):
    assert sentence in [reason.text for reason in for_client(match(profile, WORKSHOP), LABELS)]


def test_a_range_that_reaches_the_hope_is_said_so():
    found = match(Profile(wage_min=4_600_000), replace(WORKSHOP, wage_max=5_000_000))
    assert "Upah bisa mencapai harapan Anda" in fits(for_client(found, LABELS))


def test_a_licence_held_is_said_and_enough_experience_too():
    person = replace(CLIENT, licences=frozenset(["sim-c"]), occupations={WELDER: 30})
    found = match(person, FAR)
    assert {"SIM C sudah ada", "Pengalaman Anda cukup, diminta 2 tahun 4 bulan"} <= {
        *fits(for_client(found, LABELS))
    }
    assert "Memiliki SIM C" in fits(for_card(found, LABELS))


def test_a_long_list_is_cut_short_and_no_skill_met_is_not_counted_out_loud():
    many = Vacancy(id=1, essential=frozenset("abcdef"))
    reasons = for_client(match(Profile(skills={}), many), LABELS)
    assert [reason.text for reason in reasons] == ["Belum ada: a, b, c, d, dan 2 lainnya"]


def test_nothing_is_said_of_what_is_not_known():
    assert for_client(match(Profile(), replace(FAR, documents=frozenset())), LABELS) == []


# Many people and vacancies, as sparse or full as they come.
PEOPLE = st.builds(
    replace,
    st.sampled_from([CLIENT, replace(CLIENT, licences=frozenset(["sim-c"])), Profile(), Profile(skills={})]),
    education=st.sampled_from([None, 0, 20, 50]),
    hours=st.none() | st.frozensets(st.sampled_from(["day", "evening", "night"])),
    wage_min=st.none() | st.integers(0, 9_000_000),
    occupations=st.none()
    | st.dictionaries(st.sampled_from([WELDER, Occupation("7213")]), st.integers(0, 60)),
    wished=st.none() | st.just(frozenset([WELDER])),
    travel_km=st.none() | st.floats(0, 90),
)
OFFERS = st.builds(
    replace,
    st.sampled_from([WORKSHOP, FAR, Vacancy(id=1)]),
    education=st.sampled_from([None, 0, 20, 50]),
    experience_months=st.none() | st.integers(0, 60),
    hours=st.none() | st.frozensets(st.sampled_from(["day", "evening", "night"])),
)


@given(PEOPLE, OFFERS, st.sampled_from(sorted(WORDS)))
def test_the_employer_is_never_addressed_as_the_candidate(person, offer, language):
    for reason in for_card(match(person, offer), Labels(), language):
        words = reason.text.lower().replace(",", " ").split()
        assert not {"anda", "you", "your"} & set(words), reason.text


@given(PEOPLE, OFFERS)
def test_the_card_keeps_the_wage_hoped_for_and_the_types_of_work_accepted(person, offer):
    silent = replace(person, wage_min=None, employment_types=None)
    assert for_card(match(person, offer), LABELS) == for_card(match(silent, offer), LABELS)


@given(PEOPLE, OFFERS)
def test_staff_read_the_same_reasons_said_about_the_client(person, offer):
    found = match(person, offer)
    for language in WORDS:
        own, staff = for_client(found, LABELS, language), for_staff(found, LABELS, language)
        assert [(each.icon, each.lacks, each.bars) for each in own] == [
            (each.icon, each.lacks, each.bars) for each in staff
        ]
        for reason in staff:
            words = reason.text.lower().replace(",", " ").split()
            assert not {"anda", "you", "your"} & set(words), reason.text


def test_both_languages_have_the_same_sentences_with_the_same_places():
    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert WORDS["id"].keys() == WORDS["en"].keys()
    for key, text in WORDS["id"].items():
        assert places(text) == places(WORDS["en"][key]), key
        if key.endswith(".card"):
            assert key.removesuffix(".card") in WORDS["id"]


# --- Near skills, what is kept away from, and the whole as data ---

NEAR = Background(size=1000, near={"las-gmaw": {"las-fcaw": 0.3}, "las-fcaw": {"las-gmaw": 0.3}})
FCAW = replace(CLIENT, skills={**CLIENT.skills, "las-fcaw": Evidence.STATED})


def test_a_near_skill_is_said_to_be_near_and_neither_there_nor_missing():
    found = match(FCAW, WORKSHOP, NEAR)
    for say in (for_client, for_staff, for_card):
        assert "Mirip dengan yang diminta: las-fcaw untuk las GMAW" in fits(say(found, LABELS))
    assert "3 dari 4 keterampilan: las SMAW, gerinda, baca gambar kerja" in fits(for_client(found, LABELS))
    assert lacks(for_client(found, LABELS)) == ["Siapkan SKCK sebelum wawancara"]
    assert "Close to what is asked: las-fcaw for las GMAW" in fits(for_client(found, LABELS, "en"))


@pytest.mark.parametrize(
    ("avoids", "offer", "named"),
    [
        ({"avoid": frozenset(["night_shift"])}, {"tags": frozenset(["night_shift", "alcohol"])}, "sif malam"),
        ({"avoid_employers": frozenset(["CV Maju"])}, {"employer": "CV Maju"}, "CV Maju"),
        ({"avoid_occupations": frozenset([WELDER])}, {}, "tukang las"),
    ],
)
def test_what_the_person_keeps_away_from_is_said_to_them_and_to_no_employer(avoids, offer, named):
    labels = replace(LABELS, occupations={"tukang-las": "Tukang las"})
    found = match(replace(CLIENT, **avoids), replace(WORKSHOP, **offer))
    assert f"Di luar pilihan Anda: {named}" in lacks(for_client(found, labels))
    assert f"Di luar pilihan klien: {named}" in lacks(for_staff(found, labels))
    assert for_card(found, labels) == for_card(match(CLIENT, replace(WORKSHOP, **offer)), labels)


def test_for_each_thing_that_lacks_there_is_something_to_do():
    labels = replace(LABELS, licence_notes={"sim-c": "Untuk mengendarai sepeda motor."})
    found = match(CLIENT, FAR)
    assert [each.text for each in todo(found, labels)] == [
        "Urus SIM C. Untuk mengendarai sepeda motor.",
        "Pelajari las GMAW",
        "Siapkan SKCK sebelum wawancara",
    ]
    opened = todo(found, LABELS, openers={"las-gmaw": ["BLK Bekasi: las MIG"], "alat-ukur": ["Kursus ukur"]})
    assert [each.text for each in opened] == [
        "Urus SIM C",
        "Pelajari las GMAW: BLK Bekasi: las MIG",
        "Pelajari alat ukur: Kursus ukur",
        "Siapkan SKCK sebelum wawancara",
    ]
    assert [each.text for each in todo(found, LABELS, "en", {})][1] == "No course here teaches las GMAW yet"
    assert todo(match(Profile(), WORKSHOP), LABELS) == [
        Todo("document", "skck", "Siapkan SKCK sebelum wawancara")
    ]


@given(PEOPLE, OFFERS, st.sampled_from(sorted(WORDS)), st.sampled_from([Listener.PERSON, Listener.STAFF]))
def test_the_same_match_as_data_says_all_that_the_sentences_say(person, offer, language, listener):
    found = match(person, offer, NEAR)
    told = json.loads(json.dumps(as_json(found, LABELS, language, listener)))
    assert told["score"] == found.score
    assert math.isclose(sum(part["contribution"] for part in told["parts"]), found.score, abs_tol=1e-9)
    named = {each["id"] for each in told["skills"] + told["missing"]}
    assert named == offer.essential | offer.useful
    say = for_client if listener is Listener.PERSON else for_staff
    assert [each["text"] for each in told["reasons"]] == [each.text for each in say(found, LABELS, language)]
    assert {each["id"] for each in told["gates"]} <= {each["id"] for each in told["todo"]}


def test_no_card_is_made_of_the_data():
    with pytest.raises(KeyError):
        as_json(match(CLIENT, WORKSHOP), LABELS, listener=Listener.CARD)


def test_every_part_has_a_name_in_both_languages():
    for words in WORDS.values():
        assert {f"part {name}" for name in Name} <= words.keys()

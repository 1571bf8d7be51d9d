"""The skills profile: staff build it, clients read it and say what they hope for."""

import re
from typing import Any

import pytest

from portal.people import Actor
from portal.tables import Client
from tests import builders
from training import profiles
from training.tables import Source
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

HOSTILE = '<script>alert("x")</script>\x00\u202e\'; DROP TABLE profile; --'


@pytest.fixture
async def caseworker() -> Actor:
    return await builders.staff()


@pytest.fixture
async def client(caseworker: Actor) -> Actor:
    return await builders.client(caseworker, name="Budi Santoso")


def block(html: str, id: str) -> str:
    """The section with this id, as it is drawn, without what only tells htmx where it goes."""
    found = re.search(rf'<(section|div)[^>]* id="{id}".*?</\1>', html, re.S) or re.search(
        rf'<(section|div) id="{id}".*?</\1>', html, re.S
    )
    assert found, f"no {id} on the page"
    # Keys and tokens are new on every page.
    text = re.sub(r' hx-swap-oob="true"| value="[^"]{20,}"', "", found[0])
    return re.sub(r"\s+", " ", text).strip()


async def profile_of(client: Actor) -> profiles.Whole:
    assert client.client
    return await profiles.of_client(client.client)


def staff_page(client: Actor, part: str = "") -> str:
    return f"/clients/{client.client}/profile" + (f"/{part}" if part else "")


async def test_an_empty_profile_says_what_each_missing_part_would_bring(browser, caseworker, client) -> None:
    answer = await (await browser(caseworker)).get(staff_page(client))
    assert answer.status_code == 200
    assert (
        "1 dari 6 bagian terisi" in answer.text and "Jarak ke tempat kerja bisa dihitung" not in answer.text
    )
    assert "Kerja harian, usaha sendiri, dan membantu keluarga ikut dihitung" in answer.text
    assert "Budi" not in re.search("<title>.*?</title>", answer.text, re.S)[0]


async def test_home_is_kept_with_the_coordinates_of_its_town(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    data = {"region": "32.01", "locality": "cibinong"}
    answer = await visitor.form(staff_page(client, "home"), data)
    assert answer.status_code == 303 and answer.headers["location"] == staff_page(client) + "#home"
    row = await Client.objects().get(Client.id == client.client)
    assert row and row.locality == "Cibinong" and row.latitude and row.longitude


async def test_a_town_that_is_on_no_map_is_kept_as_typed(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    await visitor.form(staff_page(client, "home"), {"region": "32.01", "locality": "Kampung Entah"})
    row = await Client.objects().get(Client.id == client.client)
    assert row and row.locality == "Kampung Entah" and row.latitude is None
    assert "Kampung Entah" in (await visitor.get(staff_page(client))).text


async def test_education_and_licences_are_set_and_an_empty_answer_is_an_answer(
    browser, caseworker, client
) -> None:
    visitor = await browser(caseworker)
    data = {"education": "30", "licences": ["sim-c", "sim-a"]}
    assert (await visitor.form(staff_page(client, "education"), data)).status_code == 303
    profile = await profile_of(client)
    assert (profile.education, profile.licences) == (30, ("sim-c", "sim-a"))
    await visitor.form(staff_page(client, "education"), {"education": ""})
    profile = await profile_of(client)
    assert (profile.education, profile.licences) == (None, ())


async def test_skills_are_added_by_words_and_unknown_words_are_kept(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    answer = await visitor.form(
        staff_page(client, "skills"), {"q": "ngecat tembok, las, ngulik mesin waktu", "skills": "teliti"}
    )
    assert answer.status_code == 303
    profile = await profile_of(client)
    assert profile.skills == {"cat-tembok": Source.STATED, "teliti": Source.STATED}
    assert profile.unknown_skills == ("las", "ngulik mesin waktu")
    html = (await visitor.get(staff_page(client))).text
    assert "“las” belum dikenal" in html and vocabulary().skills["las-smaw"].label in html


async def test_choosing_what_was_meant_replaces_the_unknown_word(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    await visitor.form(staff_page(client, "skills"), {"q": "las, entah apa"})
    await visitor.form(staff_page(client, "skills"), {"skills": "las-smaw", "replaces": "las"})
    await visitor.form(staff_page(client, "skills/removals"), {"word": "entah apa"})
    profile = await profile_of(client)
    assert set(profile.skills) == {"las-smaw"} and profile.unknown_skills == ()


async def test_skills_used_at_work_are_suggested_and_count_as_experience(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    data = {"title": "tukang las", "kind": "own", "amount": "2", "unit": "years"}
    await visitor.form(staff_page(client, "experience"), data)
    html = (await visitor.get(staff_page(client))).text
    assert "Biasa dipakai di pekerjaan tukang las" in html
    await visitor.form(staff_page(client, "skills"), {"practised": "las-smaw"})
    assert (await profile_of(client)).skills == {"las-smaw": Source.EXPERIENCE}


async def test_experience_is_read_as_an_occupation_or_kept_until_somebody_says_which(
    browser, caseworker, client
) -> None:
    visitor = await browser(caseworker)
    add = staff_page(client, "experience")
    await visitor.form(add, {"title": "Tukang las", "kind": "daily", "amount": "6", "unit": "months"})
    await visitor.form(add, {"title": "Jahit", "kind": "family", "amount": "3", "unit": "years"})
    welder, sewing = (await profile_of(client)).experience
    assert (welder["occupation"], welder["months"]) == ("tukang-las", 6)
    assert (sewing["title"], sewing["occupation"], sewing["months"]) == ("Jahit", None, 36)
    assert "Belum dikenal" in (await visitor.get(staff_page(client))).text
    await visitor.form(f"{add}/{sewing['id']}/occupation", {"occupation": "penjahit"})
    named = (await profile_of(client)).experience[1]
    assert (named["title"], named["occupation"]) == ("Jahit", "penjahit")
    await visitor.form(f"{add}/{welder['id']}/removal")
    assert [row["id"] for row in (await profile_of(client)).experience] == [sewing["id"]]


async def test_a_certificate_proves_skills_and_keeps_words_nobody_knows(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    data = {
        "kind": "competence",
        "title": "Las SMAW 3G",
        "scheme": "LSP Las Nusantara (BNSP)",
        "issuer": "Balai Rahasia",
        "hours": "240",
        "issued_on": "2025-03-01",
        "proves": "las listrik\nmengelas di bulan",
    }
    assert (await visitor.form(staff_page(client, "certificates"), data)).status_code == 303
    profile = await profile_of(client)
    assert profile.skills["las-smaw"] == Source.CERTIFIED
    assert profile.certificates[0]["skills"] == ["las-smaw"]
    assert "mengelas di bulan" in profile.unknown_skills
    assert "Balai Rahasia" in (await visitor.get(staff_page(client))).text


async def test_hopes_are_kept_with_wishes_nobody_knows(browser, client) -> None:
    visitor = await browser(client)
    data = {
        "wishes": "Tukang las\npawang hujan digital",
        "travel_km": "15",
        "work_times": ["day", "evening"],
        "employment_types": "contract",
        "wage_min": "Rp3.500.000",
        "available_from": "2026-12-01",
    }
    assert (await visitor.form("/me/profile/hopes", data)).headers["location"] == "/me/profile#hopes"
    profile = await profile_of(client)
    assert (profile.wishes, profile.unknown_wishes) == (("tukang-las",), ("pawang hujan digital",))
    assert (profile.travel_km, profile.work_times, profile.wage_min) == (15, ("day", "evening"), 3_500_000)
    html = (await visitor.get("/me/profile")).text
    assert "“pawang hujan digital” tetap tersimpan" in html and "Tukang las\npawang hujan digital" in html


async def test_emptied_hopes_mean_that_nobody_asked(browser, client) -> None:
    visitor = await browser(client)
    await visitor.form("/me/profile/hopes", {"travel_km": "15", "work_times": "day", "wishes": "kasir"})
    await visitor.form("/me/profile/hopes", {})
    profile = await profile_of(client)
    assert (profile.travel_km, profile.work_times, profile.wishes) == (None, None, None)


BAD: list[tuple[str, dict[str, Any], list[str]]] = [
    ("home", {"region": "", "locality": "x" * 81}, ["Pilih kabupaten atau kota.", "Paling banyak 80 huruf."]),
    ("home", {"region": "32"}, ["Pilih kabupaten atau kota dari daftar."]),
    ("home", {"region": "3201"}, ["Pilih kabupaten atau kota dari daftar."]),
    ("education", {"education": "31", "licences": "sim-z"}, ["Pilih salah satu.", "Pilih dari daftar."]),
    ("skills", {}, ["Tulis satu keterampilan, atau centang yang bisa dikerjakan."]),
    ("skills", {"q": ",".join(map(str, range(21)))}, ["Paling banyak 20 sekali simpan."]),
    ("skills", {"q": "x" * 81}, ["Pisahkan dengan koma"]),
    ("skills", {"skills": "no-such-skill"}, ["Pilih dari daftar."]),
    ("skills", {"skills": "x" * 61}, ["Pilih dari daftar."]),
    ("skills/removals", {}, ["Centang dulu yang mau dihapus."]),
    (
        "experience",
        {"unit": "months"},
        ["Tulis pekerjaannya", "Pilih salah satu.", "Tulis lamanya dengan angka"],
    ),
    ("experience", {"title": "Las", "kind": "own", "amount": "61", "unit": "years"}, ["Paling banyak 60"]),
    ("experience", {"title": "Las", "kind": "owner", "amount": "1", "unit": "day"}, ["Pilih salah satu."]),
    (
        "certificates",
        {"hours": "banyak", "issued_on": "kemarin"},
        ["Pilih salah satu.", "Tulis nama sertifikatnya", "Tulis jumlah jam", "Tulis tanggal yang benar"],
    ),
    (
        "certificates",
        {"kind": "training", "title": "X", "issued_on": "2025-02-01", "expires_on": "2025-01-01"},
        ["Berlaku sampai harus sesudah tanggal terbit."],
    ),
    ("certificates", {"kind": "training", "title": "X", "issued_on": "2999-01-01"}, ["belum lewat"]),
    (
        "certificates",
        {"kind": "training", "title": "X", "scheme": "Balai Rehabilitasi"},
        ["dilihat pemberi kerja. Tulis tanpa kata “rehabilitasi”."],
    ),
    (
        "hopes",
        {"travel_km": "jauh", "wage_min": "0", "work_times": "siang", "employment_types": "x"},
        ["Tulis jarak dalam kilometer", "Tulis upah per bulan", "Pilih dari daftar."],
    ),
    ("hopes", {"wishes": "\n".join(map(str, range(21)))}, ["Paling banyak 20 sekali simpan."]),
]


@pytest.mark.parametrize(("part", "data", "sentences"), BAD)
async def test_a_refused_part_says_everything_at_once_and_changes_nothing(
    browser, caseworker, client, part, data, sentences
) -> None:
    before = await profile_of(client)
    visitor = await browser(caseworker)
    for htmx in (False, True):
        answer = await visitor.form(staff_page(client, part), data, htmx=htmx)
        assert answer.status_code == 422
        assert all(sentence in answer.text for sentence in sentences), answer.text
        assert ("<html" in answer.text) is not htmx
    assert await profile_of(client) == before


async def test_what_was_typed_comes_back_with_the_errors(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    data = {"title": "Las <b>3G</b>", "scheme": "LSP Satu", "hours": "banyak", "proves": "las listrik"}
    html = (await visitor.form(staff_page(client, "certificates"), data)).text
    assert "Las &lt;b&gt;3G&lt;/b&gt;" in html and "LSP Satu" in html and "las listrik</textarea>" in html
    data = {"q": ",".join(f"kata {n}" for n in range(21)), "skills": "teliti"}
    html = (await visitor.form(staff_page(client, "skills"), data)).text
    assert "kata 20" in html and 'value="teliti" checked' in html


@pytest.mark.parametrize(
    "part",
    ["home", "education", "experience", "certificates", "experience/1/removal", "certificates/1/removal"],
)
async def test_a_client_cannot_write_evidence(browser, client, part) -> None:
    visitor = await browser(client)
    assert (await visitor.form(f"/me/profile/{part}", {"title": "X"})).status_code in (404, 405)
    assert (await visitor.form(staff_page(client, part), {"title": "X"})).status_code == 403


async def test_a_client_states_skills_and_takes_off_only_what_was_stated(browser, caseworker) -> None:
    client = await builders.client(
        caseworker, skills={"teliti": Source.CERTIFIED, "kerja-tim": Source.STATED}
    )
    visitor = await browser(client)
    await visitor.form("/me/profile/skills", {"q": "las listrik", "practised": "gerinda"})
    assert (await profile_of(client)).skills == {
        "teliti": Source.CERTIFIED,
        "kerja-tim": Source.STATED,
        "las-smaw": Source.STATED,
        "gerinda": Source.STATED,
    }
    await visitor.form("/me/profile/skills/removals", {"skills": ["teliti", "kerja-tim", "gerinda"]})
    assert set((await profile_of(client)).skills) == {"teliti", "las-smaw"}


async def test_a_client_never_sees_the_notes_of_staff_or_who_issued_a_paper(
    browser, caseworker, client
) -> None:
    await Client.update({Client.contact_note: "Kakaknya yang angkat"}).where(Client.id == client.client)
    paper = {"kind": "training", "title": "Kursus Las", "issuer": "Balai Rahasia", "scheme": "Skema Terbuka"}
    await profiles.add_certificate(await profile_of(client), paper, [], by=caseworker)
    html = (await (await browser(client)).get("/me/profile")).text
    assert "Kursus Las" in html and "Skema Terbuka" in html
    for secret in ("Balai Rahasia", "Kakaknya", "Penerbit", "rehabilitasi", "BNN", "narkoba"):
        assert secret not in html


async def test_another_offices_client_and_no_client_are_the_same_404(browser, client) -> None:
    stranger = await builders.staff(await builders.office("Kantor Bandung"))
    visitor = await browser(stranger)
    foreign = await visitor.get(staff_page(client))
    nobody = await visitor.get("/clients/999999/profile")
    assert foreign.status_code == nobody.status_code == 404 and foreign.text == nobody.text
    for part in ("home", "education", "skills", "skills/removals", "experience", "certificates", "hopes"):
        assert (await visitor.form(staff_page(client, part), {"q": "las"})).status_code == 404
    assert (await profile_of(client)).empty


async def test_nobody_names_or_removes_experience_of_another_profile(browser, caseworker, client) -> None:
    other = await builders.client(caseworker)
    facts = {"title": "Jahit", "occupation": None, "kind": "own", "months": 3}
    await profiles.add_experience(await profile_of(other), facts, by=caseworker)
    [row] = (await profile_of(other)).experience
    visitor = await browser(caseworker)
    answer = await visitor.form(
        staff_page(client, f"experience/{row['id']}/occupation"), {"occupation": "penjahit"}
    )
    assert answer.status_code == 404
    await visitor.form(staff_page(client, f"experience/{row['id']}/removal"))
    assert (await profile_of(other)).experience == (row,)


async def test_two_taps_add_one_experience(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    html = (await visitor.get(staff_page(client))).text
    key = re.search(r'name="once" value="([^"]+-experience)"', html)[1]
    data = {"title": "Kasir", "kind": "employed", "amount": "4", "unit": "months", "once": key}
    for _ in range(2):
        assert (await visitor.form(staff_page(client, "experience"), data)).status_code == 303
    assert len((await profile_of(client)).experience) == 1


async def test_hostile_words_are_kept_as_words(browser, caseworker, client) -> None:
    visitor = await browser(caseworker)
    await visitor.form(staff_page(client, "skills"), {"q": HOSTILE})
    await visitor.form(
        staff_page(client, "experience"),
        {"title": HOSTILE, "kind": "own", "amount": "1", "unit": "months"},
    )
    await visitor.form(staff_page(client, "hopes"), {"wishes": HOSTILE})
    answer = await visitor.get(staff_page(client))
    assert answer.status_code == 200 and "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert (await visitor.get("/vocabulary/skills", params={"q": HOSTILE})).status_code == 200


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("home", {"region": "32.73", "locality": ""}),
        ("education", {"education": "20", "licences": "sim-c"}),
        ("skills", {"q": "las listrik, entah"}),
        ("experience", {"title": "Kasir", "kind": "employed", "amount": "4", "unit": "months"}),
        ("certificates", {"kind": "training", "title": "Kursus", "proves": "las listrik"}),
        ("hopes", {"wishes": "Tukang las", "travel_km": "5"}),
    ],
)
async def test_a_swapped_part_is_the_part_of_the_reloaded_page(
    browser, caseworker, client, part, data
) -> None:
    visitor = await browser(caseworker)
    swapped = (await visitor.form(staff_page(client, part), data, htmx=True)).text
    reloaded = (await visitor.get(staff_page(client))).text
    assert "<html" not in swapped
    for id in (part, "progress"):
        assert block(swapped, id) == block(reloaded, id)


async def test_suggestions_are_a_fragment_to_tick_and_a_page_to_read(browser, client) -> None:
    visitor = await browser(client)
    label = vocabulary().skills["las-smaw"].label
    page = await visitor.get("/vocabulary/skills", params={"q": "las"})
    assert label in page.text and "<html" in page.text
    picks = await visitor.get(
        "/vocabulary/skills",
        params={"q": "jahit, las", "skills": ["teliti", "no-such"]},
        headers={"HX-Request": "true"},
    )
    assert label in picks.text and "<html" not in picks.text
    assert 'value="teliti" checked' in picks.text and "no-such" not in picks.text
    assert (await (await browser()).get("/vocabulary/skills?q=las")).status_code == 303


async def test_a_profile_is_read_with_few_queries(browser, caseworker, client, queries) -> None:
    profile = await profile_of(client)
    for n in range(5):
        facts = {"title": f"Kasir {n}", "occupation": "tukang-las", "kind": "own", "months": 3}
        await profiles.add_experience(profile, facts, by=caseworker)
        await profiles.add_certificate(
            profile, {"kind": "training", "title": f"Kursus {n}"}, ["teliti"], by=caseworker
        )
    visitor = await browser(caseworker)
    queries.clear()
    assert (await visitor.get(staff_page(client))).status_code == 200
    # The session, the client, the profile in four, the name.
    assert len(queries) == 7

"""Courses at hand for a client: what lacks leads to them, the list puts first what is wanted near, and one tap says so."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import index
from jobs.tables import Vacancy
from portal.html import MONTHS
from portal.people import Actor
from portal.tables import Client, Notice
from tests import builders
from tests.web.test_matches import FOUR, Index
from training.tables import Enrolment, EnrolmentState, Programme, ProgrammeState, ProviderKind

pytestmark = pytest.mark.anyio
JSON = {"accept": "application/json"}
SOON = date.today() + timedelta(days=20)
SAID = f"mulai {SOON.day} {MONTHS[SOON.month - 1]}"


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "current", Index)


@pytest.fixture
async def staff() -> Actor:
    return await builders.staff(name="Rini Petugas")


@pytest.fixture
async def client(staff: Actor) -> Actor:
    profile = {"travel_km": 20, "licences": []}
    return await builders.client(staff, skills=FOUR[:2], profile=profile, name="Sari Rahasia")


@pytest.fixture
async def vacancy() -> Vacancy:
    return await builders.vacancy(essential=FOUR, licences=["sim-c"], occupation="tukang-las")


async def test_what_lacks_names_the_courses_at_hand_and_leads_to_them(
    staff: Actor, client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    course = await builders.programme(staff, skills=[FOUR[2]])
    licence = await builders.programme(staff, skills=[], licence="sim-c", title="Kelas SIM C")
    visitor = await browser(client)
    html = (await visitor.get(f"/matches/{vacancy.id}")).text
    assert "Kursus yang memberi keterampilan ini:" in html and "Kursus menuju surat izin ini:" in html
    assert f'<a href="/matches/programmes/{course.id}">Las SMAW dasar</a>, {SAID}' in html
    assert f'<a href="/matches/programmes/{licence.id}">Kelas SIM C</a>' in html
    told = (await visitor.get(f"/matches/{vacancy.id}", headers=JSON)).json()
    [learn] = [each for each in told["todo"] if each["id"] == FOUR[2]]
    assert learn["courses"] == [f"Las SMAW dasar ({SAID}, di daerah Anda)"]
    assert learn["text"].endswith(learn["courses"][0]) and learn["links"][0]["href"].endswith(str(course.id))
    assert (await visitor.get(f"/matches/{vacancy.id}/pdf")).status_code == 200
    english = (await visitor.get(f"/matches/{vacancy.id}?lang=en")).text
    assert "Courses that teach this:" in english and f"starts {SOON.day} " in english
    page = await (await browser(staff)).get(f"/clients/{client.client}/matches/{vacancy.id}")
    assert f'href="/programmes/{course.id}?client={client.client}"' in page.text


async def test_courses_cost_an_explanation_one_query_however_much_lacks(
    staff: Actor, client: Actor, browser: Any, queries: list[str]
) -> None:
    visitor = await browser(client)
    counts = []
    for asked in (FOUR[:2], FOUR):
        vacancy = await builders.vacancy(essential=asked, occupation="tukang-las")
        await builders.programme(staff, skills=FOUR)
        queries.clear()
        await visitor.get(f"/matches/{vacancy.id}")
        counts.append(len([each for each in queries if "programme_skill" in each]))
    assert counts == [0, 1]


async def test_no_course_is_offered_beyond_what_is_open_near_and_meant_for_the_client(
    staff: Actor, client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    elsewhere = await builders.staff(await builders.office("Kantor Lain"))
    await builders.programme(staff, skills=[FOUR[2]], state=ProgrammeState.CLOSED)
    await builders.programme(staff, skills=[FOUR[2]], begins_on=date.today() - timedelta(days=1))
    await builders.programme(staff, skills=[FOUR[2]], region=builders.SURABAYA)
    await builders.programme(elsewhere, skills=[FOUR[2]], provider_kind=ProviderKind.OFFICE)
    visitor = await browser(client)
    for address in (
        f"/matches/{vacancy.id}",
        "/matches/programmes",
        "/matches",
    ):
        assert "Las SMAW dasar" not in (await visitor.get(address)).text, address
    tried = (await visitor.form("/matches/trial", {"skill": FOUR[2]})).text
    assert "lowongan" in tried and "Las SMAW dasar" not in tried


async def test_what_is_tried_on_and_what_to_learn_next_lead_to_a_course_in_reach(
    staff: Actor, client: Actor, browser: Any
) -> None:
    for skill in FOUR[2:]:
        await builders.vacancy(essential=[FOUR[0], skill, "seduh-manual"])
    course = await builders.programme(staff, skills=[FOUR[3]])
    visitor = await browser(client)
    tried = (await visitor.form("/matches/trial", {"skill": FOUR[3]})).text
    assert "Kursus yang memberi ini" in tried and f"/matches/programmes/{course.id}" in tried
    html = (await visitor.get("/matches")).text
    first = re.search(r'id="next-skills".*?</li>', html, re.S)
    assert (
        first
        and f'name="skill" value="{FOUR[3]}"' in first[0]
        and f"/matches/programmes/{course.id}" in first[0]
    )


async def test_the_list_puts_first_what_most_vacancies_near_ask_for(
    staff: Actor, client: Actor, browser: Any
) -> None:
    for _ in range(3):
        await builders.vacancy(essential=[*FOUR[:2], FOUR[3]])
    await builders.vacancy(essential=[*FOUR[:2], FOUR[2]])
    await builders.programme(staff, skills=[FOUR[2]], title="Kelas sedikit")
    await builders.programme(staff, skills=[FOUR[3]], title="Kelas banyak")
    await builders.programme(staff, skills=[FOUR[0]], title="Kelas lama", begins_on=None)
    await builders.programme(staff, skills=[FOUR[3]], title="Kelas jauh", region=builders.BANDUNG)
    for actor, address in ((client, "/matches/programmes"), (staff, f"/clients/{client.client}/programmes")):
        html = (await (await browser(actor)).get(address)).text
        titles = re.findall(r"Kelas (\w+)</a>", html)
        assert titles == ["banyak", "sedikit", "lama", "jauh"], address
        assert (
            "Diminta 3 lowongan" in html and "Diminta 1 lowongan" in html and "Lebih jauh dari 20 km" in html
        )


async def test_a_course_towards_a_licence_counts_what_the_licence_opens(
    staff: Actor, client: Actor, browser: Any
) -> None:
    for _ in range(2):
        await builders.vacancy(essential=FOUR[:2], licences=["sim-c"])
    course = await builders.programme(staff, skills=[], licence="sim-c", title="Kelas SIM C")
    visitor = await browser(client)
    html = (await visitor.get("/matches/programmes")).text
    assert "Menuju surat izin: SIM C" in html and "Diminta 2 lowongan" in html
    gains = re.search(r'id="gains".*?</section>', (await visitor.get("/matches")).text, re.S)
    assert gains and "SIM C" in gains[0] and f"/matches/programmes/{course.id}" in gains[0]


async def test_the_list_asks_the_same_however_many_courses_there_are(
    staff: Actor, client: Actor, browser: Any, queries: list[str]
) -> None:
    visitor = await browser(client)
    counts = []
    for _ in range(2):
        await builders.programme(staff, skills=FOUR)
        await builders.vacancy(essential=FOUR)
        queries.clear()
        await visitor.get("/matches/programmes")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13, "\n".join(queries)


async def test_one_tap_says_so_and_one_takes_it_back(staff: Actor, client: Actor, browser: Any) -> None:
    course = await builders.programme(staff)
    address = f"/matches/programmes/{course.id}"
    visitor = await browser(client)
    assert "Saya tertarik" in (await visitor.get(address)).text
    for _ in range(2):
        answer = await visitor.form(f"{address}/interest")
        assert answer.status_code == 303 and answer.headers["location"] == address
    html = (await visitor.get(address)).text
    assert "Pendamping sudah diberi tahu" in html and "Batalkan" in html
    assert "Tertarik" in (await visitor.get("/matches/programmes")).text
    assert await Notice.count().where(Notice.person == staff.person) == 1
    page = (await (await browser(staff)).get(f"/clients/{client.client}")).text
    assert "Las SMAW dasar" in page and "Tertarik" in page
    for _ in range(2):
        assert (await visitor.form(f"{address}/interest/ending")).status_code == 303
    assert "Saya tertarik" in (await visitor.get(address)).text
    [row] = await Enrolment.select()
    assert row["state"] == EnrolmentState.ENDED
    await visitor.form(f"{address}/interest")
    [row] = await Enrolment.select()
    assert row["state"] == EnrolmentState.INTERESTED


async def test_who_is_registered_takes_nothing_back_with_a_tap(
    staff: Actor, client: Actor, browser: Any
) -> None:
    course = await builders.programme(staff)
    await Enrolment(
        programme=course.id, client=client.client, state=EnrolmentState.REGISTERED, made_by=staff.person
    ).save()
    visitor = await browser(client)
    address = f"/matches/programmes/{course.id}"
    assert "Anda sudah didaftarkan" in (await visitor.get(address)).text
    assert (await visitor.form(f"{address}/interest/ending")).status_code == 303
    [row] = await Enrolment.select()
    assert row["state"] == EnrolmentState.REGISTERED


async def test_staff_note_a_wish_from_the_course_they_came_to_by_the_client(
    staff: Actor, client: Actor, browser: Any
) -> None:
    course = await builders.programme(staff)
    visitor = await browser(staff)
    page = (await visitor.get(f"/programmes/{course.id}?client={client.client}")).text
    assert "Catat: Sari Rahasia tertarik" in page
    answer = await visitor.form(f"/clients/{client.client}/programmes/{course.id}/interest")
    assert answer.status_code == 303
    page = (await visitor.get(answer.headers["location"])).text
    assert "Catat: Sari" not in page and "Sudah didaftarkan" in page
    assert await Notice.count() == 0, "nobody is told what they noted themselves"
    stranger = await browser(await builders.staff(await builders.office("Kantor Lain")))
    assert "Sari" not in (await stranger.get(f"/programmes/{course.id}?client={client.client}")).text


async def test_a_course_that_is_over_takes_nobody_and_stays_readable_to_who_was_on_the_way(
    staff: Actor, client: Actor, browser: Any
) -> None:
    course = await builders.programme(staff)
    address = f"/matches/programmes/{course.id}"
    visitor = await browser(client)
    await visitor.form(f"{address}/interest")
    await visitor.form(f"{address}/interest/ending")
    await Programme.update({Programme.state: ProgrammeState.CLOSED}).where(Programme.id == course.id)
    html = (await visitor.get(address)).text
    assert "Pendaftarannya sudah ditutup" in html and "Saya tertarik" not in html
    await visitor.form(f"{address}/interest")
    [row] = await Enrolment.select()
    assert row["state"] == EnrolmentState.ENDED
    other = await browser(await builders.client(staff))
    assert (await other.get(address)).status_code == 404
    assert (await other.form(f"{address}/interest")).status_code == 404


async def test_a_client_is_told_nothing_that_discloses(
    staff: Actor, client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    course = await builders.programme(
        staff, skills=[FOUR[2]], provider_kind=ProviderKind.OFFICE, provider="BNNK Contoh"
    )
    visitor = await browser(client)
    for address in (
        "/matches/programmes",
        f"/matches/programmes/{course.id}",
        f"/matches/{vacancy.id}",
        "/matches",
    ):
        html = (await visitor.get(address)).text
        assert "BNN" not in html.partition("<main")[2], address
    assert "Kantor pendamping" in (await visitor.get(f"/matches/programmes/{course.id}")).text
    assert "BNNK Contoh" in (await (await browser(staff)).get(f"/programmes/{course.id}")).text


async def test_who_is_under_age_or_has_told_nothing_yet_finds_courses_too(staff: Actor, browser: Any) -> None:
    await builders.programme(staff)
    for more in ({"born_on": date.today() - timedelta(days=16 * 365)}, {}):
        someone = await builders.client(staff, **more)
        html = (await (await browser(someone)).get("/matches/programmes")).text
        assert "Las SMAW dasar" in html
    nowhere = await builders.client(staff)
    await Client.update({Client.region: None}, force=True).where(Client.id == nowhere.client)
    html = (await (await browser(nowhere)).get("/matches/programmes")).text
    assert "Tempat tinggal belum tercatat" in html

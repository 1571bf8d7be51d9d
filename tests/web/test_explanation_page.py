"""Mengapa cocok of one pair: the page, the data and the paper say the same, to the client and their office alone."""

import re
from datetime import date
from typing import Any

import pytest

from jobs import index
from jobs.tables import Vacancy, VacancyState
from portal.people import Actor
from portal.tables import Client
from tests import builders
from tests.unit.test_sheet import title_of
from tests.web.test_matches import FOUR, Index
from training.tables import Source
from training.vocabulary.likeness import near_skills

pytestmark = pytest.mark.anyio
JSON = {"accept": "application/json"}
UNSAID = ("rehab", "bnn", "narkoba", "napza", "perempuan", "laki-laki", "kelamin", "umur", "usia")


@pytest.fixture
async def staff() -> Actor:
    return await builders.staff(name="Rini Petugas")


@pytest.fixture
async def client(staff: Actor) -> Actor:
    skills = {FOUR[0]: Source.CERTIFIED, FOUR[1]: Source.EXPERIENCE}
    profile = {"travel_km": 20, "licences": [], "wage_min": 4_000_000, "work_times": ["day"]}
    return await builders.client(staff, skills=skills, profile=profile, name="Sari Rahasia")


@pytest.fixture
async def vacancy() -> Vacancy:
    asked = {"essential": FOUR, "licences": ["sim-c"], "skck": "before_interview"}
    return await builders.vacancy(occupation="tukang-las", **asked)


async def test_the_page_sums_to_the_score_and_the_data_has_the_same_numbers(
    client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    visitor = await browser(client)
    page = await visitor.get(f"/matches/{vacancy.id}")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    told = (await visitor.get(f"/matches/{vacancy.id}", headers=JSON)).json()
    sums = page.text[page.text.index('class="sums"') :].split("</ul>")[0]
    shown = [float(each.replace(",", ".")) for each in re.findall(r"<span>\+?([\d,]+)", sums)]
    total = re.search(r"([\d,]+) dari 100 poin", sums)
    assert total and float(total[1].replace(",", ".")) == round(sum(shown), 1) == told["points"]
    assert told["demand"] and "Antrean" in sums, "nobody waits yet, which adds a little"
    assert shown == [each["points"] for each in [*told["parts"], told["demand"]]]
    assert abs(sum(each["contribution"] for each in told["parts"]) - told["fit"]) < 1e-9
    assert round(told["fit"] + told["demand"]["contribution"], 9) == round(told["score"], 9)


async def test_it_says_what_is_met_by_which_evidence_what_lacks_and_what_to_do(
    client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    html = (await (await browser(client)).get(f"/matches/{vacancy.id}")).text
    for words in ("sertifikat", "pengalaman", "SIM C", "surat izin yang wajib belum ada", "Urus SIM C"):
        assert words in html
    assert "Tanyakan pelatihan kepada pendamping." in html and "Siapkan SKCK" in html


async def test_a_skill_that_comes_near_names_the_one_it_is_near_to(staff: Actor, browser: Any) -> None:
    held, (asked, *_) = next((skill, list(near)) for skill, near in near_skills().items() if near)
    client = await builders.client(staff, skills=[held])
    vacancy = await builders.vacancy(essential=[asked])
    told = (await (await browser(client)).get(f"/matches/{vacancy.id}", headers=JSON)).json()
    [near] = [each for each in told["skills"] if each["near"] is not None]
    assert near["through"] == held and near["said"].startswith("mirip dengan ")
    assert near["said"] in (await (await browser(client)).get(f"/matches/{vacancy.id}")).text


async def test_staff_read_it_about_the_client_and_other_offices_do_not(
    client: Actor, vacancy: Vacancy, staff: Actor, browser: Any
) -> None:
    address = f"/clients/{client.client}/matches/{vacancy.id}"
    own, other = await browser(staff), await browser(await builders.staff())
    html = (await own.get(address)).text
    assert "Yang memutuskan klien" in html and "Anda hindari" not in html
    for form in ("", "/pdf"):
        foreign = await other.get(address + form)
        unknown = await other.get(f"/clients/999999/matches/{vacancy.id}{form}")
        assert foreign.status_code == unknown.status_code == 404 and foreign.text == unknown.text
        assert (await (await browser(await builders.employer())).get(address + form)).status_code == 403
    assert (await other.get(address, headers=JSON)).status_code == 404


async def test_what_a_client_may_not_read_is_not_explained_either(client: Actor, browser: Any) -> None:
    draft = await builders.vacancy(state=VacancyState.IN_REVIEW)
    assert (await (await browser(client)).get(f"/matches/{draft.id}")).status_code == 404


async def test_whoever_is_matched_with_nothing_has_no_sum(
    client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    await Client.update({Client.paused_on: date(2026, 1, 1)}).where(Client.id == client.client)
    assert (await (await browser(client)).get(f"/matches/{vacancy.id}")).status_code == 404


async def test_no_form_of_it_says_who_the_client_is_or_why_they_are_accompanied(
    client: Actor, vacancy: Vacancy, staff: Actor, browser: Any
) -> None:
    for actor, address in (
        (client, f"/matches/{vacancy.id}"),
        (staff, f"/clients/{client.client}/matches/{vacancy.id}"),
    ):
        visitor = await browser(actor)
        for query, headers in (("", {}), ("?lang=en", {}), ("", JSON)):
            answer = await visitor.get(address + query, headers=headers)
            assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
            main = answer.text.partition("<main")[2].partition("</main>")[0] or answer.text
            assert not [each for each in UNSAID if re.search(rf"\b{each}", main, re.I)]
            assert "Sari" not in main


async def test_the_paper_is_named_after_the_vacancy_alone(
    client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    answer = await (await browser(client)).get(f"/matches/{vacancy.id}/pdf")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="lowongan-{vacancy.id}.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    assert (
        answer.content.startswith(b"%PDF") and title_of(answer.content) == f"Mengapa cocok: {vacancy.title}"
    )


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Why it fits"), ("id", "Mengapa cocok"), ("xx", "Mengapa cocok")]
)
async def test_the_page_speaks_english_when_asked_to(
    client: Actor, vacancy: Vacancy, browser: Any, language: str, heading: str
) -> None:
    html = (await (await browser(client)).get(f"/matches/{vacancy.id}?lang={language}")).text
    assert f"<h1>{heading}</h1>" in html and f'lang="{language if language == "en" else "id"}"' in html


@pytest.mark.parametrize(
    "accept", ["", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", ";;;", "x" * 5_000]
)
async def test_whoever_does_not_ask_for_data_gets_the_page(
    client: Actor, vacancy: Vacancy, browser: Any, accept: str
) -> None:
    answer = await (await browser(client)).get(f"/matches/{vacancy.id}", headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "Accept" in answer.headers["vary"]


async def test_it_is_linked_from_the_vacancy_and_from_the_rows_of_staff(
    client: Actor, vacancy: Vacancy, browser: Any
) -> None:
    html = (await (await browser(client)).get(f"/vacancies/{vacancy.id}")).text
    assert f'href="/matches/{vacancy.id}">Lihat hitungannya' in html


async def test_staff_find_it_beside_each_row(
    client: Actor, vacancy: Vacancy, staff: Actor, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "current", Index)
    html = (await (await browser(staff)).get(f"/clients/{client.client}/matches")).text
    assert f'href="/clients/{client.client}/matches/{vacancy.id}">Lihat hitungannya' in html

"""Clients for a vacancy, by name: whom staff see, in which order, and proposing to several of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import seekers, waiting
from jobs.index import documents
from jobs.matching.demand import Crowd
from jobs.tables import AsideReason, OutsideApplication, Proposal, SetAside, Vacancy
from portal.people import Actor
from portal.tables import Client
from tests import builders
from tests.web.conftest import once_of
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

WELDER = vocabulary().occupations["tukang-las"]
FOUR = list(WELDER.essential[:4])


@dataclass
class Office:
    staff: Actor
    vacancy: Vacancy
    able: Actor
    learner: Actor


@pytest.fixture
async def office() -> Office:
    staff = await builders.staff()
    vacancy = await builders.vacancy(essential=FOUR, occupation="tukang-las", title="Tukang las kanopi")
    able = await builders.client(staff, name="Able Satu", skills=FOUR, profile={"travel_km": 20})
    learner = await builders.client(staff, name="Learner Dua", skills=FOUR[:2], profile={"travel_km": 20})
    return Office(staff, vacancy, able, learner)


async def found(vacancy: Vacancy, by: Actor, limit: int = 20) -> list[int]:
    [document] = await documents.load([vacancy.id])
    return [each.client for each in await seekers.for_vacancy(document, by, limit)]


async def page_of(browser: Any, actor: Actor, vacancy: Vacancy) -> str:
    answer = await (await browser(actor)).get(f"/vacancies/{vacancy.id}/candidates")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_who_fits_comes_first_with_name_and_reasons(office: Office, browser: Any) -> None:
    html = await page_of(browser, office.staff, office.vacancy)
    assert html.index("Able Satu") < html.index("Learner Dua")
    assert "4 dari 4 keterampilan" in html and "2 dari 4 keterampilan" in html
    assert await found(office.vacancy, office.staff) == [office.able.client, office.learner.client]


async def test_another_office_finds_none_of_them_and_an_administrator_all(
    office: Office, browser: Any
) -> None:
    other = await builders.staff(await builders.office("Kantor Lain"))
    html = await page_of(browser, other, office.vacancy)
    assert "Belum ada klien yang cocok" in html and "Able Satu" not in html
    everybody = await found(office.vacancy, await builders.administrator())
    assert office.able.client in everybody


@pytest.mark.parametrize("role", ["client", "employer"])
async def test_nobody_but_staff_is_told_names(office: Office, browser: Any, role: str) -> None:
    actor = office.able if role == "client" else await builders.employer()
    answer = await (await browser(actor)).get(f"/vacancies/{office.vacancy.id}/candidates")
    assert answer.status_code == 403 and "Learner" not in answer.text
    if role == "client":
        assert await found(office.vacancy, actor) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"born_on": date.today() - timedelta(days=17 * 365)},
        {"paused_on": date.today()},
        {"closed_on": date.today()},
        {"region": builders.SURABAYA},
    ],
)
async def test_the_under_aged_the_paused_the_closed_and_the_far_are_not_found(
    office: Office, facts: dict[str, Any]
) -> None:
    await Client.update(facts, force=True).where(Client.id == office.able.client)
    assert await found(office.vacancy, office.staff) == [office.learner.client]


async def test_a_trade_alone_is_found_worked_or_wished_for(office: Office) -> None:
    wisher = await builders.client(office.staff, profile={"wishes": ["tukang-las"]})
    assert wisher.client in await found(office.vacancy, office.staff)


async def test_who_set_the_vacancy_aside_is_not_offered_for_it(office: Office) -> None:
    row = SetAside(
        client=office.able.client,
        vacancy=office.vacancy.id,
        reason=AsideReason.OTHER,
        made_by=office.able.person,
    )
    await row.save()
    assert await found(office.vacancy, office.staff) == [office.learner.client]


async def test_several_are_proposed_to_at_once_and_once(office: Office, browser: Any) -> None:
    visitor = await browser(office.staff)
    address = f"/vacancies/{office.vacancy.id}/candidates"
    key = once_of((await visitor.get(address)).text)
    sent = {"once": key, "clients": [str(office.able.client), str(office.learner.client)], "message": "Coba."}
    for _ in range(2):
        answer = await visitor.form(address, sent)
        assert answer.status_code == 303, answer.text
    assert await Proposal.count().where(Proposal.vacancy == office.vacancy.id) == 2
    assert (await visitor.get(address)).text.count("Sudah diusulkan") == 2


async def test_each_row_leads_to_how_the_pair_adds_up(office: Office, browser: Any) -> None:
    visitor = await browser(office.staff)
    html = (await visitor.get(f"/vacancies/{office.vacancy.id}/candidates")).text
    address = f"/clients/{office.able.client}/matches/{office.vacancy.id}"
    assert f'href="{address}">Lihat hitungannya' in html
    assert (await visitor.get(address)).status_code == 200


async def test_a_client_of_another_office_cannot_be_smuggled_in(office: Office, browser: Any) -> None:
    other = await builders.staff(await builders.office("Kantor Lain"))
    visitor = await browser(other)
    address = f"/vacancies/{office.vacancy.id}/candidates"
    answer = await visitor.form(address, {"clients": [str(office.able.client)]})
    assert answer.status_code == 303 and not await Proposal.exists()


async def test_nothing_ticked_or_a_telling_message_is_said_and_kept(office: Office, browser: Any) -> None:
    visitor = await browser(office.staff)
    address = f"/vacancies/{office.vacancy.id}/candidates"
    answer = await visitor.form(address, {"message": "Ini dari rehab."})
    assert answer.status_code == 422 and "Centang paling sedikit satu klien." in answer.text
    assert "Ini dari rehab." in answer.text and not await Proposal.exists()


async def test_the_page_asks_little_of_the_database(office: Office, browser: Any, queries: list[str]) -> None:
    for number in range(8):
        await builders.client(office.staff, name=f"Ketiga {number}", skills=FOUR)
    visitor = await browser(office.staff)
    queries.clear()
    await visitor.get(f"/vacancies/{office.vacancy.id}/candidates")
    assert len(queries) <= 14, "\n".join(queries)


async def test_waiting_is_counted_for_each_vacancy_by_one_query(office: Office, queries: list[str]) -> None:
    crowded = await builders.vacancy(essential=FOUR, positions=1)
    direct = await builders.vacancy(essential=FOUR, way="direct", positions=1)
    for each in (office.able, office.learner):
        for vacancy in (crowded, direct):
            await OutsideApplication(vacancy=vacancy.id, client=each.client).save()
    third = await builders.client(office.staff)
    await Proposal(vacancy=crowded.id, client=third.client, made_by=office.staff.person).save()
    queries.clear()
    found = await waiting.for_vacancies([crowded.id, direct.id, office.vacancy.id])
    assert len(queries) == 1
    assert (found[crowded.id].waiting, found[crowded.id].crowd) == (3, Crowd.MANY)
    assert not found[direct.id].known and found[direct.id].crowd is Crowd.SOME
    assert found[office.vacancy.id].crowd is Crowd.FEW

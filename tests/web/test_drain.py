"""The index follows the database: what is published comes, what is closed goes, and nothing is lost on the way."""

from datetime import date, timedelta

import pytest

from jobs import index
from jobs.index import drain
from jobs.index.documents import load
from jobs.index.port import Query
from jobs.tables import Vacancy, VacancyState
from jobs.vacancies import INDEX
from portal.database import change
from portal.outbox import touch
from portal.tables import Outbox
from tests import builders

pytestmark = pytest.mark.anyio


async def touched(*vacancies: Vacancy) -> int:
    async with change(by=None):
        await touch(INDEX, *(vacancy.id for vacancy in vacancies))
    return await drain.drain_all()


async def found(text: str = "") -> set[int]:
    return {hit.document.id for hit in (await index.current().search(Query(text))).hits}


async def test_a_published_vacancy_comes_and_a_closed_one_goes() -> None:
    vacancy = await builders.vacancy(essential=["las-smaw"])
    assert await touched(vacancy) == 1
    assert await found("tukang las") == {vacancy.id}
    await Vacancy.update({Vacancy.state: VacancyState.CLOSED}).where(Vacancy.id == vacancy.id)
    await touched(vacancy)
    assert await found() == set()
    assert not await Outbox.exists()


async def test_only_published_vacancies_that_are_still_open_have_a_document() -> None:
    yesterday, tomorrow = date.today() - timedelta(days=2), date.today() + timedelta(days=2)
    states = [await builders.vacancy(state=state) for state in VacancyState]
    late = await builders.vacancy(closes_on=yesterday)
    soon = await builders.vacancy(closes_on=tomorrow)
    published = next(each.id for each in states if each.state == VacancyState.PUBLISHED)
    documents = await load([*(each.id for each in states), late.id, soon.id, 999_999])
    assert {document.id for document in documents} == {published, soon.id}


async def test_a_document_says_what_the_vacancy_says() -> None:
    vacancy = await builders.vacancy(
        essential=["las-smaw", "k3-dasar"],
        useful=["baca-gambar-kerja"],
        qualification="Punya sepatu.",
        licences=["sim-c"],
    )
    [document] = await load([vacancy.id])
    assert document.title == vacancy.title and document.employer == "CV Logam Contoh"
    assert (document.essential, document.useful) == (("las-smaw", "k3-dasar"), ("baca-gambar-kerja",))
    assert document.description.endswith("Punya sepatu.") and document.licences == ("sim-c",)
    assert document.latitude is not None, "without a point of its own it lies in the middle of its region"
    assert document.wage_max == 5_400_000


async def test_a_wage_that_is_not_shown_is_in_no_document() -> None:
    vacancy = await builders.vacancy(wage_shown=False)
    [document] = await load([vacancy.id])
    assert (document.wage_min, document.wage_max) == (None, None)


async def test_more_changes_than_a_batch_are_all_followed() -> None:
    vacancies = [await builders.vacancy() for _ in range(3)]
    many = vacancies * (drain.BATCH // 3 + 2)
    assert await touched(*many) == len(many)
    assert await found() == {vacancy.id for vacancy in vacancies}


async def test_a_rebuild_finds_what_was_never_touched() -> None:
    vacancy = await builders.vacancy()
    assert await drain.rebuild() == 1
    assert await found() == {vacancy.id}
    assert not await drain.refresh(), "what was just rebuilt is written with today's words"


async def test_a_vacancy_leaves_when_its_last_day_has_passed() -> None:
    vacancy = await builders.vacancy(closes_on=date.today())
    await touched(vacancy)
    assert await found() == {vacancy.id}
    await Vacancy.update({Vacancy.closes_on: date.today() - timedelta(days=2)}).where(
        Vacancy.id == vacancy.id
    )
    assert await drain.expire() == 1
    await drain.drain_all()
    assert (await index.current().health()).documents == 0

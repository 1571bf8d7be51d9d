"""Staff read a vacancy in full, mend its words, and publish or return what they have read."""

from datetime import date, timedelta
from typing import Any

import pytest

from jobs.tables import Vacancy, VacancySkill, VacancyState
from partners.tables import Partner
from portal.tables import Event, Notice, Outbox
from tests import builders

pytestmark = pytest.mark.anyio


async def seen(vacancy: Vacancy) -> str:
    [row] = await Vacancy.select(Vacancy.changed_at).where(Vacancy.id == vacancy.id)
    return row["changed_at"].isoformat()


async def waiting(**more: Any) -> Vacancy:
    return await builders.vacancy(state=VacancyState.IN_REVIEW, **more)


async def imported(**more: Any) -> Vacancy:
    values: dict[str, Any] = {
        "employer_name": "PT Dari Berkas",
        "title": "Operator",
        "description": "Menjalankan mesin.",
        "source": "karirhub",
        "source_id": "k-1",
        "way": "direct",
        "state": VacancyState.IN_REVIEW,
    }
    row = Vacancy(**{**values, **more})
    await row.save()
    return row


async def test_what_waits_comes_oldest_first_and_says_where_it_is_from(browser) -> None:
    first = await waiting(title="Yang pertama")
    second = await imported(title="Yang kedua")
    await builders.vacancy(title="Sudah terbit")
    await builders.vacancy(state=VacancyState.DRAFT, title="Masih draf")
    answer = await (await browser(await builders.staff())).get("/reviews")
    assert "2 lowongan menunggu ditinjau" in answer.text and "Impor: karirhub" in answer.text
    assert answer.text.index(f"/reviews/{first.id}") < answer.text.index(f"/reviews/{second.id}")
    assert "Sudah terbit" not in answer.text and "Masih draf" not in answer.text


@pytest.mark.parametrize("state", ["published", "returned", "closed", "no-such", "%00"])
@pytest.mark.parametrize("number", ["1", "0", "-4", "9" * 50, "x"])
async def test_filters_and_pages_take_anything(browser, state: str, number: str) -> None:
    answer = await (await browser(await builders.staff())).get(f"/reviews?state={state}&number={number}")
    assert answer.status_code == 200


async def test_the_list_asks_the_database_a_fixed_number_of_times(browser, queries) -> None:
    visitor = await browser(await builders.staff())
    await waiting()
    queries.clear()
    await visitor.get("/reviews")
    asked = len(queries)
    for _ in range(4):
        await waiting()
    queries.clear()
    await visitor.get("/reviews")
    assert len(queries) == asked <= 4


async def test_publishing_marks_the_index_and_tells_the_partner(browser) -> None:
    partner = await builders.partner()
    employer = await builders.employer(partner)
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW, essential=["teliti"])
    staff = await builders.staff()
    answer = await (await browser(staff)).form(
        f"/reviews/{vacancy.id}/moves", {"to": "published", "seen": await seen(vacancy)}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/reviews")
    await vacancy.refresh()
    assert (vacancy.state, vacancy.approved_by) == (VacancyState.PUBLISHED, staff.person)
    assert await Outbox.exists().where((Outbox.index == "vacancies") & (Outbox.document == str(vacancy.id)))
    assert await Notice.exists().where(
        (Notice.person == employer.person) & (Notice.kind == "vacancy_published")
    )
    assert await Event.exists().where((Event.subject == f"vacancy:{vacancy.id}") & (Event.by == staff.person))


async def test_a_vacancy_is_returned_with_a_note_and_not_without(browser) -> None:
    partner = await builders.partner()
    employer = await builders.employer(partner)
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW)
    visitor = await browser(await builders.staff())
    answer = await visitor.form(
        f"/reviews/{vacancy.id}/moves", {"to": "returned", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 422 and "Mitra perlu tahu" in answer.text
    await visitor.form(
        f"/reviews/{vacancy.id}/moves",
        {"to": "returned", "note": "Tulis jam kerjanya.", "seen": await seen(vacancy)},
    )
    await vacancy.refresh()
    assert (vacancy.state, vacancy.review_note) == (VacancyState.RETURNED, "Tulis jam kerjanya.")
    read = await (await browser(employer)).get(f"/partner/vacancies/{vacancy.id}")
    assert "Tulis jam kerjanya." in read.text


async def test_nobody_publishes_what_was_changed_after_they_read_it(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW)
    visitor, old = await browser(await builders.staff()), await seen(vacancy)
    await Vacancy.update(
        {Vacancy.description: "Isi baru.", Vacancy.changed_at: vacancy.changed_at + timedelta(minutes=1)}
    ).where(Vacancy.id == vacancy.id)
    answer = await visitor.form(f"/reviews/{vacancy.id}/moves", {"to": "published", "seen": old}, htmx=True)
    assert answer.status_code == 409 and "Isi baru." in answer.text
    assert answer.text.lstrip().startswith('<div id="review"')
    await vacancy.refresh()
    assert vacancy.state == VacancyState.IN_REVIEW


async def test_a_second_reviewer_finds_it_decided(browser) -> None:
    vacancy = await waiting()
    old = await seen(vacancy)
    first, second = await browser(await builders.staff()), await browser(await builders.staff())
    await first.form(f"/reviews/{vacancy.id}/moves", {"to": "published", "seen": old})
    answer = await second.form(
        f"/reviews/{vacancy.id}/moves", {"to": "returned", "note": "Belum.", "seen": old}
    )
    assert answer.status_code == 409
    await vacancy.refresh()
    assert vacancy.state == VacancyState.PUBLISHED


async def test_an_unverified_partners_vacancy_is_not_published_and_staff_see_why(browser) -> None:
    partner = await builders.partner()
    await Partner.update({Partner.verified_at: None}, force=True).where(Partner.id == partner.id)
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW)
    visitor = await browser(await builders.staff())
    assert "Mitra ini belum diverifikasi" in (await visitor.get(f"/reviews/{vacancy.id}")).text
    answer = await visitor.form(
        f"/reviews/{vacancy.id}/moves", {"to": "published", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 422 and "belum diverifikasi" in answer.text
    await vacancy.refresh()
    assert vacancy.state == VacancyState.IN_REVIEW


@pytest.mark.parametrize(
    "facts",
    [{"apply_at": "javascript:alert(1)"}, {"closes_on": date(2020, 1, 1)}],
    ids=["script", "past"],
)
async def test_an_imported_vacancy_that_would_harm_is_not_published(browser, facts: dict[str, Any]) -> None:
    vacancy = await imported(**facts)
    visitor = await browser(await builders.staff())
    answer = await visitor.form(
        f"/reviews/{vacancy.id}/moves", {"to": "published", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 422 and 'href="javascript' not in answer.text
    await vacancy.refresh()
    assert vacancy.state == VacancyState.IN_REVIEW


async def test_an_imported_vacancy_can_be_published_but_not_returned(browser) -> None:
    vacancy = await imported()
    visitor = await browser(await builders.staff())
    assert "Kembalikan ke mitra" not in (await visitor.get(f"/reviews/{vacancy.id}")).text
    moves = f"/reviews/{vacancy.id}/moves"
    answer = await visitor.form(moves, {"to": "returned", "note": "x", "seen": await seen(vacancy)})
    assert answer.status_code == 409
    assert (await visitor.form(moves, {"to": "published", "seen": await seen(vacancy)})).status_code == 303


async def test_findings_name_the_words_and_what_is_missing(browser) -> None:
    vacancy = await imported(qualification="Usia maksimal 30 tahun", region=None)
    read = (await (await browser(await builders.staff())).get(f"/reviews/{vacancy.id}")).text
    assert "“Usia maksimal 30 tahun”" in read
    assert "Belum ada jenis pekerjaan, kabupaten atau kota, keterampilan wajib" in read


async def test_staff_complete_occupation_region_and_skills_right_there(browser) -> None:
    vacancy = await imported()
    visitor = await browser(await builders.staff())
    answer = await visitor.form(
        f"/reviews/{vacancy.id}/words",
        {
            "occupation": "juru-masak",
            "region": "32.73",
            "essential": ["tumis-wajan"],
            "more_useful": "teliti",
            "seen": await seen(vacancy),
        },
    )
    assert answer.status_code == 303
    await vacancy.refresh()
    assert (vacancy.occupation, vacancy.region, vacancy.title) == ("juru-masak", "32.73", "Operator")
    rows = await VacancySkill.select(VacancySkill.skill).where(VacancySkill.vacancy == vacancy.id)
    assert {row["skill"] for row in rows} == {"tumis-wajan", "teliti"}


async def test_wrong_words_are_told_and_kept(browser) -> None:
    vacancy = await imported()
    answer = await (await browser(await builders.staff())).form(
        f"/reviews/{vacancy.id}/words",
        {"occupation": "x", "region": "32", "more_essential": "zzzzqqq", "seen": await seen(vacancy)},
    )
    assert answer.status_code == 422 and "zzzzqqq</textarea>" in answer.text
    assert "Pilih kabupaten atau kota dari daftar." in answer.text


async def test_the_words_of_a_published_vacancy_stay(browser) -> None:
    vacancy = await builders.vacancy()
    answer = await (await browser(await builders.staff())).form(
        f"/reviews/{vacancy.id}/words", {"occupation": "juru-masak", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 409


async def test_an_employers_draft_is_not_for_staff(browser) -> None:
    draft = await builders.vacancy(state=VacancyState.DRAFT)
    visitor = await browser(await builders.staff())
    answers = [await visitor.get(f"/reviews/{id}") for id in (draft.id, 2_000_000_000)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


async def test_reviews_are_for_staff(browser) -> None:
    vacancy = await waiting()
    employer = await builders.employer()
    for path in ("/reviews", f"/reviews/{vacancy.id}"):
        assert (await (await browser(employer)).get(path)).status_code == 403
        assert (await (await browser()).get(path)).status_code in (303, 401)

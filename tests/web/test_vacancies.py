"""An employer posts, mends and closes vacancies; nobody else's, and nothing unsound."""

from datetime import date, timedelta
from typing import Any

import pytest

from jobs.tables import Application, State, Vacancy, VacancySkill, VacancyState
from partners.tables import Partner
from portal.tables import Client, Notice
from tests import builders
from tests.web.conftest import once_of

pytestmark = pytest.mark.anyio

SOON = (date.today() + timedelta(days=20)).isoformat()
WHOLE: dict[str, Any] = {
    "title": "Juru masak",
    "description": "Memasak lauk harian untuk katering.",
    "qualification": "Jujur dan teliti.",
    "positions": "2",
    "employment_type": "contract",
    "hours": "Senin–Sabtu, 06.00–14.00",
    "work_times": ["day"],
    "region": "32.01",
    "locality": "Cibinong",
    "wage_min": "Rp3.500.000",
    "wage_max": "4500000",
    "wage_shown": "yes",
    "education": "20",
    "experience": "1",
    "experience_unit": "years",
    "essential": ["racik-bumbu"],
    "more_essential": "teliti",
    "more_useful": "kerja sama",
    "licences": ["sim-c"],
    "skck": "after_offer",
    "skbn": "never",
    "closes_on": SOON,
    "way": "portal",
    "to": "in_review",
}


async def seen(vacancy: Vacancy) -> str:
    [row] = await Vacancy.select(Vacancy.changed_at).where(Vacancy.id == vacancy.id)
    return row["changed_at"].isoformat()


async def skills_of(vacancy: Vacancy) -> dict[str, str]:
    rows = await VacancySkill.select(VacancySkill.skill, VacancySkill.need).where(
        VacancySkill.vacancy == vacancy.id
    )
    return {row["skill"]: row["need"] for row in rows}


async def test_an_employer_without_vacancies_is_shown_the_next_step(browser) -> None:
    answer = await (await browser(await builders.employer())).get("/partner/vacancies")
    assert answer.status_code == 200 and 'href="/partner/vacancies/new"' in answer.text


async def test_a_whole_vacancy_goes_to_review_with_all_that_was_written(browser) -> None:
    administrator = await builders.administrator()
    visitor = await browser(await builders.employer())
    key = once_of((await visitor.get("/partner/vacancies/new")).text)
    answer = await visitor.form("/partner/vacancies/new", {**WHOLE, "once": key})
    vacancy = await Vacancy.objects().get(Vacancy.title == "Juru masak")
    assert vacancy and answer.headers["location"] == f"/partner/vacancies/{vacancy.id}"
    assert vacancy.state == VacancyState.IN_REVIEW and vacancy.employer_name == "CV Logam Contoh"
    assert (vacancy.wage_min, vacancy.wage_max, vacancy.wage_shown) == (3_500_000, 4_500_000, True)
    assert (vacancy.occupation, vacancy.experience_months, vacancy.education) == ("juru-masak", 12, 20)
    assert vacancy.locality == "Cibinong" and vacancy.latitude is not None
    assert (vacancy.work_times, vacancy.licences) == (["day"], ["sim-c"])
    found = await skills_of(vacancy)
    assert found == {"racik-bumbu": "essential", "teliti": "essential", "kerja-tim": "useful"}
    assert await Notice.exists().where(
        (Notice.person == administrator.person) & (Notice.kind == "vacancy_waiting")
    )
    read = await visitor.get(f"/partner/vacancies/{vacancy.id}")
    assert "Sedang ditinjau" in read.text and "Rp3.500.000" not in read.text and "3500000" in read.text


async def test_a_draft_needs_only_a_title_and_says_what_is_missing(browser) -> None:
    visitor = await browser(await builders.employer())
    answer = await visitor.form("/partner/vacancies/new", {"title": "Kasir", "to": "draft", "way": "portal"})
    read = await visitor.get(answer.headers["location"])
    assert "Draf" in read.text and "Sebelum dikirim untuk ditinjau" in read.text
    assert "Uraian pekerjaan: Wajib diisi." in read.text


async def test_two_taps_on_the_button_post_one_vacancy(browser) -> None:
    visitor = await browser(await builders.employer())
    key = once_of((await visitor.get("/partner/vacancies/new")).text)
    first = await visitor.form("/partner/vacancies/new", {**WHOLE, "once": key})
    second = await visitor.form("/partner/vacancies/new", {**WHOLE, "once": key})
    assert first.headers["location"] == second.headers["location"]
    assert await Vacancy.count() == 1


async def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(browser) -> None:
    wrong = {
        **WHOLE,
        "description": "Dicari pria, usia maksimal 25 tahun.",
        "positions": "banyak",
        "region": "99.99",
        "locality": "",
        "wage_min": "5000000",
        "wage_max": "4000000",
        "closes_on": "2020-01-01",
        "essential": ["tak-ada"],
        "more_useful": "racik bumbuu\nzzzzqqq",
        "licences": ["sim-z"],
        "way": "direct",
        "apply_at": "javascript:alert(1)",
    }
    answer = await (await browser(await builders.employer())).form("/partner/vacancies/new", wrong)
    assert answer.status_code == 422 and await Vacancy.count() == 0
    for words in (
        "“pria”",
        "“usia maksimal 25 tahun”",
        "Tulis angka 1 sampai 9999.",
        "Pilih kabupaten atau kota dari daftar.",
        "Upah tertinggi lebih kecil",
        "Batas lamaran sudah lewat",
        "“zzzzqqq” belum ada di daftar",
        "Tulis tautan yang dimulai dengan https://",
    ):
        assert words in answer.text, words
    for kept in ("Dicari pria, usia maksimal 25 tahun.", 'value="banyak"', "zzzzqqq", "javascript:alert(1)"):
        assert kept in answer.text, kept
    assert 'href="javascript' not in answer.text


async def test_an_unknown_skill_names_what_may_have_been_meant(browser) -> None:
    sent = {**WHOLE, "more_essential": "berkomunikasi"}
    answer = await (await browser(await builders.employer())).form("/partner/vacancies/new", sent)
    assert answer.status_code == 422
    assert (
        "“berkomunikasi” belum ada di daftar. Mungkin maksud Anda: Berkomunikasi dengan baik" in answer.text
    )


async def test_an_unknown_village_is_a_sentence_with_neighbours(browser) -> None:
    sent = {**WHOLE, "locality": "Cibinongg"}
    answer = await (await browser(await builders.employer())).form("/partner/vacancies/new", sent)
    assert answer.status_code == 422
    assert "“Cibinongg” belum kami kenal di Kab. Bogor. Mungkin maksud Anda: Cibinong" in answer.text


async def test_the_skills_of_the_trade_are_offered_without_losing_anything(browser) -> None:
    visitor = await browser(await builders.employer())
    sent = {**WHOLE, "to": "skills", "description": "setengah jadi"}
    answer = await visitor.form("/partner/vacancies/new", sent)
    assert answer.status_code == 200 and await Vacancy.count() == 0
    assert "setengah jadi" in answer.text and 'value="tumis-wajan"' in answer.text
    assert 'value="racik-bumbu" checked' in answer.text
    part = await visitor.form("/partner/vacancies/new", sent, htmx=True)
    assert part.text.lstrip().startswith('<div class="part" id="skills">') and "<html" not in part.text


@pytest.mark.parametrize(
    "apply_at",
    ["javascript:alert(1)", "data:text/html,x", "https://bank.id@jahat.example", "//jahat.example"],
)
async def test_a_script_or_disguised_link_is_refused_even_in_a_draft(browser, apply_at: str) -> None:
    sent = {**WHOLE, "to": "draft", "way": "direct", "apply_at": apply_at}
    answer = await (await browser(await builders.employer())).form("/partner/vacancies/new", sent)
    assert answer.status_code == 422 and await Vacancy.count() == 0


async def test_applying_directly_needs_an_address(browser) -> None:
    visitor = await browser(await builders.employer())
    answer = await visitor.form("/partner/vacancies/new", {**WHOLE, "way": "direct"})
    assert answer.status_code == 422 and "Tulis ke mana orang melamar" in answer.text
    answer = await visitor.form(
        "/partner/vacancies/new", {**WHOLE, "way": "direct", "apply_at": "www.contoh.id"}
    )
    assert answer.status_code == 303
    [vacancy] = await Vacancy.objects()
    assert vacancy.apply_at == "https://www.contoh.id"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 121),
        ("description", "x" * 5001),
        ("positions", "99999999999999999999999999"),
        ("positions", "-1"),
        ("wage_min", "9" * 400),
        ("experience", "1e9"),
        ("experience", "601"),
        ("education", "7"),
        ("closes_on", "9999-12-31"),
        ("closes_on", "kemarin"),
        ("employment_type", "slavery"),
        ("skck", "always"),
        ("way", "pigeon"),
        ("to", "published"),
        ("work_times", "noon"),
        ("occupation", "tak-ada"),
        ("more_essential", "\n".join(f"kata{number}" for number in range(200))),
    ],
)
async def test_hostile_values_are_answered_with_a_sentence(browser, field: str, value: str) -> None:
    answer = await (await browser(await builders.employer())).form(
        "/partner/vacancies/new", {**WHOLE, field: value}
    )
    assert answer.status_code == 422 and await Vacancy.count() == 0


async def test_nul_and_html_in_the_text_do_no_harm(browser) -> None:
    visitor = await browser(await builders.employer())
    sent = {**WHOLE, "title": "Juru\x00 masak <script>alert(1)</script>", "description": "<b>\x00\x1b tebal"}
    answer = await visitor.form("/partner/vacancies/new", sent)
    assert answer.status_code == 303
    read = await visitor.get(answer.headers["location"])
    assert "<script>alert(1)" not in read.text and "&lt;script&gt;" in read.text
    assert "\x00" not in read.text


async def test_an_edit_changes_the_draft_and_its_skills(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.DRAFT, essential=["teliti"])
    visitor = await browser(await builders.employer(partner))
    answer = await visitor.form(
        f"/partner/vacancies/{vacancy.id}",
        {**WHOLE, "to": "draft", "seen": await seen(vacancy), "more_essential": ""},
    )
    assert answer.status_code == 303
    await vacancy.refresh()
    assert (vacancy.title, vacancy.state) == ("Juru masak", VacancyState.DRAFT)
    assert await skills_of(vacancy) == {"racik-bumbu": "essential", "kerja-tim": "useful"}


async def test_saving_as_draft_takes_a_vacancy_back_from_review(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW)
    visitor = await browser(await builders.employer(partner))
    await visitor.form(
        f"/partner/vacancies/{vacancy.id}", {**WHOLE, "to": "draft", "seen": await seen(vacancy)}
    )
    await vacancy.refresh()
    assert vacancy.state == VacancyState.DRAFT


async def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.DRAFT)
    visitor = await browser(await builders.employer(partner))
    old = await seen(vacancy)
    await visitor.form(f"/partner/vacancies/{vacancy.id}", {**WHOLE, "to": "draft", "seen": old})
    late = {**WHOLE, "title": "Koki malam", "to": "draft", "seen": old}
    answer = await visitor.form(f"/partner/vacancies/{vacancy.id}", late)
    assert answer.status_code == 409 and "Koki malam" in answer.text and "baru saja berubah" in answer.text
    await vacancy.refresh()
    assert vacancy.title == "Juru masak"


async def test_a_vacancy_published_meanwhile_stays_as_it_was_approved(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner)
    visitor = await browser(await builders.employer(partner))
    answer = await visitor.form(f"/partner/vacancies/{vacancy.id}", {**WHOLE, "seen": await seen(vacancy)})
    assert answer.status_code == 409 and "Terbit" in answer.text
    await vacancy.refresh()
    assert vacancy.title == "Tukang las konstruksi"


async def test_an_employer_closes_and_reopens(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner)
    visitor = await browser(await builders.employer(partner))
    for to, state in (("closed", VacancyState.CLOSED), ("in_review", VacancyState.IN_REVIEW)):
        answer = await visitor.form(
            f"/partner/vacancies/{vacancy.id}/moves", {"to": to, "seen": await seen(vacancy)}
        )
        assert answer.status_code == 303
        await vacancy.refresh()
        assert vacancy.state == state


async def test_a_stale_move_changes_nothing_and_shows_the_fresh_block(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner)
    visitor = await browser(await builders.employer(partner))
    old = await seen(vacancy)
    await visitor.form(f"/partner/vacancies/{vacancy.id}/moves", {"to": "closed", "seen": old})
    answer = await visitor.form(
        f"/partner/vacancies/{vacancy.id}/moves", {"to": "filled", "seen": old}, htmx=True
    )
    assert answer.status_code == 409
    assert answer.text.lstrip().startswith('<div id="vacancy"') and "Ditutup" in answer.text
    await vacancy.refresh()
    assert vacancy.state == VacancyState.CLOSED


@pytest.mark.parametrize("to", ["published", "returned"])
async def test_an_employer_cannot_publish_or_return(browser, to: str) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.IN_REVIEW)
    answer = await (await browser(await builders.employer(partner))).form(
        f"/partner/vacancies/{vacancy.id}/moves", {"to": to, "seen": await seen(vacancy)}
    )
    assert answer.status_code == 409
    await vacancy.refresh()
    assert vacancy.state == VacancyState.IN_REVIEW


async def test_an_unfinished_draft_cannot_slip_into_review_by_a_move(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=VacancyState.DRAFT, title="Kasir, wanita")
    answer = await (await browser(await builders.employer(partner))).form(
        f"/partner/vacancies/{vacancy.id}/moves", {"to": "in_review", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 422 and "Jenis kelamin tidak boleh" in answer.text
    await vacancy.refresh()
    assert vacancy.state == VacancyState.DRAFT


async def test_an_unknown_move_is_no_move(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner)
    answer = await (await browser(await builders.employer(partner))).form(
        f"/partner/vacancies/{vacancy.id}/moves", {"to": "burnt", "seen": await seen(vacancy)}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("POST", "/moves")], ids=["read", "save", "move"]
)
async def test_a_foreign_vacancy_is_the_same_as_none(browser, method: str, path: str) -> None:
    foreign = await builders.vacancy(await builders.partner("PT Lain"))
    visitor = await browser(await builders.employer())
    data = {**WHOLE, "to": "closed", "seen": await seen(foreign)}
    answers = []
    for id in (foreign.id, 2_000_000_000):
        address = f"/partner/vacancies/{id}{path}"
        answers.append(await (visitor.get(address) if method == "GET" else visitor.form(address, dict(data))))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    await foreign.refresh()
    assert foreign.state == VacancyState.PUBLISHED


async def test_clients_staff_and_strangers_have_no_own_vacancies(browser) -> None:
    staff = await builders.staff()
    for actor in (staff, await builders.client(staff)):
        assert (await (await browser(actor)).get("/partner/vacancies")).status_code in (403, 404)
    assert (await (await browser()).get("/partner/vacancies")).status_code in (303, 401)


async def test_the_list_counts_unanswered_applications_leads_to_them_and_asks_a_fixed_number_of_times(
    browser, queries
) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, closes_on=date.today() + timedelta(days=3))
    for number, state in enumerate((State.SENT, State.INTERVIEW, State.WITHDRAWN), 1):
        client = await builders.client()
        record = await Client.objects().get(Client.id == client.client)
        await Application(
            vacancy=vacancy.id, client=record.id, number=number, state=state, card="{}", sent_by=client.person
        ).save()
    visitor = await browser(await builders.employer(partner))
    queries.clear()
    answer = await visitor.get("/partner/vacancies")
    assert "Jawab 1 lamaran" in answer.text and "Ditutup 3 hari lagi" in answer.text
    assert f'href="/partner/vacancies/{vacancy.id}/applications"' in answer.text
    asked = len(queries)
    for _ in range(5):
        await builders.vacancy(partner)
    queries.clear()
    await visitor.get("/partner/vacancies")
    assert len(queries) == asked <= 6


async def test_a_wage_below_the_minimum_is_a_question_and_not_an_error(browser) -> None:
    visitor = await browser(await builders.employer())
    answer = await visitor.form(
        "/partner/vacancies/new", {**WHOLE, "wage_min": "1500000", "wage_max": "1800000"}
    )
    assert answer.status_code == 303
    read = await visitor.get(answer.headers["location"])
    assert "Apakah ini usaha mikro atau kecil?" in read.text and "Rp2.317.601" in read.text


async def test_an_unverified_partner_can_draft_and_is_told_that_publishing_waits(browser) -> None:
    partner = await builders.partner()
    await Partner.update({Partner.verified_at: None}, force=True).where(Partner.id == partner.id)
    visitor = await browser(await builders.employer(partner))
    assert "belum diverifikasi" in (await visitor.get("/partner/vacancies/new")).text
    assert (await visitor.form("/partner/vacancies/new", dict(WHOLE))).status_code == 303

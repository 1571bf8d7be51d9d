"""An application, step by step, as each side sees and moves it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jobs import applications, cards, postings
from jobs.tables import Application, CheckIn, Placement, State, Vacancy, VacancyState
from portal.people import Actor
from portal.tables import Client, Event, Membership, Notice
from tests import builders

pytestmark = pytest.mark.anyio

TOMORROW = (date.today() + timedelta(days=1)).isoformat()
INVITATION = {
    "to": "interview",
    "interview_on": TOMORROW,
    "interview_time": "09:00",
    "interview_place": "Jl. Bengkel 1",
}
REFUSAL = {"to": "declined", "decline_reason": "skills", "decline_message": "Terima kasih sudah melamar."}


class Case:
    """One application with everybody around it."""

    staff: Actor
    client: Actor
    employer: Actor
    vacancy: Vacancy
    application: Application

    @property
    def path(self) -> str:
        return f"/applications/{self.application.id}"


async def applied(vacancy: Vacancy, client: Actor, **more: Any) -> Application:
    record = await Client.objects().get(Client.id == client.client)
    posting = await postings.read(vacancy.id)
    card = await cards.card_of(record, posting.document)
    return await applications.apply(vacancy, record, card=card, by=client, **more)


@pytest.fixture
async def case() -> Case:
    case = Case()
    case.staff = await builders.staff()
    case.client = await builders.client(case.staff, name="Zubaidah Wulandari", skills=["las-smaw"])
    partner = await builders.partner()
    case.employer = await builders.employer(partner)
    case.vacancy = await builders.vacancy(partner, essential=["las-smaw"])
    case.application = await applied(case.vacancy, case.client, note="Saya siap belajar.", starts="segera")
    return case


async def put(case: Case, state: State, **more: Any) -> None:
    facts = {"state": state, "decline_reason": "skills", "decline_message": "Terima kasih, ya.", **more}
    await Application.update(facts, force=True).where(Application.id == case.application.id)


async def state_of(case: Case) -> str:
    [row] = await Application.select(Application.state).where(Application.id == case.application.id)
    return row["state"]


async def visit(browser: Any, actor: Actor, path: str = "/me") -> Any:
    """Somebody signed in who has already read a page, and so may send forms."""
    visitor = await browser(actor)
    await visitor.get(path)
    return visitor


async def test_the_employer_invites_and_the_client_reads_when_and_where(browser, case: Case) -> None:
    employer = await visit(browser, case.employer, case.path)
    answer = await employer.form(f"{case.path}/moves", {**INVITATION, "seen": "sent"})
    assert answer.status_code == 303 and answer.headers["location"] == case.path
    assert "Zubaidah Wulandari" in (await employer.get(case.path)).text
    html = (await (await browser(case.client)).get(case.path)).text
    assert "Anda diundang wawancara" in html and "pukul 09.00 WIB" in html and "Jl. Bengkel 1" in html
    assert "nama dan kontak kini terlihat oleh pemberi kerja ini" in html
    assert await Notice.exists().where((Notice.person == case.client.person) & (Notice.kind == "interview"))


async def test_an_interview_is_kept_on_the_clock_of_the_workplace(browser, case: Case) -> None:
    await Vacancy.update({Vacancy.region: "73.71"}).where(Vacancy.id == case.vacancy.id)
    employer = await visit(browser, case.employer, case.path)
    await employer.form(f"{case.path}/moves", {**INVITATION, "seen": "sent"})
    [row] = await Application.select(Application.interview_at)
    assert row["interview_at"].astimezone(UTC).hour == 1
    assert "pukul 09.00 WITA" in (await employer.get(case.path)).text


@pytest.mark.parametrize(
    "change, said",
    [
        ({"interview_on": ""}, "Pilih tanggal wawancara."),
        ({"interview_on": "besok"}, "Pilih tanggal wawancara."),
        ({"interview_on": "2020-01-01"}, "Waktu ini sudah lewat."),
        ({"interview_on": "0001-01-01"}, "Waktu ini sudah lewat."),
        ({"interview_time": "25:99"}, "Tulis jamnya"),
        ({"interview_place": "  "}, "Tulis di mana wawancaranya."),
    ],
)
async def test_an_invitation_needs_a_time_to_come_and_a_place(browser, case: Case, change, said) -> None:
    employer = await visit(browser, case.employer, case.path)
    answer = await employer.form(f"{case.path}/moves", {**INVITATION, "seen": "sent", **change})
    assert answer.status_code == 422 and said in answer.text
    assert "Jl. Bengkel 1" in answer.text or "interview_place" in change
    assert await state_of(case) == State.SENT


async def test_a_refusal_needs_a_reason_and_kind_words(browser, case: Case) -> None:
    employer = await visit(browser, case.employer, case.path)
    answer = await employer.form(
        f"{case.path}/moves", {"to": "declined", "seen": "sent", "employer_note": "Simpan"}
    )
    assert answer.status_code == 422 and "Perbaiki 2 hal" in answer.text and 'value="Simpan"' in answer.text
    assert await state_of(case) == State.SENT


async def test_a_refusal_reaches_the_client_in_kind_words_and_its_private_note_does_not(
    browser, case: Case
) -> None:
    employer = await visit(browser, case.employer, case.path)
    secret = "Catatan rahasia tim"
    await employer.form(f"{case.path}/moves", {**REFUSAL, "seen": "sent", "employer_note": secret})
    html = (await (await browser(case.client)).get(case.path)).text
    assert "Kali ini belum terpilih" in html and REFUSAL["decline_message"] in html
    assert "keterampilan belum sesuai" in html and secret not in html and "ditolak" not in html
    assert secret in (await employer.get(case.path)).text
    assert secret not in (await (await browser(case.staff)).get(case.path)).text


async def test_the_suggested_words_follow_every_reason() -> None:
    from jobs.moving import KIND_WORDS
    from jobs.tables import DeclineReason

    assert set(KIND_WORDS) == {"", *DeclineReason} and all(
        len(words) <= 1000 for words in KIND_WORDS.values()
    )


async def test_a_hire_begins_a_placement_and_can_be_taken_back(browser, case: Case) -> None:
    await put(case, State.OFFERED)
    employer = await visit(browser, case.employer, case.path)
    await employer.form(f"{case.path}/moves", {"to": "hired", "seen": "offered"})
    assert await Placement.count() == 1 and await CheckIn.count() == 4
    await employer.form(f"{case.path}/moves", {"to": "offered", "seen": "hired"})
    assert await Placement.count() == 0 and await state_of(case) == State.OFFERED


async def test_a_hire_whose_check_ins_have_begun_says_why_it_stays(browser, case: Case) -> None:
    await put(case, State.OFFERED)
    employer = await visit(browser, case.employer, case.path)
    await employer.form(f"{case.path}/moves", {"to": "hired", "seen": "offered"})
    found = {"done_on": date.today(), "finding": "working", "source": "client", "done_by": case.staff.person}
    await CheckIn.update(found, force=True).where(CheckIn.day == 7)
    answer = await employer.form(f"{case.path}/moves", {"to": "offered", "seen": "hired"})
    assert answer.status_code == 409 and "tidak bisa diurungkan" in answer.text
    assert await state_of(case) == State.HIRED


async def test_a_stale_move_answers_with_the_fresh_state_and_changes_nothing(browser, case: Case) -> None:
    employer = await visit(browser, case.employer, case.path)
    await put(case, State.WITHDRAWN)
    events = await Event.count()
    for htmx in (True, False):
        answer = await employer.form(f"{case.path}/moves", {**INVITATION, "seen": "sent"}, htmx=htmx)
        assert answer.status_code == 409 and "Keadaan sudah berubah" in answer.text
        assert "Dibatalkan oleh kandidat" in answer.text and ("<!doctype" in answer.text) != htmx
    assert await state_of(case) == State.WITHDRAWN and await Event.count() == events


async def test_two_taps_on_one_move_make_one_move(browser, case: Case) -> None:
    employer = await visit(browser, case.employer, case.path)
    statuses = [
        (await employer.form(f"{case.path}/moves", {"to": "in_review", "seen": "sent"})).status_code
        for _ in range(2)
    ]
    assert statuses == [303, 409]
    assert await Event.count().where(Event.subject == f"application:{case.application.id}") == 2


@pytest.mark.parametrize(
    "sent", [{}, {"to": "moon", "seen": "sent"}, {"to": "hired"}, {"seen": "x", "to": "declined"}]
)
async def test_a_form_that_makes_no_sense_is_answered_and_changes_nothing(browser, case: Case, sent) -> None:
    for actor in (case.employer, case.client, case.staff):
        visitor = await visit(browser, actor, case.path)
        assert (await visitor.form(f"{case.path}/moves", sent)).status_code == 422
    assert await state_of(case) == State.SENT


async def test_nobody_moves_what_is_not_theirs_to_move(browser, case: Case) -> None:
    client = await visit(browser, case.client, case.path)
    assert (await client.form(f"{case.path}/moves", {"to": "hired", "seen": "interview"})).status_code == 409
    employer = await visit(browser, case.employer, case.path)
    assert (await employer.form(f"{case.path}/moves", {"to": "withdrawn", "seen": "sent"})).status_code == 409
    assert await state_of(case) == State.SENT


async def test_the_client_withdraws_with_a_reason_of_their_own_and_sends_again(browser, case: Case) -> None:
    client = await visit(browser, case.client, case.path)
    why = "Sudah dapat pekerjaan lain"
    await client.form(f"{case.path}/moves", {"to": "withdrawn", "seen": "sent", "withdrawal_note": why})
    assert why in (await client.get(case.path)).text
    assert why not in (await (await browser(case.employer)).get(case.path)).text
    answer = await client.form(f"{case.path}/moves", {"to": "sent", "seen": "withdrawn"}, htmx=True)
    assert answer.status_code == 200 and "Lamaran terkirim lagi." in answer.text
    assert await state_of(case) == State.SENT


async def test_a_withdrawn_application_to_a_closed_vacancy_stays_withdrawn(browser, case: Case) -> None:
    await put(case, State.WITHDRAWN)
    await Vacancy.update({Vacancy.state: VacancyState.CLOSED}).where(Vacancy.id == case.vacancy.id)
    client = await visit(browser, case.client, case.path)
    answer = await client.form(f"{case.path}/moves", {"to": "sent", "seen": "withdrawn"})
    assert answer.status_code == 409 and "sudah ditutup" in answer.text


async def test_a_caseworker_of_the_office_withdraws_for_the_client(browser, case: Case) -> None:
    colleague = await builders.staff(await _office_of(case.staff))
    visitor = await visit(browser, colleague, case.path)
    assert "Zubaidah Wulandari" in (await visitor.get(case.path)).text
    answer = await visitor.form(f"{case.path}/moves", {"to": "withdrawn", "seen": "sent"})
    assert answer.status_code == 303 and await state_of(case) == State.WITHDRAWN
    assert "oleh pendamping" in (await (await browser(case.client)).get(case.path)).text
    assert "pendamping" not in (await (await browser(case.employer)).get(case.path)).text


async def _office_of(actor: Actor) -> Any:
    from portal.tables import Organisation

    return await Organisation.objects().get(Organisation.id == actor.organisation)


async def test_other_peoples_applications_are_the_same_page_as_unknown_ones(browser, case: Case) -> None:
    strangers = [await builders.client(), await builders.employer(), await builders.staff()]
    for actor in strangers:
        visitor = await visit(browser, actor)
        foreign, unknown = await visitor.get(case.path), await visitor.get("/applications/99999999")
        assert foreign.status_code == unknown.status_code == 404 and foreign.text == unknown.text
        await visitor.get("/vacancies/" + str(case.vacancy.id))
        assert (
            await visitor.form(f"{case.path}/moves", {"to": "withdrawn", "seen": "sent"})
        ).status_code == 404
    assert await state_of(case) == State.SENT


async def test_an_employer_who_left_sees_nothing_any_more(browser, case: Case) -> None:
    visitor = await browser(case.employer)
    await Membership.update({Membership.until: date.today() - timedelta(days=1)}).where(
        Membership.id == case.employer.membership
    )
    assert (await visitor.get(case.path)).status_code == 303


async def test_a_swapped_block_is_the_block_of_the_page(browser, case: Case) -> None:
    employer = await visit(browser, case.employer, case.path)
    part = (await employer.form(f"{case.path}/moves", {"to": "in_review", "seen": "sent"}, htmx=True)).text
    whole = (await employer.get(case.path)).text
    first = part[part.index("<section") : part.index("</section>")].split(
        '<div hx-swap-oob="beforeend:#toasts">'
    )[0]
    assert first.strip() in whole
    moves = part[part.index('<section class="flow" id="moves"') :].replace(' hx-swap-oob="true"', "")
    assert moves.strip() in whole


async def test_the_client_list_puts_their_turn_first(browser, case: Case) -> None:
    other = await builders.vacancy(title="Barista")
    await applied(other, case.client)
    await put(case, State.INTERVIEW, interview_at=datetime(2030, 1, 7, 2, 0, tzinfo=UTC), interview_place="x")
    html = (await (await browser(case.client)).get("/applications")).text
    assert (
        html.index("Giliran Anda")
        < html.index("Tukang las")
        < html.index("Menunggu jawaban")
        < html.index("Barista")
    )
    assert "Senin, 7 Januari 2030, pukul 09.00 WIB" in html


async def test_an_empty_list_says_what_to_do_next(browser) -> None:
    html = (await (await browser(await builders.client())).get("/applications")).text
    assert "Belum ada lamaran" in html and 'href="/matches"' in html


class TestInbox:
    async def test_rows_wait_longest_first_and_late_ones_stand_apart(self, browser, case: Case) -> None:
        late = await applied(case.vacancy, await builders.client())
        ago = datetime.now(UTC) - timedelta(days=10, hours=1)
        await Application.update({Application.sent_at: ago}).where(Application.id == late.id)
        html = (await (await browser(case.employer)).get("/partner/applications")).text
        assert (
            "2 lamaran menunggu jawaban" in html and "Terlambat 3 hari" in html and "menunggu 10 hari" in html
        )
        assert html.index("Kandidat 2") < html.index("Kandidat 1<")

    async def test_tabs_hold_what_their_names_say(self, browser, case: Case) -> None:
        visitor = await browser(case.employer)
        for state, tab in ((State.OFFERED, "interview"), (State.DECLINED, "settled"), (State.SENT, "todo")):
            await put(case, state)
            for each in ("todo", "interview", "settled"):
                html = (await visitor.get(f"/partner/applications?tab={each}")).text
                assert ("Kandidat 1" in html) == (each == tab)

    @pytest.mark.parametrize(
        "open, said", [("decline", "Kabari kandidat 1"), ("interview", "Undang kandidat 1")]
    )
    async def test_an_answer_opens_in_place_with_and_without_script(
        self, browser, case: Case, open, said
    ) -> None:
        visitor = await browser(case.employer)
        address = f"/partner/applications?application={case.application.id}&open={open}"
        page = await visitor.get(address)
        part = await visitor.get(address, headers={"HX-Request": "true"})
        assert said in page.text and "<!doctype" in page.text
        assert said in part.text and part.text.strip().startswith("<li") and "<!doctype" not in part.text

    async def test_a_quick_refusal_comes_back_as_its_row_and_can_be_taken_back(
        self, browser, case: Case
    ) -> None:
        visitor = await visit(browser, case.employer, "/partner/applications")
        path = f"/partner/applications/{case.application.id}/moves"
        answer = await visitor.form(path, {**REFUSAL, "seen": "sent"}, htmx=True)
        assert (
            answer.status_code == 200
            and "Jawaban terkirim." in answer.text
            and "Urungkan jawaban" in answer.text
        )
        answer = await visitor.form(f"{path}?tab=settled", {"to": "in_review", "seen": "declined"})
        assert answer.status_code == 303 and answer.headers["location"] == "/partner/applications?tab=settled"
        assert await state_of(case) == State.IN_REVIEW

    async def test_an_answer_in_a_row_brings_the_heading_and_the_counts_along(
        self, browser, case: Case
    ) -> None:
        await put(case, State.SENT)
        employer = await browser(case.employer)
        assert "1 lamaran menunggu jawaban" in (await employer.get("/partner/applications")).text
        path = f"/partner/applications/{case.application.id}/moves"
        text = (await employer.form(path, {**REFUSAL, "seen": "sent"}, htmx=True)).text
        assert 'id="inbox-head" hx-swap-oob="true"' in text
        assert "Semua lamaran sudah dijawab" in text and "Perlu dijawab 0" in text and "Selesai 1" in text

    @pytest.mark.parametrize("htmx", [True, False])
    async def test_a_bad_quick_answer_stays_open_with_its_errors(self, browser, case: Case, htmx) -> None:
        visitor = await visit(browser, case.employer, "/partner/applications")
        path = f"/partner/applications/{case.application.id}/moves?within={case.vacancy.id}"
        answer = await visitor.form(
            path, {"to": "declined", "seen": "sent", "decline_message": "Halo"}, htmx=htmx
        )
        assert answer.status_code == 422 and "Pilih satu alasan." in answer.text and "Halo" in answer.text
        assert f'href="#a{case.application.id}-decline_reason"' in answer.text
        assert ("<!doctype" in answer.text) != htmx

    async def test_a_stale_quick_answer_shows_the_fresh_row(self, browser, case: Case) -> None:
        visitor = await visit(browser, case.employer, "/partner/applications")
        await put(case, State.WITHDRAWN)
        path = f"/partner/applications/{case.application.id}/moves"
        answer = await visitor.form(path, {**REFUSAL, "seen": "sent"}, htmx=True)
        assert (
            answer.status_code == 409
            and "Keadaan sudah berubah" in answer.text
            and "Dibatalkan" in answer.text
        )

    async def test_one_vacancy_narrows_it_and_other_peoples_vacancies_are_not_there(
        self, browser, case: Case
    ) -> None:
        visitor = await browser(case.employer)
        other = await builders.vacancy(await _partner_of(case), title="Penjaga toko")
        assert "Kandidat 1" in (await visitor.get(f"/partner/vacancies/{case.vacancy.id}/applications")).text
        html = (await visitor.get(f"/partner/vacancies/{other.id}/applications")).text
        assert "Kandidat 1" not in html and "Semua lamaran sudah dijawab" in html
        foreign = await builders.vacancy()
        texts = {
            (await visitor.get(f"/partner/vacancies/{id}/applications")).text
            for id in (foreign.id, 99_999_999)
        }
        assert (
            len(texts) == 1
            and (await visitor.get(f"/partner/vacancies/{foreign.id}/applications")).status_code == 404
        )

    async def test_addresses_with_nonsense_are_the_first_page(self, browser, case: Case) -> None:
        visitor = await browser(case.employer)
        address = "/partner/applications?tab=x&page=-3&application=abc&open=zzz"
        answer = await visitor.get(address)
        assert answer.status_code == 200 and "Kandidat 1" in answer.text

    async def test_it_is_for_employers(self, browser, case: Case) -> None:
        for actor in (case.client, case.staff):
            assert (await (await browser(actor)).get("/partner/applications")).status_code == 403


async def _partner_of(case: Case) -> Any:
    from partners.tables import Partner

    return await Partner.objects().get(Partner.id == case.vacancy.partner)


@pytest.mark.parametrize("applicants", [1, 6])
async def test_lists_take_as_many_queries_for_one_row_as_for_many(
    browser, queries, case: Case, applicants
) -> None:
    for number in range(applicants - 1):
        await applied(case.vacancy, await builders.client())
        await applied(await builders.vacancy(title=f"Lowongan {number}"), case.client)
    counts = {}
    for actor, path in (
        (case.employer, "/partner/applications"),
        (case.employer, f"/partner/vacancies/{case.vacancy.id}/applications"),
        (case.client, "/applications"),
        (case.employer, case.path),
        (case.client, case.path),
        (case.staff, case.path),
    ):
        visitor = await browser(actor)
        queries.clear()
        assert (await visitor.get(path)).status_code == 200
        counts[f"{actor.role} {path.replace(str(case.application.id), 'ID')}"] = len(queries)
    assert list(counts.values()) == [3, 3, 3, 4, 4, 4], counts

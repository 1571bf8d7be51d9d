"""Who is due, what was found, what can be taken back, and work begun outside the portal."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from asyncpg import CheckViolationError

from jobs import due, placements
from jobs.due import Scope
from jobs.tables import Application, CheckIn, EndReason, Finding, Placement, State
from portal.clock import WIB
from portal.people import Actor
from portal.tables import Client, Event, Organisation
from tests import builders
from tests.web.conftest import Browser, once_of

pytestmark = pytest.mark.anyio

TODAY = date.today()


class Work:
    """A client at work, their caseworker, and the caseworker's browser."""

    staff: Actor
    client: Actor
    placement: Placement
    browser: Browser

    async def check_in(self, day: int = 7) -> CheckIn:
        found = await CheckIn.objects().get((CheckIn.placement == self.placement.id) & (CheckIn.day == day))
        assert found
        return found

    async def record(self, day: int = 7, *, htmx: bool = False, **fields: Any) -> Any:
        check_in = await self.check_in(day)
        sent = {"finding": "working", "source": "client", "view": "mine", **fields}
        return await self.browser.form(f"/check-ins/{check_in.id}/findings", sent, htmx=htmx)


async def begun(staff: Actor, client: Actor, started_on: date, **facts: Any) -> Placement:
    assert client.client
    values = {"employer_name": "CV Logam Contoh", "title": "Tukang las", **facts}
    return await placements.begin_work(client.client, by=staff, started_on=started_on, **values)


@pytest.fixture
async def work(browser) -> Work:
    work = Work()
    work.staff = await builders.staff(name="Rina Melati")
    work.client = await builders.client(work.staff, name="Fajar Maulana")
    work.placement = await begun(work.staff, work.client, TODAY - timedelta(days=9))
    work.browser = await browser(work.staff)
    await work.browser.get("/due")
    return work


@pytest.mark.parametrize(
    ("started", "found"),
    [
        (date(2026, 5, 2), {"late": [], "today": [], "soon": []}),  # Day 7 is the 9th: in eight days.
        (date(2026, 5, 1), {"late": [], "today": [], "soon": [7]}),
        (date(2026, 4, 25), {"late": [], "today": [], "soon": [7]}),
        (date(2026, 4, 24), {"late": [], "today": [7], "soon": []}),
        (date(2026, 4, 23), {"late": [7], "today": [], "soon": []}),
        (date(2026, 4, 1), {"late": [7], "today": [30], "soon": []}),
        (date(2026, 1, 31), {"late": [7, 30], "today": [90], "soon": []}),
    ],
)
async def test_a_check_in_is_late_due_or_soon_by_its_day(started: date, found: dict[str, list[int]]) -> None:
    staff = await builders.staff()
    await begun(staff, await builders.client(staff), started)
    agenda = await due.agenda(staff, Scope.MINE, date(2026, 5, 1))
    assert {name: [row["day"] for row in getattr(agenda, name)] for name in found} == found


async def test_the_list_is_about_the_own_clients_or_the_whole_office_and_no_other(
    work: Work, browser
) -> None:
    office = await Organisation.objects().get(Organisation.id == work.staff.organisation)
    colleague = await builders.staff(office)
    theirs = await builders.client(colleague, name="Sri Wahyuni")
    await begun(colleague, theirs, TODAY - timedelta(days=8))
    elsewhere = await builders.staff()
    await begun(elsewhere, await builders.client(elsewhere, name="Orang Lain"), TODAY - timedelta(days=8))
    mine = (await work.browser.get("/due")).text
    assert "Fajar Maulana" in mine and "Sri Wahyuni" not in mine and "Orang Lain" not in mine
    whole = (await work.browser.get("/due?scope=office")).text
    assert "Fajar Maulana" in whole and "Sri Wahyuni" in whole and "Orang Lain" not in whole


async def test_a_row_says_who_what_where_since_when_and_how_to_reach_them(work: Work) -> None:
    await Client.update({Client.contact_note: "HP kakaknya. Hubungi sore."}).where(
        Client.id == work.client.client
    )
    html = (await work.browser.get("/due")).text
    for words in (
        "Fajar Maulana",
        "Terlambat 2 hari",
        "Cek kerja 7 hari",
        "Tukang las, CV Logam Contoh",
        "HP kakaknya. Hubungi sore.",
    ):
        assert words in html
    assert "<title>Hari ini" in html


async def test_a_client_whose_accompaniment_ended_is_asked_nothing_more(work: Work) -> None:
    await Client.update({Client.closed_on: TODAY}).where(Client.id == work.client.client)
    assert "Fajar Maulana" not in (await work.browser.get("/due")).text


async def test_the_form_opens_in_place_with_and_without_script(work: Work) -> None:
    check_in = await work.check_in()
    address = f"/due?open={check_in.id}"
    whole = (await work.browser.get(address)).text
    assert f'action="/check-ins/{check_in.id}/findings"' in whole and "<!doctype" in whole
    part = await work.browser.get(address, headers={"HX-Request": "true"})
    assert "<!doctype" not in part.text and "HX-Request" in part.headers["vary"]
    assert without_keys(part.text).strip() in without_keys(whole)


def without_keys(html: str) -> str:
    return re.sub(r'name="(once|_csrf_token)" value="[^"]*"', "", html)


async def test_a_finding_is_recorded_with_its_source_and_the_next_one_opens(work: Work) -> None:
    other = await builders.client(work.staff, name="Bayu Saputra")
    following = await begun(work.staff, other, TODAY - timedelta(days=7))
    answer = await work.record(note="Senang.")
    following_id = (
        await CheckIn.select(CheckIn.id).where((CheckIn.placement == following.id) & (CheckIn.day == 7))
    )[0]["id"]
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/due?scope=mine&open={following_id}"
    check_in = await work.check_in()
    assert (check_in.finding, check_in.source, check_in.note) == ("working", "client", "Senang.")
    assert (check_in.done_on, check_in.done_by) == (TODAY, work.staff.person)
    page = (await work.browser.get(answer.headers["location"])).text
    assert "Tercatat: masih bekerja." in page
    assert f'action="/check-ins/{following_id}/findings"' in page
    assert "Sudah Anda catat hari ini" in page


async def test_the_swapped_list_is_the_reloaded_list(work: Work) -> None:
    other = await builders.client(work.staff, name="Bayu Saputra")
    await begun(work.staff, other, TODAY - timedelta(days=7))
    part = await work.record(htmx=True)
    assert part.status_code == 200 and "<!doctype" not in part.text
    assert 'hx-swap-oob="beforeend:#toasts"' in part.text and "Tercatat: masih bekerja." in part.text
    whole = (await work.browser.get(part.headers["hx-replace-url"])).text
    block = part.text[: part.text.index('<div hx-swap-oob="beforeend:#toasts">')]
    assert without_keys(block).strip() in without_keys(whole)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"finding": ""}, "Pilih bagaimana pekerjaannya."),
        ({"finding": "happy"}, "Pilih bagaimana pekerjaannya."),
        ({"source": ""}, "Pilih dari siapa Anda tahu."),
        ({"finding": "left"}, "Pilih alasannya."),
        ({"finding": "left", "end_reason": "family"}, "Tulis hari terakhir bekerja"),
        (
            {"finding": "changed", "end_reason": "wage", "ended_on": str(TODAY + timedelta(days=1))},
            "Tanggal ini belum tiba.",
        ),
        (
            {"finding": "left", "end_reason": "wage", "ended_on": str(TODAY - timedelta(days=10))},
            "Lebih awal daripada hari mulainya.",
        ),
        ({"finding": "left", "end_reason": "wage", "ended_on": "kemarin"}, "Tulis tanggal yang benar"),
    ],
)
@pytest.mark.parametrize("view", ["mine", "placement"])
async def test_a_finding_that_does_not_add_up_changes_nothing_and_comes_back(
    work: Work, fields: dict[str, str], sentence: str, view: str
) -> None:
    answer = await work.record(**{**fields, "note": "Kata kakaknya begitu.", "view": view})
    assert answer.status_code == 422
    assert sentence in answer.text and "Kata kakaknya begitu." in answer.text
    assert (await work.check_in()).done_on is None
    await work.placement.refresh()
    assert work.placement.ended_on is None


async def test_somebody_who_could_not_be_reached_needs_no_source_and_keeps_none(work: Work) -> None:
    assert (await work.record(finding="unreachable", source="")).status_code == 303
    assert (await work.check_in()).finding == Finding.UNREACHABLE
    await work.record(30, finding="unreachable", source="client")
    assert (await work.check_in(30)).source is None


@pytest.mark.parametrize("finding", ["left", "changed"])
async def test_leaving_ends_the_placement_and_asking_goes_on(work: Work, finding: str) -> None:
    last = TODAY - timedelta(days=1)
    assert (await work.record(finding=finding, end_reason="distance", ended_on=str(last))).status_code == 303
    await work.placement.refresh()
    assert (work.placement.ended_on, work.placement.end_reason) == (last, EndReason.DISTANCE)
    assert (await work.record(30, finding="left")).status_code == 303
    await work.placement.refresh()
    assert work.placement.ended_on == last
    page = (await work.browser.get("/due")).text
    assert ("Catat pekerjaan barunya" in page) == (finding == "changed")


async def test_two_taps_record_once_and_a_stale_form_changes_nothing(work: Work) -> None:
    check_in = await work.check_in()
    key = once_of((await work.browser.get(f"/due?open={check_in.id}")).text)
    for _ in range(2):
        assert (await work.record(once=key)).status_code == 303
    events = await Event.count()
    for view in ("mine", "placement"):
        stale = await work.record(finding="unreachable", source="", view=view)
        assert stale.status_code == 409
        assert "sudah dicatat" in stale.text and "keadaan terbaru" in stale.text
    assert (await work.check_in()).finding == Finding.WORKING
    assert await Event.count() == events


async def test_a_misclick_is_taken_back_the_same_day_by_who_made_it(work: Work, browser) -> None:
    await work.record(finding="left", end_reason="wage", ended_on=str(TODAY))
    check_in = await work.check_in()
    address = f"/check-ins/{check_in.id}/finding-undo"
    office = await Organisation.objects().get(Organisation.id == work.staff.organisation)
    colleague = await browser(await builders.staff(office))
    await colleague.get("/due")
    assert (await colleague.form(address, {"view": "office"})).status_code == 409
    answer = await work.browser.form(address, {"view": "mine"})
    assert answer.headers["location"] == f"/due?scope=mine&open={check_in.id}"
    check_in = await work.check_in()
    assert (check_in.done_on, check_in.finding, check_in.source, check_in.done_by) == (None,) * 4
    await work.placement.refresh()
    assert (work.placement.ended_on, work.placement.end_reason) == (None, None)
    assert (await work.browser.form(address, {"view": "mine"})).status_code == 409
    assert (await work.record()).status_code == 303


async def test_yesterdays_finding_stays(work: Work) -> None:
    await work.record()
    check_in = await work.check_in()
    await CheckIn.update({CheckIn.done_on: TODAY - timedelta(days=1)}).where(CheckIn.id == check_in.id)
    answer = await work.browser.form(f"/check-ins/{check_in.id}/finding-undo", {"view": "placement"})
    assert answer.status_code == 409 and "pada hari yang sama" in answer.text
    assert (await work.check_in()).finding == Finding.WORKING


async def test_taking_a_finding_back_leaves_an_end_that_came_before_it(work: Work) -> None:
    await work.browser.form(
        f"/placements/{work.placement.id}/ending", {"end_reason": "family", "ended_on": str(TODAY)}
    )
    await work.record(finding="left")
    check_in = await work.check_in()
    await work.browser.form(f"/check-ins/{check_in.id}/finding-undo", {"view": "mine"})
    await work.placement.refresh()
    assert work.placement.ended_on == TODAY


async def test_a_placement_shows_its_path_and_how_well_each_step_is_known(work: Work) -> None:
    await work.record(source="document", note="Slip gaji dilihat.")
    page = (await work.browser.get(f"/placements/{work.placement.id}")).text
    for words in (
        "Mulai bekerja",
        "di luar portal",
        "Cek kerja 7 hari: masih bekerja",
        "Bukti 4 dari 4: dokumen",
        "Slip gaji dilihat.",
        "Cek kerja 180 hari",
    ):
        assert words in page
    assert "<title>Penempatan" in page


async def test_a_check_in_answered_early_says_so(work: Work) -> None:
    await work.record(30)
    page = (await work.browser.get(f"/placements/{work.placement.id}")).text
    assert "21 hari lebih awal" in page


async def test_an_end_is_recorded_once_and_can_be_taken_back(work: Work) -> None:
    address = f"/placements/{work.placement.id}"
    bad = await work.browser.form(
        f"{address}/ending", {"end_reason": "", "ended_on": str(TODAY + timedelta(days=1))}
    )
    assert bad.status_code == 422 and "Pilih alasannya." in bad.text
    end = {"end_reason": "contract_ended", "ended_on": str(TODAY)}
    assert (await work.browser.form(f"{address}/ending", end)).status_code == 303
    stale = await work.browser.form(f"{address}/ending", end)
    assert stale.status_code == 409 and "sudah berakhir" in stale.text
    assert "Urungkan akhir kerja" in (await work.browser.get(address)).text
    assert (await work.browser.form(f"{address}/ending-undo", {})).status_code == 303
    await work.placement.refresh()
    assert work.placement.ended_on is None
    assert (await work.browser.form(f"{address}/ending-undo", {})).status_code == 409


OUTSIDE = {
    "kind": "own",
    "title": "Jualan bakso",
    "started_on": str(TODAY),
    "wage": "Rp2.500.000",
}


async def test_a_business_of_ones_own_is_a_placement_with_all_its_check_ins(work: Work) -> None:
    address = f"/clients/{work.client.client}/placements/new"
    key = once_of((await work.browser.get(address)).text)
    for _ in range(2):
        answer = await work.browser.form(address, {**OUTSIDE, "once": key})
        assert answer.status_code == 303
    [placement] = await Placement.objects().where(Placement.title == "Jualan bakso")
    assert answer.headers["location"] == f"/placements/{placement.id}"
    assert (placement.kind, placement.employer_name, placement.wage) == ("own", "", 2_500_000)
    days = await CheckIn.select(CheckIn.day).where(CheckIn.placement == placement.id).order_by(CheckIn.day)
    assert [row["day"] for row in days] == [7, 30, 90, 180]
    assert "Usaha sendiri" in (await work.browser.get(answer.headers["location"])).text


async def test_the_words_for_the_work_find_its_trade_or_leave_it_open(work: Work) -> None:
    address = f"/clients/{work.client.client}/placements/new"
    await work.browser.form(address, {**OUTSIDE, "title": "tukang las"})
    await work.browser.form(address, {**OUTSIDE, "title": "serba-serbi di pasar"})
    rows = await Placement.select(Placement.title, Placement.occupation).where(Placement.kind == "own")
    assert {row["title"]: row["occupation"] for row in rows} == {
        "tukang las": "tukang-las",
        "serba-serbi di pasar": None,
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Pilih jenisnya."),
        ({"kind": "employed"}, "Tulis nama tempat kerjanya."),
        ({"title": ""}, "Wajib diisi."),
        ({"started_on": str(TODAY + timedelta(days=31))}, "Terlalu jauh di depan."),
        ({"started_on": "2025-05-31"}, "Lebih awal daripada catatan klien ini dibuka."),
        ({"wage": "banyak"}, "Tulis angka rupiah sebulan"),
        ({"occupation": "xyzzy"}, "Kata ini belum kami kenal."),
    ],
)
async def test_work_that_does_not_add_up_comes_back_as_typed(
    work: Work, fields: dict[str, str], sentence: str
) -> None:
    address = f"/clients/{work.client.client}/placements/new"
    answer = await work.browser.form(address, {**OUTSIDE, **fields})
    assert answer.status_code == 422 and sentence in answer.text
    assert fields.get("title", "Jualan bakso") in answer.text
    assert not await Placement.exists().where(Placement.kind == "own")


async def test_work_may_be_noted_up_to_30_days_ahead_and_from_the_day_of_the_record(work: Work) -> None:
    address = f"/clients/{work.client.client}/placements/new"
    for day in (TODAY + timedelta(days=30), date(2025, 6, 1)):
        answer = await work.browser.form(address, {**OUTSIDE, "started_on": str(day)})
        assert answer.status_code == 303


async def test_the_database_knows_no_other_kind_of_work(work: Work) -> None:
    with pytest.raises(CheckViolationError):
        await Placement.update({Placement.kind: "criminal"}).where(Placement.id == work.placement.id)


async def test_the_page_counts_what_waits_and_names_the_interviews_of_today(work: Work) -> None:
    vacancy = await builders.vacancy(title="Operator jahit")
    other = await builders.client(work.staff, name="Yuni Astuti")
    for number, (client, state) in enumerate(((work.client, State.SENT), (other, State.INTERVIEW)), start=1):
        await Application(
            vacancy=vacancy.id,
            client=client.client,
            number=number,
            card={},
            sent_by=client.person,
            state=state,
            interview_at=datetime.now(UTC) if state == State.INTERVIEW else None,
        ).save()
    agenda = await due.agenda(work.staff, Scope.MINE, datetime.now(UTC).astimezone(WIB).date())
    assert agenda.waiting == 1
    assert [row["name"] for row in agenda.interviews] == ["Yuni Astuti"]
    yesterday = datetime.now(UTC).astimezone(WIB).date() - timedelta(days=1)
    assert (await due.agenda(work.staff, Scope.MINE, yesterday)).interviews == []


async def test_foreign_offices_find_nothing_and_others_are_not_let_in(work: Work, browser) -> None:
    check_in = await work.check_in()
    reads = [f"/placements/{work.placement.id}", f"/clients/{work.client.client}/placements/new"]
    writes = [
        f"/check-ins/{check_in.id}/findings",
        f"/check-ins/{check_in.id}/finding-undo",
        f"/placements/{work.placement.id}/ending",
        f"/placements/{work.placement.id}/ending-undo",
        f"/clients/{work.client.client}/placements/new",
    ]
    for actor, status in (
        (await builders.staff(), 404),
        (await builders.employer(), 403),
        (work.client, 403),
    ):
        visitor = await browser(actor)
        for address in reads:
            assert (await visitor.get(address)).status_code == status
        for address in writes:
            answer = await visitor.form(address, {"finding": "unreachable", **OUTSIDE})
            assert answer.status_code == status
    for actor in (await builders.employer(), work.client):
        assert (await (await browser(actor)).get("/due")).status_code == 403
    assert (await work.browser.get("/placements/999999")).status_code == 404
    assert (await work.browser.form("/check-ins/999999/findings", {})).status_code == 404


async def test_the_list_asks_the_database_the_same_for_one_client_as_for_many(
    work: Work, queries: list[str]
) -> None:
    counts = []
    for _ in range(2):
        queries.clear()
        assert (await work.browser.get("/due?scope=office")).status_code == 200
        counts.append(len(queries))
        for _ in range(3):
            await begun(work.staff, await builders.client(work.staff), TODAY - timedelta(days=8))
    assert counts[0] == counts[1] <= 6


async def test_the_day_begins_with_the_first_late_check_in_open_and_the_client_as_source(
    browser, work: Work
) -> None:
    visitor = await browser(work.staff)
    page = (await visitor.get("/due")).text
    assert page.count('class="panel inplace') == 1
    assert re.search(r'value="client"[^>]* checked', page) and not re.search(
        r'value="working"[^>]* checked', page
    )
    assert 'class="panel inplace' not in (await visitor.get("/due?open=")).text

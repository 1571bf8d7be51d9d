"""Tidak cocok karena ...: the list heeds it at once, says what it changed, and takes it back."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from jobs import aside, index, recommendations
from jobs.tables import AsideReason, Avoidance, Avoided, Recommendation, SetAside, Vacancy
from portal.people import Actor
from portal.tables import Client
from tests import builders
from tests.web.test_matches import FOUR, Index
from training.tables import Profile

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> Index:
    fake = Index()
    monkeypatch.setattr(index, "current", lambda: fake)
    return fake


@dataclass
class Case:
    staff: Actor
    client: Actor
    welding: Vacancy
    other: Vacancy
    browser: Any


@pytest.fixture
async def case(browser: Any) -> Case:
    staff = await builders.staff()
    client = await builders.client(staff, name="Fajar Rahasia", skills=FOUR, profile={"travel_km": 40})
    partner = await builders.partner("CV Satu")
    welding = await builders.vacancy(partner, essential=FOUR, occupation="tukang-las", title="Las kanopi")
    again = await builders.partner("CV Dua")
    other = await builders.vacancy(again, essential=FOUR[:3], title="Pembantu bengkel", occupation=None)
    return Case(staff, client, welding, other, await browser(client))


async def listed(case: Case) -> str:
    answer = await case.browser.get("/matches")
    assert answer.status_code == 200
    return answer.text


async def tap(case: Case, vacancy: Vacancy, reason: str, **more: Any) -> Any:
    return await case.browser.form("/matches/aside", {"vacancy": str(vacancy.id), "reason": reason}, **more)


async def test_one_tap_takes_it_out_and_another_brings_it_back(case: Case) -> None:
    assert "Las kanopi" in await listed(case)
    answer = await tap(case, case.welding, "other")
    assert answer.status_code == 303
    page = (await case.browser.get(answer.headers["location"])).text
    assert "Dikesampingkan: Las kanopi" in page and "Urungkan" in page
    assert "Las kanopi" not in await listed(case)
    undo = re.search(r'action="(/matches/aside/\d+/ending)"', page)
    assert undo
    await case.browser.form(undo[1])
    assert "Las kanopi" in await listed(case)
    [row] = await SetAside.objects()
    assert row.undone_at and row.undone_by == case.client.person, "the row ends, it is not deleted"


async def test_without_a_reason_the_list_asks_for_one(case: Case) -> None:
    answer = await case.browser.form("/matches/aside", {"vacancy": str(case.welding.id)})
    assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    assert "Pilih satu alasan." in await listed(case) and not await SetAside.exists()


async def test_without_a_page_change_the_row_is_replaced_where_it_stood(case: Case) -> None:
    answer = await tap(case, case.welding, "field", htmx=True)
    assert answer.status_code == 200 and answer.text.strip().startswith("<li")
    assert "Lowongan lain sebagai tukang las" in answer.text and "Urungkan" in answer.text


async def test_not_my_field_takes_the_trade_out_and_nothing_else(case: Case) -> None:
    await builders.vacancy(essential=FOUR, occupation="tukang-las", title="Las pagar")
    await tap(case, case.welding, "field")
    html = await listed(case)
    assert "Las pagar" not in html and "Pembantu bengkel" in html


async def test_this_employer_takes_all_their_vacancies_out(case: Case) -> None:
    again = await builders.partner("CV Satu")
    await builders.vacancy(again, essential=FOUR, title="Gudang di CV Satu")
    await tap(case, case.welding, "employer")
    html = await listed(case)
    assert "Gudang di CV Satu" not in html and "Pembantu bengkel" in html


async def test_hours_that_do_not_suit_count_against_others_alike_until_undone(case: Case) -> None:
    night = await builders.vacancy(essential=FOUR, title="Las malam", work_times=["night"])
    await builders.vacancy(essential=FOUR, title="Jaga malam", work_times=["night"])
    assert "Jam kerja malam di luar" not in await listed(case)
    await tap(case, night, "hours")
    html = await listed(case)
    assert "Jaga malam" in html and "Jam kerja malam di luar pilihan Anda" in html
    [profile] = await Profile.select(Profile.work_times).where(Profile.client == case.client.client)
    assert profile["work_times"] is None, "the profile itself says what it said"


async def test_too_far_offers_a_limit_and_sets_it_only_when_asked(case: Case) -> None:
    far = await builders.vacancy(essential=FOUR, title="Las jauh", region="31.74")
    answer = await tap(case, far, "too_far", htmx=True)
    offered = re.search(r"Simpan di profil: Jarak paling jauh (\d+) km", answer.text)
    assert offered
    [before] = await Profile.select(Profile.travel_km).where(Profile.client == case.client.client)
    assert before["travel_km"] == 40
    adopt = re.search(r'action="(/matches/aside/\d+/adoption)"', answer.text)
    assert adopt
    await case.browser.form(adopt[1])
    [after] = await Profile.select(Profile.travel_km).where(Profile.client == case.client.client)
    assert after["travel_km"] == int(offered[1]) < 40


async def test_wage_offers_a_hope_above_what_was_paid(case: Case) -> None:
    answer = await tap(case, case.welding, "wage", htmx=True)
    assert "Simpan di profil: Upah mulai Rp5.500.000" in answer.text


async def test_the_list_of_what_is_set_aside_says_what_each_changes(case: Case) -> None:
    await tap(case, case.welding, "employer")
    html = (await case.browser.get("/matches/aside")).text
    assert "Yang Anda kesampingkan" in html and "Lowongan lain dari CV Satu juga tidak tampil." in html


async def test_a_second_tap_changes_nothing_and_another_reason_takes_the_place(case: Case) -> None:
    await tap(case, case.welding, "wage")
    await tap(case, case.welding, "wage")
    assert await SetAside.count() == 1
    await tap(case, case.welding, "field")
    rows = await SetAside.objects().order_by(SetAside.id)
    assert [(row.reason, row.undone_at is None) for row in rows] == [("wage", False), ("field", True)]


async def test_the_caseworker_taps_for_them_and_it_says_so(case: Case, browser: Any) -> None:
    visitor = await browser(case.staff)
    base = f"/clients/{case.client.client}/aside"
    answer = await visitor.form(base, {"vacancy": str(case.welding.id), "reason": "field"})
    assert answer.status_code == 303
    assert "dicatat pendamping" in (await case.browser.get("/matches/aside")).text
    assert "Bukan bidang klien" in (await visitor.get(base)).text


async def test_nobody_undoes_what_is_another_clients(case: Case, browser: Any) -> None:
    await tap(case, case.welding, "other")
    [row] = await SetAside.objects()
    stranger = await browser(await builders.client(case.staff))
    for what in ("ending", "adoption"):
        assert (await stranger.form(f"/matches/aside/{row.id}/{what}")).status_code == 404
    assert (await stranger.get(f"/matches?aside={row.id}")).text.count("Dikesampingkan:") == 0
    [row] = await SetAside.objects()
    assert row.undone_at is None


async def test_kinds_of_place_are_kept_away_privately_and_dated(case: Case) -> None:
    await builders.vacancy(
        essential=FOUR, title="Las panggung", description="Bekerja di karaoke dan klub malam kami."
    )
    assert "Las panggung" in await listed(case)
    await case.browser.form("/matches/aside/kinds", {"tags": ["nightlife"]})
    assert "Las panggung" not in await listed(case)
    await case.browser.form("/matches/aside/kinds", {"tags": ["alcohol"]})
    assert "Las panggung" in await listed(case)
    rows = await Avoidance.objects().order_by(Avoidance.id)
    assert [(row.tag, row.until is None) for row in rows] == [("nightlife", False), ("alcohol", True)]
    again = (await case.browser.get("/matches/aside")).text
    assert re.search(r'value="alcohol" checked', again)


async def test_kinds_that_are_not_kept_are_not_called_kept(case: Case) -> None:
    await case.browser.form("/matches/aside/kinds", {"tags": ["alcohol", "unheard-of"]})
    html = (await case.browser.get("/matches/aside")).text
    assert "Belum tersimpan." in html and not await Avoidance.exists()


async def test_no_employer_page_knows_of_any_of_it(case: Case, browser: Any) -> None:
    record = await Client.objects().get(Client.id == case.client.client)
    assert record
    await aside.set_aside(record, case.welding.id, AsideReason.EMPLOYER, by=case.client)
    await aside.keep_away(record, [Avoided.ALCOHOL], by=case.client)
    employer = await browser(await builders.employer())
    for address in ("/matches/aside", "/matches/history", f"/clients/{record.id}/aside"):
        assert (await employer.get(address)).status_code == 403


async def test_what_was_shown_is_noted_once_a_day_and_opened_once(case: Case, queries: list[str]) -> None:
    await listed(case)
    await listed(case)
    rows = await Recommendation.objects().order_by(Recommendation.vacancy)
    assert [row.vacancy for row in rows] == [case.welding.id, case.other.id]
    await case.browser.get(f"/vacancies/{case.welding.id}")
    [row] = await Recommendation.objects().where(Recommendation.vacancy == case.welding.id)
    opened = row.opened_at
    await case.browser.get(f"/vacancies/{case.welding.id}")
    [row] = await Recommendation.objects().where(Recommendation.vacancy == case.welding.id)
    assert opened and row.opened_at == opened


async def test_caseworker_and_client_read_the_same_history_and_staff_looking_leaves_no_trace(
    case: Case, browser: Any
) -> None:
    visitor = await browser(case.staff)
    await visitor.get(f"/clients/{case.client.client}/matches")
    assert not await Recommendation.exists()
    await listed(case)
    await case.browser.get(f"/vacancies/{case.other.id}")
    await tap(case, case.welding, "wage")
    for html in (
        (await visitor.get(f"/clients/{case.client.client}/history")).text,
        (await case.browser.get("/matches/history")).text,
    ):
        assert "Tidak cocok: upah kurang" in html and "Dibuka, belum dilamar" in html


async def test_what_was_shown_half_a_year_ago_is_deleted(case: Case) -> None:
    old, new = date.today() - timedelta(days=181), date.today() - timedelta(days=179)
    for day in (old, new):
        row = Recommendation(client=case.client.client, vacancy=case.welding.id, shown_on=day)
        await row.save()
    await recommendations.prune()
    assert [row.shown_on for row in await Recommendation.objects()] == [new]


@pytest.mark.parametrize("htmx", [False, True])
async def test_an_unknown_reason_is_asked_again(case: Case, htmx: bool) -> None:
    answer = await case.browser.form(
        "/matches/aside", {"vacancy": str(case.welding.id), "reason": "astrology"}, htmx=htmx
    )
    assert answer.status_code in (200, 303) and "Pilih satu alasan" in unquote(answer.headers["set-cookie"])
    assert not await SetAside.exists()


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_was_undone_in_another_tab_at_that_moment_is_no_error(
    case: Case, htmx: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = aside.set_aside

    async def and_back(client: Client, *args: Any, by: Actor) -> int:
        row = await really(client, *args, by=by)
        await aside.undo(client, row, by=by)
        return row

    monkeypatch.setattr(aside, "set_aside", and_back)
    answer = await case.browser.form(
        "/matches/aside", {"vacancy": str(case.welding.id), "reason": "other"}, htmx=htmx
    )
    where = answer.headers.get("location") or answer.headers["HX-Redirect"]
    assert where.startswith("/matches")
    assert (await case.browser.get(where)).status_code == 200

"""Allocations: who may make and see them, what they hold, and how an assignment is changed, sent and answered."""

import html as entities
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import allocations, aside, proposals
from jobs.allocation import computing
from jobs.allocation.pool import eligible
from jobs.allocations import MOVES
from jobs.tables import (
    Allocation,
    AllocationOf,
    AsideReason,
    Assignment,
    AssignmentState,
    Placement,
    Proposal,
    ProposalAnswer,
    Vacancy,
)
from portal.people import Actor
from portal.tables import Client, Event, Notice, Organisation, Role
from tests import builders
from tests.web.conftest import Browser, once_of
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio


class Office:
    """A caseworker whose two clients both weld, and two vacancies that ask for it, of one position each."""

    staff: Actor
    first: Actor
    second: Actor
    near: Vacancy
    other: Vacancy
    browser: Browser

    async def allocate(self, **more: Any) -> Allocation:
        ids = [row["id"] for row in await eligible(self.staff.organisation)]
        return await allocations.make(
            self.staff.organisation,
            ids,
            AllocationOf.OFFICE,
            **{"floor": 20, "reach_km": 30, "by": self.staff, **more},
        )

    async def lines(self, allocation: Allocation) -> list[Assignment]:
        return (
            await Assignment.objects().where(Assignment.allocation == allocation.id).order_by(Assignment.id)
        )

    async def post(self, address: str, **fields: Any) -> Any:
        return await self.browser.form(address, fields)


@pytest.fixture
async def office(browser: Any) -> Office:
    made = Office()
    known = vocabulary().occupations["tukang-las"]
    skills = list(known.essential[:4])
    made.staff = await builders.staff(name="Rina Melati")
    made.first = await builders.client(
        made.staff, name="Fajar Maulana", skills=skills, profile={"travel_km": 30}
    )
    made.second = await builders.client(
        made.staff, name="Sari Dewi", skills=skills, profile={"travel_km": 30}
    )
    made.near = await builders.vacancy(essential=skills, positions=1, title="Tukang las kanopi")
    made.other = await builders.vacancy(essential=skills[:3], positions=1, title="Tukang las pagar")
    made.browser = await browser(made.staff)
    await made.browser.get("/clients")
    return made


def address(line: Assignment, tail: str = "") -> str:
    return f"/allocations/{line.allocation}/assignments/{line.id}{tail}"


async def test_two_clients_are_given_two_positions_and_the_page_compares(office: Office) -> None:
    form = await office.browser.get("/allocations/new")
    answer = await office.post(
        "/allocations/new", once=once_of(form.text), whose="mine", floor="20", reach_km="30", name="Kelas las"
    )
    assert answer.status_code == 303
    page = await office.browser.get(answer.headers["location"])
    text = entities.unescape(page.text)
    assert "Kelas las" in text and "Fajar Maulana" in text and "Sari Dewi" in text
    assert "Tukang las kanopi" in text and "Tukang las pagar" in text
    assert "Dibandingkan dengan bergiliran" in text and "keterampilan" in text
    [allocation] = await Allocation.objects()
    assert (allocation.placed, allocation.clients, allocation.first_placed) == (2, 2, 2)
    lines = await office.lines(allocation)
    assert {line.vacancy for line in lines} == {office.near.id, office.other.id}
    assert await Event.exists().where(Event.subject == f"allocation:{allocation.id}")
    assert not await Proposal.exists() and not await Notice.exists()
    assert "Kelas las" in (await office.browser.get("/allocations")).text


async def test_a_second_tap_makes_no_second_allocation(office: Office) -> None:
    key = once_of((await office.browser.get("/allocations/new")).text)
    fields = {"once": key, "whose": "office", "floor": "20", "reach_km": "30"}
    first = await office.post("/allocations/new", **fields)
    second = await office.post("/allocations/new", **fields)
    assert first.headers["location"] == second.headers["location"]
    assert await Allocation.count() == 1


async def test_the_parts_of_each_fit_add_up_to_it(office: Office) -> None:
    for line in await office.lines(await office.allocate()):
        parts = json.loads(line.parts)
        assert sum(contribution for _, contribution in parts.values()) == pytest.approx(line.fit, abs=1e-3)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"whose": ""}, "Pilih klien siapa."),
        ({"whose": "chosen"}, "Pilih paling sedikit satu klien."),
        ({"floor": "5"}, "Tulis angka 20 sampai 95."),
        ({"floor": "tinggi"}, "Tulis angka 20 sampai 95."),
        ({"reach_km": "0"}, "Tulis kilometer"),
        ({"name": "Selesai rehabilitasi"}, "Hapus dulu"),
        ({"whose": "chosen", "clients": "999999"}, "Tidak ada klien yang bisa diusulkan"),
    ],
)
async def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(
    office: Office, facts: dict[str, str], said: str
) -> None:
    answer = await office.post(
        "/allocations/new",
        **{"whose": "mine", "floor": "33", "reach_km": "44", "note": "Untuk rapat.", **facts},
    )
    assert answer.status_code == 422
    assert said in entities.unescape(answer.text) and "Untuk rapat." in answer.text
    assert not await Allocation.exists()


async def test_only_chosen_clients_of_the_own_office_take_part(office: Office) -> None:
    stranger = await builders.client(name="Klien Lain")
    answer = await office.post(
        "/allocations/new",
        whose="chosen",
        clients=[office.second.client, stranger.client],
        floor="20",
        reach_km="30",
    )
    assert answer.status_code == 303
    [line] = await Assignment.objects()
    assert line.client == office.second.client


@pytest.mark.parametrize(
    "facts",
    [
        {"born_on": date.today() - timedelta(days=17 * 365)},
        {"paused_on": date.today()},
        {"closed_on": date.today()},
    ],
)
async def test_nobody_under_age_paused_or_closed_takes_part(office: Office, facts: dict[str, Any]) -> None:
    await Client.update(facts).where(Client.id == office.first.client)
    assert [line.client for line in await office.lines(await office.allocate())] == [office.second.client]


async def test_nobody_who_works_already_takes_part(office: Office) -> None:
    await Placement(
        client=office.first.client,
        employer_name="CV",
        title="Las",
        started_on=date.today(),
        made_by=office.staff.person,
    ).save()
    assert [line.client for line in await office.lines(await office.allocate())] == [office.second.client]


async def test_no_closed_vacancy_no_refused_one_and_none_out_of_reach_is_given(office: Office) -> None:
    client = await Client.objects().get(Client.id == office.first.client)
    assert client
    await Vacancy.update({Vacancy.state: "closed"}).where(Vacancy.id == office.other.id)
    far = await builders.vacancy(title="Jauh sekali", region=builders.SURABAYA, positions=9)
    await aside.set_aside(client, office.near.id, AsideReason.OTHER, by=office.first)
    lines = {line.client: line.vacancy for line in await office.lines(await office.allocate())}
    assert lines == {office.first.client: None, office.second.client: office.near.id}
    assert far.id not in lines.values()


async def test_what_was_proposed_or_applied_for_before_is_not_proposed_again(office: Office) -> None:
    client = await Client.objects().get(Client.id == office.first.client)
    assert client
    for vacancy in (office.near, office.other):
        await proposals.propose(vacancy, client, "", by=office.staff)
    lines = {line.client: line.vacancy for line in await office.lines(await office.allocate())}
    assert lines[office.first.client] is None and lines[office.second.client] is not None


async def test_nobody_is_given_anything_below_the_floor(office: Office) -> None:
    lines = await office.lines(await office.allocate(floor=95))
    assert all(line.vacancy is None or line.fit >= 0.95 for line in lines)


async def test_while_another_is_worked_out_the_form_says_so_and_keeps_what_was_typed(office: Office) -> None:
    async with computing._one_at_a_time:
        answer = await office.post("/allocations/new", whose="mine", floor="21", reach_km="44")
    assert answer.status_code == 409 and "sedang dihitung" in answer.text and 'value="44"' in answer.text
    assert not await Allocation.exists()


async def test_an_assignment_is_changed_to_another_of_the_clients_vacancies(office: Office) -> None:
    await Vacancy.update({Vacancy.positions: 2}, force=True)
    line, _ = await office.lines(await office.allocate())
    to = office.other.id if line.vacancy == office.near.id else office.near.id
    page = await office.browser.get(address(line))
    assert "Tukang las kanopi" in page.text and "Tukang las pagar" in page.text
    assert "2 posisi tersisa" in page.text
    assert (await office.post(address(line), version=line.version, vacancy=to)).status_code == 303
    await line.refresh()
    assert (line.vacancy, line.state, line.version) == (to, AssignmentState.EDITED, 1)
    page = await office.browser.get(f"/allocations/{line.allocation}")
    assert "Diubah, belum dikirim: 1" in page.text and "diubah Rina Melati" in page.text


async def test_a_position_meant_for_somebody_else_cannot_be_given_twice(office: Office) -> None:
    one, two = await office.lines(await office.allocate())
    answer = await office.post(address(one), version=one.version, vacancy=two.vacancy)
    assert answer.status_code == 409
    assert "sudah diusulkan kepada klien lain" in entities.unescape(answer.text)
    await one.refresh()
    assert (one.state, one.version) == (AssignmentState.OPEN, 0)
    assert (await office.post(address(two), version=two.version, vacancy="")).status_code == 303
    assert (await office.post(address(one), version=one.version, vacancy=two.vacancy)).status_code == 303
    await one.refresh()
    assert (one.vacancy, one.state) == (two.vacancy, AssignmentState.EDITED)


async def test_a_vacancy_outside_the_clients_list_is_refused(office: Office) -> None:
    far = await builders.vacancy(region=builders.SURABAYA)
    line, _ = await office.lines(await office.allocate())
    for vacancy in (far.id, 999_999):
        answer = await office.post(address(line), version=line.version, vacancy=vacancy)
        assert answer.status_code == 422 and "tidak ada lagi dalam daftar" in answer.text
    assert (await office.post(address(line), version="x", vacancy=far.id)).status_code == 422


async def test_a_change_to_what_a_colleague_changed_is_refused_with_the_fresh_page(
    office: Office, browser: Any
) -> None:
    where = await Organisation.objects().get(Organisation.id == office.staff.organisation)
    colleague = await builders.staff(where, name="Budi Santoso")
    one, _ = await office.lines(await office.allocate())
    await allocations.put(one, None, 0, by=colleague)
    stale = await office.post(address(one), version=0, vacancy="")
    assert stale.status_code == 409
    text = entities.unescape(stale.text)
    assert "Rekan Anda baru saja mengubah" in text and "oleh Budi Santoso" in text
    sent = await office.browser.form(address(one, "/proposal"), {"version": 0}, htmx=True)
    assert sent.status_code == 409 and "<html" not in sent.text and 'id="allocation"' in sent.text
    assert sent.headers["HX-Reswap"] == f"outerHTML show:#assignment-{one.id}:top"
    await one.refresh()
    assert one.version == 1 and not await Proposal.exists()


async def test_a_sent_assignment_is_a_proposal_with_words_that_tell_nothing(
    office: Office, browser: Any
) -> None:
    line, _ = await office.lines(await office.allocate(name="Kelas las", note="Rapat Senin"))
    assert (await office.post(address(line, "/proposal"), version=line.version)).status_code == 303
    [proposal] = await Proposal.objects()
    assert (proposal.client, proposal.vacancy, proposal.made_by) == (
        line.client,
        line.vacancy,
        office.staff.person,
    )
    assert await Notice.exists().where(Notice.person == office.first.person)
    visitor = await browser(office.first)
    page = entities.unescape((await visitor.get("/matches")).text)
    assert "Menurut profil Anda" in page and "Rina Melati" in page
    for secret in ("Kelas las", "Rapat Senin", "Pembagian", "pembagian", "Sari Dewi"):
        assert secret not in page
    again = await office.post(address(line, "/proposal"), version=1)
    assert again.status_code == 409 and "sudah dikirim" in again.text
    assert (await office.post(address(line), version=1, vacancy="")).status_code == 409
    assert "sudah dikirim" in (await office.browser.get(address(line))).text


@pytest.mark.parametrize(
    ("answer", "said"),
    [(ProposalAnswer.APPLIED, "Klien melamar"), (ProposalAnswer.DECLINED, "Klien tidak berminat")],
)
async def test_the_page_shows_what_became_of_each(office: Office, answer: ProposalAnswer, said: str) -> None:
    allocation = await office.allocate()
    line, _ = await office.lines(allocation)
    await allocations.send(line, 0, by=office.staff)
    page = await office.browser.get(f"/allocations/{allocation.id}")
    assert "Menunggu jawaban: 1" in page.text and "Belum dikirim: 1" in page.text
    if answer == ProposalAnswer.DECLINED:
        [proposal] = await Proposal.objects()
        await proposals.decline(proposal, "", by=office.first)
    else:
        await Proposal.update({Proposal.answer: answer}, force=True).where(Proposal.client == line.client)
    page = await office.browser.get(f"/allocations/{allocation.id}")
    assert f"{said}: 1" in page.text


async def test_a_refused_position_can_be_given_to_somebody_else(office: Office) -> None:
    one, two = await office.lines(await office.allocate())
    await allocations.send(one, 0, by=office.staff)
    [proposal] = await Proposal.objects()
    await proposals.decline(proposal, "", by=office.first)
    answer = await office.post(address(two), version=0, vacancy=one.vacancy)
    assert answer.status_code == 303
    await two.refresh()
    assert two.vacancy == one.vacancy


async def test_all_that_is_ready_is_sent_and_what_cannot_be_says_why(office: Office) -> None:
    allocation = await office.allocate()
    one, two = await office.lines(allocation)
    await Vacancy.update({Vacancy.state: "filled"}).where(Vacancy.id == two.vacancy)
    page = await office.browser.get(f"/allocations/{allocation.id}")
    assert "Lowongan ini sudah terisi." in page.text
    answer = await office.post(f"/allocations/{allocation.id}/proposals")
    assert answer.status_code == 409
    assert "1 usulan terkirim" in answer.text and "ditutup atau terisi" in answer.text
    assert await Proposal.count() == 1
    await one.refresh()
    await two.refresh()
    assert (one.state, two.state) == (AssignmentState.SENT, AssignmentState.OPEN)
    await Vacancy.update({Vacancy.state: "published"}).where(Vacancy.id == two.vacancy)
    assert (await office.post(f"/allocations/{allocation.id}/proposals")).status_code == 303
    assert await Proposal.count() == 2


@pytest.mark.parametrize("facts", [{"paused_on": date.today()}, {"closed_on": date.today()}])
async def test_nothing_is_sent_to_somebody_paused_or_closed_since(
    office: Office, facts: dict[str, Any]
) -> None:
    line, _ = await office.lines(await office.allocate())
    await Client.update(facts).where(Client.id == line.client)
    assert (await office.post(address(line, "/proposal"), version=0)).status_code == 409
    assert not await Proposal.exists() and not await Notice.exists()


async def test_nothing_is_sent_to_somebody_who_found_work_since(office: Office) -> None:
    line, _ = await office.lines(await office.allocate())
    await Placement(
        client=line.client,
        employer_name="CV",
        title="Las",
        started_on=date.today(),
        made_by=office.staff.person,
    ).save()
    answer = await office.post(address(line, "/proposal"), version=0)
    assert answer.status_code == 409 and "sudah bekerja" in answer.text


async def test_another_office_finds_no_allocation_and_an_administrator_finds_all(
    office: Office, browser: Any
) -> None:
    allocation = await office.allocate(name="Rahasia kantor")
    line, _ = await office.lines(allocation)
    other = await browser(await builders.staff())
    await other.get("/clients")
    assert (await other.get(f"/allocations/{allocation.id}")).status_code == 404
    assert (await other.get(address(line))).status_code == 404
    assert (await other.form(address(line), {"version": 0})).status_code == 404
    assert (await other.form(address(line, "/proposal"), {"version": 0})).status_code == 404
    assert (await other.form(f"/allocations/{allocation.id}/proposals")).status_code == 404
    assert "Rahasia kantor" not in (await other.get("/allocations")).text
    administrator = await browser(await builders.administrator())
    assert "Rahasia kantor" in (await administrator.get("/allocations")).text
    assert (await administrator.get(f"/allocations/{allocation.id}")).status_code == 200
    made = await allocations.visible_to(office.first)
    assert made == []


async def test_a_line_is_found_only_below_its_own_allocation(office: Office) -> None:
    one, two = await office.allocate(), await office.allocate()
    [line, _] = await office.lines(one)
    assert (await office.browser.get(f"/allocations/{two.id}/assignments/{line.id}")).status_code == 404


async def test_an_administrator_allocates_for_an_office_they_name(office: Office, browser: Any) -> None:
    administrator = await browser(await builders.administrator())
    page = await administrator.get(f"/allocations/new?office={office.staff.organisation}")
    assert "Fajar Maulana" in page.text and "Klien saya" not in page.text
    answer = await administrator.form(
        f"/allocations/new?office={office.staff.organisation}",
        {"whose": "office", "floor": "20", "reach_km": "30"},
    )
    assert answer.status_code == 303
    [allocation] = await Allocation.objects()
    assert (allocation.office, allocation.placed) == (office.staff.organisation, 2)
    own = await administrator.form("/allocations/new", {"whose": "mine", "floor": "20", "reach_km": "30"})
    assert own.status_code == 422


@pytest.mark.parametrize("state", list(AssignmentState))
async def test_the_table_names_every_state_and_only_clients_and_staff_answer(state: AssignmentState) -> None:
    for to, roles in MOVES[state].items():
        assert to in MOVES and Role.EMPLOYER not in roles
        assert (Role.CLIENT in roles) == (to in (AssignmentState.ACCEPTED, AssignmentState.REFUSED))


async def test_every_move_out_of_a_state_is_made_or_refused_as_the_table_says(office: Office) -> None:
    verbs = {
        AssignmentState.REMOVED: lambda line: allocations.put(line, None, line.version, by=office.staff),
        AssignmentState.SENT: lambda line: allocations.send(line, line.version, by=office.staff),
    }
    for state in (AssignmentState.OPEN, AssignmentState.EDITED, AssignmentState.REMOVED):
        for to, verb in verbs.items():
            line, _ = await office.lines(await office.allocate())
            await Assignment.update({Assignment.state: state}).where(Assignment.id == line.id)
            if to in MOVES[state]:
                await verb(line)
                await line.refresh()
                assert line.state == to
                await Assignment.delete(force=True)
                await Proposal.delete(force=True)
            else:
                with pytest.raises(allocations.NotPossible):
                    await verb(line)


async def test_each_line_leads_to_how_the_pair_adds_up(office: Office) -> None:
    allocation = await office.allocate()
    [line, *_] = await office.lines(allocation)
    address = f"/clients/{line.client}/matches/{line.vacancy}"
    html = (await office.browser.get(f"/allocations/{allocation.id}")).text
    assert f'href="{address}">Lihat hitungannya' in html
    assert (await office.browser.get(address)).status_code == 200


async def test_a_page_of_many_lines_asks_no_more_of_the_database(office: Office, queries: list[str]) -> None:
    allocation = await office.allocate()
    await office.browser.get(f"/allocations/{allocation.id}")
    queries.clear()
    await office.browser.get(f"/allocations/{allocation.id}")
    few = len(queries)
    for _ in range(6):
        await builders.client(office.staff, skills={}, profile={})
        await builders.vacancy(occupation="tukang-las")
    more = await office.allocate()
    queries.clear()
    page = await office.browser.get(f"/allocations/{more.id}")
    assert len(re.findall(r'id="assignment-', page.text)) == 8
    assert len(queries) == few


async def test_no_name_stands_in_an_address_or_a_title(office: Office) -> None:
    allocation = await office.allocate(name="Kelas las")
    line, _ = await office.lines(allocation)
    for url in (f"/allocations/{allocation.id}", address(line)):
        page = await office.browser.get(url)
        [title] = re.findall(r"<title>(.*?)</title>", page.text, re.S)
        assert "Fajar" not in title and "Kelas" not in title


async def move(client: Actor) -> Organisation:
    elsewhere = await builders.office("Kantor Lain")
    await Client.update({Client.office: elsewhere.id}).where(Client.id == client.client)
    return elsewhere


async def test_who_moved_to_another_office_is_neither_named_nor_sent_from_an_old_allocation(
    office: Office, browser: Any
) -> None:
    allocation = await office.allocate()
    lines = {line.client: line for line in await office.lines(allocation)}
    moved, stays = lines[office.first.client], lines[office.second.client]
    await move(office.first)
    page = entities.unescape((await office.browser.get(f"/allocations/{allocation.id}")).text)
    assert "Fajar Maulana" not in page and "Pindah kantor" in page and "Sari Dewi" in page
    assert f"/clients/{office.first.client}" not in page and address(moved) not in page
    assert "Kirim 1 usulan" in page and "Belum dikirim: 1" in page
    assert (await office.browser.get(address(moved))).status_code == 404
    administrator = await browser(await builders.administrator())
    for visitor in (office.browser, administrator):
        for tail, fields in (("/proposal", {}), ("", {"vacancy": ""}), ("", {"vacancy": str(moved.vacancy)})):
            answer = await visitor.form(address(moved, tail), {"version": 0, **fields})
            assert answer.status_code == 409 and "pindah ke kantor lain" in answer.text
    assert not await Proposal.exists()
    answer = await office.post(f"/allocations/{allocation.id}/proposals")
    assert answer.status_code == 303
    assert [row.client for row in await Proposal.objects()] == [stays.client]
    await moved.refresh()
    assert (moved.state, moved.version) == (AssignmentState.OPEN, 0)


async def test_who_moved_away_gives_the_position_back(office: Office) -> None:
    one, two = await office.lines(await office.allocate())
    await move(office.first if one.client == office.first.client else office.second)
    answer = await office.post(address(two), version=two.version, vacancy=one.vacancy)
    assert answer.status_code == 303
    await two.refresh()
    assert two.vacancy == one.vacancy


async def test_who_moved_after_the_proposal_was_sent_is_not_named_either(office: Office) -> None:
    one, _ = await office.lines(await office.allocate())
    await allocations.send(one, one.version, by=office.staff)
    gone = office.first if one.client == office.first.client else office.second
    name = "Fajar Maulana" if gone is office.first else "Sari Dewi"
    await move(gone)
    page = entities.unescape((await office.browser.get(f"/allocations/{one.allocation}")).text)
    assert name not in page and "Menunggu jawaban: 1" in page


@pytest.mark.parametrize("problem", ["version", "room"])
async def test_an_assignment_that_is_refused_keeps_what_was_chosen(office: Office, problem: str) -> None:
    if problem == "version":
        await Vacancy.update({Vacancy.positions: 2}, force=True)
    one, _ = await office.lines(await office.allocate())
    to = office.other.id if one.vacancy == office.near.id else office.near.id
    version = "x" if problem == "version" else one.version
    answer = await office.post(address(one), version=version, vacancy=to)
    assert answer.status_code == (422 if problem == "version" else 409)
    checked = re.findall(r'name="vacancy" value="(\d+)" checked', answer.text)
    assert checked == [str(to)]

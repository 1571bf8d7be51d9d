"""The caseload: who is followed, registered, paused, handed over, and helped to sign in."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import applications, caseload, placements
from jobs.caseload import PAGE, Standing
from jobs.tables import Application, Proposal, State
from portal import clients
from portal.people import Actor, acting_as
from portal.tables import Client, Event, Membership, Notice, Organisation, Person, Role
from tests import builders
from tests.web.conftest import once_of

pytestmark = pytest.mark.anyio

GOOD = {"name": "Sari Dewi", "born_on": "1995-05-21", "region": "32.01", "locality": "cibinong"}


@pytest.fixture
async def office() -> Organisation:
    return await builders.office()


@pytest.fixture
async def caseworker(office: Organisation) -> Actor:
    return await builders.staff(office)


def years_ago(years: int, days: int = 0) -> date:
    today = date.today()
    return date(today.year - years, today.month, min(today.day, 28)) + timedelta(days=days)


async def record_of(actor: Actor) -> Client:
    row = await Client.objects().get(Client.id == actor.client)
    assert row
    return row


async def actions(client: int) -> list[str]:
    rows = await Event.select(Event.action).where(Event.subject == f"client:{client}").order_by(Event.id)
    return [row["action"] for row in rows]


async def apply(client: Actor, state: State = State.SENT) -> Application:
    application = await applications.apply(
        await builders.vacancy(), await record_of(client), card={}, by=client
    )
    if state != State.SENT:
        await Application.update({Application.state: state}).where(Application.id == application.id)
    return application


# Registering


async def test_a_client_needs_neither_phone_nor_mail_nor_sign_in(browser, caseworker) -> None:
    visitor = await browser(caseworker)
    key = once_of((await visitor.get("/clients/new")).text)
    answer = await visitor.form("/clients/new", {**GOOD, "once": key})
    assert answer.status_code == 303
    client = await Client.objects().order_by(Client.id, ascending=False).first()
    assert answer.headers["location"] == f"/clients/{client.id}"
    assert (client.office, client.caseworker) == (caseworker.organisation, caseworker.person)
    assert (client.locality, client.born_on, client.opened_on) == (
        "Cibinong",
        date(1995, 5, 21),
        date.today(),
    )
    assert client.latitude and client.longitude
    person = await Person.objects().get(Person.id == client.person)
    assert (person.name, person.phone, person.email) == ("Sari Dewi", None, None)
    actor = await acting_as(person.id, Role.CLIENT)
    assert actor and actor.client == client.id and actor.organisation == caseworker.organisation
    assert await actions(client.id) == ["registered"]
    assert "Sari Dewi" in (await visitor.get(answer.headers["location"])).text


async def test_registering_tells_every_error_at_once_and_loses_nothing(browser, caseworker) -> None:
    visitor = await browser(caseworker)
    data = {
        "name": "",
        "born_on": "kemarin",
        "region": "99.99",
        "locality": "Cibinong",
        "phone": "081",
        "email": "sari@",
        "contact_note": "<b>Telepon</b> sore",
    }
    answer = await visitor.form("/clients/new", data)
    assert answer.status_code == 422 and "Perbaiki 5 hal" in answer.text
    for sentence in (
        "Tulis nama, paling banyak 120 huruf.",
        "Isi tanggal lahir",
        "Pilih kabupaten atau kota dari daftar.",
        "Tulis nomor HP lengkap",
        "Tulis email lengkap",
    ):
        assert sentence in answer.text
    assert 'value="081"' in answer.text and 'value="sari@"' in answer.text
    assert "&lt;b&gt;Telepon&lt;/b&gt; sore</textarea>" in answer.text
    assert not await Client.exists()


@pytest.mark.parametrize("born_on", ["2999-01-01", "1850-01-01", (date.today() + timedelta(1)).isoformat()])
async def test_nobody_is_born_tomorrow_or_too_long_ago(browser, caseworker, born_on) -> None:
    answer = await (await browser(caseworker)).form("/clients/new", {**GOOD, "born_on": born_on})
    assert answer.status_code == 422 and "Periksa tahun lahirnya." in answer.text


async def test_two_taps_register_one_client(browser, caseworker) -> None:
    visitor = await browser(caseworker)
    key = once_of((await visitor.get("/clients/new")).text)
    answers = [await visitor.form("/clients/new", {**GOOD, "once": key}) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await Client.count() == 1


async def test_a_taken_contact_is_said_without_saying_whose(browser, caseworker) -> None:
    owner = await builders.employer(name="Pak Rahasia", phone="+6281234567890")
    person = await Person.objects().get(Person.id == owner.person)
    visitor = await browser(caseworker)
    key = once_of((await visitor.get("/clients/new")).text)
    data = {**GOOD, "phone": "0812-3456-7890", "email": person.email.upper(), "once": key}
    answer = await visitor.form("/clients/new", data)
    assert answer.status_code == 422 and "Pak Rahasia" not in answer.text
    assert "Nomor ini sudah dipakai di portal" in answer.text and "Email ini sudah dipakai" in answer.text
    assert not await Client.exists() and await Person.count().where(Person.name == "Sari Dewi") == 0
    # The key is not spent by what failed.
    assert (await visitor.form("/clients/new", {**GOOD, "once": key})).status_code == 303


async def test_hostile_names_stay_words(browser, caseworker) -> None:
    visitor = await browser(caseworker)
    name = "<script>alert(1)</script>\x00'; DROP TABLE client; --"
    answer = await visitor.form("/clients/new", {**GOOD, "name": name})
    page = (await visitor.get(answer.headers["location"])).text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert (await visitor.form("/clients/searches", {"name": "%' OR 1=1 --"})).status_code == 200


async def test_only_staff_register_clients(browser, caseworker) -> None:
    for actor in (await builders.client(caseworker), await builders.employer()):
        visitor = await browser(actor)
        assert (await visitor.get("/clients")).status_code == 403
        assert (await visitor.form("/clients/new", GOOD)).status_code == 403
    assert (await (await browser()).get("/clients")).status_code == 303


# Age


async def test_somebody_under_age_gets_a_record_and_kind_words(browser, caseworker) -> None:
    visitor = await browser(caseworker)
    born_on = years_ago(17)
    answer = await visitor.form("/clients/new", {**GOOD, "born_on": born_on.isoformat()})
    page = (await visitor.get(answer.headers["location"])).text
    assert "Belum 18 tahun" in page and str(born_on.year + 18) in page
    assert "Lowongan yang cocok" not in page and "Isi profil" in page


async def test_the_eighteenth_birthday_is_the_first_day_of_applying() -> None:
    client = Client(person=1, office=1, caseworker=1, born_on=date(2008, 2, 29), opened_on=date(2026, 1, 1))
    assert clients.adult_on(client.born_on) == date(2026, 3, 1)
    assert not clients.is_adult(client, date(2026, 2, 28)) and clients.is_adult(client, date(2026, 3, 1))
    assert clients.adult_on(date(2008, 11, 23)) == date(2026, 11, 23)


# Seeing


async def test_another_offices_client_and_no_client_are_the_same_404(browser, caseworker) -> None:
    client = await builders.client(caseworker)
    visitor = await browser(await builders.staff(await builders.office("Kantor Bandung")))
    foreign, nobody = await visitor.get(f"/clients/{client.client}"), await visitor.get("/clients/999999")
    assert foreign.status_code == nobody.status_code == 404 and foreign.text == nobody.text
    assert (await visitor.get(f"/clients/{client.client}/details")).status_code == 404
    for path in (
        "details",
        "pauses",
        "pauses/ending",
        "closure",
        "closure/ending",
        "handovers",
        "codes",
        "invitations",
    ):
        answer = await visitor.form(f"/clients/{client.client}/{path}", GOOD)
        assert answer.status_code == 404, path
    assert await actions(client.client) == []


async def test_visible_clients_follow_the_role(caseworker) -> None:
    client = await builders.client(caseworker)
    other = await builders.client()
    seen = {
        role: {row.id for row in await clients.visible_to(actor)}
        for role, actor in {
            Role.CLIENT: client,
            Role.STAFF: caseworker,
            Role.EMPLOYER: await builders.employer(),
            Role.ADMINISTRATOR: await builders.administrator(),
        }.items()
    }
    assert seen[Role.CLIENT] == seen[Role.STAFF] == {client.client}
    assert seen[Role.EMPLOYER] == set()
    assert seen[Role.ADMINISTRATOR] == {client.client, other.client}


async def test_the_page_shows_what_became_of_the_search(browser, caseworker) -> None:
    client = await builders.client(caseworker, name="Sari Dewi", skills=["teliti"])
    await apply(client)
    vacancy = await builders.vacancy(title="Kasir")
    await Proposal(vacancy=vacancy.id, client=client.client, made_by=caseworker.person).save()
    started = date.today() - timedelta(days=10)
    await placements.begin_work(
        client.client, by=caseworker, started_on=started, employer_name="CV Maju", title="Penjahit"
    )
    await Client.update({Client.contact_note: "Kakaknya yang angkat"}).where(Client.id == client.client)
    page = (await (await browser(caseworker)).get(f"/clients/{client.client}")).text
    for text in ("Tukang las konstruksi", "Terkirim", "Kasir", "Menunggu jawaban", "Penjahit", "CV Maju"):
        assert text in page
    assert "Cek kerja terlambat 3 hari" in page and "Kakaknya yang angkat" in page
    assert "Sari" not in re.search("<title>.*?</title>", page, re.S)[0]


# Editing


async def test_details_are_edited_and_the_record_says_only_which(browser, caseworker) -> None:
    client = await builders.client(caseworker, name="Sari")
    visitor = await browser(caseworker)
    form = (await visitor.get(f"/clients/{client.client}/details")).text
    assert 'value="Sari"' in form and 'value="1995-05-05"' in form
    data = {
        **GOOD,
        "name": "Sari  Dewi",
        "region": "32.73",
        "locality": "Kampung Entah",
        "phone": "0812 3456 7890",
    }
    answer = await visitor.form(f"/clients/{client.client}/details", data)
    assert answer.status_code == 303
    row, person = (
        await record_of(client),
        await Person.objects().get(Person.id == client.person),
    )
    assert (row.region, row.locality, row.latitude) == ("32.73", "Kampung Entah", None)
    assert (person.name, person.phone) == ("Sari Dewi", "+6281234567890")
    event = await Event.objects().get(Event.subject == f"client:{client.client}")
    assert event.action == "edited" and "0812" not in event.details and "Sari" not in event.details


async def test_edited_details_are_checked_like_new_ones(browser, caseworker) -> None:
    taken = await builders.client(caseworker, phone="+6281234567890")
    client = await builders.client(caseworker, name="Sari")
    visitor = await browser(caseworker)
    answer = await visitor.form(f"/clients/{client.client}/details", {**GOOD, "phone": "081234567890"})
    assert answer.status_code == 422 and "Nomor ini sudah dipakai" in answer.text
    assert taken.name not in answer.text
    answer = await visitor.form(f"/clients/{client.client}/details", {"name": "Sari"})
    assert answer.status_code == 422 and "Perbaiki 2 hal" in answer.text
    assert await actions(client.client) == []


async def test_saving_unchanged_details_keeps_own_contacts(browser, caseworker) -> None:
    client = await builders.client(caseworker, phone="+6281234567890")
    person = await Person.objects().get(Person.id == client.person)
    data = {**GOOD, "phone": "081234567890", "email": person.email}
    answer = await (await browser(caseworker)).form(f"/clients/{client.client}/details", data)
    assert answer.status_code == 303


# Pausing, closing, handing over


async def test_a_pause_is_begun_and_ended_once_each(browser, caseworker) -> None:
    client = await builders.client(caseworker)
    visitor = await browser(caseworker)
    for _ in range(2):
        await visitor.form(f"/clients/{client.client}/pauses")
    assert (await record_of(client)).paused_on == date.today()
    assert "Dijeda sejak" in (await visitor.get(f"/clients/{client.client}")).text
    for _ in range(2):
        await visitor.form(f"/clients/{client.client}/pauses/ending")
    assert (await record_of(client)).paused_on is None
    assert await actions(client.client) == ["paused", "resumed"]


async def test_a_pause_stops_applying(browser, caseworker) -> None:
    client = await builders.client(caseworker)
    await clients.pause(await record_of(client), by=caseworker)
    with pytest.raises(applications.NotPossible, match="dijeda"):
        await apply(client)


async def test_closing_ends_a_pause_and_is_taken_back(browser, caseworker) -> None:
    client = await builders.client(caseworker)
    visitor = await browser(caseworker)
    await visitor.form(f"/clients/{client.client}/pauses")
    await visitor.form(f"/clients/{client.client}/closure")
    row = await record_of(client)
    assert (row.closed_on, row.paused_on) == (date.today(), None)
    # Nobody pauses what is over.
    await visitor.form(f"/clients/{client.client}/pauses")
    assert (await record_of(client)).paused_on is None
    await visitor.form(f"/clients/{client.client}/closure/ending")
    assert (await record_of(client)).closed_on is None
    assert await actions(client.client) == ["paused", "closed", "reopened"]


async def test_a_client_is_handed_to_a_colleague_who_is_told(browser, caseworker, office) -> None:
    client = await builders.client(caseworker)
    colleague = await builders.staff(office, name="Rina")
    visitor = await browser(caseworker)
    assert "Rina" in (await visitor.get(f"/clients/{client.client}")).text
    for _ in range(2):
        await visitor.form(f"/clients/{client.client}/handovers", {"to": colleague.person})
    assert (await record_of(client)).caseworker == colleague.person
    assert await actions(client.client) == ["handed_over"]
    assert await Notice.count().where(Notice.person == colleague.person) == 1


async def test_a_client_is_handed_to_nobody_outside_the_office(browser, caseworker, office) -> None:
    client = await builders.client(caseworker)
    gone = await builders.staff(office)
    await Membership.update({Membership.until: date.today()}).where(Membership.person == gone.person)
    stranger = await builders.staff(await builders.office("Kantor Bandung"))
    visitor = await browser(caseworker)
    for to in (stranger.person, gone.person, client.person, 999_999, ""):
        answer = await visitor.form(f"/clients/{client.client}/handovers", {"to": to})
        assert answer.status_code == 422, to
    assert (await record_of(client)).caseworker == caseworker.person


# Signing in


async def test_a_code_is_shown_once_opens_the_clients_pages_and_is_logged(browser, caseworker) -> None:
    client = await builders.client(caseworker, name="Sari Dewi")
    visitor = await browser(caseworker)
    answer = await visitor.form(f"/clients/{client.client}/codes")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    code = re.search(r'class="code"><span aria-hidden="true">([^<]+)<', answer.text)[1]
    slip = re.search(r'<div class="slip">.*?</div>', answer.text, re.S)[0]
    assert "15 menit" in slip and "/session/new" in slip
    for secret in ("Sari", "klien", "Klien", "rehabilitasi", "BNN"):
        assert secret not in slip
    assert code not in (await visitor.get(f"/clients/{client.client}")).text
    event = await Event.objects().get(Event.subject == f"person:{client.person}")
    assert (event.action, event.by) == ("code_issued", caseworker.person) and code not in event.details
    phone = await browser()
    assert (await phone.form("/session/code", {"code": code.lower()})).status_code == 303
    assert (await phone.get("/me/profile")).status_code == 200
    assert (await (await browser()).form("/session/code", {"code": code})).status_code == 422


async def test_an_invitation_is_a_link_shown_once(browser, caseworker) -> None:
    client = await builders.client(caseworker)
    answer = await (await browser(caseworker)).form(f"/clients/{client.client}/invitations")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    path = re.search(r"/invitations/[\w-]{20,}", answer.text)[0]
    assert (await (await browser()).get(path)).status_code == 200
    assert await Event.exists().where(
        (Event.subject == f"person:{client.person}") & (Event.action == "invitation_issued")
    )


# The list


async def everybody(caseworker: Actor) -> dict[Standing, Actor]:
    """One client at every standing."""
    made = {
        Standing.NEW: await builders.client(caseworker, name="Ani Baru"),
        Standing.READY: await builders.client(caseworker, name="Beni Siap", skills=["teliti"]),
        Standing.APPLYING: await builders.client(caseworker, name="Cici Melamar", skills=["teliti"]),
        Standing.WORKING: await builders.client(caseworker, name="Dodi Bekerja"),
        Standing.PAUSED: await builders.client(caseworker, name="Eka Jeda"),
        Standing.UNDER_AGE: await builders.client(caseworker, name="Feri Muda", born_on=years_ago(16)),
        Standing.CLOSED: await builders.client(caseworker, name="Gita Selesai"),
    }
    await apply(made[Standing.APPLYING])
    await placements.begin_work(
        made[Standing.WORKING].client,
        by=caseworker,
        started_on=date.today() - timedelta(days=9),
        employer_name="CV Maju",
        title="Kasir",
    )
    await clients.pause(await record_of(made[Standing.PAUSED]), by=caseworker)
    await clients.close(await record_of(made[Standing.CLOSED]), by=caseworker)
    return made


async def test_every_client_stands_somewhere_with_a_next_step(browser, caseworker) -> None:
    made = await everybody(caseworker)
    for standing, client in made.items():
        found = await caseload.listed(caseworker, mine=True, standing=standing)
        assert [case.id for case in found.cases] == [client.client], standing
    page = (await (await browser(caseworker)).get("/clients")).text
    for step in (
        "Isi profil bersama klien",
        "Usulkan lowongan yang cocok",
        "1 lamaran menunggu jawaban pemberi kerja",
        "Cek kerja 7 hari",
        "Terlambat 2 hari",
        "Dijeda sejak",
        "Bisa melamar mulai",
    ):
        assert step in page
    assert "Gita Selesai" not in page and "Semua (6)" in page
    closed = (await (await browser(caseworker)).get("/clients?standing=closed")).text
    assert "Gita Selesai" in closed and "Ani Baru" not in closed


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.OFFERED, "Ada tawaran yang menunggu jawaban"),
        (State.INTERVIEW, "Wawancara "),
        (State.DECLINED, "Usulkan lowongan yang cocok"),
    ],
)
async def test_the_next_step_follows_the_application(browser, caseworker, state, step) -> None:
    client = await builders.client(caseworker, skills=["teliti"])
    application = await apply(client, State.SENT)
    facts: dict[str, Any] = {"state": state, "interview_at": None, "decline_reason": None}
    if state == State.INTERVIEW:
        facts["interview_at"] = date.today() + timedelta(days=2)
    if state == State.DECLINED:
        facts["decline_reason"] = "filled"
    await Application.update(facts, force=True).where(Application.id == application.id)
    assert step in (await (await browser(caseworker)).get("/clients")).text


async def test_the_whole_office_is_one_tap_away_and_other_offices_are_not(
    browser, caseworker, office
) -> None:
    await builders.client(caseworker, name="Klien Sendiri")
    await builders.client(await builders.staff(office), name="Klien Rekan")
    await builders.client(name="Klien Jauh")
    visitor = await browser(caseworker)
    mine, whole = (await visitor.get("/clients")).text, (await visitor.get("/clients?whose=office")).text
    assert "Klien Sendiri" in mine and "Klien Rekan" not in mine
    assert "Klien Sendiri" in whole and "Klien Rekan" in whole and "Klien Jauh" not in whole
    everything = (await (await browser(await builders.administrator())).get("/clients")).text
    assert all(name in everything for name in ("Klien Sendiri", "Klien Rekan", "Klien Jauh"))


async def test_a_search_by_name_forgives_a_slip_and_keeps_names_out_of_addresses(
    browser, caseworker, office
) -> None:
    await builders.client(await builders.staff(office), name="Budi Santoso")
    await builders.client(name="Budi Jauh")
    visitor = await browser(caseworker)
    for name in ("budi", "SANTOSO", "santso"):
        answer = await visitor.form("/clients/searches", {"name": name})
        assert answer.status_code == 200 and "Budi Santoso" in answer.text, name
        assert "Budi Jauh" not in answer.text
    assert 'action="/clients/searches"' in answer.text and "?name=" not in answer.text
    fragment = await visitor.form("/clients/searches", {"name": "%"}, htmx=True)
    assert "<html" not in fragment.text and "Tidak ada nama seperti itu" in fragment.text
    empty = await visitor.form("/clients/searches", {"name": " "})
    assert empty.status_code == 422 and "Tulis nama atau sebagian nama" in empty.text


async def test_the_list_is_paged_and_every_client_is_on_one_page(browser, caseworker) -> None:
    made = {(await builders.client(caseworker, name="Sama")).client for _ in range(PAGE + 2)}
    visitor = await browser(caseworker)
    pages = [(await visitor.get(f"/clients?page={number}")).text for number in (1, 2, 3)]
    seen = [int(id) for html in pages for id in re.findall(r'<h3><a href="/clients/(\d+)"', html)]
    assert len(seen) == len(made) and set(seen) == made
    assert "Halaman 1 dari 2" in pages[0]


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999999", "page=²", "standing=zzz", "whose=", "q="]
)
async def test_odd_addresses_show_the_list(browser, caseworker, query) -> None:
    assert (await (await browser(caseworker)).get(f"/clients?{query}")).status_code == 200


async def test_the_list_asks_the_database_three_times_however_long_it_is(
    browser, caseworker, queries
) -> None:
    await everybody(caseworker)
    visitor = await browser(caseworker)
    for path in ("/clients", "/clients?whose=office&standing=working"):
        queries.clear()
        assert (await visitor.get(path)).status_code == 200
        # The session, the counts, the page.
        assert len(queries) == 3, path


async def test_a_clients_page_asks_the_same_however_much_happened(browser, caseworker, queries) -> None:
    client = await builders.client(caseworker, skills=["teliti"])
    visitor = await browser(caseworker)
    for _ in range(2):
        queries.clear()
        assert (await visitor.get(f"/clients/{client.client}")).status_code == 200
        # The session, the client, names, the profile in four, where they stand, three kinds of history, the colleagues.
        assert len(queries) == 13
        for _ in range(3):
            await apply(client)


async def test_an_administrator_who_registers_a_client_says_who_follows_them(
    browser, office, caseworker
) -> None:
    visitor = await browser(await builders.administrator(office))
    assert caseworker.name in (await visitor.get("/clients/new")).text
    refused = await visitor.form("/clients/new", GOOD)
    assert refused.status_code == 422 and "Pilih pendamping" in refused.text
    answer = await visitor.form("/clients/new", {**GOOD, "caseworker": str(caseworker.person)})
    assert answer.status_code == 303
    made = await Client.objects().get(Client.caseworker == caseworker.person)
    assert made and made.office == office.id
    [notice] = await Notice.select(Notice.kind).where(Notice.person == caseworker.person)
    assert notice["kind"] == "client_handed_over"


async def test_nobody_of_another_office_can_be_named_to_follow_a_new_client(browser, office) -> None:
    stranger = await builders.staff()
    visitor = await browser(await builders.administrator(office))
    answer = await visitor.form("/clients/new", {**GOOD, "caseworker": str(stranger.person)})
    assert answer.status_code == 422 and not await Client.exists().where(Client.office == office.id)


@pytest.mark.parametrize("what", ["codes", "invitations"])
async def test_nobody_is_helped_to_sign_in_once_the_accompaniment_has_ended(
    browser, caseworker, what
) -> None:
    client = await builders.client(caseworker)
    await clients.close(await record_of(client), by=caseworker)
    visitor = await browser(caseworker)
    answer = await visitor.form(f"/clients/{client.client}/{what}", {})
    assert answer.status_code == 303 and answer.headers["location"] == f"/clients/{client.client}"
    assert not await Event.exists().where(Event.subject == f"person:{client.person}")

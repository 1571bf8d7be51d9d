"""Offices, their staff, and the words pages."""

import re
from datetime import timedelta

import pytest

from portal import memberships, sessions, tickets
from portal.access import COOKIE
from portal.people import acting_as, today
from portal.tables import Event, Membership, Organisation, Person, Role, TicketPurpose
from tests import builders
from tests.web.conftest import once_of

pytestmark = pytest.mark.anyio
LINK = re.compile(r'value="(http[^"]+/invitations/([^"]+))"')


async def administrator(name: str = "Kantor Pusat"):
    return await builders.administrator(await builders.office(name), password="$argon2id$kept")


async def test_an_administrator_adds_an_office_and_two_taps_add_one(browser) -> None:
    visitor = await browser(await administrator())
    form = {
        "name": "Kantor Bandung",
        "region": builders.BANDUNG,
        "once": once_of((await visitor.get("/offices")).text),
    }
    first, second = await visitor.form("/offices", form), await visitor.form("/offices", form)
    assert first.status_code == 303 and first.headers["location"] == second.headers["location"]
    assert await Organisation.count().where(Organisation.name == "Kantor Bandung") == 1
    assert "Kota Bandung" in (await visitor.get("/offices")).text


@pytest.mark.parametrize(
    "name", ["Balai Rehabilitasi Bogor", "BNNP Jawa Barat", "Rumah Damping Bogor", "Kantor Pascarehab"]
)
async def test_a_name_that_tells_what_the_office_is_for_is_refused(browser, name) -> None:
    visitor = await browser(await administrator())
    answer = await visitor.form("/offices", {"name": name, "region": "99.99"})
    assert answer.status_code == 422 and "Pakai nama yang netral" in answer.text
    assert "Pilih kabupaten atau kota kantor ini" in answer.text and f'value="{name}"' in answer.text


async def test_inviting_shows_a_link_once_that_opens_the_invitation(browser) -> None:
    admin = await administrator()
    visitor = await browser(admin)
    form = {"name": "Rina", "role": "staff"}
    answer = await visitor.form(f"/offices/{admin.organisation}/members", form)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    [(_, token)] = LINK.findall(answer.text)
    assert "Petugas" in (await (await browser()).get(f"/invitations/{token}")).text
    text = (await visitor.get(f"/offices/{admin.organisation}")).text
    assert "Rina" in text and "Belum masuk" in text and token not in text


async def test_two_taps_on_invite_make_one_person_and_the_link_shown_last_works(browser) -> None:
    admin = await administrator()
    visitor = await browser(admin)
    key = once_of((await visitor.get(f"/offices/{admin.organisation}")).text)
    form = {"name": "Rina", "role": "staff", "once": key}
    for _ in range(2):
        answer = await visitor.form(f"/offices/{admin.organisation}/members", form)
    assert await Person.count().where(Person.name == "Rina") == 1
    [(_, token)] = LINK.findall(answer.text)
    assert await tickets.holder(TicketPurpose.INVITATION, token)


async def test_an_invitation_with_mistakes_tells_them_all(browser) -> None:
    admin = await administrator()
    form = {"name": "", "role": "client", "email": "rina"}
    answer = await (await browser(admin)).form(f"/offices/{admin.organisation}/members", form)
    assert answer.status_code == 422
    for sentence in ("Wajib diisi", "Pilih peran orang ini", "Tulis email lengkap"):
        assert sentence in answer.text


async def test_nobody_is_invited_into_a_partner_as_staff(browser) -> None:
    partner = await builders.partner()
    visitor = await browser(await administrator())
    answer = await visitor.form(f"/offices/{partner.organisation}/members", {"name": "Rina", "role": "staff"})
    assert answer.status_code == 404


async def test_a_new_link_for_a_member_ends_the_old_one(browser) -> None:
    admin = await administrator()
    visitor = await browser(admin)
    staff = await builders.staff(await Organisation.objects().get(Organisation.id == admin.organisation))
    old = await tickets.issue_invitation(staff.person, by=admin)
    answer = await visitor.form(f"/memberships/{staff.membership}/links")
    [(_, token)] = LINK.findall(answer.text)
    assert await tickets.holder(TicketPurpose.INVITATION, token) == staff.person
    assert await tickets.holder(TicketPurpose.INVITATION, old) is None


async def test_ending_a_role_today_signs_out_at_once_and_counts_the_clients_left(browser) -> None:
    admin, staff = await administrator(), await builders.staff()
    await builders.client(staff)
    signed_in = await browser(staff)
    visitor = await browser(admin)
    answer = await visitor.form(
        f"/memberships/{staff.membership}/ending", {"on": (await today()).isoformat()}
    )
    assert answer.status_code == 303
    assert "1 klien perlu pendamping baru" in (await visitor.get(answer.headers["location"])).text
    assert await sessions.recognise(signed_in.cookies[COOKIE]) is None
    assert await acting_as(staff.person) is None
    assert await Event.exists().where(Event.subject == f"person:{staff.person}", Event.action == "role_ended")
    again = await visitor.form(f"/memberships/{staff.membership}/ending")
    assert again.status_code == 404


async def test_a_role_that_ends_later_lasts_until_then(browser) -> None:
    admin, staff = await administrator(), await builders.staff()
    signed_in = await browser(staff)
    day = await today() + timedelta(days=3)
    answer = await (await browser(admin)).form(
        f"/memberships/{staff.membership}/ending", {"on": day.isoformat()}
    )
    assert answer.status_code == 303
    assert await sessions.recognise(signed_in.cookies[COOKIE])
    row = await Membership.objects().get(Membership.id == staff.membership)
    assert row.until == day


@pytest.mark.parametrize("on", ["2020-01-01", "2999-01-01", "besok"])
async def test_a_date_that_cannot_be_ends_nothing(browser, on) -> None:
    admin, staff = await administrator(), await builders.staff()
    answer = await (await browser(admin)).form(f"/memberships/{staff.membership}/ending", {"on": on})
    assert answer.status_code == 422 and await acting_as(staff.person)


async def test_the_last_administrator_stays(browser) -> None:
    admin = await administrator()
    # One who was invited and has not accepted could not let anybody in.
    await builders.administrator()
    visitor = await browser(admin)
    answer = await visitor.form(f"/memberships/{admin.membership}/ending")
    assert answer.status_code == 422 and "pengelola terakhir" in answer.text
    assert await acting_as(admin.person)
    other = await administrator("Kantor Lain")
    answer = await visitor.form(f"/memberships/{other.membership}/ending")
    assert answer.status_code == 303 and await acting_as(other.person) is None


async def test_a_role_given_by_mistake_ends_on_the_day_it_began() -> None:
    staff = await builders.staff()
    partner = await builders.partner()
    membership = await memberships.give(staff.person, Role.EMPLOYER, partner.organisation, by=None)
    assert await memberships.give(staff.person, Role.EMPLOYER, partner.organisation, by=None) == membership
    await memberships.end(membership, by=None)
    assert await acting_as(staff.person, Role.EMPLOYER) is None
    assert await memberships.give(staff.person, Role.EMPLOYER, partner.organisation, by=None) != membership


@pytest.mark.parametrize("who", [builders.client, builders.employer, builders.staff])
async def test_offices_are_for_administrators(browser, who) -> None:
    visitor = await browser(await who())
    assert (await visitor.get("/offices")).status_code == 403
    assert (await visitor.form("/memberships/1/ending")).status_code == 403


async def test_client_memberships_are_not_ended_here(browser) -> None:
    client = await builders.client()
    answer = await (await browser(await administrator())).form(f"/memberships/{client.membership}/ending")
    assert answer.status_code == 404 and await acting_as(client.person)


async def test_the_list_of_offices_asks_the_same_however_many_there_are(browser, queries) -> None:
    visitor = await browser(await administrator())
    queries.clear()
    await visitor.get("/offices")
    few = len(queries)
    for number in range(5):
        await builders.office(f"Kantor {number}")
    queries.clear()
    await visitor.get("/offices")
    assert len(queries) == few == 3


# ---- words ----

EVERYBODY = [builders.client, builders.employer, builders.staff, builders.administrator]
TELLING = re.compile(r"rehab|bnn|narkoti|narkoba|pecandu|adiksi", re.I)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_help_speaks_to_every_role(browser, who) -> None:
    answer = await (await browser(await who())).get("/help")
    assert answer.status_code == 200 and not TELLING.search(answer.text)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_privacy_names_the_law_and_tells_employers_nothing_about_candidates(browser, who) -> None:
    text = (await (await browser(await who())).get("/privacy")).text
    assert "Nomor 27 Tahun 2022" in text and "3 × 24 jam" in text
    assert bool(TELLING.search(text)) == (who is not builders.employer)
    assert not TELLING.search(text.partition("</title>")[0])


@pytest.mark.parametrize("path", ["/help", "/privacy", "/components", "/offices"])
async def test_words_are_not_public(browser, path) -> None:
    assert (await (await browser()).get(path)).status_code == 303


async def test_the_components_are_for_staff(browser) -> None:
    assert (await (await browser(await builders.staff())).get("/components")).status_code == 200
    assert (await (await browser(await builders.client())).get("/components")).status_code == 403

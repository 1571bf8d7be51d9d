"""Proposing a vacancy to a client, answering it, and applying on a client's behalf."""

import html as entities
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import proposals
from jobs.tables import Application, Proposal, ProposalAnswer, Vacancy
from partners.tables import Partner
from portal.people import Actor
from portal.tables import Client, Event, Notice, Organisation
from tests import builders
from tests.web.conftest import Browser, once_of

pytestmark = pytest.mark.anyio


async def opened(browser: Any, actor: Actor) -> Browser:
    """Signed in, and with a page read: only then does a browser have a token to post with."""
    visitor: Browser = await browser(actor)
    await visitor.get("/matches")
    return visitor


class Office:
    """A caseworker with a client, and a vacancy to propose."""

    staff: Actor
    client: Actor
    vacancy: Vacancy
    browser: Browser

    @property
    def proposal_form(self) -> str:
        return f"/vacancies/{self.vacancy.id}/proposals/new?client={self.client.client}"

    @property
    def on_behalf(self) -> str:
        return f"/clients/{self.client.client}/applications/new?vacancy={self.vacancy.id}"

    async def propose(self, **more: Any) -> Any:
        key = once_of((await self.browser.get(self.proposal_form)).text)
        fields = {"once": key, "vacancy": self.vacancy.id, "message": "Dekat dan cocok.", **more}
        return await self.browser.form(f"/clients/{self.client.client}/proposals", fields)


@pytest.fixture
async def office(browser) -> Office:
    office = Office()
    office.staff = await builders.staff(name="Rina Melati")
    office.client = await builders.client(office.staff, name="Fajar Maulana")
    office.vacancy = await builders.vacancy()
    office.browser = await opened(browser, office.staff)
    return office


async def proposal_of(office: Office) -> Proposal:
    proposal = await Proposal.objects().get(Proposal.client == office.client.client)
    assert proposal
    return proposal


async def test_a_proposal_is_kept_and_the_client_is_told_in_neutral_words(office: Office) -> None:
    answer = await office.propose()
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/clients/{office.client.client}/matches"
    proposal = await proposal_of(office)
    assert (proposal.message, proposal.made_by) == ("Dekat dan cocok.", office.staff.person)
    notices = await Notice.select(Notice.kind, Notice.link).where(Notice.person == office.client.person)
    assert notices == [{"kind": "proposal", "link": "/matches"}]
    assert await Event.exists().where(Event.subject == f"proposal:{proposal.id}")


async def test_two_taps_and_a_second_caseworker_make_one_proposal(office: Office, browser) -> None:
    key = once_of((await office.browser.get(office.proposal_form)).text)
    for _ in range(2):
        assert (await office.propose(once=key)).status_code == 303
    where = await Organisation.objects().get(Organisation.id == office.staff.organisation)
    colleague = await builders.staff(where)
    client = await Client.objects().get(Client.id == office.client.client)
    again = await proposals.propose(office.vacancy, client, "Lagi.", by=colleague)
    assert again.made_by == office.staff.person
    assert await Proposal.count() == 1 and await Notice.count() == 1


async def test_a_message_may_not_say_on_a_shared_phone_where_somebody_has_been(office: Office) -> None:
    answer = await office.propose(message="Cocok untuk yang selesai rehabilitasi. Telepon 0812 3456 7890.")
    assert answer.status_code == 422
    assert "rehabilitasi" in answer.text and "selesai rehabilitasi. Telepon" in entities.unescape(answer.text)
    assert not await Proposal.exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"born_on": date.today() - timedelta(days=17 * 365)}, "belum 18 tahun"),
        ({"paused_on": date.today()}, "sedang dijeda"),
        ({"closed_on": date.today()}, "sudah selesai"),
    ],
)
async def test_nothing_is_proposed_to_whom_nothing_is_matched(
    office: Office, facts: dict[str, Any], reason: str
) -> None:
    key = once_of((await office.browser.get(office.proposal_form)).text)
    await Client.update(facts).where(Client.id == office.client.client)
    page = await office.browser.get(office.proposal_form)
    assert reason in page.text and 'name="message"' not in page.text
    assert (
        await office.browser.form(
            f"/clients/{office.client.client}/proposals", {"once": key, "vacancy": office.vacancy.id}
        )
    ).status_code == 409
    assert not await Proposal.exists()


async def test_a_closed_or_unknown_vacancy_cannot_be_proposed(office: Office) -> None:
    await Vacancy.update({Vacancy.state: "closed"}).where(Vacancy.id == office.vacancy.id)
    address = f"/clients/{office.client.client}/proposals"
    for vacancy in (office.vacancy.id, 999_999, 10**12, "abc", ""):
        assert (await office.browser.form(address, {"vacancy": vacancy})).status_code == 404
    assert (await office.browser.get(office.proposal_form)).status_code == 404


async def test_staff_choose_whom_to_propose_to_among_their_own_office(office: Office) -> None:
    await builders.client(name="Klien Kantor Lain")
    page = await office.browser.get(f"/vacancies/{office.vacancy.id}/proposals/new")
    assert "Fajar Maulana" in page.text and "Klien Kantor Lain" not in page.text
    await office.propose()
    page = await office.browser.get(f"/vacancies/{office.vacancy.id}/proposals/new")
    assert "Sudah diusulkan" in page.text


async def test_a_client_says_no_and_who_proposed_it_is_told(office: Office, browser) -> None:
    await office.propose()
    proposal = await proposal_of(office)
    visitor = await opened(browser, office.client)
    answer = await visitor.form(f"/proposals/{proposal.id}/refusal", {"note": "Terlalu jauh."})
    assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    await proposal.refresh()
    assert (proposal.answer, proposal.answer_note) == (ProposalAnswer.DECLINED, "Terlalu jauh.")
    told = await Notice.select(Notice.kind).where(Notice.person == office.staff.person)
    assert told == [{"kind": "proposal_answered"}]
    again = await visitor.form(f"/proposals/{proposal.id}/refusal", {"note": "Lagi."})
    assert again.status_code == 303
    await proposal.refresh()
    assert proposal.answer_note == "Terlalu jauh."


async def test_a_reason_too_long_comes_back_whole(office: Office, browser) -> None:
    await office.propose()
    proposal = await proposal_of(office)
    visitor = await opened(browser, office.client)
    answer = await visitor.form(f"/proposals/{proposal.id}/refusal", {"note": "jauh " * 120})
    assert answer.status_code == 422 and ("jauh " * 120).strip() in answer.text
    await proposal.refresh()
    assert proposal.answer == ProposalAnswer.OPEN


async def test_staff_note_a_no_for_the_client(office: Office) -> None:
    await office.propose()
    proposal = await proposal_of(office)
    answer = await office.browser.form(f"/proposals/{proposal.id}/refusal", {})
    assert answer.headers["location"] == f"/clients/{office.client.client}/matches"
    await proposal.refresh()
    assert proposal.answer == ProposalAnswer.DECLINED
    assert not await Notice.exists().where(Notice.person == office.staff.person)


async def test_other_peoples_proposals_do_not_exist(office: Office, browser) -> None:
    await office.propose()
    proposal = await proposal_of(office)
    for stranger in (await builders.client(), await builders.staff()):
        visitor = await opened(browser, stranger)
        assert (await visitor.form(f"/proposals/{proposal.id}/refusal", {})).status_code == 404
    visitor = await opened(browser, await builders.employer())
    assert (await visitor.form(f"/proposals/{proposal.id}/refusal", {})).status_code == 403
    visitor = await opened(browser, await builders.staff())
    for address in (office.proposal_form, office.on_behalf):
        assert (await visitor.get(address)).status_code == 404
    address = f"/clients/{office.client.client}/proposals"
    assert (await visitor.form(address, {"vacancy": office.vacancy.id})).status_code == 404
    for actor in (office.client, await builders.employer()):
        visitor = await opened(browser, actor)
        for address in (office.proposal_form, office.on_behalf):
            assert (await visitor.get(address)).status_code == 403


AGREED = {
    "manner": "call",
    "agreed_on": date.today().isoformat(),
    "agreement": "Kartu dibacakan lewat telepon, klien setuju dikirim.",
    "start": "now",
    "note": "Terbiasa bekerja pagi.",
}


def card_on(page: str) -> str:
    return page.split('name="card" value="')[1].split('"')[0]


async def test_applying_for_a_client_sends_the_card_on_the_screen_with_the_agreement(office: Office) -> None:
    await office.propose()
    page = (await office.browser.get(office.on_behalf)).text
    assert "Yang dilihat pemberi kerja" in page and "<title>Lamarkan" in page
    sent = {**AGREED, "once": once_of(page), "card": card_on(page)}
    for _ in range(2):
        answer = await office.browser.form(office.on_behalf, sent)
        assert answer.status_code == 303
    [application] = await Application.objects()
    assert answer.headers["location"] == f"/applications/{application.id}"
    assert application.sent_by == office.staff.person
    assert application.agreement.startswith("Telepon, ") and "klien setuju dikirim" in application.agreement
    assert (application.note, application.starts) == ("Terbiasa bekerja pagi.", "segera")
    proposal = await proposal_of(office)
    assert proposal.answer == ProposalAnswer.APPLIED


async def test_staff_and_client_read_how_it_was_agreed_and_the_employer_never(
    office: Office, browser
) -> None:
    page = (await office.browser.get(office.on_behalf)).text
    answer = await office.browser.form(office.on_behalf, {**AGREED, "card": card_on(page)})
    address = answer.headers["location"]
    assert AGREED["agreement"] in (await office.browser.get(address)).text
    own = (await (await browser(office.client)).get(address)).text
    assert "Dikirim bersama pendamping" in own and AGREED["agreement"] in own
    partner = await Partner.objects().get(Partner.id == office.vacancy.partner)
    seen = await (await browser(await builders.employer(partner))).get(address)
    assert seen.status_code == 200 and "Kandidat 1" in seen.text
    assert AGREED["agreement"] not in seen.text and "endamping" not in seen.text


async def test_without_agreement_nothing_is_sent_and_nothing_typed_is_lost(office: Office) -> None:
    page = (await office.browser.get(office.on_behalf)).text
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    sent = {**AGREED, "card": card_on(page), "manner": "", "agreement": "ok", "agreed_on": tomorrow}
    answer = await office.browser.form(office.on_behalf, {**sent, "note": "Hubungi Fajar di 0812 3456 7890"})
    assert answer.status_code == 422
    for words in (
        "Pilih bagaimana klien menyetujuinya.",
        "Tanggal ini belum tiba.",
        "Tulis satu kalimat",
        "nomor telepon",
        "Hubungi Fajar di 0812 3456 7890",
    ):
        assert words in answer.text
    assert not await Application.exists()


async def test_an_agreement_of_long_ago_is_asked_for_again(office: Office) -> None:
    page = (await office.browser.get(office.on_behalf)).text
    old = (date.today() - timedelta(days=31)).isoformat()
    answer = await office.browser.form(office.on_behalf, {**AGREED, "card": card_on(page), "agreed_on": old})
    assert answer.status_code == 422 and "Tanyakan lagi" in answer.text


async def test_a_card_that_changed_meanwhile_is_read_again_before_it_is_sent(office: Office) -> None:
    page = (await office.browser.get(office.on_behalf)).text
    await Client.update({Client.region: builders.SURABAYA}).where(Client.id == office.client.client)
    answer = await office.browser.form(office.on_behalf, {**AGREED, "card": card_on(page)})
    assert answer.status_code == 422 and "Kartu klien berubah" in answer.text
    assert not await Application.exists()


async def test_no_application_is_sent_for_the_under_aged(office: Office) -> None:
    page = (await office.browser.get(office.on_behalf)).text
    young = date.today() - timedelta(days=17 * 365)
    await Client.update({Client.born_on: young}).where(Client.id == office.client.client)
    shown = await office.browser.get(office.on_behalf)
    assert "mulai umur 18 tahun" in shown.text and "Kirim lamaran" not in shown.text
    answer = await office.browser.form(office.on_behalf, {**AGREED, "card": card_on(page)})
    assert answer.status_code == 409 and not await Application.exists()

"""Blind cards a partner may look through: only with consent, never fewer than three, and nothing that names or links."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from jobs import applications, cards, job_invitations, postings
from jobs.seekers.blind import FEWEST, coarse_homes, handle
from jobs.seekers.reading import known
from jobs.tables import Application, CardExclusion, CardView, JobInvitation, Vacancy
from partners.tables import Partner
from portal import consent, notices
from portal.people import Actor
from portal.tables import Client, Consent, ConsentPurpose, Event, Notice, Person
from tests import builders
from tests.web.test_disclosure import OPENED, found_in
from training.tables import Certificate, Experience, Profile
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

WELDER = vocabulary().occupations["tukang-las"]
FOUR = list(WELDER.essential[:4])
NAMES = ("Qwertiyo Zaxbanu", "Plomvirta Hexandi", "Drufosel Yantirma")
NEVER = {name.lower() for whole in NAMES for name in whole.split()} | {
    *(
        "kantor zzz",
        "xylofina",
        "desa wwwindah",
        "vvvperusahaan",
        "balai yyy",
        "1993",
        "8129876543",
    ),
    *("rehab", "bnn", "pendamping"),
}


@dataclass
class Case:
    staff: Actor
    partner: Partner
    employer: Actor
    vacancy: Vacancy
    clients: list[Actor] = field(default_factory=list)
    browser: Any = None

    @property
    def address(self) -> str:
        return f"/partner/vacancies/{self.vacancy.id}/candidates"


async def record_of(actor: Actor) -> Client:
    record = await Client.objects().get(Client.id == actor.client)
    assert record
    return record


async def agree(actor: Actor) -> None:
    await consent.give(await record_of(actor), ConsentPurpose.BLIND_CARD, by=actor)


@pytest.fixture
async def case(browser: Any) -> Case:
    """Three who fit, around whom everything has an unmistakable name, and a verified partner."""
    staff = await builders.staff(await builders.office("Kantor Zzz"), name="Xylofina Petugas")
    partner = await builders.partner("CV Logam Contoh")
    vacancy = await builders.vacancy(partner, essential=FOUR, occupation="tukang-las", title="Las kanopi")
    case = Case(staff, partner, await builders.employer(partner), vacancy)
    for number, name in enumerate(NAMES):
        client = await builders.client(
            staff,
            name=name,
            phone=f"+62812987654{number}",
            skills=FOUR,
            born_on=date(1993, 12, 31),
            profile={"travel_km": 30, "education": 20, "licences": ["sim-c"]},
        )
        home = {"latitude": -6.6, "longitude": 106.75 + number / 100}
        more = {"locality": "Desa Wwwindah", "contact_note": "ibunya", **home}
        await Client.update(more, force=True).where(Client.id == client.client)
        profile = (await Profile.objects().get(Profile.client == client.client)).id
        await Experience(
            profile=profile, title="Vvvperusahaan", occupation="tukang-las", months=17 + number
        ).save()
        await Experience(profile=profile, title=f"Bengkel {name}", occupation=None, months=5).save()
        await Certificate(
            profile=profile, kind="training", title=f"Balai Yyy {name}", issuer="Balai Yyy"
        ).save()
        case.clients.append(client)
    case.browser = await browser(case.employer)
    return case


async def all_agree(case: Case) -> None:
    for client in case.clients:
        await agree(client)


async def seen(case: Case) -> str:
    answer = await case.browser.get(case.address)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_nobody_is_shown_unless_they_agreed(case: Case) -> None:
    html = await seen(case)
    assert "Belum ada kartu untuk ditampilkan" in html and "Kartu " + "A" not in html
    assert not await CardView.exists()


async def test_two_are_too_few_and_the_page_says_the_same_for_none(case: Case) -> None:
    nobody = await seen(case)
    for client in case.clients[:2]:
        await agree(client)
    assert "Belum ada kartu untuk ditampilkan" in await seen(case)
    plain = re.sub(r'value="[^"]+"', "", nobody)
    assert re.sub(r'value="[^"]+"', "", await seen(case)) == plain, "not even how many there are can be told"
    assert not await CardView.exists(), "who was not shown was not seen"


async def test_three_who_agreed_stand_there_by_codes_and_trades(case: Case) -> None:
    await all_agree(case)
    html = await seen(case)
    for client in case.clients:
        assert f"Kartu {handle(case.vacancy.id, client.client)}" in html
    assert html.count("tukang las, 1 sampai 3 tahun") == FEWEST and "4 dari 4 keterampilan" in html
    assert html.count("Kab. Bogor") == FEWEST and "SIM C" in html
    assert not found_in(html, NEVER), found_in(html, NEVER)
    assert " km" not in html and "lokasi kerja" not in html, "a distance, several times, is an address"


async def test_withdrawing_takes_the_card_away_at_once(case: Case, browser: Any) -> None:
    await all_agree(case)
    await builders_fourth(case)
    assert handle(case.vacancy.id, case.clients[0].client) in await seen(case)
    visitor = await browser(case.clients[0])
    answer = await visitor.form("/me/card/consents/ending")
    assert answer.status_code == 303
    html = await seen(case)
    assert handle(case.vacancy.id, case.clients[0].client) not in html and "Kartu " in html
    [row] = await Consent.objects().where(Consent.client == case.clients[0].client)
    assert row.withdrawn_at and row.withdrawn_by == case.clients[0].person


async def builders_fourth(case: Case) -> Actor:
    fourth = await builders.client(case.staff, name="Keempat", skills=FOUR, profile={"travel_km": 30})
    await agree(fourth)
    return fourth


async def test_an_excluded_partner_does_not_see_it_and_another_does(case: Case, browser: Any) -> None:
    await all_agree(case)
    await builders_fourth(case)
    other = await builders.partner("CV Lain")
    vacancy = await builders.vacancy(other, essential=FOUR, occupation="tukang-las")
    visitor = await browser(case.clients[0])
    await visitor.form("/me/card/exclusions", {"partner": str(case.partner.id)})
    page = (await visitor.get("/me/card")).text
    assert "CV Logam Contoh" in page and "Tidak dikecualikan lagi" in page
    assert handle(case.vacancy.id, case.clients[0].client) not in await seen(case)
    theirs = await (await browser(await builders.employer(other))).get(
        f"/partner/vacancies/{vacancy.id}/candidates"
    )
    assert handle(vacancy.id, case.clients[0].client) in theirs.text
    [row] = await CardExclusion.objects()
    await visitor.form(f"/me/card/exclusions/{row.id}/ending")
    assert handle(case.vacancy.id, case.clients[0].client) in await seen(case)


async def test_a_code_means_nothing_for_another_vacancy(case: Case) -> None:
    again = await builders.vacancy(case.partner, essential=FOUR, occupation="tukang-las")
    await all_agree(case)
    first, second = (
        await seen(case),
        (await case.browser.get(f"/partner/vacancies/{again.id}/candidates")).text,
    )
    codes = [set(re.findall(r"Kartu ([A-Z2-7]{6})", html)) for html in (first, second)]
    assert len(codes[0]) == len(codes[1]) == 3 and codes[0].isdisjoint(codes[1])


@pytest.mark.parametrize("what", ["unverified", "draft", "direct", "another"])
async def test_only_a_verified_partner_with_its_own_open_vacancy_sees_any(
    case: Case, browser: Any, what: str
) -> None:
    await all_agree(case)
    if what == "unverified":
        await Partner.update({Partner.verified_at: None}, force=True).where(Partner.id == case.partner.id)
    elif what == "draft":
        await Vacancy.update({Vacancy.state: "draft"}).where(Vacancy.id == case.vacancy.id)
    elif what == "direct":
        await Vacancy.update({Vacancy.way: "direct"}).where(Vacancy.id == case.vacancy.id)
    else:
        case.browser = await browser(await builders.employer())
    answer = await case.browser.get(case.address)
    assert answer.status_code == (404 if what == "another" else 200)
    assert not re.search(r"Kartu [A-Z2-7]{6}", answer.text) and not await CardView.exists()
    code = handle(case.vacancy.id, case.clients[0].client)
    assert (await case.browser.form(f"{case.address}/{code}/invitations")).status_code in (403, 404)


async def test_each_looks_is_told_to_the_client_once_a_day_by_the_partners_name(
    case: Case, browser: Any
) -> None:
    await all_agree(case)
    await seen(case)
    await seen(case)
    assert await CardView.count() == 3
    html = (await (await browser(case.clients[0])).get("/me/card")).text
    assert html.count("<h3>CV Logam Contoh</h3>") == 1 and "Las kanopi" in html
    assert case.employer.name not in html, "who of them it was is the partner's"


async def test_a_home_is_told_only_as_coarse_as_three_share_it(case: Case) -> None:
    ids = [client.client for client in case.clients]
    await Client.update({Client.region: builders.BANDUNG}).where(Client.id == ids[0])
    assert coarse_homes(await known(ids)) == ["Jawa Barat", "Jawa Barat", "Jawa Barat"]
    await Client.update({Client.region: builders.SURABAYA}).where(Client.id == ids[0])
    assert coarse_homes(await known(ids)) == [None, None, None]


async def test_an_invitation_reaches_the_client_and_tells_the_partner_nothing(
    case: Case, browser: Any
) -> None:
    await all_agree(case)
    chosen = case.clients[1]
    code = handle(case.vacancy.id, chosen.client)
    await seen(case)
    for _ in range(2):
        assert (await case.browser.form(f"{case.address}/{code}/invitations")).status_code == 303
    assert await JobInvitation.count() == 1
    told = await Notice.objects().where(Notice.kind.is_in(["job_invitation", "client_invited"]))
    assert {row.person for row in told} == {chosen.person, case.staff.person}
    for row in told:
        assert not found_in(notices.sentence(row.kind), NEVER | {"logam"})
    html = await seen(case)
    assert "Sudah diundang" in html and f"Kartu {code}" in html
    own = await browser(chosen)
    page = (await own.get("/matches")).text
    assert "CV Logam Contoh mengundang Anda melamar" in page
    [row] = await JobInvitation.objects()
    answer = await own.form(f"/job-invitations/{row.id}/refusal", {"note": "Terlalu jauh dari rumah ibu"})
    assert answer.status_code == 303
    assert "mengundang Anda melamar" not in (await own.get("/matches")).text


async def look(case: Case) -> str:
    """The main part of the partner's page, without what differs at every look."""
    return re.sub(r'value="[^"]+"', "", (await seen(case)).split("<main")[1])


async def apply(case: Case, client: Actor) -> None:
    record, posting = await record_of(client), await postings.read(case.vacancy.id)
    assert posting
    card = await cards.card_of(record, posting.document)
    await applications.apply(case.vacancy, record, card=card, by=client)


WHATEVER = ("declines", "sets it aside", "applies", "withdraws consent", "keeps away", "pauses", "learns")


@pytest.mark.parametrize("what", WHATEVER)
async def test_whatever_becomes_of_an_invitation_the_page_stays_as_it_was(
    case: Case, browser: Any, what: str
) -> None:
    await all_agree(case)
    chosen = case.clients[1]
    code = handle(case.vacancy.id, chosen.client)
    await case.browser.form(f"{case.address}/{code}/invitations")
    await seen(case)
    before = await look(case)
    [row] = await JobInvitation.objects()
    own = await browser(chosen)
    match what:
        case "declines":
            await own.form(f"/job-invitations/{row.id}/refusal")
        case "sets it aside":
            await own.form("/matches/aside", {"vacancy": str(case.vacancy.id), "reason": "other"})
        case "applies":
            await apply(case, chosen)
            [answered] = await JobInvitation.objects()
            assert answered.answer == "applied" and answered.answered_at
        case "withdraws consent":
            await own.form("/me/card/consents/ending")
        case "keeps away":
            await own.form("/me/card/exclusions", {"partner": str(case.partner.id)})
        case "pauses":
            await Client.update({Client.paused_on: date.today()}, force=True).where(
                Client.id == chosen.client
            )
        case "learns":
            await Profile.update({Profile.education: 50}).where(Profile.client == chosen.client)
    assert await look(case) == before and f"Kartu {code}" in before
    assert (await case.browser.form(f"{case.address}/{code}/invitations")).status_code == 303
    await seen(case)
    assert await look(case) == before, "nor does asking again tell"


async def test_an_invited_card_is_closed_to_its_code_and_its_day(case: Case) -> None:
    await all_agree(case)
    code = handle(case.vacancy.id, case.clients[1].client)
    await case.browser.form(f"{case.address}/{code}/invitations")
    html = await seen(case)
    assert html.count("tukang las, 1 sampai 3 tahun") == 2, "the two who are left still stand there"
    assert f"Kartu {code}" in html and f'Undang melamar<span class="unseen"> kartu {code}' not in html


async def test_an_invitation_of_long_ago_no_longer_makes_up_the_three(case: Case) -> None:
    await all_agree(case)
    code = handle(case.vacancy.id, case.clients[1].client)
    await case.browser.form(f"{case.address}/{code}/invitations")
    assert "Undang melamar" in await seen(case)
    long_ago = datetime.now(UTC) - timedelta(days=31)
    await JobInvitation.update({JobInvitation.made_at: long_ago}, force=True)
    html = await seen(case)
    assert "Undang melamar" not in html and f"Kartu {code}" in html


async def test_an_application_changes_nothing_on_the_page(case: Case) -> None:
    await all_agree(case)
    before = await look(case)
    await apply(case, case.clients[0])
    assert await look(case) == before


async def test_inviting_somebody_who_has_applied_looks_as_any_invitation_and_reaches_nobody(
    case: Case,
) -> None:
    await all_agree(case)
    await apply(case, case.clients[0])
    told = await Notice.count()
    said = []
    for client in case.clients[:2]:
        code = handle(case.vacancy.id, client.client)
        answer = await case.browser.form(f"{case.address}/{code}/invitations")
        said.append((answer.status_code, answer.headers["location"], answer.headers["set-cookie"]))
        assert f"Kartu {code}" in await seen(case)
        if client is case.clients[0]:
            assert await Notice.count() == told, "they have applied: there is nothing to ask"
    assert said[0] == said[1]
    rows = {row.client: row for row in await JobInvitation.objects()}
    applied = rows[case.clients[0].client]
    assert applied.answer == "applied" and applied.answered_at
    assert rows[case.clients[1].client].answer == "open"


async def test_a_card_that_left_the_page_cannot_be_invited(case: Case) -> None:
    await all_agree(case)
    await builders_fourth(case)
    code = handle(case.vacancy.id, case.clients[0].client)
    await consent.withdraw(await record_of(case.clients[0]), ConsentPurpose.BLIND_CARD, by=case.clients[0])
    for wrong in (code, "AAAAAA", "%00", str(case.clients[1].client)):
        answer = await case.browser.form(f"{case.address}/{wrong}/invitations")
        assert answer.status_code in (303, 404)
    assert not await JobInvitation.exists()


async def test_who_took_consent_back_while_the_page_was_read_is_not_invited(case: Case) -> None:
    await all_agree(case)
    first, second, third = [await record_of(each) for each in case.clients]
    await consent.withdraw(first, ConsentPurpose.BLIND_CARD, by=case.clients[0])
    await CardExclusion(client=second.id, partner=case.partner.id, made_by=case.clients[1].person).save()
    for gone in (first, second):
        with pytest.raises(job_invitations.NotPossible, match="tidak tersedia lagi"):
            await job_invitations.invite(case.vacancy, gone, "ABC234", by=case.employer)
    await job_invitations.invite(case.vacancy, third, "ABC234", by=case.employer)
    assert await JobInvitation.count() == 1


async def test_nobody_else_answers_an_invitation(case: Case, browser: Any) -> None:
    await all_agree(case)
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, case.clients[0].client)}/invitations")
    [row] = await JobInvitation.objects()
    for actor, status in ((case.clients[1], 404), (case.employer, 403), (await builders.staff(), 404)):
        answer = await (await browser(actor)).form(f"/job-invitations/{row.id}/refusal")
        assert answer.status_code == status
    for_them = await (await browser(case.staff)).form(
        f"/job-invitations/{row.id}/refusal", {"note": "Kerja lain"}
    )
    assert for_them.status_code == 303


async def test_staff_record_what_they_heard_and_the_client_may_take_it_back(case: Case, browser: Any) -> None:
    client = case.clients[0]
    visitor = await browser(case.staff)
    base = f"/clients/{client.client}/card"
    short = await visitor.form(f"{base}/consents", {"channel": "call", "agreement": "ya"})
    assert short.status_code == 422 and "Tulis satu kalimat" in short.text and not await Consent.exists()
    said = "Dibacakan lewat telepon, klien menjawab setuju."
    assert (await visitor.form(f"{base}/consents", {"channel": "call", "agreement": said})).status_code == 303
    [row] = await Consent.objects()
    assert (row.given_by, row.witness, row.channel) == (case.staff.person, case.staff.person, "call")
    assert row.text_version == consent.WORDINGS[ConsentPurpose.BLIND_CARD].version
    await (await browser(client)).form("/me/card/consents/ending")
    [row] = await Consent.objects()
    assert row.withdrawn_by == client.person


async def test_a_client_agrees_by_ticking_and_only_then(case: Case, browser: Any) -> None:
    own = await browser(case.clients[0])
    assert "Tidak diizinkan" in (await own.get("/me/card")).text
    answer = await own.form("/me/card/consents")
    assert answer.status_code == 422 and "Centang dulu bila Anda setuju." in answer.text
    for _ in range(2):
        assert (await own.form("/me/card/consents", {"agree": "yes"})).status_code == 303
    assert await Consent.count() == 1 and "Diizinkan sejak" in (await own.get("/me/card")).text


async def test_who_is_under_age_cannot_agree(case: Case, browser: Any) -> None:
    young = date.today() - timedelta(days=17 * 365)
    await Client.update({Client.born_on: young}).where(Client.id == case.clients[0].client)
    answer = await (await browser(case.clients[0])).form("/me/card/consents", {"agree": "yes"})
    assert answer.status_code == 409 and "mulai umur 18 tahun" in answer.text


async def test_no_page_of_an_employer_names_anybody_who_agreed(app: Any, case: Case) -> None:
    """Every page the app has, with the ids of this case, read by the employer, after looking and inviting."""
    await all_agree(case)
    await seen(case)
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, case.clients[0].client)}/invitations")
    ids = {"vacancy": case.vacancy.id, "client": case.clients[0].client, "invitation": 1}
    for route in app.routes:
        if "GET" not in getattr(route, "methods", ()) or route.path.startswith("/static"):
            continue
        address = re.sub(r"{(\w+?)(?:_id)?:\w+}", lambda part: str(ids.get(part[1], 1)), route.path)
        for headers in ({}, {"HX-Request": "true"}):
            answer = await case.browser.get(address, headers=headers)
            assert answer.status_code in OPENED or answer.status_code == 422, address
            # Its own words name the law, and trades that happen to be called so.
            leaks = found_in(
                answer.text, NEVER - {"1993", "pendamping"} | {f"client{number}@" for number in range(200)}
            )
            assert not leaks, f"{address}: {leaks}"


async def test_events_and_addresses_hold_codes_and_ids_alone(case: Case) -> None:
    await all_agree(case)
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, case.clients[0].client)}/invitations")
    said = json.dumps([[row["subject"], row["action"], str(row["details"])] for row in await Event.select()])
    links = json.dumps([row["link"] for row in await Notice.select()])
    assert not found_in(said + links, NEVER)
    names = [row["name"] for row in await Person.select(Person.name)]
    assert set(NAMES) <= set(names) and not await Application.exists()


async def test_open_invitations_end_with_the_consent_they_came_by(case: Case, browser: Any) -> None:
    await all_agree(case)
    chosen = case.clients[0]
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, chosen.client)}/invitations")
    own, staff = await browser(chosen), await browser(case.staff)
    assert "mengundang Anda melamar" in (await own.get("/matches")).text
    assert "Menunggu jawaban" in (await own.get("/me/card")).text
    await own.form("/me/card/consents/ending")
    said = (await own.get("/me/card")).text
    assert "undangan yang belum dijawab berakhir" in said and "Berakhir" in said and "Las kanopi" in said
    assert "mengundang" not in (await own.get("/matches")).text
    assert "mengundang" not in (await staff.get(f"/clients/{chosen.client}/matches")).text
    [row] = await JobInvitation.objects()
    assert row.answer == "ended" and row.answered_at
    for visitor in (own, staff):
        answer = await visitor.form(f"/job-invitations/{row.id}/refusal", {"note": "Kerja lain"})
        assert answer.status_code == 303 and "berakhir" in unquote(answer.headers["set-cookie"])
    await own.form("/me/card/consents", {"agree": "yes"})
    assert "mengundang" not in (await own.get("/matches")).text, "a new consent is about new invitations"
    [row] = await JobInvitation.objects()
    assert row.answer == "ended" and not row.answer_note


async def test_keeping_away_from_a_partner_ends_its_open_invitations_alone(case: Case, browser: Any) -> None:
    await all_agree(case)
    await builders_fourth(case)
    chosen = case.clients[0]
    other = await builders.partner("CV Lain")
    vacancy = await builders.vacancy(other, essential=FOUR, occupation="tukang-las")
    theirs = await browser(await builders.employer(other))
    for visitor, of in ((case.browser, case.vacancy), (theirs, vacancy)):
        code = handle(of.id, chosen.client)
        await visitor.form(f"/partner/vacancies/{of.id}/candidates/{code}/invitations")
    await (await browser(chosen)).form("/me/card/exclusions", {"partner": str(case.partner.id)})
    answers = {row.vacancy: row.answer for row in await JobInvitation.objects()}
    assert answers == {case.vacancy.id: "ended", vacancy.id: "open"}


async def test_an_answer_stays_what_it_was_when_consent_is_withdrawn(case: Case, browser: Any) -> None:
    await all_agree(case)
    chosen = case.clients[0]
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, chosen.client)}/invitations")
    await apply(case, chosen)
    await (await browser(chosen)).form("/me/card/consents/ending")
    [row] = await JobInvitation.objects()
    assert row.answer == "applied"


async def test_an_invitation_is_answered_in_words_for_an_invitation(case: Case, browser: Any) -> None:
    await all_agree(case)
    chosen = case.clients[0]
    await case.browser.form(f"{case.address}/{handle(case.vacancy.id, chosen.client)}/invitations")
    for visitor, address in (
        (await browser(chosen), "/matches"),
        (await browser(case.staff), f"/clients/{chosen.client}/matches"),
    ):
        html = (await visitor.get(address)).text
        assert "Jawab undangan ini?" in html and "Jawab usulan ini?" not in html
        assert "Pemberi kerja tidak diberi tahu" in html
        [row] = await JobInvitation.objects()
        refused = await visitor.form(f"/job-invitations/{row.id}/refusal", {"note": "a" * 501})
        assert (
            refused.status_code == 422 and "Jawab undangan" in refused.text and "usulan" not in refused.text
        )


@pytest.mark.parametrize("how", ["looked", "invited", "applied"])
async def test_a_partner_the_client_has_had_to_do_with_can_be_kept_out_though_it_is_not_verified(
    case: Case, browser: Any, how: str
) -> None:
    await all_agree(case)
    chosen = case.clients[0]
    if how == "looked":
        await seen(case)
    elif how == "invited":
        await job_invitations.invite(case.vacancy, await record_of(chosen), "ABC234", by=case.employer)
    else:
        await apply(case, chosen)
    stranger = await builders.partner("CV Asing")
    for partner in (case.partner, stranger):
        await Partner.update({Partner.verified_at: None}, force=True).where(Partner.id == partner.id)
    own = await browser(chosen)
    html = (await own.get("/me/card")).text
    assert f'<option value="{case.partner.id}"' in html and "CV Asing" not in html
    await own.form("/me/card/exclusions", {"partner": str(case.partner.id)})
    await own.form("/me/card/exclusions", {"partner": str(stranger.id)})
    assert [row.partner for row in await CardExclusion.objects()] == [case.partner.id]

"""What an employer can learn of a candidate: every page, fragment, notice, mail and address, before and after an invitation."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest

from jobs import applications, cards, postings
from jobs.tables import Application, CheckIn, State
from portal import mail, notices, settings
from portal.disclosure import discloses
from portal.notices import KINDS
from portal.tables import Client, Event, Notice, Outbox, Person
from tests import builders
from tests.web.test_applications import INVITATION, REFUSAL, Case, put, visit
from training.tables import Certificate, Experience, Profile
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

NAME, PHONE, EMAIL = "Qwertiyo Zaxbanu", "+6281298765432", "qwertiyo@surat.test"
IDENTITY = {"qwertiyo", "zaxbanu", PHONE.lower(), "81298765432", EMAIL}
NEVER = {
    "kantor zzz",
    "xylofina",
    "balai yyy",
    "desa wwwindah",
    "1993-12-31",
    "desember 1993",
    "vvvperusahaan",
    "uuusetuju",
    "tttkontak",
    "rehab",
    "bnn",
}
"""Office, caseworker, issuer, village, day of birth, employer of the past, agreement, contact note, and the words themselves."""


@pytest.fixture
async def case() -> Case:
    """A client around whom everything has an unmistakable name, with traps in every free text."""
    case = Case()
    office = await builders.office("Kantor Zzz")
    case.staff = await builders.staff(office, name="Xylofina Pendamping")
    case.client = await builders.client(
        case.staff,
        name=NAME,
        phone=PHONE,
        skills=["las-smaw"],
        born_on=date(1993, 12, 31),
        profile={"education": 20, "licences": ["sim-c"], "available_from": date.today() + timedelta(days=9)},
    )
    await Person.update({Person.email: EMAIL}).where(Person.id == case.client.person)
    more = {
        "locality": "Desa Wwwindah",
        "latitude": -6.5,
        "longitude": 106.8,
        "contact_note": "tttkontak ibunya",
    }
    await Client.update(more, force=True).where(Client.id == case.client.client)
    profile = (await Profile.objects().get(Profile.client == case.client.client)).id
    for title, occupation, months in (
        ("Operator jahit di CV Vvvperusahaan", None, 16),
        ("Bengkel Qwertiyo, telp 0812 9876 5432", None, 5),
        ("Relawan rehabilitasi Vvvperusahaan", None, 3),
        ("Tukang las CV Vvvperusahaan", "tukang-las", 12),
        ("Tukang las harian", "tukang-las", 4),
    ):
        known = occupation if occupation in vocabulary().occupations else None
        await Experience(profile=profile, title=title, occupation=known, months=months).save()
    for title, scheme in (
        ("Las SMAW 3G", "LSP Las Nusantara (BNSP)"),
        ("Pelatihan menjahit Balai Yyy", ""),
        ("Vokasional Balai Rehabilitasi", "Balai Yyy BNN"),
    ):
        await Certificate(
            profile=profile, kind="training", title=title, issuer="Balai Yyy", scheme=scheme
        ).save()
    partner = await builders.partner()
    case.employer = await builders.employer(partner)
    case.vacancy = await builders.vacancy(partner, essential=["las-smaw"])
    record = await Client.objects().get(Client.id == case.client.client)
    posting = await postings.read(case.vacancy.id)
    case.application = await applications.apply(
        case.vacancy,
        record,
        card=await cards.card_of(record, posting.document),
        by=case.staff,
        note="Saya siap belajar.",
        agreement="uuusetuju lewat telepon",
    )
    return case


async def card_of(case: Case) -> dict[str, Any]:
    [row] = await Application.select(Application.card).output(load_json=True)
    return row["card"]


def found_in(text: str, tokens: set[str]) -> set[str]:
    plain = re.sub(r"\s+", " ", text).lower()
    return {token for token in tokens if token in plain}


OPENED = {200, 204, 302, 303, 400, 403, 404, 405}
"""What a page may answer while everything is walked; an error of ours hides what the page would have said."""


def addresses(app: Any, case: Case) -> Iterator[str]:
    """Every page the app has, with the ids of this case in its address, and the ways into these pages."""
    ids = {"application": case.application.id, "vacancy": case.vacancy.id, "client": case.client.client}
    for route in app.routes:
        if "GET" not in getattr(route, "methods", ()) or route.path.startswith("/static"):
            continue
        yield re.sub(r"{(\w+?)(?:_id)?:\w+}", lambda part: str(ids.get(part[1], 1)), route.path)
    for name in ("interview", "decline"):
        yield f"{case.path}?open={name}"
        yield f"/partner/applications?application={case.application.id}&open={name}"
    for tab in ("interview", "settled"):
        yield f"/partner/applications?tab={tab}"
    yield from (f"/?q={NAME}", "/?q=las", "/suggestions?q=qwer", f"/api/v1/vacancies?q={NAME}")


async def leaks(
    browser: Any, app: Any, case: Case, tokens: set[str], *, but: str = ""
) -> dict[str, set[str]]:
    """Where an employer, as page and as fragment, meets one of the tokens; `but` is the page that may show them."""
    visitor, found, opened = await browser(case.employer), {}, 0
    for address in addresses(app, case):
        for headers in ({}, {"HX-Request": "true"}):
            answer = await visitor.get(address, headers=headers)
            assert answer.status_code in OPENED, f"{address}: {answer.status_code}"
            opened += answer.status_code == 200
            said = answer.text + str(answer.headers)
            if "?q=" in address:
                # What was searched for comes back in the box and in the address; nothing else of it may.
                said = said.replace(NAME, "").replace(quote_plus(NAME), "")
            told = found_in(said, tokens)
            if told and not (but and address.split("?")[0] == but):
                found[f"{address} {headers}"] = told
    assert opened >= 20, "the walk has lost its way"
    return found


async def test_the_card_holds_what_the_list_allows_and_nothing_else(case: Case) -> None:
    card = await card_of(case)
    assert set(card) == {
        "reasons",
        "experience",
        "certificates",
        "licences",
        "education",
        "home",
        "available",
    }
    assert all(set(reason) == {"icon", "text", "lacks", "bars"} for reason in card["reasons"])
    assert not [reason for reason in card["reasons"] if reason["icon"] == "award"]
    assert card["home"] == "Kab. Bogor" and card["education"] == "SMP" and card["licences"] == ["SIM C"]
    assert card["certificates"] == ["Las SMAW 3G (LSP Las Nusantara (BNSP))", "Pelatihan menjahit"]
    assert "1 tahun 4 bulan, operator jahit" in card["experience"]
    assert "8 bulan, pekerjaan lain" in card["experience"]


async def test_no_token_of_the_client_is_anywhere_on_the_card(case: Case) -> None:
    assert found_in(json.dumps(await card_of(case)), IDENTITY | NEVER) == set()


@pytest.mark.parametrize("state", [state for state in State if state not in applications.IDENTIFIED])
async def test_before_an_invitation_and_after_an_end_nothing_names_the_candidate(
    browser, app, case: Case, state
) -> None:
    await put(case, state, interview_place="Jl. Bengkel 1", withdrawal_note="uuusetuju karena keluarga")
    assert await leaks(browser, app, case, IDENTITY | NEVER) == {}


@pytest.mark.parametrize("state", sorted(applications.IDENTIFIED))
async def test_an_invitation_opens_name_and_contact_on_that_page_alone(
    browser, app, case: Case, state
) -> None:
    await put(case, state)
    html = (await (await browser(case.employer)).get(case.path)).text
    assert found_in(html, IDENTITY) == IDENTITY
    assert found_in(html, NEVER) == set()
    title = re.search(r"<title>(.*?)</title>", html)
    assert title and found_in(title[1], IDENTITY) == set()
    assert await leaks(browser, app, case, IDENTITY | NEVER, but=case.path) == {}


async def test_an_invitation_opens_nothing_to_another_employer_or_in_another_application(
    browser, case: Case
) -> None:
    partner = await builders.partner("CV Tetangga")
    other = await builders.vacancy(partner)
    record = await Client.objects().get(Client.id == case.client.client)
    posting = await postings.read(other.id)
    second = await applications.apply(
        other, record, card=await cards.card_of(record, posting.document), by=case.client
    )
    await put(case, State.INTERVIEW)
    neighbour = await browser(await builders.employer(partner))
    assert found_in((await neighbour.get(f"/applications/{second.id}")).text, IDENTITY) == set()
    assert (await neighbour.get(case.path)).status_code == 404


async def test_a_refusal_closes_what_the_invitation_opened(browser, app, case: Case) -> None:
    visitor = await visit(browser, case.employer, case.path)
    invited = await visitor.form(f"{case.path}/moves", {**INVITATION, "seen": "sent"}, htmx=True)
    assert found_in(invited.text, IDENTITY) == IDENTITY
    refused = await visitor.form(f"{case.path}/moves", {**REFUSAL, "seen": "interview"}, htmx=True)
    assert refused.status_code == 200 and found_in(refused.text, IDENTITY) == set()
    assert await leaks(browser, app, case, IDENTITY | NEVER) == {}


async def test_an_employer_cannot_tell_who_pressed_the_button(browser, case: Case) -> None:
    """An application sent by a caseworker reads to the employer as one sent by the client."""
    by_staff = (await (await browser(case.employer)).get(case.path)).text
    await Application.update({Application.sent_by: case.client.person, Application.agreement: ""}).where(
        Application.id == case.application.id
    )
    await Event.update({Event.by: case.client.person}).where(
        Event.subject == f"application:{case.application.id}"
    )
    by_client = (await (await browser(case.employer)).get(case.path)).text
    token = r"[0-9a-f]{64,}"
    assert re.sub(token, "", by_staff) == re.sub(token, "", by_client)


async def test_notices_mails_events_and_index_rows_carry_no_name_and_no_contact(case: Case) -> None:
    for to, facts in ((State.INTERVIEW, {"interview_place": "Jl. Bengkel 1"}), (State.HIRED, {})):
        await applications.move(case.application, to, by=case.employer, **facts)
    rows = [*await Notice.select(), *await Event.select(), *await Outbox.select()]
    assert rows and found_in(str(rows), IDENTITY | NEVER) == set()
    chosen = settings.read()
    for row in await Notice.select():
        sent = mail.message(chosen, "siapa@surat.test", notices.sentence(row["kind"]), row["link"])
        assert found_in(sent.as_string(), IDENTITY | NEVER) == set()
    assert not [sentence for sentence in KINDS.values() if discloses(sentence)]


TELLING = ("pendamping", "didampingi", "klien", "pemantau", "pantau", "cek kerja", "kantor ")
"""What speaks of somebody who follows a candidate. The office of the police may be named: papers come from there."""


def words_in(html: str) -> str:
    """What a reader sees, without the names of trades in lists to choose from."""
    text = re.sub(r"<(select|datalist|script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).lower().replace("kantor polisi", "")


async def test_no_screen_of_an_employer_speaks_of_anybody_beside_the_candidate(
    browser, app, case: Case
) -> None:
    visitor, stranger, told = await browser(case.employer), await browser(), {}
    # An employer sees these before signing in, and nobody knows yet who reads them.
    shared = ["/session/new", "/resets", "/resets/lama", "/invitations/lama"]
    for reader, pages in ((visitor, [*addresses(app, case), "/me"]), (stranger, shared)):
        for address in pages:
            text = words_in((await reader.get(address)).text)
            if found := {word for word in TELLING if word in text} | set(discloses_words(text)):
                told[address] = found
    assert told == {}


def discloses_words(text: str) -> list[str]:
    return [each for each in discloses(text) if each.startswith("kata ")]


async def test_no_refusal_that_an_employer_may_meet_speaks_of_anybody_beside_the_candidate(
    browser, case: Case
) -> None:
    await put(case, State.OFFERED)
    visitor = await visit(browser, case.employer, case.path)
    await visitor.form(f"{case.path}/moves", {"to": "hired", "seen": "offered"})
    staff = await visit(browser, case.staff, "/due")
    check_in = await CheckIn.objects().get(CheckIn.day == 7)
    await staff.form(f"/check-ins/{check_in.id}/findings", {"finding": "working", "source": "client"})
    refused = await visitor.form(f"{case.path}/moves", {"to": "offered", "seen": "hired"})
    assert refused.status_code == 409 and "tidak bisa diurungkan" in refused.text
    answers = [refused]
    for number in range(7):
        wrong = {"phone": PHONE, "old": "salah", "new": "tiga kata mudah", "password": "salah"}
        answers.append(await visitor.form("/me/password", wrong))
        answers.append(await visitor.form("/me/contacts", wrong))
        answers.append(await visitor.form("/session", {"login": f"{number}", "password": "salah"}))
        answers.append(await visitor.form("/session", {"login": EMAIL, "password": "salah"}))
        answers.append(await visitor.form("/session/code", {"code": "AAAA-AAAA"}))
    answers.append(await visitor.form("/session/code", {}))
    answers.append(await visitor.form("/resets", {"login": EMAIL}))
    for answer in answers:
        text = words_in(answer.text)
        assert not [word for word in TELLING if word in text], text

"""What an employer can learn of a candidate: every page, fragment, notice, mail and address, before and after an invitation."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from jobs import applications, cards, postings
from jobs.pages import ROUTES
from jobs.tables import Application, State
from portal.disclosure import discloses, names_in, without_contacts
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
    "1993",
    "vvvperusahaan",
    "uuusetuju",
    "tttkontak",
    "rehab",
    "bnn",
}
"""Office, caseworker, issuer, village, year of birth, employer of the past, agreement, contact note, and the words themselves."""


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


def addresses(case: Case) -> Iterator[str]:
    """Every page an employer can open, and what anybody can."""
    own, inbox = case.path, "/partner/applications"
    yield from (own, f"{own}?open=interview", f"{own}?open=decline", f"/vacancies/{case.vacancy.id}")
    for path in (inbox, f"/partner/vacancies/{case.vacancy.id}/applications"):
        for tab in ("todo", "interview", "settled"):
            yield f"{path}?tab={tab}"
        for open in ("", "interview", "decline"):
            yield f"{path}?application={case.application.id}&open={open}"
    yield from (
        "/partner",
        "/partner/vacancies",
        f"/partner/vacancies/{case.vacancy.id}",
        "/me",
        "/me/notices",
    )
    yield from (
        "/",
        f"/?q={NAME}",
        "/?q=las",
        "/suggestions?q=qwer",
        "/api/v1/vacancies",
        "/schema/openapi.json",
    )


async def leaks(browser: Any, case: Case, tokens: set[str], *, but: str = "") -> dict[str, set[str]]:
    """Where an employer, as page and as fragment, meets one of the tokens; `but` is the page that may show them."""
    visitor, found = await browser(case.employer), {}
    for address in addresses(case):
        for headers in ({}, {"HX-Request": "true"}):
            answer = await visitor.get(address, headers=headers)
            # What was searched for comes back in the box; nothing else of it may.
            text = answer.text.replace(NAME, "") if "?q=" in address else answer.text
            told = found_in(text + str(answer.headers), tokens)
            if told and not (but and address.split("?")[0] == but):
                found[f"{address} {headers}"] = told
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
    assert card["home"] == "Kab. Bogor" and card["education"] == "SMP" and card["licences"] == ["SIM C"]
    assert card["certificates"] == ["Las SMAW 3G (LSP Las Nusantara (BNSP))", "Pelatihan menjahit"]
    assert "1 tahun 4 bulan, operator jahit" in card["experience"]
    assert "8 bulan, pekerjaan lain" in card["experience"]


async def test_no_token_of_the_client_is_anywhere_on_the_card(case: Case) -> None:
    assert found_in(json.dumps(await card_of(case)), IDENTITY | NEVER) == set()


@pytest.mark.parametrize("state", [state for state in State if state not in applications.IDENTIFIED])
async def test_before_an_invitation_and_after_an_end_nothing_names_the_candidate(
    browser, case: Case, state
) -> None:
    await put(case, state, interview_place="Jl. Bengkel 1", withdrawal_note="uuusetuju karena keluarga")
    assert await leaks(browser, case, IDENTITY | NEVER) == {}


@pytest.mark.parametrize("state", sorted(applications.IDENTIFIED))
async def test_an_invitation_opens_name_and_contact_on_that_page_alone(browser, case: Case, state) -> None:
    await put(case, state)
    html = (await (await browser(case.employer)).get(case.path)).text
    assert found_in(html, IDENTITY) == IDENTITY
    assert found_in(html, NEVER) == set()
    title = re.search(r"<title>(.*?)</title>", html)
    assert title and found_in(title[1], IDENTITY) == set()
    assert await leaks(browser, case, IDENTITY | NEVER, but=case.path) == {}


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


async def test_a_refusal_closes_what_the_invitation_opened(browser, case: Case) -> None:
    visitor = await visit(browser, case.employer, case.path)
    invited = await visitor.form(f"{case.path}/moves", {**INVITATION, "seen": "sent"}, htmx=True)
    assert found_in(invited.text, IDENTITY) == IDENTITY
    refused = await visitor.form(f"{case.path}/moves", {**REFUSAL, "seen": "interview"}, htmx=True)
    assert refused.status_code == 200 and found_in(refused.text, IDENTITY) == set()
    assert await leaks(browser, case, IDENTITY | NEVER) == {}


async def test_an_employer_cannot_tell_who_pressed_the_button(browser, case: Case) -> None:
    """An application sent by a caseworker reads to the employer as one sent by the client."""
    by_staff = (await (await browser(case.employer)).get(case.path)).text
    await Application.update({Application.sent_by: case.client.person, Application.agreement: ""})
    await Event.update({Event.by: case.client.person}).where(
        Event.subject == f"application:{case.application.id}"
    )
    by_client = (await (await browser(case.employer)).get(case.path)).text
    token = r"[0-9a-f]{64,}"
    assert re.sub(token, "", by_staff) == re.sub(token, "", by_client)


async def test_notices_events_and_index_rows_carry_no_name_and_no_contact(case: Case) -> None:
    for to, facts in ((State.INTERVIEW, {"interview_place": "Jl. Bengkel 1"}), (State.HIRED, {})):
        await applications.move(case.application, to, by=case.employer, **facts)
    rows = [*await Notice.select(), *await Event.select(), *await Outbox.select()]
    assert rows and found_in(str(rows), IDENTITY | NEVER) == set()
    assert found_in(" ".join(KINDS.values()), NEVER) == set()
    assert not [sentence for sentence in KINDS.values() if discloses(sentence)]


def test_no_address_of_these_pages_carries_more_than_numbers_of_things() -> None:
    assert ROUTES
    for address in addresses(_numbered()):
        assert found_in(address.split("?q=")[0], IDENTITY | NEVER) == set()


def _numbered() -> Case:
    case = Case()
    case.application, case.vacancy = Application(), builders.Vacancy()
    case.application.id = case.vacancy.id = 1
    return case


@pytest.mark.parametrize(
    "text, found",
    [
        ("Hubungi 0812 0000 0000", ["nomor telepon"]),
        ("+62-812-9876-543", ["nomor telepon"]),
        ("nol delapan satu dua tiga empat lima enam", ["nomor telepon"]),
        ("tulis ke budi@surat.test ya", ["alamat e-mail"]),
        ("budi(at)surat.test", ["alamat e-mail"]),
        ("lihat wa.me/62812345", ["tautan"]),
        ("IG: budi_las", ["akun media sosial"]),
        ("Setelah REHABILITASI saya siap", ["kata “rehabilitasi”"]),
        ("dari B.N.N Bogor", ["kata “bnn”"]),
        ("r e h a b", ["kata “rehab”"]),
        ("re-hab", ["kata “rehab”"]),
        ("mantan pecandu narkoba", ["kata “pecandu”", "kata “narkoba”"]),
        ("tinggal di rumah damping", ["kata “rumah damping”"]),
        ("Gaji Rp10.000.000, 2019-2023, target 60 potong", []),
        ("Saya terbiasa mengelas rangka kanopi dan siap belajar las GMAW.", []),
        ("Perehab tidak ada, kerabat ada", []),
    ],
)
def test_what_a_text_gives_away_is_named(text: str, found: list[str]) -> None:
    assert discloses(text) == found


def test_contacts_are_taken_out_of_a_text() -> None:
    assert without_contacts("Bengkel, telp 0812 9876 5432, buka pagi") == "Bengkel, telp , buka pagi"


def test_a_name_is_found_but_an_ordinary_word_is_not() -> None:
    assert names_in("saya zubaidah, hasil kerja bagus", "Zubaidah Bagus Al") == ["zubaidah"]


def test_no_word_a_card_takes_from_the_vocabulary_discloses() -> None:
    """The trades of aftercare itself are the exception: as experience they are said as other work."""
    words = vocabulary()
    labels = [*words.occupations.values(), *words.skills.values(), *words.licences.values()]
    assert {entry.label for entry in labels if discloses(entry.label)} <= {"Agen pemulihan"}

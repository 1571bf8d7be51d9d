"""Whatever a browser or somebody with bad intentions sends: no page breaks, nothing foreign shows, nothing is done unasked."""

import contextlib
import os
import random
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, get_args
from urllib.parse import quote, urlencode

import httpx
import msgspec
import pytest
from argon2 import PasswordHasher
from asyncpg import DataError, IntegrityConstraintViolationError
from litestar.exceptions import PermissionDeniedException
from piccolo.columns import Text, Varchar

from jobs import applications, aside, cards, placements, postings, proposals
from jobs.index.drain import drain_all
from jobs.seekers import blind
from jobs.tables import (
    Allocation,
    Application,
    AsideReason,
    Assignment,
    CardExclusion,
    CheckIn,
    JobInvitation,
    Placement,
    Proposal,
    State,
    Vacancy,
    VacancyState,
)
from partners.tables import Partner
from portal import memberships, passwords, tickets
from portal.app import HEADERS
from portal.database import connection
from portal.forms import Form
from portal.people import Actor
from portal.tables import Client, Organisation, Person, Role, TicketPurpose
from tests import builders
from training.profiles import of_client
from training.tables import (
    Certificate,
    Enrolment,
    EnrolmentState,
    Experience,
    Profile,
    Programme,
    ProviderKind,
    WordProposal,
)
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

ROUNDS = int(os.environ.get("HOSTILE_ROUNDS", "3"))
"""Random forms for each address; more of them look closer and take longer."""
UNKNOWN = "999999"
TEXTS = [
    "",
    " ",
    "0",
    "-1",
    "1",
    str(2**31),
    str(2**63),
    "9" * 5_000,
    "1e400",
    "NaN",
    "1.5",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "25:99",
    "on",
    "null",
    "[]",
    "\x00",
    "a\x00b",
    "\r\nSet-Cookie: a=b",
    "😀" * 300,
    "\u202e\ufeff\u0301" * 40,
    "x" * 6_000,
    "' OR 1=1 --",
    "{} {0} %s $1 \\",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "../../etc/passwd",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]
IDS = [
    "0",
    "-1",
    str(-(2**40)),
    str(2**31),
    str(2**63),
    "9" * 30,
    "9" * 5_000,
    "1.5",
    "x",
    "%00",
    "%D9%A3",
    "%FF",
]
QUERIES = (
    *(
        "q",
        "page",
        "number",
        "tab",
        "open",
        "within",
        "application",
        "client",
        "vacancy",
        "state",
        "partner",
        "show",
    ),
    *(
        "whose",
        "standing",
        "scope",
        "all",
        "next",
        "skills",
        "region",
        "province",
        "radius_km",
        "type",
        "education",
    ),
    *("wage_min", "sort", "per_page", "exact"),
    *("aside", "skill", "licence", "km", "from", "lang"),
)
FEW = 6
ROLES = ("stranger", "client", "employer", "staff", "administrator")


@dataclass
class World:
    """An office with everything that can have an id, and everybody who may have to do with it."""

    actors: dict[str, Actor | None] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


async def world(place: str) -> World:
    office = await builders.office(f"Kantor {place}")
    staff = await builders.staff(office, name=f"Petugas {place}")
    administrator = await builders.administrator(office)
    client = await builders.client(staff, name=f"Orang {place}", skills=["las-smaw"])
    partner = await builders.partner(f"CV {place}")
    employer = await builders.employer(partner, name=f"Juragan {place}")
    vacancy = await builders.vacancy(partner, essential=["las-smaw"], state=VacancyState.IN_REVIEW)
    open_one = await builders.vacancy(partner, title=f"Tukang cat {place}")
    record = await Client.objects().get(Client.id == client.client)
    posting = await postings.read(open_one.id)
    assert record and posting
    proposal = await proposals.propose(open_one, record, "Cocok.", by=staff)
    card = await cards.card_of(record, posting.document)
    application = await applications.apply(open_one, record, card=card, by=client)
    profile = (await of_client(record.id)).id
    experience = Experience(profile=profile, title="Kuli", months=3)
    await experience.save()
    certificate = Certificate(profile=profile, kind="training", title="Las", issuer="", scheme="")
    await certificate.save()
    placement = await placements.begin_work(
        record.id,
        by=staff,
        started_on=date.today(),
        kind="daily",
        title="Kuli",
        employer_name="",
        occupation=None,
    )
    check_in = await CheckIn.objects().get((CheckIn.placement == placement.id) & (CheckIn.day == 7))
    assert check_in
    tokens = {
        "/invitations/": await tickets.issue_invitation(client.person, by=None),
        "/resets/": await tickets._issue(client.person, TicketPurpose.RESET, f"geheim-{place}", by=None),
    }
    aside_row = await aside.set_aside(record, open_one.id, AsideReason.FIELD, by=client)
    kept_from = CardExclusion(client=record.id, partner=partner.id, made_by=client.person)
    await kept_from.save()
    invited = JobInvitation(vacancy=open_one.id, client=record.id, handle="ABC234", made_by=employer.person)
    await invited.save()
    word = WordProposal(kind="skill", word=f"ngoprek {place.lower()}")
    await word.save()
    figures = {"clients": 1, "vacancies": 1, "positions": 1, "placed": 1, "total": 0.5, "first_placed": 1}
    times = {"first_total": 0.5, "scoring_ms": 1, "solving_ms": 1}
    shared = Allocation(
        office=office.id, whose="mine", floor=30, reach_km=25, made_by=staff.person, **figures, **times
    )
    await shared.save()
    line = Assignment(allocation=shared.id, client=record.id, vacancy=open_one.id, fit=0.5)
    await line.save()
    course = await builders.programme(staff, provider_kind=ProviderKind.OFFICE, title=f"Kelas {place}")
    enrolment = Enrolment(
        programme=course.id, client=record.id, state=EnrolmentState.REGISTERED, made_by=client.person
    )
    await enrolment.save()
    numbers = {
        "word_id": word.id,
        "application_id": application.id,
        "vacancy_id": vacancy.id,
        "client_id": record.id,
        "proposal_id": proposal.id,
        "placement_id": placement.id,
        "check_in_id": check_in.id,
        "experience_id": experience.id,
        "certificate_id": certificate.id,
        "partner_id": partner.id,
        "person_id": employer.person,
        "office": office.id,
        "membership": staff.membership,
        "aside_id": aside_row,
        "exclusion_id": kept_from.id,
        "invitation_id": invited.id,
        "allocation_id": shared.id,
        "assignment_id": line.id,
        "programme_id": course.id,
        "enrolment_id": enrolment.id,
    }
    return World(
        {
            "stranger": None,
            "client": client,
            "employer": employer,
            "staff": staff,
            "administrator": administrator,
        },
        {name: str(number) for name, number in numbers.items()}
        | tokens
        | {"open": str(open_one.id), "handle": blind.handle(open_one.id, record.id)},
    )


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class _Undo(Exception):
    pass


@asynccontextmanager
async def undone(visitor: Any) -> AsyncIterator[None]:
    """Takes back what happens inside, so that the next request finds the world and the cookies as they were."""
    cookies = httpx.Cookies(visitor.cookies)
    try:
        async with connection().transaction():
            yield
            raise _Undo
    except _Undo:
        visitor.cookies = cookies


def routes(app: Any, method: str) -> list[str]:
    return sorted(
        route.path
        for route in app.routes
        if method in getattr(route, "methods", ()) and not route.path.startswith(("/static", "/schema"))
    )


def filled(path: str, ids: dict[str, str]) -> str:
    """The address of a route; vacancies that are read and applied to are the published one."""
    ids = ids | ({"vacancy_id": ids["open"]} if path.startswith("/vacancies") else {})
    path = path.replace("{token:str}", ids["/" + path.split("/")[1] + "/"]) if "{token" in path else path
    return re.sub(r"{(\w+):\w+}", lambda part: ids[part[1]], path)


def forms(kind: type = Form) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def sound_values() -> dict[str, list[str]]:
    """field -> values that some form would take, read from the types of all forms."""
    values: dict[str, list[str]] = {"once": [""]}
    for form in forms():
        for each in msgspec.structs.fields(form):
            values.setdefault(each.name, []).extend(_of_kind(each.type))
    today, known = date.today(), vocabulary()
    for name, kinds in values.items():
        if "date" in kinds:
            values[name] = [str(today), str(today + timedelta(days=3)), "0001-01-01", "9999-12-31"]
    some = next(iter(known.occupations.values()))
    named = {
        "region": ["32.01", "32.73", "32"],
        "locality": ["Cibinong"],
        "occupation": [some.id, some.label],
        "essential": list(some.essential),
        "useful": list(some.useful),
        "skills": list(some.essential),
        "licences": list(known.licences),
        "work_times": ["day", "night"],
        "unit": ["months", "years"],
        "phone": ["081234567890"],
        "email": ["siapa@contoh.test"],
        "login": ["client1@contoh.test", "0812"],
        "password": ["tiga kata mudah"],
        "new": ["tiga kata mudah"],
        "industry": ["C"],
        "interview_time": ["09:00", "23:59"],
        "apply_at": ["https://contoh.test/lamar"],
        "agreement": ["Kartu dibacakan, klien setuju."],
        "view": ["mine", "office", "placement"],
    }
    return values | {name: values.get(name, []) + more for name, more in named.items()}


def _of_kind(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(each.value) for each in kind]
    if kind is date:
        return ["date"]
    if kind in (int, bool):
        return ["1", "5"]
    inner = [value for each in get_args(kind) for value in _of_kind(each)]
    return inner or (["Kata biasa"] if kind is str else [])


def a_form(chance: random.Random, sound: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Mostly sound, so that it comes far; now and then hostile, missing, or twice."""
    hostile = chance.choice([0.0, 0.05, 0.3, 1.0])
    sent = []
    for name, values in sound.items():
        for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2])):
            bad = chance.random() < hostile or not values
            sent.append((name, chance.choice(TEXTS if bad else values)))
    return sent


async def opened(browser: Any, actor: Actor | None) -> tuple[Any, dict[str, str]]:
    """A browser, and the header with which its forms are believed."""
    visitor = await browser(actor)
    await visitor.get("/help" if actor else "/session/new")
    return visitor, {"x-portal-csrf": visitor.cookies["portal_csrf"]}


@pytest.mark.parametrize("role", ROLES)
async def test_no_form_however_odd_breaks_a_page(app: Any, browser: Any, role: str) -> None:
    here, chance, sound = await world("Melati"), random.Random(f"{role}{ROUNDS}"), sound_values()
    visitor, token = await opened(browser, here.actors[role])
    token |= {"content-type": "application/x-www-form-urlencoded"}
    broken, seen = [], set()
    for path in routes(app, "POST"):
        url = filled(path, here.ids)
        for _ in range(ROUNDS):
            sent = a_form(chance, sound)
            async with undone(visitor):
                answer = await visitor.post(
                    url, content=urlencode(sent), headers=token | chance.choice([{}, {"HX-Request": "true"}])
                )
            seen.add(answer.status_code)
            if answer.status_code >= 500:
                broken.append((path, sent))
            if answer.status_code == 403:
                break
    assert not broken, "\n".join(f"{path}: {sent}"[:3000] for path, sent in broken[:5])
    assert 422 in seen


BODIES: list[tuple[str, bytes]] = [
    ("application/json", b"{}"),
    ("application/json", b"[" * 50_000),
    ("application/json", b"\xff"),
    ("text/plain", b"a=b"),
    ("", b"a=b"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xed\xa0\x80\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: a/b; charset=utf-99\r\n\r\nx\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="../a\\b"\r\n\r\n\xff\x00\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: application/json\r\n\r\n{]\r\n--x--\r\n',
    ),
    ("application/x-www-form-urlencoded", b"name=%ff%fe&born_on=%zz&=&&&x&name[]=1&name[a]=2"),
    ("application/x-www-form-urlencoded", b"\xff\x00\xfe"),
    ("application/x-www-form-urlencoded", b"name=" + b"x" * 1_000_000),
    ("application/x-www-form-urlencoded", b"name=1&" * 100_000),
    ("application/x-www-form-urlencoded; charset=utf-99", b"name=1"),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: f"{body[0]} {body[1][:20]!r}")
async def test_no_body_that_is_no_form_breaks_a_page(app: Any, browser: Any, body: tuple[str, bytes]) -> None:
    here = await world("Melati")
    for role in ("stranger", "staff", "employer"):
        visitor, token = await opened(browser, here.actors[role])
        for path in routes(app, "POST"):
            async with undone(visitor):
                headers = token | ({"content-type": body[0]} if body[0] else {})
                answer = await visitor.post(filled(path, here.ids), content=body[1], headers=headers)
            assert answer.status_code < 500, f"{role} {path}"
    # Without the header the token is looked for in the body, before any page is asked.
    answer = await visitor.post("/session", content=body[1], headers={"content-type": body[0] or "x/y"})
    assert answer.status_code in (400, 403, 413)


@pytest.mark.parametrize("role", ROLES)
async def test_no_address_however_odd_breaks_a_page(app: Any, browser: Any, role: str) -> None:
    here, chance = await world("Melati"), random.Random(f"{role}{ROUNDS}")
    visitor, _ = await opened(browser, here.actors[role])
    addresses = []
    for path in routes(app, "GET"):
        url = filled(path, here.ids)
        # Every text is tried on many pages, and every page with some of them: all with all takes minutes.
        some = chance.sample(TEXTS, FEW)
        addresses += [url, *(f"{url}?{urlencode({name: text})}" for name in ("page", "q") for text in some)]
        for _ in range(ROUNDS * 4):
            addresses.append(f"{url}?{urlencode([(name, chance.choice(TEXTS)) for name in QUERIES])}")
            asked = {name: chance.choice(TEXTS) for name in chance.sample(QUERIES, 2)}
            addresses.append(f"{url}?{urlencode(asked)}")
        for name in re.findall(r"{(\w+):", path):
            odd = {name: "\x1a"} | ({"open": "\x1a", "/invitations/": "\x1a", "/resets/": "\x1a"})
            addresses += [filled(path, here.ids | odd).replace("\x1a", each) for each in IDS]
    addresses += [f"{below}/{quote(text[:300])}" for text in TEXTS for below in ("", "/static", "/schema")]
    addresses += ["//", "/./", "/%2e%2e/", "/clients//"]
    for address in addresses:
        async with undone(visitor):
            for headers in ({}, {"HX-Request": "true"}):
                answer = await visitor.get(address, headers=headers)
                assert answer.status_code < 500, address[:500]
    for method in ("OPTIONS", "HEAD", "PUT", "DELETE", "TRACE"):
        for path in routes(app, "GET") + routes(app, "POST"):
            answer = await visitor.request(method, filled(path, here.ids))
            assert answer.status_code < 500, f"{method} {path}"


async def test_cookies_that_nobody_gave_out_break_no_page(app: Any, browser: Any) -> None:
    for text in [*TEXTS, "x.y", "é", "."]:
        value = quote(text[:2_000], safe="") if not text.isascii() or not text.isprintable() else text[:2_000]
        visitor = await browser()
        pairs = [
            f"{name}={value}" for name in ("portal_session", "portal_csrf", "portal_said", "portal_device")
        ]
        for address in ("/", "/me", "/session/new"):
            answer = await visitor.get(address, headers={"cookie": "; ".join(pairs)})
            assert answer.status_code < 500, text[:100]
            assert "<img src=x" not in answer.text and "<script>alert" not in answer.text


def bare(html: str, *words: str) -> str:
    """A page without what differs from one answer to the next, and without the id that was asked for."""
    html = re.sub(r"[0-9a-f]{64,}", "TOKEN", html)
    html = re.sub(r'name="once" value="[^"]*"', "ONCE", html)
    for word in words:
        html = re.sub(rf"(?<![\w]){re.escape(word)}(?![\w])", "ID", html)
    return html


SHARED = {"/partners/", "/reviews/", "/vacancies/", "/offices/", "/memberships/"}
"""What belongs to no office: partners and their vacancies, and for administrators the offices."""


async def test_what_belongs_to_others_is_as_unknown_as_what_is_not_there(app: Any, browser: Any) -> None:
    here, there = await world("Melati"), await world("Kenanga")
    for role in ("client", "employer", "staff"):
        visitor, token = await opened(browser, here.actors[role])
        for method in ("GET", "POST"):
            for path in routes(app, method):
                if "{" not in path or "{token" in path or path.startswith(tuple(SHARED)):
                    continue
                unknown = {name: UNKNOWN for name in there.ids}
                answers = []
                for ids in (there.ids, unknown):
                    async with undone(visitor):
                        url = filled(path, ids)
                        answers.append(await visitor.request(method, url, headers=token))
                foreign, absent = answers
                assert foreign.status_code in (403, 404), f"{role} {method} {path}"
                assert foreign.status_code == absent.status_code
                # An id may be a number that stands on every page, such as the width of an icon.
                words = (*there.ids.values(), UNKNOWN)
                assert bare(foreign.text, *words) == bare(absent.text, *words), path
                assert "Kenanga" not in foreign.text


async def test_a_draft_is_its_employers_alone(browser: Any) -> None:
    here, there = await world("Melati"), await world("Kenanga")
    await Vacancy.update({Vacancy.state: VacancyState.DRAFT}).where(Vacancy.id == int(here.ids["vacancy_id"]))
    url = f"/vacancies/{here.ids['vacancy_id']}"
    readers = [*here.actors.values(), there.actors["employer"]]
    found = [(await (await browser(reader)).get(url)).status_code for reader in readers]
    assert found == [404, 404, 200, 404, 404, 404]


async def test_staff_let_nobody_in_as_a_client_of_another_office(browser: Any) -> None:
    """Somebody who is an employer too is on the partner's page of every office; a link for them would open the record."""
    here, there = await world("Melati"), await world("Kenanga")
    client, employer, staff = (here.actors[role] for role in ("client", "employer", "staff"))
    assert client and employer and staff
    await memberships.give(client.person, Role.EMPLOYER, employer.organisation, by=None)
    with pytest.raises(PermissionDeniedException):
        await tickets.issue_invitation(client.person, by=there.actors["staff"])
    assert await tickets.issue_invitation(client.person, by=staff)


async def test_parts_of_foreign_things_below_an_own_one_are_unknown_too(app: Any, browser: Any) -> None:
    """An own client's address with the experience or the certificate of another's client behind it changes nothing."""
    here, there = await world("Melati"), await world("Kenanga")
    visitor, token = await opened(browser, here.actors["staff"])
    mixed = here.ids | {name: there.ids[name] for name in ("experience_id", "certificate_id", "person_id")}
    for path in routes(app, "POST"):
        if path.count("{") == 2:
            await visitor.post(filled(path, mixed), headers=token, data={"occupation": "tukang-las"})
    kept = await Experience.objects().get(Experience.id == int(there.ids["experience_id"]))
    assert kept and kept.occupation is None
    assert await Certificate.exists().where(Certificate.id == int(there.ids["certificate_id"]))


@pytest.mark.parametrize("role", ROLES)
async def test_a_form_without_its_token_is_refused(app: Any, browser: Any, role: str) -> None:
    here = await world("Melati")
    visitor, _ = await opened(browser, here.actors[role])
    stolen = (await browser(None)).cookies
    for path in routes(app, "POST"):
        for body in ({}, {"_csrf_token": ""}, {"_csrf_token": "0" * 128}):
            answer = await visitor.post(filled(path, here.ids), data=body)
            assert answer.status_code == 403, path
    assert not stolen


@pytest.mark.parametrize("role", ROLES)
async def test_every_answer_carries_its_headers_and_what_is_private_stays_in_no_cache(
    app: Any, browser: Any, role: str
) -> None:
    here = await world("Melati")
    visitor, token = await opened(browser, here.actors[role])
    asked = [("GET", filled(path, here.ids)) for path in routes(app, "GET")]
    asked += [("POST", filled(path, here.ids)) for path in routes(app, "POST")]
    asked += [("GET", "/nothing"), ("DELETE", "/me"), ("OPTIONS", "/me"), ("GET", f"/clients/{UNKNOWN}")]
    for method, url in asked:
        for given in (token, {}):
            async with undone(visitor):
                answer = await visitor.request(method, url, headers=given)
            assert HEADERS.items() <= dict(_titled(answer.headers)).items(), f"{method} {url}"
            # An address that leads nowhere is answered before anybody asks who is there.
            if role != "stranger" and method != "OPTIONS" and url != "/nothing":
                assert answer.headers.get("cache-control") == "no-store", f"{method} {url}"


def _titled(headers: Any) -> Iterator[tuple[str, str]]:
    names = {name.lower(): name for name in HEADERS}
    yield from ((names[name], value) for name, value in headers.items() if name in names)


async def test_an_error_is_logged_with_its_place_and_without_what_people_wrote(
    browser: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    private = "Siti Rahasia"

    async def broken(_: int) -> None:
        raise LookupError(f"Key (name)=({private}) already exists.")

    monkeypatch.setattr(postings, "read", broken)
    visitor = await browser()
    with caplog.at_level("ERROR"):
        answer = await visitor.get("/vacancies/7?q=Siti")
    assert answer.status_code == 500 and "Siti" not in answer.text
    assert "GET /vacancies/{vacancy_id} failed: LookupError" in caplog.text and "broken" in caplog.text
    assert "Siti" not in caplog.text and "Rahasia" not in caplog.text


async def test_a_form_of_many_megabytes_is_not_read(browser: Any) -> None:
    visitor, token = await opened(browser, await builders.staff())
    answer = await visitor.post("/clients/new", data={"name": "x" * 3_000_000}, headers=token)
    assert answer.status_code == 413 and "Kiriman ini terlalu besar" in answer.text


@pytest.mark.parametrize("login", ["a@" + "." * 500_000 + "@", "\u0301\u0316" * 100_000, "1 " * 300_000])
async def test_a_login_or_password_of_any_length_is_refused_at_once(browser: Any, login: str) -> None:
    visitor, token = await opened(browser, None)
    began = time.monotonic()
    for sent in ({"login": login, "password": "x"}, {"login": "a@contoh.test", "password": login}):
        assert (await visitor.post("/session", data=sent, headers=token)).status_code == 422
    assert (await visitor.post("/resets", data={"login": login}, headers=token)).status_code == 422
    # Unbounded, each of these takes minutes, in which nobody else is answered.
    assert time.monotonic() - began < 20


async def test_a_note_of_any_length_is_refused_at_once(browser: Any) -> None:
    here = await world("Melati")
    client = await builders.client()
    visitor, token = await opened(browser, client)
    began = time.monotonic()
    for note in ("a" * 400_000, "a-" * 200_000, "\u0301\u0316" * 100_000):
        url = f"/vacancies/{here.ids['open']}/applications"
        answer = await visitor.post(url, data={"start": "now", "agree": "on", "note": note}, headers=token)
        assert answer.status_code == 422 and "Catatan paling banyak" in answer.text
    assert time.monotonic() - began < 20


async def test_what_is_ticked_a_thousand_times_is_ticked_once(browser: Any) -> None:
    client = await builders.client()
    visitor, token = await opened(browser, client)
    sent = {"work_times": ["night"] * 1_000, "employment_types": ["daily"] * 199}
    assert (await visitor.post("/me/profile/hopes", data=sent, headers=token)).status_code == 303
    assert client.client and (await of_client(client.client)).work_times == ("night",)


PROFILE = (Profile, Experience, Certificate)
INJECTED = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"


async def test_markup_in_any_text_of_the_database_is_shown_as_text(app: Any, browser: Any) -> None:
    here = await world("Melati")
    await applications.move(
        await Application.objects().get(Application.id == int(here.ids["application_id"])),
        State.INTERVIEW,
        by=here.actors["employer"],
        interview_place="x",
        interview_at=datetime.now(UTC),
    )
    visitors = {role: await browser(actor) for role, actor in here.actors.items()}
    card = {name: [INJECTED] for name in ("experience", "certificates", "licences")}
    card |= {name: INJECTED for name in ("education", "home", "available")}
    card["reasons"] = [{"icon": "check", "text": INJECTED, "lacks": False, "bars": None}]
    await Application.update({Application.card: card}, force=True)
    written = 0
    for table in (
        Person,
        Organisation,
        Client,
        Partner,
        Vacancy,
        Application,
        Proposal,
        Placement,
        CheckIn,
        Programme,
        *PROFILE,
    ):
        for column in table._meta.columns:
            if (
                isinstance(column, Varchar | Text)
                and not column._meta.choices
                and not column._meta.primary_key
            ):
                with contextlib.suppress(IntegrityConstraintViolationError, DataError):
                    async with connection().transaction():
                        await table.update({column: INJECTED}, force=True)
                        written += 1
    await Profile.update({Profile.unknown_skills: [INJECTED], Profile.unknown_wishes: [INJECTED]}, force=True)
    assert written >= 25
    await drain_all()
    opened = 0
    for role, visitor in visitors.items():
        for path in routes(app, "GET"):
            for more in ("", f"?q={quote(INJECTED)}&region={quote(INJECTED)}&open={here.ids['check_in_id']}"):
                for headers in ({}, {"HX-Request": "true"}):
                    answer = await visitor.get(filled(path, here.ids) + more, headers=headers)
                    opened += "&lt;img src=x" in answer.text
                    # Data and paper know no markup.
                    if not re.search("json|pdf", answer.headers.get("content-type", "")):
                        assert "<img src=x" not in answer.text, f"{role} {path}"
                        assert "<script>alert" not in answer.text and ">49" not in answer.text, (
                            f"{role} {path}"
                        )
    assert opened > 40

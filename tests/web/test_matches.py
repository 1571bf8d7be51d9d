"""Cocok untuk Anda: what a client and their caseworker see, and what matching must never do."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from piccolo.columns import Boolean, Date, Integer, Text, Varchar

from jobs import index, matches
from jobs.index import documents
from jobs.index.port import Hit, Wanted
from jobs.index.postgres import PostgresIndex
from jobs.matching.reading import profile_of, wanted_by
from jobs.tables import Application, OutsideApplication, Proposal, State, Vacancy
from portal.people import Actor
from portal.tables import Client, Person
from tests import builders
from training import profiles
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio

WELDER = vocabulary().occupations["tukang-las"]
FOUR = list(WELDER.essential[:4])


OTHER = [(Date, date(1961, 2, 3)), (Varchar, "lain"), (Text, "lain"), (Boolean, True), (Integer, 3)]
"""Another value for columns of each kind."""


class Index:
    """Every published vacancy, for whatever is wanted; remembers what was asked of it."""

    def __init__(self) -> None:
        self.wanted: list[Wanted] = []

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        self.wanted.append(wanted)
        rows = await Vacancy.select(Vacancy.id).where(Vacancy.state == "published")
        return [Hit(each, None) for each in await documents.load([row["id"] for row in rows])]


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> Index:
    fake = Index()
    monkeypatch.setattr(index, "current", lambda: fake)
    return fake


async def record_of(client: Actor) -> Client:
    record = await Client.objects().get(Client.id == client.client)
    assert record
    return record


async def seen(browser: Any, actor: Actor, address: str = "/matches") -> str:
    answer = await (await browser(actor)).get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def under(html: str, heading: str) -> str:
    """The part of the page below a heading, up to the next heading of that level."""
    found = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)(<h2|</main>)", html, re.S)
    return found[1] if found else ""


async def test_the_best_vacancy_leads_with_its_reasons_and_what_is_missing(browser) -> None:
    client = await builders.client(skills=FOUR[:3], profile={"travel_km": 20, "wage_min": 4_000_000})
    await builders.vacancy(essential=FOUR, title="Tukang las kanopi", occupation="tukang-las")
    await builders.vacancy(essential=FOUR[:1] + FOUR[3:], title="Pembantu las")
    html = await seen(browser, client)
    lead = html[html.index("Paling cocok") : html.index("Juga cocok")]
    assert "Tukang las kanopi" in lead and "3 dari 4 keterampilan" in lead and "Belum ada: " in lead
    assert "Lihat dan lamar" in lead
    assert "Pembantu las" in under(html, "Juga cocok")
    assert "2 lowongan, 2 di antaranya baru." in html


async def test_what_the_index_itself_retrieves_is_shown(browser, monkeypatch: pytest.MonkeyPatch) -> None:
    client = await builders.client(skills=FOUR, profile={"travel_km": 20})
    await builders.vacancy(essential=FOUR, title="Dari indeks", occupation="tukang-las")
    await builders.vacancy(essential=FOUR, title="Di Surabaya", region=builders.SURABAYA)
    real = PostgresIndex()
    monkeypatch.setattr(index, "current", lambda: real)
    await real.rebuild(documents.all_open())
    html = await seen(browser, client)
    assert "Dari indeks" in html and "Di Surabaya" not in html


async def test_where_nothing_is_within_reach_what_is_further_away_is_retrieved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await builders.client(skills=FOUR, profile={"travel_km": 20})
    await builders.vacancy(essential=FOUR, title="Di Surabaya", region=builders.SURABAYA)
    real = PostgresIndex()
    monkeypatch.setattr(index, "current", lambda: real)
    await real.rebuild(documents.all_open())
    [row] = await Client.objects()
    profile = profile_of(row, await profiles.of_client(row.id))
    assert [each.title for each in (await matches.retrieved(profile)).values()] == ["Di Surabaya"]


async def test_what_lacks_one_requirement_stands_apart_with_that_requirement(browser) -> None:
    client = await builders.client(skills=FOUR, profile={"licences": [], "travel_km": 20})
    await builders.vacancy(essential=FOUR, title="Las dekat")
    await builders.vacancy(essential=FOUR, title="Las keliling", licences=["sim-c"])
    await builders.vacancy(essential=FOUR, title="Las Bandung", region=builders.BANDUNG)
    html = await seen(browser, client)
    nearly = under(html, "Hampir cocok")
    assert "Las keliling" in nearly and "Belum ada: SIM C" in nearly
    assert "Las dekat" not in nearly and "Las Bandung" not in nearly
    assert "Las Bandung" in under(html, "Perlu beberapa langkah lagi")
    gains = under(html, "Tambah peluang Anda")
    assert "+1" in gains and "SIM C" in gains


async def test_the_page_says_what_the_order_rests_on_and_who_decides(browser) -> None:
    client = await builders.client(
        skills=FOUR[:2], profile={"travel_km": 20, "wage_min": 3_400_000, "work_times": ["day"]}
    )
    basis = under(await seen(browser, client), "Dasar urutan ini")
    for words in ("2 tercatat", "sampai 20 km", "pagi", "mulai Rp3.400.000", "belum ditanyakan"):
        assert words in basis
    assert "Urutan ini saran, Anda yang memilih." in basis and "Ubah profil" in basis


async def test_an_empty_profile_says_what_to_do_next(browser) -> None:
    client = await builders.client()
    await builders.vacancy(essential=FOUR)
    html = await seen(browser, client)
    assert "Mulai dari yang Anda bisa" in html and "Isi profil" in html
    assert "Tukang las konstruksi" not in html


async def test_an_applied_vacancy_is_marked_and_does_not_lead(browser) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker, skills=FOUR)
    best = await builders.vacancy(essential=FOUR, title="Sudah saya lamar")
    outside = await builders.vacancy(essential=FOUR[:2], title="Lamar langsung", way="direct")
    await builders.vacancy(essential=FOUR + list(WELDER.useful[:3]), title="Belum saya lamar")
    await Application(vacancy=best.id, client=client.client, number=1, card={}, sent_by=client.person).save()
    await OutsideApplication(vacancy=outside.id, client=client.client).save()
    html = await seen(browser, client)
    assert "Belum saya lamar" in html[html.index("Paling cocok") : html.index("Juga cocok")]
    also = under(html, "Juga cocok")
    assert "Sudah dilamar: terkirim" in also and "Sudah melamar langsung" in also


async def test_the_next_step_is_the_coming_interview(browser) -> None:
    client = await builders.client(skills=FOUR)
    vacancy = await builders.vacancy(essential=FOUR)
    application = Application(
        vacancy=vacancy.id,
        client=client.client,
        number=1,
        card={},
        sent_by=client.person,
        state=State.INTERVIEW,
    )
    application.interview_at = datetime.now(UTC) + timedelta(days=2)
    await application.save()
    html = await seen(browser, client)
    assert "Wawancara Anda" in html and f"/applications/{application.id}" in html and "WIB" in html


async def test_a_proposal_comes_first_with_its_words_and_only_once(browser) -> None:
    caseworker = await builders.staff(name="Rina Melati")
    client = await builders.client(caseworker, skills=FOUR)
    vacancy = await builders.vacancy(essential=FOUR, title="Usulan las")
    await builders.vacancy(essential=FOUR, title="Las lain")
    await Proposal(
        vacancy=vacancy.id, client=client.client, message="Dekat rumah Anda.", made_by=caseworker.person
    ).save()
    html = await seen(browser, client)
    proposed = under(html, "Diusulkan pendamping")
    assert "Usulan las" in proposed and "Dekat rumah Anda." in proposed and "Rina Melati" in proposed
    assert html.index("Diusulkan pendamping") < html.index("Paling cocok")
    assert html.count(">Usulan las</a>") == 1
    assert "Pendamping mengusulkan 1 lowongan" in html


async def test_staff_see_the_same_order_with_what_they_can_do(browser) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker, skills=FOUR, name="Fajar Maulana")
    vacancy = await builders.vacancy(essential=FOUR)
    direct = await builders.vacancy(essential=FOUR, way="direct")
    html = await seen(browser, caseworker, f"/clients/{client.client}/matches")
    assert "Cocok untuk Fajar Maulana" in html and "<title>Cocok untuk klien" in html
    assert f"/vacancies/{vacancy.id}/proposals/new?client={client.client}" in html
    assert f"/clients/{client.client}/applications/new?vacancy={vacancy.id}" in html
    assert f"/vacancies/{direct.id}/proposals/new?client={client.client}" in html
    assert f"/clients/{client.client}/applications/new?vacancy={direct.id}" not in html


async def test_only_the_office_of_a_client_sees_their_matches(browser) -> None:
    client = await builders.client(skills=FOUR)
    address = f"/clients/{client.client}/matches"
    assert (await (await browser(await builders.staff())).get(address)).status_code == 404
    assert (await (await browser(await builders.employer())).get(address)).status_code == 403
    assert (await (await browser(client)).get(address)).status_code == 403
    for other in (await builders.employer(), await builders.staff()):
        assert (await (await browser(other)).get("/matches")).status_code == 403


CHILD = date.today() - timedelta(days=18 * 365)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"born_on": CHILD}, "Mulai umur 18 tahun"),
        ({"paused_on": date.today()}, "Istirahat dulu"),
        ({"closed_on": date.today()}, "Pendampingan sudah selesai"),
    ],
)
async def test_nothing_is_matched_for_the_under_aged_the_paused_and_the_closed(
    browser, everything: Index, facts: dict[str, Any], words: str
) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker, skills=FOUR)
    await Client.update(facts).where(Client.id == client.client)
    await builders.vacancy(essential=FOUR, title="Lowongan yang cocok")
    record = await record_of(client)
    assert await matches.of_client(record) == []
    assert await matches.overview(record, await profiles.of_client(record.id)) == matches.Overview()
    html = await seen(browser, client)
    assert words in html and "Lowongan yang cocok" not in html
    html = await seen(browser, caseworker, f"/clients/{record.id}/matches")
    assert "Lowongan yang cocok" not in html
    assert everything.wanted == []


async def test_nothing_that_tells_who_or_what_somebody_is_reaches_retrieval_or_the_score() -> None:
    """The fields themselves are held literally by the tests of the score; here, that no id slips in as a value."""
    client = await builders.client(skills=FOUR, name="Rahasia Sekali", profile={"travel_km": 20})
    record = await record_of(client)
    profile = profile_of(record, await profiles.of_client(record.id))
    assert [each.name for each in fields(Wanted)] == [
        "skills",
        "iscos",
        "origin",
        "reach_km",
        "hours",
        "licences",
        "telling",
        "limit",
    ]
    known = {each.name: getattr(profile, each.name) for each in fields(profile)}
    assert {name for name, value in known.items() if value is not None} == {
        "skills",
        "latitude",
        "longitude",
        "travel_km",
    }
    said = repr(profile) + repr(wanted_by(profile))
    assert "Rahasia" not in said and "1995" not in said
    # The same person by every work-related fact, and another by everything else: the same list in the same order.
    other = await builders.client(skills=FOUR, born_on=date(1960, 1, 1), profile={"travel_km": 20})
    first = await builders.vacancy(essential=FOUR)
    second = await builders.vacancy(essential=FOUR[:2])
    both = [await matches.of_client(await record_of(each)) for each in (client, other)]
    assert [[each.document.id for each in found] for found in both] == [[first.id, second.id]] * 2
    assert [each.match.score for each in both[0]] == [each.match.score for each in both[1]]


async def test_whatever_else_is_written_in_a_record_moves_no_score() -> None:
    """Every column of the client's row, and any that is added later, but for where they live, whether they are served at
    all, and what the row hangs on."""
    client = await builders.client(skills=FOUR, profile={"travel_km": 20, "education": 30})
    # Far enough away, and asking for enough, that every part has something to lose.
    for essential in (FOUR, FOUR[:2], FOUR[1:3]):
        await builders.vacancy(essential=essential, region="32.16", education=40, wage_min=3_000_000)
    record = await record_of(client)
    before = await matches.of_client(record)
    assert len(before) == 3
    kept = {
        "id",
        "person",
        "office",
        "caseworker",
        "region",
        "latitude",
        "longitude",
        "closed_on",
        "paused_on",
    }
    changed = {
        column._meta.name: next(other for kind, other in OTHER if isinstance(column, kind))
        for column in Client._meta.columns
        if column._meta.name not in kept
    }
    assert "born_on" in changed
    await Client.update(changed).where(Client.id == record.id)
    await Person.update({Person.name: "Nama Lain"}).where(Person.id == record.person)
    after = await matches.of_client(await record_of(client))
    assert [(each.document.id, each.match.score) for each in after] == [
        (each.document.id, each.match.score) for each in before
    ]


async def test_a_page_of_matches_asks_the_database_the_same_for_one_vacancy_as_for_many(
    browser, queries: list[str]
) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker, skills=FOUR)
    visitor = await browser(client)
    counts = []
    for _ in range(2):
        vacancies = [await builders.vacancy(essential=FOUR) for _ in range(3)]
        for vacancy in vacancies[:2]:
            await Proposal(vacancy=vacancy.id, client=client.client, made_by=caseworker.person).save()
        queries.clear()
        assert (await visitor.get("/matches")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 17

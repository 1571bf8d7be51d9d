"""The demo story: that it is whole, true to its day, and told once. Loaded once for all tests of this module."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from jobs import courses, index, matches
from jobs.demo import reading, story
from jobs.index.drain import drain_all
from jobs.index.port import Query
from jobs.readiness import obstacles
from jobs.tables import (
    Application,
    CheckIn,
    Finding,
    OutsideApplication,
    Placement,
    Proposal,
    ProposalAnswer,
    State,
    Vacancy,
    VacancyState,
    Way,
)
from partners.tables import Partner
from portal import demo, passwords
from portal.commands.seed import sign_ins
from portal.conf import DB
from portal.disclosure import discloses, names_in
from portal.people import ADULT, age_on, normal_phone
from portal.tables import Client, Event, Notice, Organisation, Person
from training import profiles
from training.tables import Enrolment, Profile, Programme

pytestmark = pytest.mark.anyio

# The first list of courses and the trades behind them, by groups of KBJI 2014.
COURSES = {
    "Las": {"7212"},
    "Motor": {"7231.04"},
    "Mobil": {"7231.03"},
    "Pendingin": {"7127"},
    "Servis HP": {"7422"},
    "Elektronik": {"7421"},
    "Listrik": {"7411"},
    "Barber": {"5141.01"},
    "Penata rambut": {"5141.02"},
    "Rias": {"5142"},
    "Barista": {"5132"},
    "Pramusaji": {"5131"},
    "Juru masak": {"5120"},
    "Asisten masak": {"9411"},
    "Helper dapur": {"9412"},
    "Roti": {"7512"},
    "Menjahit": {"7533"},
    "Kebaya": {"7531"},
    "Operator jahit": {"8153"},
    "Sablon": {"7322"},
    "Kayu": {"7115"},
    "Mebel": {"7522"},
    "Bambu": {"7317"},
    "Sayur": {"6111"},
    "Bibit": {"6113"},
    "Ikan": {"6221"},
    "Unggas": {"6122"},
    "Jangkrik": {"6129"},
    "Batu": {"7112"},
    "Cat": {"7131"},
    "Buruh bangunan": {"9313"},
    "Kurir": {"9621"},
    "Kurir motor": {"8321"},
    "Gudang": {"4321"},
    "Bongkar muat": {"9333"},
    "Packing": {"9321"},
    "Kebersihan": {"9112"},
    "Janitor": {"5153"},
    "Satpam": {"5414"},
    "Cuci kendaraan": {"9122"},
    "Laundry": {"9121"},
    "Kasir": {"5230"},
    "Toko": {"5223"},
    "SPG": {"5242"},
    "Desain": {"2166"},
    "Konten": {"2431"},
    "Data": {"4132"},
    "Sebaya": {"2635"},
}


@pytest.fixture(scope="module", autouse=True)
async def rollback(running: None) -> AsyncIterator[None]:
    """Instead of a transaction for each test: these read one story, and what one of them changes it takes back."""
    async with DB.transaction() as transaction:
        assert await story.load()
        await drain_all()
        yield
        await transaction.rollback()


async def demo_client() -> Client:
    phone = normal_phone(demo.ACCOUNTS[0][1])
    client = await Client.objects().where(Client.person.phone == phone).first()
    assert client
    return client


async def test_three_offices_eight_verified_partners_and_forty_clients() -> None:
    assert await Organisation.count().where(Organisation.kind == "office") == 3
    assert await Partner.count().where(Partner.verified_at.is_not_null()) == 8
    assert await Partner.count().where(Partner.verified_at.is_null()) == 1
    assert await Client.count() == 40


async def test_sixty_vacancies_are_open_in_eight_provinces_and_can_be_found() -> None:
    open_ones = await Vacancy.select(Vacancy.region, Vacancy.closes_on).where(
        Vacancy.state == VacancyState.PUBLISHED
    )
    assert len(open_ones) >= 60 and len({row["region"][:2] for row in open_ones}) >= 8
    assert not [row for row in open_ones if row["closes_on"] and row["closes_on"] < date.today()]
    assert (await index.current().search(Query())).total == len(open_ones)


@pytest.mark.parametrize("course", COURSES)
async def test_every_course_has_an_open_vacancy(course: str) -> None:
    rows = await Vacancy.select(Vacancy.occupation.kbji.as_alias("kbji")).where(
        Vacancy.state == VacancyState.PUBLISHED
    )
    [group] = COURSES[course]
    assert any((row["kbji"] or "").startswith(group) for row in rows)


async def test_vacancies_stand_in_every_state_and_some_come_from_elsewhere() -> None:
    states = {row["state"] for row in await Vacancy.select(Vacancy.state)}
    assert states >= {"draft", "in_review", "returned", "published", "closed"}
    imported = await Vacancy.select(Vacancy.way, Vacancy.apply_at, Vacancy.partner, Vacancy.occupation).where(
        Vacancy.source != ""
    )
    assert len(imported) >= 10
    assert all(row["way"] == Way.DIRECT and row["apply_at"] and not row["partner"] for row in imported)
    assert all(row["occupation"] for row in imported)


async def test_every_vacancy_under_review_or_open_says_what_the_form_demands_and_nothing_it_bars() -> None:
    partners = (Vacancy.source == "") & Vacancy.state.not_in(["draft", "returned", "closed"])
    for row in await Vacancy.select().where(partners):
        assert not obstacles(row, date.today()), row["title"]
    for row in await Vacancy.select(Vacancy.title, Vacancy.description, Vacancy.qualification):
        assert not any(discloses(text) for text in row.values()), row["title"]


async def test_applications_stand_in_every_state() -> None:
    rows = await Application.select(Application.state, Application.agreement, Application.card)
    assert {row["state"] for row in rows} == set(State)
    assert any(row["agreement"] for row in rows)


async def test_what_candidates_and_employers_tell_each_other_names_nobody() -> None:
    rows = await Application.select(
        Application.note, Application.decline_message, Application.client.person.name.as_alias("name")
    )
    for row in rows:
        for text in (row["note"], row["decline_message"]):
            assert not discloses(text) and not names_in(text, row["name"]), text


async def test_clients_are_at_every_stage() -> None:
    clients = await Client.objects()
    described = {row["client"] for row in await Profile.select(Profile.client)}
    today = date.today()
    assert [client for client in clients if client.id not in described]
    assert [client for client in clients if age_on(client.born_on, today) < ADULT]
    assert [client for client in clients if client.paused_on] and [
        client for client in clients if client.closed_on
    ]
    assert {row["answer"] for row in await Proposal.select(Proposal.answer)} == set(ProposalAnswer)
    assert await OutsideApplication.exists()
    findings = {row["finding"] for row in await CheckIn.select(CheckIn.finding) if row["finding"]}
    assert findings == set(Finding)


async def test_the_caseworker_has_check_ins_overdue_due_today_and_due_this_week() -> None:
    [row] = await Person.select(Person.id).where(Person.email == demo.ACCOUNTS[2][1])
    due = await CheckIn.select(CheckIn.due_on, CheckIn.placement.ended_on.as_alias("ended_on")).where(
        (CheckIn.placement.client.caseworker == row["id"]) & CheckIn.done_on.is_null()
    )
    days = [(each["due_on"] - date.today()).days for each in due if each["ended_on"] is None]
    assert any(day < 0 for day in days) and 0 in days and any(0 < day <= 7 for day in days)


async def test_every_check_in_lies_its_days_after_the_start() -> None:
    rows = await CheckIn.select(
        CheckIn.day, CheckIn.due_on, CheckIn.done_on, CheckIn.placement.started_on.as_alias("started_on")
    )
    assert len(rows) == 4 * await Placement.count()
    for row in rows:
        assert row["due_on"] == row["started_on"] + timedelta(days=row["day"])
        assert row["done_on"] is None or row["due_on"] <= row["done_on"] <= date.today()


async def test_the_employer_has_candidates_waiting_some_for_too_long() -> None:
    [employer] = (
        await Partner.select(Partner.id)
        .where(Partner.organisation.name == "CV Logam Contoh")
        .output(as_list=True)
    )
    waiting = await Application.select(Application.sent_at).where(
        (Application.vacancy.partner == employer) & (Application.state == State.SENT)
    )
    ages = [(datetime.now(UTC) - row["sent_at"]).days for row in waiting]
    assert min(ages) < 7 < max(ages)


async def test_the_demo_client_finds_first_what_they_can_nearly_do() -> None:
    client = await demo_client()
    best = (await matches.of_client(client))[0]
    assert best.document.title == "Tukang las konstruksi" and len(best.document.essential) == 4
    texts = " ".join(reason.text for reason in best.reasons)
    assert "3 dari 4" in texts


async def test_the_demo_client_has_an_interview_to_come_and_a_proposal_to_answer() -> None:
    client = await demo_client()
    [interview] = await Application.objects().where(
        (Application.client == client.id) & (Application.state == State.INTERVIEW)
    )
    assert interview.interview_at > datetime.now(UTC)
    assert await Proposal.exists().where(
        (Proposal.client == client.id) & (Proposal.answer == ProposalAnswer.OPEN)
    )
    assert await Notice.exists().where((Notice.person == client.person) & Notice.read_at.is_null())


async def test_events_tell_the_story_in_order_and_nothing_lies_in_the_future() -> None:
    [first, *_] = rows = (
        await Event.select(Event.id, Event.at).where(Event.subject != "demo").order_by(Event.id)
    )
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert rows[-1]["at"] <= datetime.now(UTC)
    assert (datetime.now(UTC) - first["at"]).days > 300
    hired = await Application.count().where(Application.state == State.HIRED)
    assert await Event.count().where(Event.action == "hired") == hired


async def test_nobody_is_mailed_about_the_story() -> None:
    assert await Notice.exists() and not await Notice.exists().where(Notice.mail_after.is_not_null())


async def test_the_printed_sign_ins_are_real() -> None:
    printed = sign_ins()
    assert [each["role"] for each in printed] == ["client", "employer", "staff", "administrator"]
    for each in printed:
        login = normal_phone(each["login"]) or each["login"]
        person = await Person.objects().where((Person.phone == login) | (Person.email == login)).first()
        assert await passwords.matches(person, each["password"])


async def test_loading_it_again_changes_nothing() -> None:
    tables = (Client, Vacancy, Application, Event, Notice, Placement)
    before = [await table.count() for table in tables]
    assert not await story.load()
    assert [await table.count() for table in tables] == before


def test_phone_numbers_are_plainly_invented() -> None:
    told = [*reading.people(), *reading.partners().values(), *reading.offices().values()]
    assert all(each.get("phone", "08120000").startswith("08120000") for each in told)


async def test_courses_are_at_hand_near_every_office_and_clients_are_on_the_way() -> None:
    found = await Programme.select(Programme.region, Programme.title, Programme.how, Programme.about)
    assert len(found) >= 12 and {row["region"][:2] for row in found} >= {"32", "73", "64"}
    for row in found:
        assert not [
            each for each in discloses(f"{row['title']} {row['how']} {row['about']}") if "kata" in each
        ]
    states = {row["state"] for row in await Enrolment.select(Enrolment.state)}
    assert states == {"interested", "registered", "finished"}
    client = await demo_client()
    inside, _ = await courses.offered(client, await profiles.of_client(client.id))
    assert inside and inside[0].wanted
    mine = {each.row["title"]: each.row["enrolled"] for each in inside}
    assert mine["Las GMAW (MIG) dasar"] == "interested"

"""The tables of moves: every role, every state, and a stale move."""

import pytest

from jobs import applications, vacancies
from jobs.index import documents
from jobs.tables import Application, CheckIn, Placement, State, Vacancy, VacancyState
from portal.people import Actor
from portal.tables import Client, Event, Notice, Outbox, Role
from tests import builders

pytestmark = pytest.mark.anyio


class Thread:
    """A client, their caseworker and an employer around one application."""

    staff: Actor
    client: Actor
    employer: Actor
    vacancy: Vacancy
    application: Application

    def actor(self, role: Role) -> Actor:
        return {Role.CLIENT: self.client, Role.EMPLOYER: self.employer, Role.STAFF: self.staff}[role]


@pytest.fixture
async def thread() -> Thread:
    thread = Thread()
    thread.staff = await builders.staff()
    thread.client = await builders.client(thread.staff)
    partner = await builders.partner()
    thread.employer = await builders.employer(partner)
    thread.vacancy = await builders.vacancy(partner)
    record = await Client.objects().get(Client.id == thread.client.client)
    thread.application = await applications.apply(thread.vacancy, record, card={}, by=thread.client)
    return thread


async def put(application: Application, state: State) -> None:
    reason = {Application.decline_reason: "skills"} if state == State.DECLINED else {}
    await Application.update({Application.state: state, **reason}).where(Application.id == application.id)
    await application.refresh()


FACTS = {State.DECLINED: {"decline_reason": "skills"}}


@pytest.mark.parametrize("role", [Role.CLIENT, Role.EMPLOYER, Role.STAFF])
@pytest.mark.parametrize("start", list(State))
@pytest.mark.parametrize("to", list(State))
async def test_a_move_is_made_exactly_when_the_table_says_so(
    thread: Thread, role: Role, start: State, to: State
) -> None:
    await put(thread.application, start)
    allowed = role in applications.MOVES[start].get(to, ())
    if allowed:
        await applications.move(thread.application, to, by=thread.actor(role), **FACTS.get(to, {}))
    else:
        with pytest.raises(applications.NotPossible):
            await applications.move(thread.application, to, by=thread.actor(role))
    await thread.application.refresh()
    assert thread.application.state == (to if allowed else start)


async def test_a_stale_move_changes_nothing(thread: Thread) -> None:
    stale = await Application.objects().get(Application.id == thread.application.id)
    await applications.move(thread.application, State.WITHDRAWN, by=thread.client)
    events, notices = await Event.count(), await Notice.count()
    with pytest.raises(applications.NotPossible):
        await applications.move(stale, State.INTERVIEW, by=thread.employer)
    assert (await Event.count(), await Notice.count()) == (events, notices)


async def test_a_hire_begins_a_placement_with_its_check_ins_and_fills_the_vacancy(thread: Thread) -> None:
    await Vacancy.update({Vacancy.positions: 1}).where(Vacancy.id == thread.vacancy.id)
    for to in (State.INTERVIEW, State.HIRED):
        await applications.move(thread.application, to, by=thread.employer)
    placement = await Placement.objects().get(Placement.application == thread.application.id)
    rows = (
        await CheckIn.select(CheckIn.day, CheckIn.due_on, CheckIn.done_on)
        .where(CheckIn.placement == placement.id)
        .order_by(CheckIn.day)
    )
    assert [row["day"] for row in rows] == [7, 30, 90, 180]
    assert all(
        (row["due_on"] - placement.started_on).days == row["day"] and not row["done_on"] for row in rows
    )
    assert (await Vacancy.select(Vacancy.state).where(Vacancy.id == thread.vacancy.id))[0][
        "state"
    ] == VacancyState.FILLED


async def test_a_hire_leaves_fewer_positions_to_those_who_search(thread: Thread) -> None:
    await Vacancy.update({Vacancy.positions: 2}).where(Vacancy.id == thread.vacancy.id)
    marks = Outbox.count().where(Outbox.index == "vacancies")
    before = await marks
    for to, left in ((State.INTERVIEW, 2), (State.HIRED, 1), (State.OFFERED, 2)):
        await applications.move(thread.application, to, by=thread.employer)
        [document] = await documents.load([thread.vacancy.id])
        assert document.positions == left
    assert await marks == before + 2, "the index is told of the hire and of taking it back"


async def test_a_hire_taken_back_leaves_no_placement_and_an_open_vacancy(thread: Thread) -> None:
    await Vacancy.update({Vacancy.positions: 1}).where(Vacancy.id == thread.vacancy.id)
    for to in (State.INTERVIEW, State.HIRED, State.OFFERED):
        await applications.move(thread.application, to, by=thread.employer)
    assert not await Placement.exists().where(Placement.application == thread.application.id)
    assert (await Vacancy.select(Vacancy.state).where(Vacancy.id == thread.vacancy.id))[0][
        "state"
    ] == VacancyState.PUBLISHED


async def test_two_taps_make_one_application(thread: Thread) -> None:
    record = await Client.objects().get(Client.id == thread.client.client)
    again = await applications.apply(thread.vacancy, record, card={}, by=thread.client)
    assert again.id == thread.application.id and await Application.count() == 1


@pytest.mark.parametrize("start", list(VacancyState))
@pytest.mark.parametrize("to", list(VacancyState))
@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.STAFF])
async def test_a_vacancy_moves_exactly_when_the_table_says_so(
    thread: Thread, role: Role, start: VacancyState, to: VacancyState
) -> None:
    await Vacancy.update({Vacancy.state: start}).where(Vacancy.id == thread.vacancy.id)
    await thread.vacancy.refresh()
    allowed = role in vacancies.MOVES[start].get(to, ())
    if allowed:
        await vacancies.move(thread.vacancy, to, by=thread.actor(role))
    else:
        with pytest.raises(vacancies.NotPossible):
            await vacancies.move(thread.vacancy, to, by=thread.actor(role))

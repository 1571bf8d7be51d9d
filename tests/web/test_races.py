"""What two browsers do at the same moment, on real connections that commit, beside the test's own transaction."""

import pytest

from jobs import applications, aside, job_invitations, placements, reviews, vacancies
from jobs.fairness import reports
from jobs.fairness.tables import FairnessReport
from jobs.tables import (
    Application,
    AsideReason,
    Avoidance,
    Avoided,
    CheckIn,
    Finding,
    FindingSource,
    JobInvitation,
    Placement,
    SetAside,
    State,
    Vacancy,
    VacancyState,
)
from portal import brake, consent, invitations, memberships, tickets
from portal.once import once
from portal.people import Actor, acting_as
from portal.tables import Client, Consent, ConsentPurpose, Event, Failure, Notice, TicketPurpose
from tests import builders
from tests.apart import apart, at_once

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("swept")]


async def test_of_two_who_use_one_code_at_once_one_gets_in() -> None:
    client = await apart(builders.client())
    code = await apart(tickets.issue_code(client.person, by=None))
    results = await at_once(*(tickets.use(TicketPurpose.CODE, code) for _ in range(3)))
    assert sorted(map(str, results)) == sorted([str(client.person), "None", "None"])


async def test_of_two_codes_issued_at_once_one_works() -> None:
    client = await apart(builders.client())
    codes = await at_once(*(tickets.issue_code(client.person, by=None) for _ in range(3)))
    open_ones = [await apart(tickets.holder(TicketPurpose.CODE, code.replace("-", ""))) for code in codes]
    assert sorted(map(str, open_ones)) == sorted([str(client.person), "None", "None"])


async def test_guesses_sent_at_once_are_all_counted() -> None:
    results = await at_once(*(brake.attempt("sari@contoh.test", "203.0.113.7") for _ in range(9)))
    assert sum(isinstance(result, brake.TooMany) for result in results) == 4
    assert await apart(Failure.count().run()) == 5


async def test_two_administrators_who_end_each_other_at_once_leave_one() -> None:
    first = await apart(builders.administrator(password="$argon2id$kept"))
    second = await apart(builders.administrator(password="$argon2id$kept"))
    results = await at_once(
        memberships.end(first.membership, by=second), memberships.end(second.membership, by=first)
    )
    assert sum(isinstance(result, memberships.LastAdministrator) for result in results) == 1
    left = [await apart(acting_as(one.person)) for one in (first, second)]
    assert sum(one is not None for one in left) == 1


async def hiring(positions: int = 1, count: int = 1) -> tuple[Vacancy, Actor, list[Application]]:
    """A vacancy, its employer, and so many applications with an offer, all committed."""
    partner = await builders.partner()
    employer = await builders.employer(partner)
    vacancy = await builders.vacancy(partner, positions=positions)
    staff = await builders.staff()
    made = []
    for number in range(1, count + 1):
        client = await builders.client(staff)
        one = Application(
            vacancy=vacancy.id,
            client=client.client,
            number=number,
            card={},
            sent_by=client.person,
            state=State.OFFERED,
        )
        await one.save()
        made.append(one)
    return vacancy, employer, made


async def read(application: Application) -> Application:
    """The row as one more request reads it."""
    row = await Application.objects().get(Application.id == application.id)
    assert row
    return row


async def test_of_two_moves_of_one_application_at_once_one_happens() -> None:
    _, employer, [application] = await apart(hiring())
    copies = [await apart(read(application)) for _ in range(3)]
    refusal = {"decline_reason": "skills", "decline_message": "Terima kasih."}
    results = await at_once(
        applications.move(copies[0], State.HIRED, by=employer),
        applications.move(copies[1], State.DECLINED, by=employer, **refusal),
        applications.move(copies[2], State.HIRED, by=employer),
    )
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, applications.NotPossible) for result in results) == 2
    state = (await apart(read(application))).state
    assert await apart(Placement.count().run()) == (state == State.HIRED)
    assert await apart(Event.count().where(Event.subject == f"application:{application.id}").run()) == 1


async def test_two_who_are_hired_at_once_for_the_last_positions_fill_the_vacancy() -> None:
    vacancy, employer, made = await apart(hiring(positions=2, count=2))
    results = await at_once(*(applications.move(one, State.HIRED, by=employer) for one in made))
    assert results == [None, None]
    [row] = await apart(Vacancy.select(Vacancy.state).where(Vacancy.id == vacancy.id).run())
    assert row["state"] == VacancyState.FILLED


async def test_of_two_applications_of_one_client_at_once_one_is_made_and_numbers_are_given_once() -> None:
    vacancy, _, _ = await apart(hiring(positions=3, count=0))
    clients = [await apart(builders.client()) for _ in range(3)]

    async def apply(client: Actor) -> int:
        record = await Client.objects().get(Client.id == client.client)
        assert record
        return (await applications.apply(vacancy, record, card={}, by=client)).id

    results = await at_once(*(apply(client) for client in [*clients, *clients]))
    assert results[:3] == results[3:]
    rows = await apart(Application.select(Application.number).run())
    assert sorted(row["number"] for row in rows) == [1, 2, 3]


async def test_of_two_who_accept_one_invitation_at_once_one_gets_in() -> None:
    client = await apart(builders.client())
    token = await apart(tickets.issue_invitation(client.person, by=None))
    results = await at_once(
        *(
            invitations.accept(token, None, f"surat{n}@contoh.test", "tiga kata mudah", by=client)
            for n in range(3)
        )
    )
    assert sorted(map(str, results)) == ["False", "False", "True"]


async def test_of_two_answers_to_one_check_in_at_once_one_stands() -> None:
    _, employer, [application] = await apart(hiring())
    await apart(applications.move(application, State.HIRED, by=employer))
    check_in = await apart(CheckIn.objects().get(CheckIn.day == 7).run())
    results = await at_once(
        placements.answer(check_in, Finding.WORKING, by=employer, source=FindingSource.CLIENT),
        placements.answer(check_in, Finding.UNREACHABLE, by=employer),
    )
    assert sum(isinstance(result, placements.NotPossible) for result in results) == 1


async def test_an_answer_is_never_lost_to_a_hire_that_is_taken_back_at_the_same_moment() -> None:
    for _ in range(4):
        _, employer, [application] = await apart(hiring())
        await apart(applications.move(application, State.HIRED, by=employer))
        mine = CheckIn.placement.application == application.id
        check_in = await apart(CheckIn.objects().get(mine & (CheckIn.day == 7)).run())
        answered, taken_back = await at_once(
            placements.answer(check_in, Finding.WORKING, by=employer, source=FindingSource.CLIENT),
            applications.move(application, State.OFFERED, by=employer),
        )
        assert (answered is None) != (taken_back is None)
        assert await apart(CheckIn.exists().where(mine).run()) == (answered is None)


async def test_of_two_who_decide_about_one_vacancy_at_once_one_does() -> None:
    vacancy = await apart(builders.vacancy(state=VacancyState.IN_REVIEW))
    staff = await apart(builders.staff())
    [row] = await apart(Vacancy.select(Vacancy.changed_at).where(Vacancy.id == vacancy.id).run())
    seen = row["changed_at"].isoformat()
    results = await at_once(
        reviews.decide(vacancy, VacancyState.PUBLISHED, seen=seen, by=staff),
        reviews.decide(vacancy, VacancyState.RETURNED, seen=seen, note="Upahnya?", by=staff),
    )
    assert sum(isinstance(result, vacancies.NotPossible) for result in results) == 1
    assert sum(result is None for result in results) == 1


async def test_of_two_taps_on_one_form_at_once_one_makes_something() -> None:
    actor, made = await apart(builders.staff()), []

    async def make() -> str:
        made.append(await builders.office())
        return f"/offices/{len(made)}"

    assert await at_once(*(once("key", make, by=actor) for _ in range(3))) == ["/offices/1"] * 3


async def _case() -> tuple[Actor, Client, Vacancy]:
    client = await builders.client()
    record = await Client.objects().get(Client.id == client.client)
    assert record
    return client, record, await builders.vacancy()


async def test_two_taps_at_once_set_a_vacancy_aside_once() -> None:
    client, record, vacancy = await apart(_case())
    taps = (aside.set_aside(record, vacancy.id, AsideReason.FIELD, by=client) for _ in range(3))
    results = await at_once(*taps)
    assert len(set(results)) == 1 and isinstance(results[0], int)
    assert await apart(SetAside.count().run()) == 1


async def test_two_yeses_at_once_are_one_consent_and_two_noes_end_it_once() -> None:
    client, record, _ = await apart(_case())
    await at_once(*(consent.give(record, ConsentPurpose.BLIND_CARD, by=client) for _ in range(3)))
    assert await apart(Consent.count().run()) == 1
    ended = await at_once(*(consent.withdraw(record, ConsentPurpose.BLIND_CARD, by=client) for _ in range(3)))
    assert sorted(ended) == [False, False, True]


async def test_two_invitations_at_once_are_one_and_tell_once() -> None:
    client, record, vacancy = await apart(_case())
    employer = await apart(builders.employer())
    await apart(consent.give(record, ConsentPurpose.BLIND_CARD, by=client))
    await at_once(*(job_invitations.invite(vacancy, record, "ABC234", by=employer) for _ in range(3)))
    assert await apart(JobInvitation.count().run()) == 1
    assert await apart(Notice.count().where(Notice.person == client.person).run()) == 1


async def test_no_invitation_stays_open_when_consent_is_withdrawn_at_the_same_moment() -> None:
    client, record, vacancy = await apart(_case())
    employer = await apart(builders.employer())
    for _ in range(4):
        await apart(consent.give(record, ConsentPurpose.BLIND_CARD, by=client))
        await at_once(
            job_invitations.invite(vacancy, record, "ABC234", by=employer),
            consent.withdraw(record, ConsentPurpose.BLIND_CARD, by=client),
        )
        assert not await apart(JobInvitation.exists().where(JobInvitation.answer == "open").run())
        await apart(JobInvitation.delete(force=True).run())


async def test_reports_asked_for_at_once_are_one() -> None:
    first, second = await apart(builders.administrator()), await apart(builders.administrator())
    results = await at_once(reports.make(by=first), reports.make(by=second), reports.make(by=None))
    assert sum(isinstance(result, reports.Busy) for result in results) == 2
    assert await apart(FairnessReport.count().run()) == 1


async def test_kinds_chosen_at_once_leave_one_open_row_each() -> None:
    client, record, _ = await apart(_case())
    await at_once(*(aside.keep_away(record, list(Avoided), by=client) for _ in range(3)))
    assert await apart(Avoidance.count().run()) == len(Avoided)

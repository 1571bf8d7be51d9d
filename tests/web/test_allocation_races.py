"""Two caseworkers at the same moment in one allocation, on real connections that commit."""

import pytest

from jobs import allocations
from jobs.allocation import showing
from jobs.allocation.pool import eligible
from jobs.tables import Allocation, AllocationOf, Assignment, AssignmentState, Proposal
from portal.people import Actor
from portal.tables import Notice
from tests import builders
from tests.apart import apart, at_once
from training.vocabulary import vocabulary

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("swept")]


async def allocated() -> tuple[Actor, Allocation, list[Assignment]]:
    """Two welders and two vacancies of one position each, all committed."""
    staff = await builders.staff()
    skills = list(vocabulary().occupations["tukang-las"].essential[:4])
    for _ in range(2):
        await builders.client(staff, skills=skills, profile={"travel_km": 30})
    for title in ("Tukang las kanopi", "Tukang las pagar"):
        await builders.vacancy(essential=skills, positions=1, title=title)
    ids = [row["id"] for row in await eligible(staff.organisation)]
    made = await allocations.make(
        staff.organisation, ids, AllocationOf.OFFICE, floor=20, reach_km=30, by=staff
    )
    return (
        staff,
        made,
        await Assignment.objects().where(Assignment.allocation == made.id).order_by(Assignment.id),
    )


async def test_of_two_changes_at_once_the_second_is_told() -> None:
    staff, _, [line, _] = await apart(allocated())
    results = await at_once(*(allocations.put(line, None, 0, by=staff) for _ in range(2)))
    assert sorted(type(each) for each in results if each) == [allocations.Changed]
    [row] = await apart(Assignment.select().where(Assignment.id == line.id).run())
    assert (row["state"], row["version"]) == (AssignmentState.REMOVED, 1)


async def test_of_two_who_send_one_at_once_one_sends_it_and_the_client_is_told_once() -> None:
    staff, _, [line, _] = await apart(allocated())
    results = await at_once(*(allocations.send(line, 0, by=staff) for _ in range(3)))
    assert [type(each) for each in results if each] == [allocations.Changed] * 2
    assert await apart(Proposal.count().run()) == 1
    assert await apart(Notice.count().run()) == 1


async def test_the_last_position_is_given_to_one_of_two_clients_at_once() -> None:
    staff, made, lines = await apart(allocated())

    async def free_both() -> int:
        wanted = lines[0].vacancy
        for line in lines:
            await allocations.put(line, None, 0, by=staff)
        return wanted

    wanted = await apart(free_both())

    async def give(line: Assignment) -> None:
        [found] = [each for each in await showing.choices(made, line) if each.document.id == wanted]
        await allocations.put(line, found.match, 1, by=staff)

    results = await at_once(*(give(line) for line in lines))
    assert sorted(str(each) for each in results) == sorted(
        ["None", "Semua posisi lowongan ini sudah diusulkan kepada klien lain. Pilih yang lain."]
    )
    rows = await apart(Assignment.select(Assignment.vacancy).where(Assignment.vacancy == wanted).run())
    assert len(rows) == 1


async def test_sending_all_twice_at_once_sends_each_once() -> None:
    staff, made, _ = await apart(allocated())
    results = await at_once(*(allocations.send_all(made, by=staff) for _ in range(2)))
    assert all(not isinstance(each, BaseException) for each in results)
    assert sum(sent for sent, _, _ in results) == 2
    assert await apart(Proposal.count().run()) == 2

"""What two browsers do at the same moment, on real connections that commit, beside the test's own transaction."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextvars import Context
from typing import Any

import pytest

from portal import brake, memberships, tickets
from portal.conf import DB
from portal.people import acting_as
from portal.tables import Failure, TicketPurpose
from tests import builders

pytestmark = pytest.mark.anyio


def apart(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Runs outside the test's transaction, on a connection of its own."""
    return asyncio.get_running_loop().create_task(work, context=Context())


async def at_once(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    return await asyncio.gather(*(apart(work) for work in works), return_exceptions=True)


@pytest.fixture(autouse=True)
async def swept(rollback: None) -> AsyncIterator[None]:
    yield
    await apart(DB._run_in_pool("TRUNCATE person, organisation, failure CASCADE"))


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

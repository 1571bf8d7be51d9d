"""Nobody loses a search to a server that is slow, broken, gone or behind."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from jobs.index import standby
from jobs.index.beside import InStep
from jobs.index.breaker import IN_A_ROW, LONGEST, OF_THE_LAST, TOO_MANY, Breaker
from jobs.index.errors import Refused, Unavailable
from jobs.index.port import Hit, Query, Wanted
from jobs.index.standby import Standby
from jobs.vacancies import INDEX
from portal import outbox
from portal.database import change
from portal.tables import Outbox
from tests.indexes import Remembered

pytestmark = pytest.mark.anyio
LINE = f"{INDEX}@remembered"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Pair:
    """A first index that answers, its standby, and whether the first is in step."""

    def __init__(self) -> None:
        self.first, self.second = Remembered("first"), Remembered("second")
        self.first.current = self.second.current = True
        self.in_step = True
        self.clock = Clock()
        self.breaker = Breaker(self.clock)
        self.both = Standby(self.first, self.second, self._is_fit, self.breaker)

    async def _is_fit(self) -> bool:
        return self.in_step

    async def who(self) -> str:
        """Which of the two answers."""
        [suggestion] = await self.both.suggest("las")
        return suggestion.text


@pytest.fixture
async def pair() -> Pair:
    pair = Pair()
    assert await pair.both.trial()
    return pair


async def test_the_first_answers_once_it_has_been_tried() -> None:
    pair = Pair()
    assert await pair.who() == "second"
    assert await pair.both.trial()
    assert await pair.who() == "first" and (await pair.both.health()).name == "first"


@pytest.mark.parametrize(
    "problem", [Unavailable("refused"), Refused("invalid_search_filter"), KeyError("hits")]
)
async def test_every_question_is_answered_while_the_first_fails(pair: Pair, problem: Exception) -> None:
    pair.first.away = problem
    assert (await pair.both.search(Query())).total == 0
    assert await pair.both.count([Query(), Query()]) == [0, 0]
    assert await pair.both.candidates(Wanted()) == []
    assert await pair.who() == "second"
    assert (await pair.both.health()).name == "second"


async def test_an_answer_that_takes_too_long_is_not_waited_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "PATIENCE", 0.01)
    pair.first.hanging = asyncio.Event()
    assert await pair.who() == "second"


async def test_a_server_that_keeps_failing_is_asked_no_more_than_the_first_few_times(pair: Pair) -> None:
    pair.first.away = Unavailable("refused")
    asked = pair.first.asked
    for _ in range(50):
        assert await pair.who() == "second"
    assert pair.first.asked - asked == IN_A_ROW


async def test_a_server_that_hangs_costs_no_more_than_the_first_few_requests(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standby, "PATIENCE", 0.01)
    pair.first.hanging = asyncio.Event()
    asked = pair.first.asked
    for _ in range(50):
        assert await pair.who() == "second"
    assert pair.first.asked - asked == IN_A_ROW


async def test_one_that_fails_now_and_then_is_asked_on_and_one_that_fails_often_is_not(pair: Pair) -> None:
    for number in range(2 * OF_THE_LAST):
        pair.first.away = Unavailable("refused") if number % 5 == 0 else None
        await pair.who()
    assert pair.both.first_answers
    for number in range(2 * TOO_MANY):
        pair.first.away = Unavailable("refused") if number % 2 == 0 else None
        await pair.who()
    assert not pair.both.first_answers


async def test_it_answers_again_only_when_it_is_back_whole_and_in_step(pair: Pair) -> None:
    pair.first.away = Unavailable("refused")
    for _ in range(IN_A_ROW):
        await pair.who()
    assert not await pair.both.trial()
    pair.first.away, pair.in_step = None, False
    assert not await pair.both.trial()
    pair.in_step, pair.first.current = True, False
    assert not await pair.both.trial()
    pair.first.current = True
    assert await pair.both.trial() and await pair.who() == "first"


async def test_one_that_is_empty_while_there_is_something_to_find_is_not_fit(pair: Pair) -> None:
    pair.second.count_as(3)
    await pair.both.look()
    assert await pair.who() == "second"
    assert not await pair.both.trial()
    pair.first.count_as(3)
    assert await pair.both.trial()


async def test_one_that_answers_searches_and_not_matching_is_not_fit(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(wanted: Wanted) -> list[Hit]:
        raise Unavailable("403")

    monkeypatch.setattr(pair.first, "candidates", refused)
    assert not await pair.both.trial()


async def test_one_that_falls_behind_steps_aside_though_it_answers(pair: Pair) -> None:
    await pair.both.look()
    assert await pair.who() == "first"
    pair.in_step = False
    await pair.both.look()
    assert await pair.who() == "second"


async def test_pauses_between_trials_double_up_to_a_minute_and_begin_anew_after_a_steady_time() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert [breaker.pause() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    breaker.close()
    clock.now += 5
    breaker.open()
    assert breaker.pause() == LONGEST, "whoever fails right after a good trial is not asked more often for it"
    breaker.close()
    clock.now += LONGEST + 1
    breaker.open()
    assert breaker.pause() == 1


@asynccontextmanager
async def watched(both: Standby) -> AsyncIterator[None]:
    watching = asyncio.create_task(both.watch())
    yield
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_recovery_needs_nobody(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair.breaker, "pause", lambda: 0.001)
    async with asyncio.timeout(20), watched(pair.both):
        pair.first.away = Unavailable("refused")
        while pair.both.first_answers:
            await pair.who()
        assert await pair.who() == "second"
        pair.first.away = None
        while not pair.both.first_answers:
            await asyncio.wait_for(pair.first.was_asked.wait(), 20)
            pair.first.was_asked.clear()
        assert await pair.who() == "first"


async def test_a_follower_is_in_step_when_it_is_whole_and_has_seen_what_waited_the_last_time() -> None:
    in_step = InStep(LINE)
    assert not await in_step(), "nobody has filled it"
    await outbox.follow(LINE, INDEX)
    assert not await in_step()
    await outbox.call_whole(LINE)
    assert await in_step()
    async with change(by=None):
        await outbox.touch(INDEX, 1)
    assert await in_step(), "what has changed just now may wait a moment"
    assert not await in_step()
    async with change(by=None):
        await outbox.touch(INDEX, 2)
    await Outbox.delete().where(Outbox.index == LINE, Outbox.document == "1")
    assert await in_step()
    assert not await InStep(LINE)(), "at first nothing may wait"


async def test_what_is_marked_is_marked_for_each_follower_and_for_no_index_beside() -> None:
    # What other tests committed and left.
    await Outbox.delete(force=True)
    await outbox.follow(LINE, INDEX)
    await outbox.follow("programmes@remembered", "programmes")
    async with change(by=None):
        await outbox.touch(INDEX, 7)
    rows = await Outbox.select(Outbox.index, Outbox.document).order_by(Outbox.index)
    assert [(row["index"], row["document"]) for row in rows] == [(INDEX, "7"), (LINE, "7")]
    await outbox.leave(LINE)
    async with change(by=None):
        await outbox.touch(INDEX, 8)
    assert await outbox.waiting(LINE) == 0 and await outbox.waiting(INDEX) == 2

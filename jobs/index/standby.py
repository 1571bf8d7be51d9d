"""Two indexes that look like one: the first answers, and the second at once where the first fails or takes too long."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from jobs.index.breaker import Breaker
from jobs.index.port import Health, Hit, Query, Result, Searchable, Suggestion, Wanted

log = logging.getLogger("jobs.index")
T = TypeVar("T")

PATIENCE = 0.3
"""Seconds people wait for the first before the second is asked."""
TRIAL_PATIENCE = 2.0
"""Seconds for what nobody waits for."""
LOOK_EVERY = 15.0
"""Seconds between two looks at whether the first is still fit to answer."""


class Standby:
    """Asks `first`, and `second` while that is not fit.

    `second` is always in step, so whoever was answered by either has been answered well. `is_fit` says whether the first is
    in step too; it is asked before the first may answer, and every now and then.
    """

    def __init__(
        self,
        first: Searchable,
        second: Searchable,
        is_fit: Callable[[], Awaitable[bool]],
        breaker: Breaker | None = None,
        name: str = "The first index",
    ) -> None:
        self._first, self._second, self._is_fit, self._name = first, second, is_fit, name
        self._breaker = breaker or Breaker()
        self._opened = asyncio.Event()

    @property
    def first_answers(self) -> bool:
        return not self._breaker.is_open

    @property
    def since(self) -> datetime:
        """When it last changed which of them answers."""
        return self._breaker.since

    async def search(self, query: Query) -> Result:
        return await self._ask(lambda index: index.search(query))

    async def count(self, queries: Sequence[Query]) -> list[int]:
        return await self._ask(lambda index: index.count(queries))

    async def candidates(self, wanted: Wanted) -> list[Hit]:
        return await self._ask(lambda index: index.candidates(wanted))

    async def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        return await self._ask(lambda index: index.suggest(text, limit))

    async def health(self) -> Health:
        """Of the one that answers."""
        return await self._ask(_healthy)

    async def _ask(self, question: Callable[[Searchable], Awaitable[T]]) -> T:
        if not self._breaker.is_open:
            try:
                async with asyncio.timeout(PATIENCE):
                    answer = await question(self._first)
                self._breaker.good()
                return answer
            # Whatever it is, a fault of ours included: people get their answer, and the log the kind of error.
            except Exception as problem:
                if self._breaker.bad():
                    self._step_aside(type(problem).__name__)
        return await question(self._second)

    def _step_aside(self, why: str) -> None:
        log.warning("%s answers no searches until it is fit again: %s.", self._name, why)
        self._opened.set()

    async def watch(self) -> None:
        """Lets the first answer as soon as it is fit, and no longer than that, until it is cancelled."""
        while True:
            if self._breaker.is_open:
                if not await self.trial():
                    await asyncio.sleep(self._breaker.pause())
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._opened.wait(), LOOK_EVERY)
            if self._breaker.is_open:
                await asyncio.sleep(self._breaker.pause())
            else:
                await self.look()

    async def trial(self) -> bool:
        """Tries the first, while nobody waits for it; whether it answers from now on."""
        if not await self._fit():
            return False
        self._opened.clear()
        self._breaker.close()
        return True

    async def look(self) -> None:
        """Steps aside while the first, for all its answering, is not in step."""
        if not self._breaker.is_open and not await self._fit():
            self._breaker.open()
            self._step_aside("not in step")

    async def _fit(self) -> bool:
        try:
            async with asyncio.timeout(TRIAL_PATIENCE):
                health = await self._first.health()
                if not (health.ok and health.current and await self._is_fit()):
                    return False
                # One that is empty is right only if there is nothing to find.
                if not health.documents and (await self._second.health()).documents:
                    return False
                # Matching asks in another way, and a key may allow the one without the other.
                await self._first.candidates(Wanted(limit=1))
            async with asyncio.timeout(PATIENCE):
                await self._first.search(Query(per_page=1))
        except Exception as problem:
            log.info("%s is not fit: %s", self._name, type(problem).__name__)
            return False
        return True


async def _healthy(index: Searchable) -> Health:
    health = await index.health()
    if not health.ok:
        raise ConnectionError(health.detail)
    return health

"""Whether something is worth asking: not while it keeps failing, and then only now and again to see."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

IN_A_ROW = 3
OF_THE_LAST, TOO_MANY = 20, 6
"""One that fails every third time costs people as much as one that is gone."""
SHORTEST, LONGEST = 1.0, 60.0
"""Seconds between two trials."""


class Breaker:
    """Starts open: nothing is asked before a trial has gone well."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._outcomes: deque[bool] = deque(maxlen=OF_THE_LAST)
        self._pause = SHORTEST
        self._closed_at = clock()
        self.is_open = True
        self.since = datetime.now(UTC)
        """When it last opened or closed."""

    def good(self) -> None:
        self._outcomes.append(True)

    def bad(self) -> bool:
        """Notes a failure; whether it opens with it."""
        self._outcomes.append(False)
        last = list(self._outcomes)[-IN_A_ROW:]
        hopeless = len(last) == IN_A_ROW and not any(last)
        if self.is_open or not (hopeless or self._outcomes.count(False) >= TOO_MANY):
            return False
        self.open()
        return True

    def open(self) -> None:
        # Whoever fails again soon after a trial that went well gets no shorter pauses for it.
        if self._clock() - self._closed_at > LONGEST:
            self._pause = SHORTEST
        self._turn(is_open=True)

    def close(self) -> None:
        self._closed_at = self._clock()
        self._turn(is_open=False)

    def pause(self) -> float:
        """Seconds until the next trial; each is twice as long as the one before."""
        pause, self._pause = self._pause, min(LONGEST, 2 * self._pause)
        return pause

    def _turn(self, *, is_open: bool) -> None:
        self._outcomes.clear()
        self.is_open = is_open
        self.since = datetime.now(UTC)

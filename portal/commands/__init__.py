"""What `portal COMMAND` does. With `portal/app.py` and `portal/__main__.py` the only place that imports every app."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


def in_database(work: Callable[[], Awaitable[T]]) -> T:
    """Runs `work` with the database reachable and the pool started; starts the embedded one for as long as it takes."""
    # Imported here, for commands that need no database should not wait for its code.
    from portal import database, settings

    async def main() -> T:
        async with database.pool():
            return await work()

    with database.address(settings.read()):
        return asyncio.run(main())


def with_index(work: Callable[[], Awaitable[T]]) -> T:
    """The same, with every index in use kept in step."""
    from jobs.index import beside
    from portal import settings

    async def main() -> T:
        async with beside.keeping(settings.read()):
            return await work()

    return in_database(main)

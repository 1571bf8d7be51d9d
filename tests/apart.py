"""Work beside the test's own transaction, on connections that commit."""

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from typing import Any


def apart(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Runs outside the test's transaction, on a connection of its own."""
    return asyncio.get_running_loop().create_task(work, context=Context())


async def at_once(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    return await asyncio.gather(*(apart(work) for work in works), return_exceptions=True)

"""A rebuild in a process of its own, as the worker has one: `python -m portal.commands.bench.rebuilding NAME`."""

import asyncio
import os
import sys

from jobs.index.documents import all_open
from portal import database
from portal.commands.bench.engines import FOLLOWED, index_named


async def main(name: str) -> None:
    database._use(os.environ["DATABASE_URL"])
    async with database.pool(size=2):
        await index_named(name, os.environ.get(FOLLOWED, "")).rebuild(all_open())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

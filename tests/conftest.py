"""A real PostgreSQL for every test: one template built by the migrations and the seed, cloned once per worker."""

import asyncio
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import pytest

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="bina-karya-test-"))
os.environ.setdefault("SECRET_KEY", "0" * 64)

from portal import database, embedded
from tests import meilisearch_server

TEMPLATE = "portal_template"
RUNNING = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts the server and builds the template; workers find its address in the environment."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(tempfile.mkdtemp(prefix="bina-karya-pg-"))
    RUNNING.callback(shutil.rmtree, folder, ignore_errors=True)
    server = RUNNING.enter_context(embedded.server(folder / "postgres"))
    os.environ["TEST_SERVER"] = server
    asyncio.run(_build_template(server))
    meilisearch_server.announce(RUNNING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"Vacancy indexes at hand: postgres, {meilisearch_server.said()}.")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        RUNNING.close()


def named(server: str, name: str) -> str:
    """The address of another database on the same server."""
    head, query = server.split("?", 1)
    return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


async def _build_template(server: str) -> None:
    connection = await asyncpg.connect(server)
    # Nothing here has to survive a power cut.
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    await connection.close()
    database._use(named(server, TEMPLATE))
    async with database.pool(size=1):
        await database.migrate()
        from portal.commands.seed import seed

        await seed()


@pytest.fixture(scope="session")
def database_url(worker_id: str) -> str:
    """This worker's own copy of the template."""
    server, name = os.environ["TEST_SERVER"], f"portal_{worker_id}"

    async def clone() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"DROP DATABASE IF EXISTS {name}")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        await connection.close()

    asyncio.run(clone())
    return database._use(named(server, name))


@pytest.fixture(scope="session")
def entered(database_url: str) -> str:
    """The tables that the seed leaves empty, joined by commas: all that a test can have filled."""

    async def empty() -> list[str]:
        connection = await asyncpg.connect(database_url)
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        tables = [row[0] for row in await connection.fetch(named)]
        found = [
            table
            for table in tables
            if not await connection.fetchval(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
        ]
        await connection.close()
        return found

    return ", ".join(f'"{table}"' for table in asyncio.run(empty()))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"

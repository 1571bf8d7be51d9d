"""The pool, and the one way to change anything."""

import io
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, redirect_stdout
from typing import TYPE_CHECKING

import asyncpg

from portal import embedded
from portal.conf import DB
from portal.settings import Settings

if TYPE_CHECKING:
    from portal.people import Actor

SESSION = {"timezone": "Asia/Jakarta"}
"""`current_date` in SQL is the day of `date.today()`, which portal/__init__.py sets."""
OLDEST = 15
"""PostgreSQL's oldest supported major version here: `NULLS NOT DISTINCT` and `MERGE` came with it."""


APPS = ("portal", "partners", "training", "jobs")
"""In the order their tables depend on each other."""
ACTING = "SELECT set_config('app.person', $1, true)"


class Unusable(Exception):
    """The database cannot be used; the message says why and what to do."""


@contextmanager
def address(settings: Settings) -> Iterator[str]:
    """Points everything below, child processes included, at the database; starts the embedded one if none is named."""
    if settings.database_url:
        yield _use(settings.database_url)
        return
    with embedded.server(settings.var_dir / "postgres") as url:
        yield _use(url)


def _use(url: str) -> str:
    os.environ["DATABASE_URL"] = url
    DB.config = {"dsn": url}
    return url


async def _as_it_is(_: asyncpg.Connection) -> None:
    """Gives a connection back without a round trip. An open transaction has been rolled back before; nothing else is
    ever left on one, for settings and locks here are those of a transaction."""


@asynccontextmanager
async def pool(size: int = 5) -> AsyncIterator[None]:
    """The connection pool, for a lifespan or a command. Raises Unusable at once rather than at the first query."""
    try:
        await DB.start_connection_pool(min_size=1, max_size=size, server_settings=SESSION, reset=_as_it_is)
    except (OSError, asyncpg.PostgresError) as problem:
        raise Unusable(f"The database does not answer: {problem}. Check DATABASE_URL.") from problem
    try:
        [row] = await DB._run_in_pool("SHOW server_version_num")
        if int(row["server_version_num"]) < OLDEST * 10_000:
            raise Unusable(f"PostgreSQL {OLDEST} or newer is needed.")
        yield
    finally:
        await DB.close_connection_pool()


@asynccontextmanager
async def change(*, by: "Actor | None") -> AsyncIterator[None]:
    """A transaction, or a savepoint inside one, that knows who is acting; `None` is the portal itself.

    A verb that raises takes back all it did, also inside a caller's transaction. Sets `app.person` for triggers and
    row policies until the outermost transaction ends.
    """
    person = str(by.person) if by else ""
    current = DB.current_transaction.get()
    if current is None:
        async with DB.transaction() as transaction:
            await transaction.connection.execute(ACTING, person)
            yield
    else:
        # Piccolo's nested transaction is a no-op; asyncpg's is a savepoint.
        async with current.connection.transaction():
            await current.connection.execute(ACTING, person)
            yield


async def migrate() -> list[str]:
    """Runs what has not been run, in the order the apps depend on each other; returns the names of what ran."""
    from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
    from piccolo.apps.migrations.tables import Migration

    before = (
        {row["name"] for row in await Migration.select(Migration.name)}
        if await Migration.table_exists()
        else set()
    )
    for app in APPS:
        with redirect_stdout(io.StringIO()) as told:
            result = await ForwardsMigrationManager(app_name=app).run()
        if not result.success:
            raise Unusable(f"Migrations of {app} failed: {told.getvalue()}")
    return [
        row["name"]
        for row in await Migration.select().order_by(Migration._meta.primary_key)
        if row["name"] not in before
    ]


async def missing() -> list[str]:
    """Names of the migrations this version has and the database has not."""
    from piccolo.apps.migrations.commands.base import BaseMigrationManager
    from piccolo.apps.migrations.tables import Migration

    ran = (
        {row["name"] for row in await Migration.select(Migration.name)}
        if await Migration.table_exists()
        else set()
    )
    manager = BaseMigrationManager()
    return [
        name
        for app in APPS
        for name in manager.get_migration_ids(
            manager.get_migration_modules(manager.get_app_config(app).resolved_migrations_folder_path)
        )
        if name not in ran
    ]


def connection() -> asyncpg.Connection:
    """The connection of the transaction in progress, for what Piccolo has no words for."""
    transaction = DB.current_transaction.get()
    if transaction is None:
        raise RuntimeError("This belongs in a transaction.")
    return transaction.connection


async def statements(sql: str) -> None:
    """Runs several statements in the current transaction; for migrations."""
    await connection().execute(sql)

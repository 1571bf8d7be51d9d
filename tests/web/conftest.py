"""Whole pages over HTTP, each test in one transaction that is rolled back."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from portal import database, sessions
from portal.access import COOKIE
from portal.app import create_app
from portal.conf import DB
from portal.people import Actor
from tests.apart import apart


@pytest.fixture(scope="session")
async def running(database_url: str) -> AsyncIterator[None]:
    async with database.pool(size=4):
        yield


@pytest.fixture(autouse=True)
async def rollback(running: None) -> AsyncIterator[None]:
    async with DB.transaction() as transaction:
        yield
        await transaction.rollback()


@pytest.fixture
async def swept(rollback: None, entered: str) -> AsyncIterator[None]:
    """For tests that commit: what they leave is gone before the next one."""
    yield
    await apart(DB._run_in_pool(f"TRUNCATE {entered}"))
    # The counts beside the documents stand in rows that the seed has made.
    await apart(DB._run_in_pool("UPDATE vacancy_word SET documents = 0, heads = 0 WHERE documents > 0"))
    await apart(DB._run_in_pool("UPDATE vacancy_index_state SET documents = 0"))


class Browser(httpx.AsyncClient):
    """A visitor without JavaScript, or with htmx when `htmx=True` is passed; posts carry the CSRF token by themselves."""

    async def form(
        self, url: str, data: dict[str, Any] | None = None, *, htmx: bool = False, **more: Any
    ) -> httpx.Response:
        """Posts a form as a browser would that has read a page before."""
        if "portal_csrf" not in self.cookies:
            await self.get("/session/new")
        headers = {"HX-Request": "true"} if htmx else {}
        token = self.cookies.get("portal_csrf", "")
        return await self.post(url, data={**(data or {}), "_csrf_token": token}, headers=headers, **more)


def once_of(html: str) -> str:
    """The one-time key in a form just read."""
    found = re.search(r'name="once" value="([^"]+)"', html)
    assert found, "no one-time key on the page"
    return found[1]


@pytest.fixture(scope="session")
def app() -> Any:
    return create_app()


@pytest.fixture
def browser(app: Any) -> Callable[..., Any]:
    """`await browser()` is a stranger, `await browser(actor)` is signed in; on the test's own loop and transaction."""

    async def open_browser(actor: Actor | None = None) -> Browser:
        visitor = Browser(transport=httpx.ASGITransport(app), base_url="http://portal.test")
        if actor:
            visitor.cookies.set(COOKIE, await sessions.begin(actor), domain="portal.test")
        return visitor

    return open_browser


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL sent since the test began, to pin how much a page asks of the database."""
    sent: list[str] = []
    run = type(DB).run_querystring

    async def record(engine: Any, querystring: Any, *args: Any, **kwargs: Any) -> Any:
        sent.append(querystring.compile_string()[0])
        return await run(engine, querystring, *args, **kwargs)

    monkeypatch.setattr(type(DB), "run_querystring", record)
    return sent

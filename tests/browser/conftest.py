"""A real portal with the demo story, seen through a real Chromium; all of it on one worker, for there is one portal."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import asyncpg
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, ConsoleMessage, Page, Request, ViewportSize, async_playwright

from tests.browser.chromium import chromium
from tests.conftest import TEMPLATE, named

HERE = Path(__file__).parent
OpenPage = Callable[..., Awaitable[Page]]
CheckPage = Callable[[Page], Awaitable[None]]
SignIn = Callable[[Page, str], Awaitable[None]]
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STARTED_WITHIN = 60.0
"""Seconds."""
NO_FAULT = re.compile(
    r"Failed to load resource.* status of (?:409|422)"
    r"|^htmx:(?:afterRequest|sendAbort), "
    r"|^Transition was (?:aborted|skipped)"
)
"""Told as an error though it is none: the answer to a form with a mistake in it, a question that a newer one replaced,
a passage between two pages that the browser left out because it was busy."""
SCRIPTED = "matchMedia('(scripting: enabled)').matches"
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then((results) => results.violations)"
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120))"""
"""What sticks out of a page that can be scrolled sideways."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def portal_url(seeded_url: str) -> Iterator[str]:
    """The address of a portal of this test run's own, with the worker that keeps its search up to date."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with (
        tempfile.TemporaryFile("w+") as log,
        tempfile.TemporaryDirectory(prefix="bina-karya-browser-") as data,
    ):
        told = {"DATABASE_URL": seeded_url, "PORT": str(port), "PUBLIC_URL": url, "VAR_DIR": data}
        server = subprocess.Popen(
            [sys.executable, "-m", "portal", "serve", "--workers", "1"],
            env={**os.environ, **told},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{url}/healthz", server)
        except RuntimeError:
            log.seek(0)
            pytest.fail(f"The portal did not start:\n{log.read()}")
        yield url
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except URLError:
            # Nobody can tell us when a server begins to listen.
            time.sleep(0.1)
    server.kill()
    raise RuntimeError


@pytest.fixture(scope="session")
def seeded_url(worker_id: str) -> str:
    """A copy of the template with the demo story in it, for what has to commit."""
    server, name = os.environ["TEST_SERVER"], f"portal_browser_{worker_id}"

    async def clone() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"DROP DATABASE IF EXISTS {name}")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        await connection.close()

    asyncio.run(clone())
    return named(server, name)


@pytest.fixture(scope="session")
def accounts(seeded_url: str) -> dict[str, tuple[str, str]]:
    """Login and password of the demo story, by role."""
    told = subprocess.run(
        [sys.executable, "-m", "portal", "seed", "--demo", "--json"],
        env={**os.environ, "DATABASE_URL": seeded_url},
        capture_output=True,
        text=True,
        check=True,
    )
    return {one["role"]: (one["login"], one["password"]) for one in json.loads(told.stdout)}


@pytest.fixture(scope="session")
async def window() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None and os.environ.get("CI", "false") != "false":
        pytest.fail("There is no Chromium here; name one in CHROMIUM.")
    if path is None:
        pytest.skip("There is no Chromium here; name one in CHROMIUM.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What a page did that it must not do: errors, refusals of its own content policy, calls to other machines."""
    seen: list[str] = []
    yield seen
    assert seen == [], "\n".join(seen)


@pytest.fixture
async def open_page(window: Browser, portal_url: str, faults: list[str]) -> AsyncIterator[OpenPage]:
    """`await open_page(javascript=False)` is a page in a browser of its own; what it does wrong fails the test."""
    contexts = []

    async def open_page(*, javascript: bool = True, size: ViewportSize = PHONE) -> Page:
        context = await window.new_context(
            base_url=portal_url, viewport=size, java_script_enabled=javascript, locale="id-ID"
        )
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        _watch(page, portal_url, faults)
        return page

    yield open_page
    for context in contexts:
        await context.close()


def _watch(page: Page, portal_url: str, faults: list[str]) -> None:
    def went_wrong(what: str) -> None:
        if not NO_FAULT.search(what):
            faults.append(f"{page.url}: {what}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            went_wrong(f"{message.text} {message.location.get('url', '')}")

    def asked(request: Request) -> None:
        if not request.url.startswith((portal_url, "data:")):
            faults.append(f"{page.url} asks {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: went_wrong(str(error)))
    page.on("request", asked)


@pytest.fixture
async def page(open_page: OpenPage) -> Page:
    """A phone."""
    return await open_page()


@pytest.fixture
async def plain_page(open_page: OpenPage) -> Page:
    """A phone whose browser runs no JavaScript."""
    return await open_page(javascript=False)


@pytest.fixture
async def desktop(open_page: OpenPage) -> Page:
    return await open_page(size=DESKTOP)


@pytest.fixture
def sign_in(accounts: dict[str, tuple[str, str]]) -> SignIn:
    """`await sign_in(page, "client")` signs in as the demo story's person of that role."""

    async def sign_in(page: Page, role: str) -> None:
        login, password = accounts[role]
        await page.goto("/session/new")
        await page.get_by_label("Nomor HP atau email").fill(login)
        await page.get_by_label("Kata sandi").fill(password)
        await page.get_by_role("button", name="Masuk", exact=True).click()
        await page.wait_for_url(lambda url: not url.endswith(("/session/new", "/session")))

    return sign_in


@pytest.fixture
def axe() -> CheckPage:
    """`await axe(page)` fails with every obstacle axe-core finds for people who see, hear or point differently."""

    async def axe(page: Page) -> None:
        # A page that was looked at on another screen has axe-core already, and what it says of passes is long.
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(AXE_SCRIPT)
        found = await page.evaluate(VIOLATIONS)
        assert not found, f"{page.url}\n" + "\n".join(
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html']}\n    {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        )

    return axe


@pytest.fixture
def look(axe: CheckPage) -> CheckPage:
    """`await look(page)` fails where somebody meets an obstacle, or has to scroll sideways."""

    async def look(page: Page) -> None:
        # axe-core waits on the page's own timers, which never ring without JavaScript.
        if await page.evaluate(SCRIPTED):
            await axe(page)
        wide = await page.evaluate(TOO_WIDE)
        assert not wide, f"{page.url} is too wide for {page.viewport_size}:\n" + "\n".join(wide)

    return look

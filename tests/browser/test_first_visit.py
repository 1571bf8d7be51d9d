"""What somebody meets who opens the portal for the first time."""

import pytest
from playwright.async_api import Page

from tests.browser.conftest import CheckPage, SignIn

pytestmark = pytest.mark.anyio
OPEN = ["/session/new", "/resets"]


@pytest.mark.parametrize("path", OPEN)
async def test_a_page_open_to_strangers_has_no_obstacles(
    path: str, page: Page, desktop: Page, axe: CheckPage
) -> None:
    for screen in (page, desktop):
        await screen.goto(path)
        await axe(screen)
        assert await screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("path", OPEN)
async def test_a_page_open_to_strangers_says_the_same_without_javascript(
    path: str, page: Page, plain_page: Page
) -> None:
    said = []
    for each in (page, plain_page):
        await each.goto(path)
        said.append((await each.title(), await each.locator("h1").inner_text()))
    assert said[0] == said[1]


@pytest.mark.parametrize("role", ["client", "employer", "staff", "administrator"])
async def test_everybody_signs_in_without_javascript_and_finds_their_first_page_without_obstacles(
    role: str, page: Page, plain_page: Page, sign_in: SignIn, axe: CheckPage
) -> None:
    await sign_in(plain_page, role)
    await sign_in(page, role)
    assert page.url == plain_page.url
    await axe(page)

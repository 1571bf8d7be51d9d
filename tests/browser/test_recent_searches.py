"""Searches to go back to: in this tab, for as long as it is open, and nowhere else."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import CheckPage

pytestmark = pytest.mark.anyio
KEPT = "sessionStorage.getItem('searches')"


async def test_a_search_can_be_found_again_in_its_tab_and_be_forgotten(page: Page, axe: CheckPage) -> None:
    await page.goto("/")
    recent = page.locator("#recent")
    await expect(recent).to_be_hidden()
    await page.fill("#q", "kasir")
    await page.press("#q", "Enter")
    await page.wait_for_url("**/?q=kasir")
    await page.goto("/")
    await expect(recent.get_by_role("link", name="kasir")).to_have_attribute("href", "/?q=kasir")
    await axe(page)
    assert "kasir" not in await page.evaluate("document.cookie")
    assert await page.evaluate("localStorage.length") == 0
    other = await page.context.new_page()
    await other.goto("/")
    await expect(other.locator("#recent")).to_be_hidden()
    await recent.get_by_role("button").click()
    await expect(recent).to_be_hidden()
    assert await page.evaluate(KEPT) is None


async def test_what_was_searched_for_in_this_tab_is_suggested_first_as_it_is_typed(page: Page) -> None:
    await page.goto("/?q=kasir+gaji+2+juta")
    await page.goto("/")
    await page.locator("#q").press_sequentially("kas")
    offered = page.locator("#suggestions a")
    await expect(offered.first).to_have_text("kasir gaji 2 juta")
    await expect(offered.first).to_have_attribute("href", "/?q=kasir+gaji+2+juta")
    assert await offered.count() > 1
    await page.fill("#q", "")
    await page.locator("#q").press_sequentially("tuk")
    await expect(page.get_by_role("link", name="kasir gaji 2 juta").and_(offered)).to_have_count(0)


async def test_without_script_there_is_no_list_and_nothing_is_missed(plain_page: Page) -> None:
    await plain_page.goto("/?q=kasir+gaji+2+juta")
    await expect(plain_page.get_by_role("link", name="Mulai Rp2.000.000")).to_be_visible()
    await plain_page.goto("/")
    await expect(plain_page.locator("#recent")).to_be_hidden()

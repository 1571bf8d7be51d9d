"""The client's way from the sign-in page to an application, without a mouse or a finger."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.anyio
MOST_STEPS = 120
FOCUSED = """() => {
    const focused = document.activeElement;
    const words = focused.getAttribute("aria-label") || focused.labels?.[0]?.innerText || focused.innerText || focused.value;
    return (words || "").replace(/\\s+/g, " ").trim();
}"""
MARKED = """() => {
    // A box that is drawn by its label is marked by its label.
    const focused = document.activeElement;
    const marked = [focused, focused.closest("label")].some((each) => {
        const style = each && getComputedStyle(each);
        return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const place = focused.getBoundingClientRect();
    const seen = place.width > 0 && place.bottom > 0 && place.top < innerHeight;
    return marked && seen;
}"""


async def step(page: Page, key: str = "Tab") -> str:
    """Presses a key; where the focus is then can be seen, and is told by its words."""
    await page.keyboard.press(key)
    words = await page.evaluate(FOCUSED)
    if await page.evaluate("document.activeElement !== document.body"):
        assert await page.evaluate(MARKED), f"{page.url}: nobody sees that “{words}” has the focus"
    return words


async def tab_to(page: Page, words: str) -> None:
    """On to what is called so, or begins so."""
    passed = []
    for _ in range(MOST_STEPS):
        passed.append(await step(page))
        if passed[-1].startswith(words):
            return
    raise AssertionError(f"{page.url}: Tab never comes to “{words}”, only to {passed}")


async def test_a_client_signs_in_searches_and_applies_with_the_keyboard_alone(
    open_page: OpenPage, accounts: dict[str, tuple[str, str]]
) -> None:
    page = await open_page(size={"width": 1280, "height": 900})
    login, password = accounts["client"]
    await page.goto("/session/new")
    await tab_to(page, "Nomor HP atau email")
    await page.keyboard.type(login)
    await tab_to(page, "Kata sandi")
    await page.keyboard.type(password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Cocok untuk Anda")).to_be_visible()

    assert await step(page) == "Langsung ke isi"
    await tab_to(page, "Cari")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Cari lowongan")).to_be_visible()
    await tab_to(page, "Cari lowongan")
    await page.keyboard.type("pembantu montr")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Menampilkan hasil untuk")).to_be_visible()
    await tab_to(page, "Pembantu montir motor")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Pembantu montir motor", level=1)).to_be_visible()
    await tab_to(page, "Lamar pekerjaan ini")
    await page.keyboard.press("Enter")
    # What follows a link within the page begins where the link leads.
    await tab_to(page, "Pada tanggal")
    assert await step(page, "ArrowLeft") == "Segera"
    await tab_to(page, "Catatan singkat")
    await page.keyboard.type("Saya biasa mengganti oli dan mau belajar.")
    await tab_to(page, "Saya setuju")
    await page.keyboard.press("Space")
    await tab_to(page, "Kirim lamaran")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Lamaran terkirim")).to_be_visible()

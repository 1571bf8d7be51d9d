"""Every page that links lead to, for every role, on a phone and on a desktop."""

import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urlsplit

import pytest
from playwright.async_api import Page

from tests.browser.conftest import DESKTOP, PHONE, CheckPage, OpenPage, SignIn

pytestmark = pytest.mark.anyio
MOST_PAGES = 60
ALIKE = 2
"""So many pages of a kind are opened, for they may be in different states; of further ones only the answer is looked at.
What an address asks besides, such as a filter, changes little: of those one is opened, on a phone."""
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href)"
"""What is downloaded is no page."""


def kind_of(address: str) -> str:
    """What an address is about, without saying which: `/clients/7?scope=mine` is `/clients/0?scope`."""
    parts = urlsplit(address)
    return (
        re.sub(r"\d+", "0", parts.path) + "?" + "&".join(sorted(name for name, _ in parse_qsl(parts.query)))
    )


async def links_of(page: Page, home: str) -> list[str]:
    """Addresses within the portal that the page leads to."""
    found = [urldefrag(link).url for link in await page.evaluate(LINKS)]
    return [link for link in dict.fromkeys(found) if link.startswith(home)]


@pytest.mark.parametrize("role", ["", "client", "employer", "staff", "administrator"])
async def test_every_page_that_links_lead_to_is_there_and_has_no_obstacles_on_any_screen(
    role: str, open_page: OpenPage, sign_in: SignIn, look: CheckPage, portal_url: str
) -> None:
    page = await open_page()
    if role:
        await sign_in(page, role)
    else:
        await page.goto("/")
    waiting, known, kinds, further = deque([page.url]), {page.url}, Counter[str](), []
    while waiting and kinds.total() < MOST_PAGES:
        address = waiting.popleft()
        kind = kind_of(address)
        whole = kind.endswith("?")
        # What everybody can search for is looked at once, as a stranger.
        if kinds[kind] == (ALIKE if whole else 1) or (role and kind.startswith("/?")):
            further.append(address)
            continue
        kinds[kind] += 1
        await page.set_viewport_size(PHONE)
        answer = await page.goto(address)
        assert answer and answer.status < 400, f"{address}: {answer and answer.status}"
        await look(page)
        if whole and kinds[kind] == 1:
            await page.set_viewport_size(DESKTOP)
            await look(page)
        fresh = [link for link in await links_of(page, portal_url) if link not in known]
        known.update(fresh)
        waiting.extend(fresh)
    for address in further[: MOST_PAGES - kinds.total()]:
        assert (await page.request.get(address)).status < 400, address

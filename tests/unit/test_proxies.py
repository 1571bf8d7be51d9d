"""Whose word about a visitor's address counts."""

from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, get

from portal import app as application

pytestmark = pytest.mark.anyio


@get("/", public=True)
async def where(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


@pytest.mark.parametrize(
    ("proxies", "seen"), [("", "127.0.0.1"), ("10.0.0.0/8", "127.0.0.1"), ("127.0.0.1", "203.0.113.7")]
)
async def test_a_forwarded_address_counts_only_from_a_trusted_proxy(
    proxies: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXIES", proxies)
    monkeypatch.setattr(application, "create_app", lambda *_: Litestar([where], logging_config=None))
    transport = httpx.ASGITransport(application.served(), client=("127.0.0.1", 50000))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as browser:
        answer = await browser.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert answer.text == seen

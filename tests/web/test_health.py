"""Whoever starts or watches the portal learns whether it can answer."""

from collections.abc import Callable
from typing import Any

import pytest

from jobs import index
from jobs.index.port import Health

pytestmark = pytest.mark.anyio


async def test_a_portal_that_can_answer_says_which_index_does(browser: Callable[..., Any]) -> None:
    answer = await (await browser()).get("/healthz")
    assert answer.status_code == 200 and answer.json() == {"database": "ok", "index": "postgres"}


async def test_an_index_that_is_down_is_not_ready(
    browser: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(_: object) -> Health:
        return Health("postgres", ok=False)

    monkeypatch.setattr(type(index.current()), "health", down)
    answer = await (await browser()).get("/healthz")
    assert answer.status_code == 503 and answer.json() == {"database": "ok", "index": "down"}


async def test_an_error_on_the_way_is_an_answer_and_not_a_page(
    browser: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> Health:
        raise ConnectionResetError

    monkeypatch.setattr(type(index.current()), "health", fail)
    assert (await (await browser()).get("/healthz")).status_code == 503

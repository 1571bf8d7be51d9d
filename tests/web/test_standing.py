"""Those who look after the portal see which index answers, and what it has yet to see."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jobs import index
from jobs.index import Kept
from jobs.index.drain import keep_up
from jobs.index.errors import Unavailable
from jobs.index.standby import Standby
from jobs.vacancies import INDEX
from portal import outbox
from portal.database import change
from tests import builders
from tests.indexes import Remembered

pytestmark = pytest.mark.anyio


@pytest.fixture
def beside() -> Iterator[Remembered]:
    """A Meilisearch that answers once it has been tried."""
    server = Remembered("meilisearch")
    index.keep(Kept("meilisearch", f"{INDEX}@meilisearch", server))
    yield server
    index.keep()
    index.use(index.POSTGRES.index)


async def in_step() -> bool:
    return True


async def test_without_another_one_postgresql_answers(browser: Callable[..., Any]) -> None:
    page = (await (await browser(await builders.staff())).get("/index")).text
    assert "Pencarian dijawab oleh PostgreSQL." in page and "Meilisearch" not in page


async def test_the_page_says_who_answers_since_when_and_what_waits(
    browser: Callable[..., Any], beside: Remembered
) -> None:
    visitor = await browser(await builders.administrator())
    vacancy = await builders.vacancy()
    [follower] = index.followers()
    await keep_up(follower)
    standby = Standby(beside, index.POSTGRES.index, in_step)
    index.use(standby)
    assert (
        "dijawab oleh PostgreSQL sejak baru saja, sampai Meilisearch siap lagi"
        in (await visitor.get("/index")).text
    )
    assert (await visitor.get("/healthz")).json()["index"] == "postgres"
    await keep_up(index.POSTGRES)
    assert await standby.trial()
    async with change(by=None):
        await outbox.touch(INDEX, vacancy.id)
    page = (await visitor.get("/index")).text
    assert "dijawab oleh Meilisearch, sejak baru saja" in page and "1 perubahan menunggu" in page
    assert (await visitor.get("/healthz")).json()["index"] == "meilisearch"


async def test_the_page_is_there_while_a_server_is_not(
    browser: Callable[..., Any], beside: Remembered
) -> None:
    beside.away = Unavailable("refused")
    page = (await (await browser(await builders.staff())).get("/index")).text
    assert "Tidak menjawab" in page and "refused" not in page


async def test_a_vacancy_that_an_index_will_not_take_is_named_with_the_reason(
    browser: Callable[..., Any], beside: Remembered
) -> None:
    vacancy = await builders.vacancy(title="Perajut teka-teki")
    beside.refuses = {vacancy.id}
    [follower] = index.followers()
    await keep_up(follower)
    page = (await (await browser(await builders.staff())).get("/index")).text
    assert "Perajut teka-teki" in page and "its title is a riddle" in page

"""Every index ends up saying what the database says, whatever happens on the way. On real connections that commit."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import pytest

from jobs import index
from jobs.bench.vacancies import fill
from jobs.index import Kept, drain
from jobs.index.drain import Batches, catch_up, keep_up, rebuild
from jobs.index.meilisearch import MeilisearchIndex
from jobs.index.port import Document, Query, VacancyIndex
from jobs.index.postgres.lines import Lines
from jobs.index.standing import standing
from jobs.index.verifying import Differences, mend, verify
from jobs.tables import Vacancy, VacancyState
from jobs.vacancies import INDEX
from portal import outbox, worker
from portal.commands.worker import indexing, table
from portal.conf import DB
from portal.database import change
from portal.settings import read
from portal.tables import Follower, Outbox
from tests import builders, meilisearch_server
from tests.apart import apart
from tests.indexes import Remembered

pytestmark = pytest.mark.anyio
LINE = f"{INDEX}@remembered"
MANY = 120


@pytest.fixture(autouse=True)
async def vacancies(swept: None, database_url: str) -> AsyncIterator[list[int]]:
    """Ids of open vacancies that no index knows yet."""
    connection = await asyncpg.connect(database_url)
    await fill(connection, MANY)
    rows = await connection.fetch("SELECT id FROM vacancy ORDER BY id")
    yield [row["id"] for row in rows]
    index.keep()
    await connection.close()


@pytest.fixture
def remembered() -> Remembered:
    return Remembered()


@pytest.fixture(params=["postgres", "remembered", "meilisearch"])
async def kept(request: pytest.FixtureRequest, remembered: Remembered) -> AsyncIterator[Kept]:
    """Each kind of index in turn, filled with what there is; a real Meilisearch where one is at hand."""
    if request.param == "postgres":
        await apart(rebuild())
        yield index.POSTGRES
    elif request.param == "remembered":
        yield await following(remembered)
    else:
        if (found := meilisearch_server.address()) is None:
            pytest.skip(meilisearch_server.said())
        server = MeilisearchIndex(*found, index=f"step_{os.getpid()}")
        yield await following(server)
        await server.close()


async def following(server: VacancyIndex) -> Kept:
    follower = Kept("remembered", LINE, server)
    index.keep(follower)
    assert await apart(keep_up(follower))
    return follower


async def changed(*ids: int, **facts: Any) -> None:
    """A committed change of these vacancies."""
    async with change(by=None):
        if facts:
            await Vacancy.update({**facts}, force=True).where(Vacancy.id.is_in(list(ids)))
        await outbox.touch(INDEX, *ids)


async def held(kept: Kept) -> dict[int, str]:
    return await apart(kept.index.hashes())


async def same(kept: Kept, documents: int) -> bool:
    """Whether the index holds so many documents, and each as the database has it."""
    found = await apart(verify(kept))
    return found == Differences(documents) and not await apart(outbox.waiting(kept.line))


async def test_two_drainers_at_once_send_every_change_and_never_both_at_once(
    kept: Kept, vacancies: list[int]
) -> None:
    for number in range(10):
        await apart(changed(*vacancies, title=f"Tukang las {number}"))
    await apart(changed(*vacancies[:20], state=VacancyState.CLOSED))
    caught_up = await asyncio.gather(apart(catch_up(kept)), apart(catch_up(kept)))
    assert sum(caught_up) == 10 * MANY + 20
    assert await same(kept, MANY - 20)


async def test_a_drainer_killed_between_sending_and_deleting_loses_nothing(
    kept: Kept, remembered: Remembered, vacancies: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    async def kill(*_: Any) -> None:
        raise Killed

    await apart(changed(*vacancies[:5], title="Sebelum"))
    with monkeypatch.context() as patched:
        # The first thing after the documents were sent.
        patched.setattr(outbox, "unpark", kill)
        with pytest.raises(Killed):
            await apart(drain.drain(kept))
    assert await apart(outbox.waiting(kept.line)) == 5
    await apart(changed(vacancies[0], state=VacancyState.CLOSED))
    await apart(changed(vacancies[1], title="Sesudah"))
    await apart(catch_up(kept))
    assert await same(kept, MANY - 1)


async def test_what_changes_during_a_rebuild_is_in_the_index_afterwards(
    kept: Kept, vacancies: list[int]
) -> None:
    new: list[Vacancy] = []

    async def watched(batches: Batches) -> AsyncIterator[Sequence[Document]]:
        async for batch in batches:
            if not others:
                # Read already, and not yet written: another drainer tries its luck meanwhile.
                await apart(changed(*vacancies[:3], state=VacancyState.CLOSED))
                await apart(changed(*vacancies[3:6], title="Berubah di tengah jalan"))
                new.append(await apart(builders.vacancy()))
                await apart(changed(new[0].id))
                others.append(apart(catch_up(kept)))
            yield batch

    others: list[asyncio.Task[Any]] = []
    assert await apart(rebuild(kept, watched)) == MANY + 1
    await asyncio.gather(*others, apart(catch_up(kept)))
    assert await same(kept, MANY - 3 + 1)


async def test_no_search_fails_or_finds_less_while_the_index_is_swapped(
    kept: Kept, vacancies: list[int]
) -> None:
    found: list[int] = []
    swapped = asyncio.Event()

    async def search() -> None:
        while not swapped.is_set():
            found.append((await kept.index.search(Query(text="", per_page=1))).total)

    searching = [apart(search()) for _ in range(2)]
    for _ in range(3):
        await apart(rebuild(kept))
    swapped.set()
    await asyncio.gather(*searching)
    assert len(found) > 3 and set(found) == {MANY}


async def test_a_server_restarted_empty_is_made_whole_before_a_change_is_sent_to_it(
    remembered: Remembered, vacancies: list[int]
) -> None:
    follower = await following(remembered)
    remembered.restart_empty()
    await apart(changed(vacancies[0], title="Yang pertama"))
    assert await apart(keep_up(follower))
    assert await same(follower, MANY)


async def test_a_server_whose_documents_were_deleted_is_made_whole(
    remembered: Remembered, vacancies: list[int]
) -> None:
    follower = await following(remembered)
    remembered.documents = {}
    assert await apart(keep_up(follower))
    assert await same(follower, MANY)


async def test_settings_that_changed_are_followed_by_a_rebuild(remembered: Remembered) -> None:
    follower = await following(remembered)
    remembered.current = False
    assert await apart(keep_up(follower)) and remembered.current
    assert await same(follower, MANY)


async def test_a_server_that_is_away_delays_nobody_and_catches_up_when_it_is_back(
    remembered: Remembered, vacancies: list[int]
) -> None:
    follower = await following(remembered)
    await apart(rebuild())
    remembered.away = drain.Unavailable("refused")
    await apart(changed(*vacancies[:7], title="Sementara itu"))
    assert await apart(drain.drain_all()) == 7
    assert await same(index.POSTGRES, MANY)
    assert await apart(outbox.waiting(LINE)) == 7
    remembered.away = None
    assert await apart(keep_up(follower))
    assert await same(follower, MANY)


async def test_for_a_server_that_stays_away_nothing_piles_up_and_it_comes_back_whole(
    remembered: Remembered, vacancies: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drain, "MOST_WAITING", 50)
    follower = await following(remembered)
    remembered.away = drain.Unavailable("refused")
    for _ in range(3):
        await apart(changed(*vacancies[:40], title="Lama sekali"))
        assert not await apart(keep_up(follower))
    assert await apart(outbox.waiting(LINE)) == 0
    remembered.away = None
    assert await apart(keep_up(follower))
    assert await same(follower, MANY)


async def test_a_follower_in_nobodys_settings_piles_up_nothing_either(
    remembered: Remembered, vacancies: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drain, "MOST_WAITING", 50)
    await following(remembered)
    index.keep()
    await apart(changed(*vacancies, title="Sendirian"))
    await apart(drain.drain_all())
    assert not await apart(Follower.exists().run()) and not await apart(Outbox.exists().run())


async def test_a_change_under_way_while_an_index_is_added_is_not_missed(
    remembered: Remembered, vacancies: list[int], database_url: str
) -> None:
    under_way, may_commit = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with change(by=None):
            await Vacancy.update({Vacancy.title: "Lambat"}).where(Vacancy.id == vacancies[0])
            await outbox.touch(INDEX, vacancies[0])
            under_way.set()
            await may_commit.wait()

    changing = apart(slowly())
    await under_way.wait()
    adding = apart(following(remembered))
    await waits_for_a_lock_or_is_done(adding, database_url)
    may_commit.set()
    await changing
    follower = await adding
    assert await same(follower, MANY)


async def waits_for_a_lock_or_is_done(task: asyncio.Task[Any], database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass)"
    async with asyncio.timeout(20):
        while not task.done() and not await connection.fetchval(waiting):
            pass
    await connection.close()


async def test_a_document_that_is_refused_is_put_aside_with_the_reason_until_it_changes(
    remembered: Remembered, vacancies: list[int]
) -> None:
    follower = await following(remembered)
    bad, *good = vacancies[:4]
    remembered.refuses = {bad}
    await apart(changed(bad, *good, title="Berubah"))
    await apart(catch_up(follower))
    assert await same(follower, MANY - 1)
    [aside] = await apart(outbox.parked(LINE))
    assert (aside["document"], aside["reason"]) == (str(bad), "its title is a riddle")
    assert (await apart(standing(follower))).parked == 1
    await apart(rebuild(follower))
    assert await same(follower, MANY - 1) and len(await apart(outbox.parked(LINE))) == 1
    remembered.refuses = set()
    await apart(changed(bad, title="Tanpa teka-teki"))
    await apart(catch_up(follower))
    assert await same(follower, MANY) and not await apart(outbox.parked(LINE))


async def test_a_row_that_postgresql_cannot_hold_keeps_no_other_waiting(
    vacancies: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Lines._line

    def line(lines: Lines, document: Document, words: list[str], head: list[str]) -> str:
        if document.id == vacancies[5]:
            raise asyncpg.ProgramLimitExceededError("too long")
        return whole(lines, document, words, head)

    await apart(changed(*vacancies, title="Semua"))
    monkeypatch.setattr(Lines, "_line", line)
    await apart(drain.drain())
    assert await same(index.POSTGRES, MANY - 1)
    [aside] = await apart(outbox.parked(INDEX))
    assert aside["document"] == str(vacancies[5])


async def test_verify_names_what_differs_and_repair_mends_it(kept: Kept, vacancies: list[int]) -> None:
    stale, missing, extra, waiting = vacancies[:4]
    # Changed behind the back of the outbox.
    await apart(Vacancy.update({Vacancy.title: "Diam-diam"}).where(Vacancy.id == stale).run())
    await apart(Vacancy.update({Vacancy.state: VacancyState.CLOSED}).where(Vacancy.id == extra).run())
    await apart(kept.index.remove([missing]))
    await apart(changed(waiting, title="Masih menunggu"))
    assert await apart(verify(kept)) == Differences(MANY - 1, (missing,), (stale,), (extra,))
    await apart(verify(kept, repair=True))
    await apart(catch_up(kept))
    assert await same(kept, MANY - 1)


async def test_the_daily_comparison_mends_a_follower_and_bears_one_that_is_away(
    remembered: Remembered, vacancies: list[int]
) -> None:
    follower = await following(remembered)
    del remembered.documents[vacancies[0]]
    remembered.away = drain.Unavailable("refused")
    await apart(mend(follower))
    remembered.away = None
    await apart(mend(follower))
    assert await same(follower, MANY)


async def test_the_worker_keeps_each_index_by_a_job_of_its_own_that_every_change_calls(
    remembered: Remembered,
) -> None:
    await following(remembered)
    jobs = {job.name: job for job in table(read())}
    for name in ("index", "index remembered"):
        assert jobs[name].channel == outbox.CHANNEL
    assert "compare remembered" in jobs


async def test_a_worker_told_to_run_once_brings_every_index_up_to_date(
    remembered: Remembered, vacancies: list[int], database_url: str
) -> None:
    follower = Kept("remembered", LINE, remembered)
    index.keep(follower)
    await apart(rebuild())
    assert await apart(worker.run_once(indexing(), database_url)) == []
    await apart(changed(vacancies[0], title="Sekali jalan"))
    assert await apart(worker.run_once(indexing(), database_url)) == []
    assert await same(index.POSTGRES, MANY) and await same(follower, MANY)


async def test_after_a_rebuild_postgresql_knows_that_an_index_may_answer_alone() -> None:
    pages = "SELECT relallvisible AS seen FROM pg_class WHERE relname = 'vacancy_document'"
    await apart(rebuild())
    [row] = await apart(DB._run_in_pool(pages))
    assert row["seen"] > 0

"""The worker: called by the database, one at a time, unimpressed by errors and restarts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from jobs.expiry import close_expired
from jobs.tables import Vacancy, VacancyState
from portal import outbox, worker
from portal.commands.worker import table
from portal.database import change
from portal.pruning import prune
from portal.sessions import IDLE, OWN_DEVICE, begin
from portal.settings import read
from portal.tables import Event, Failure, Once, Outbox, Session, Ticket, TicketPurpose
from portal.worker import Job
from tests import builders

pytestmark = pytest.mark.anyio
NEVER = timedelta(days=1)
PATIENCE = 20
"""Seconds until a test that waits in vain fails."""


class Count:
    """A job that counts its runs, and lets a test wait for the next one."""

    def __init__(self, fails: int = 0) -> None:
        self.runs = 0
        self._fails = fails
        self._ran = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._ran:
            self.runs += 1
            self._ran.notify_all()
        if self.runs <= self._fails:
            raise LookupError("siti@contoh.test")

    async def reaches(self, runs: int) -> None:
        async with asyncio.timeout(PATIENCE), self._ran:
            await self._ran.wait_for(lambda: self.runs >= runs)


@asynccontextmanager
async def working(url: str, *jobs: Job) -> AsyncIterator[None]:
    """A worker with these jobs, running beside the test."""
    ending = asyncio.Event()
    task = asyncio.create_task(worker.run(jobs, url, ending))
    yield
    ending.set()
    async with asyncio.timeout(PATIENCE):
        await task


@pytest.fixture
def no_back_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "back_off", lambda failures: 0.01)


async def test_a_call_of_the_database_wakes_the_job_that_hears_it(database_url: str) -> None:
    called, uncalled = Count(), Count()
    jobs = (Job("called", called, NEVER, outbox.CHANNEL), Job("uncalled", uncalled, NEVER))
    async with working(database_url, *jobs):
        await called.reaches(1)
        await uncalled.reaches(1)
        connection = await asyncpg.connect(database_url)
        await connection.execute(f"NOTIFY {outbox.CHANNEL}")
        await connection.close()
        await called.reaches(2)
    assert (called.runs, uncalled.runs) == (2, 1)


async def test_of_two_workers_only_one_runs_a_job(database_url: str) -> None:
    job = Job("shared", Count(), NEVER)
    async with worker.line(database_url) as mine, worker.line(database_url) as theirs:
        async with mine.alone(job) as first, theirs.alone(job) as second:
            assert (first, second) == (True, False)
        async with theirs.alone(job) as free_again:
            assert free_again


async def test_different_jobs_do_not_wait_for_each_other(database_url: str) -> None:
    async with (
        worker.line(database_url) as line,
        line.alone(Job("one", Count(), NEVER)) as one,
        line.alone(Job("two", Count(), NEVER)) as two,
    ):
        assert one and two


async def test_a_run_of_everything_leaves_out_what_another_worker_runs(database_url: str) -> None:
    busy, free = Count(), Count()
    jobs = [Job("busy", busy, NEVER), Job("free", free, NEVER)]
    async with worker.line(database_url) as another, another.alone(jobs[0]):
        assert await worker.run_once(jobs, database_url) == []
    assert (busy.runs, free.runs) == (0, 1)


async def test_a_run_of_everything_names_what_failed_and_goes_on(database_url: str) -> None:
    jobs = [Job("broken", Count(fails=1), NEVER), Job("whole", whole := Count(), NEVER)]
    assert await worker.run_once(jobs, database_url) == ["broken"]
    assert whole.runs == 1


async def test_a_job_that_fails_is_tried_again(database_url: str, no_back_off: None) -> None:
    job = Count(fails=2)
    async with working(database_url, Job("stumbling", job, NEVER)):
        await job.reaches(3)


async def test_the_log_of_an_error_does_not_repeat_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert not await worker.attempt(Job("stumbling", Count(fails=1), NEVER))
    assert "LookupError" in caplog.text and "siti" not in caplog.text


async def test_a_worker_outlives_a_restart_of_the_database(database_url: str, no_back_off: None) -> None:
    job = Count()
    async with working(database_url, Job("patient", job, NEVER)):
        await job.reaches(1)
        connection = await asyncpg.connect(database_url)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'portal worker' AND datname = current_database()"
        )
        await connection.close()
        # Whatever was called out meanwhile was not heard, so the job runs again at once.
        await job.reaches(2)


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (5, 16), (40, 300)])
async def test_the_wait_doubles_and_has_an_end(failures: int, seconds: float) -> None:
    assert worker.back_off(failures) == seconds


async def test_every_job_of_the_portal_has_a_lock_of_its_own() -> None:
    names = [job.name for job in table(read())]
    assert len(names) == len(set(names)) >= 4


async def test_a_vacancy_closes_after_its_last_day_and_leaves_the_index() -> None:
    today = date(2026, 8, 17)
    over = await builders.vacancy(closes_on=today - timedelta(days=1))
    last_day = await builders.vacancy(closes_on=today)
    open_ended = await builders.vacancy()
    assert await close_expired(today) == 1
    rows = await Vacancy.select(Vacancy.id, Vacancy.state)
    assert {row["id"]: row["state"] for row in rows} == {
        over.id: VacancyState.CLOSED,
        last_day.id: VacancyState.PUBLISHED,
        open_ended.id: VacancyState.PUBLISHED,
    }
    assert await Outbox.exists().where(Outbox.index == "vacancies", Outbox.document == str(over.id))
    assert await Event.exists().where(Event.subject == f"vacancy:{over.id}", Event.action == "closed")
    assert await close_expired(today) == 0


async def test_what_has_served_its_purpose_is_deleted_and_nothing_else() -> None:
    now = datetime.now(UTC)
    actor = await builders.staff()
    ages: dict[str, Callable[[bool], datetime]] = {
        "day": lambda old: now - timedelta(hours=25 if old else 23),
        "month": lambda old: now - timedelta(days=31 if old else 29),
    }
    for old in (True, False):
        await Once(key=f"{old}", person=actor.person, result="/", at=ages["day"](old)).save()
        await Failure(login_hash=f"{old}", address_hash="", at=ages["day"](old)).save()
        await Ticket(
            purpose=TicketPurpose.CODE,
            secret_hash=f"{old}",
            person=actor.person,
            expires_at=ages["month"](old),
        ).save()
    for own, idle in ((True, OWN_DEVICE), (False, IDLE)):
        for seen in (now - idle - timedelta(minutes=1), now - idle + timedelta(minutes=1)):
            async with change(by=None):
                await begin(actor, own_device=own)
                newest = Session.select(Session.id).order_by(Session.id, ascending=False).first()
                await Session.update({Session.seen_at: seen}).where(Session.id == (await newest)["id"])
    await prune(now)
    assert [row["key"] for row in await Once.select(Once.key)] == ["False"]
    assert [row["login_hash"] for row in await Failure.select(Failure.login_hash)] == ["False"]
    assert await Ticket.count() == 1
    assert sorted(row["own_device"] for row in await Session.select(Session.own_device)) == [False, True]

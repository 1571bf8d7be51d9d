"""Brings the vacancies of a file into the database: each whole or not at all, and each once."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from asyncpg import DataError, IntegrityConstraintViolationError

from jobs import vacancies, wording
from jobs.imports.mapping import Mapped, mapped
from jobs.imports.row import WHOLE_FILE, Row, Unreadable
from jobs.tables import Vacancy, VacancyState, Way
from portal.audit import record
from portal.database import change, connection
from portal.outbox import touch

TOGETHER = 200
"""Rows of one transaction. An import that is stopped keeps what it has committed, and a second run passes over it."""
NO_EMPLOYER = "Pemberi kerja tidak disebutkan"
MOST_POSITIONS = 9999


@dataclass
class Report:
    """What became of a file. `read` counts rows, readable or not; `titles` holds title and ISCO code of the readable."""

    read: int = 0
    imported: int = 0
    known: int = 0
    expired: int = 0
    """Of the imported: closed at once, because their last day has passed."""
    remarked: int = 0
    """Of the imported: with words that jobs.wording bars, for a person to judge."""
    mapped_skills: int = 0
    failed: list[Unreadable] = field(default_factory=list)
    titles: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def mapped_occupation(self) -> int:
        return sum(1 for _, isco in self.titles if isco)


class _TakenBack(Exception):
    """Ends a trial: all that was done is undone."""


async def bring_in(
    found: Iterable[Row | Unreadable], *, publish: bool = False, trial: bool = False
) -> Report:
    """Imports what a file holds (jobs.imports.reading). New vacancies wait for review, or are published at once.

    A vacancy is known by its source and its id there, and imported once. A row that the database refuses is taken back
    alone and named. A trial does all of it, in the database, and takes it back: its report is what would happen.
    """
    importing = _Import(publish)
    for together in _batches(found, TOGETHER):
        with suppress(_TakenBack):
            async with change(by=None):
                await importing.take_all(together)
                if trial:
                    raise _TakenBack
    return importing.report


def _batches(found: Iterable[Row | Unreadable], size: int) -> Iterator[list[Row | Unreadable]]:
    rest = iter(found)
    while together := list(islice(rest, size)):
        yield together


KNOWN = """
SELECT source, source_id FROM vacancy
WHERE (source, source_id) IN (SELECT * FROM unnest($1::varchar[], $2::varchar[]))
"""


@dataclass
class _Import:
    """One file on its way in."""

    publish: bool
    report: Report = field(default_factory=Report)
    known: set[tuple[str, str]] = field(default_factory=set)
    """Source and id of what is in the database or came before in the file."""

    async def take_all(self, together: list[Row | Unreadable]) -> None:
        """Rows of one transaction."""
        rows = [each for each in together if isinstance(each, Row)]
        there = await connection().fetch(KNOWN, [row.source for row in rows], [row.source_id for row in rows])
        self.known |= {(each["source"], each["source_id"]) for each in there}
        published = [await self.take(each) for each in together]
        await touch(vacancies.INDEX, *(id for id in published if id))

    async def take(self, found: Row | Unreadable) -> int | None:
        """Counts what was found, and stores it if it is new; the id of a vacancy that is published now."""
        report = self.report
        report.read += found.number != WHOLE_FILE
        if isinstance(found, Unreadable):
            report.failed.append(found)
            return None
        words = mapped(found)
        report.titles.append((found.title, words.occupation.isco if words.occupation else None))
        report.mapped_skills += bool(words.skills)
        name = found.source, found.source_id
        if name in self.known:
            report.known += 1
            return None
        try:
            published = await self.store(found, words)
        except (DataError, IntegrityConstraintViolationError) as refusal:
            rule = getattr(refusal, "constraint_name", None) or type(refusal).__name__
            report.failed.append(Unreadable(found.number, f"Baris ini tidak bisa disimpan ({rule})."))
            return None
        self.known.add(name)
        return published

    async def store(self, row: Row, words: Mapped) -> int | None:
        """The row as a vacancy with its skills and its events, unless another import has just brought it."""
        state = _state(row, self.publish)
        remarks = wording.remarks(f"{row.title}\n{row.description}\n{row.qualification}")
        grounds = [remark.ground for remark in remarks]
        async with change(by=None):
            inserted = (
                await Vacancy.insert(Vacancy(**_facts(row, words, state)))
                .on_conflict(target=(Vacancy.source, Vacancy.source_id), action="DO NOTHING")
                .returning(Vacancy.id)
            )
            if not inserted:
                self.report.known += 1
                return None
            id = inserted[0]["id"]
            await vacancies.name_skills(id, words.skills, ())
            await record(f"vacancy:{id}", "imported", by=None, source=row.source, state=state, barred=grounds)
            if state == VacancyState.PUBLISHED:
                await record(f"vacancy:{id}", state, by=None)
        self.report.imported += 1
        self.report.expired += state == VacancyState.CLOSED
        self.report.remarked += bool(grounds)
        return id if state == VacancyState.PUBLISHED else None


def _state(row: Row, publish: bool) -> VacancyState:
    if row.closes_on and row.closes_on < date.today():
        return VacancyState.CLOSED
    return VacancyState.PUBLISHED if publish else VacancyState.IN_REVIEW


def _facts(row: Row, words: Mapped, state: VacancyState) -> dict[str, Any]:
    """The row as columns of Vacancy. Whoever applies does so at the source: nobody here could answer them."""
    now = datetime.now(UTC)
    published_at = min(row.published_at, now) if row.published_at else None
    return {
        "partner": None,
        "employer_name": row.employer or NO_EMPLOYER,
        "title": row.title,
        "occupation": words.occupation.id if words.occupation else None,
        "description": _paragraphs(row.description, f"Alamat: {row.address}" if row.address else ""),
        "qualification": _paragraphs(
            row.qualification, f"Keterampilan lain: {', '.join(words.unknown)}." if words.unknown else ""
        ),
        "region": row.region_code,
        # Where no region could be told, what the file says is better than nothing.
        "locality": None if row.region_code else row.city or None,
        "employment_type": row.employment_type,
        "wage_min": row.wage_min,
        "wage_max": row.wage_max,
        "wage_shown": row.wage_shown,
        "education": row.education,
        "positions": min(row.quota or 1, MOST_POSITIONS),
        "closes_on": row.closes_on,
        "way": Way.DIRECT,
        "apply_at": row.apply_url,
        "state": state,
        "source": row.source,
        "source_id": row.source_id,
        "published_at": published_at or (now if state == VacancyState.PUBLISHED else None),
    }


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)

"""Vacancies whose last day is over."""

from datetime import UTC, date, datetime

from jobs.tables import Vacancy, VacancyState
from jobs.vacancies import INDEX
from portal.database import change
from portal.outbox import touch
from portal.tables import Event


async def close_expired(today: date | None = None) -> int:
    """Closes published vacancies whose closing day is before today; returns how many. The closing day itself counts."""
    async with change(by=None):
        closed = (
            await Vacancy.update({Vacancy.state: VacancyState.CLOSED, Vacancy.changed_at: datetime.now(UTC)})
            .where(Vacancy.state == VacancyState.PUBLISHED, Vacancy.closes_on < (today or date.today()))
            .returning(Vacancy.id)
        )
        ids = [row["id"] for row in closed]
        if ids:
            await Event.insert(*(Event(subject=f"vacancy:{id}", action=VacancyState.CLOSED) for id in ids))
            await touch(INDEX, *ids)
    return len(ids)

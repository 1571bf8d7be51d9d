"""Vacancies as search and matching see them."""

from jobs.index.port import VacancyIndex
from jobs.index.postgres import PostgresIndex

_current: VacancyIndex = PostgresIndex()


def current() -> VacancyIndex:
    """The index that answers in this process."""
    return _current


def use(index: VacancyIndex) -> None:
    """Lets another one answer from now on."""
    global _current
    _current = index

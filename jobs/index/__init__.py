"""Vacancies as search and matching see them."""

from functools import cache

from jobs.index.port import VacancyIndex
from jobs.index.postgres import PostgresIndex


@cache
def current() -> VacancyIndex:
    """The index that answers in this process."""
    return PostgresIndex()

"""Vacancies as search and matching see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.index.port import Searchable, VacancyIndex
from jobs.index.postgres import PostgresIndex
from jobs.vacancies import INDEX


@dataclass(frozen=True)
class Kept:
    """An index that is kept in step with the database."""

    name: str
    line: str
    """`Outbox.index` of its changes."""
    index: VacancyIndex

    @property
    def follows(self) -> bool:
        """Another one stands in for it; PostgreSQL's own is always there."""
        return self.line != INDEX


POSTGRES = Kept("postgres", INDEX, PostgresIndex())

_current: Searchable = POSTGRES.index
_followers: tuple[Kept, ...] = ()


def current() -> Searchable:
    """The index that answers in this process."""
    return _current


def use(index: Searchable) -> None:
    """Lets another one answer from now on."""
    global _current
    _current = index


def kept() -> Sequence[Kept]:
    """Every index in use: PostgreSQL's first, for it is the one to fall back on, and those that follow it."""
    return (POSTGRES, *_followers)


def followers() -> Sequence[Kept]:
    return _followers


def keep(*followers: Kept) -> None:
    """These follow PostgreSQL's index from now on, and no others."""
    global _followers
    _followers = followers

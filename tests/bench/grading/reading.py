"""Reads the hand-written files: people, trades and places."""

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
NONE: frozenset[str] = frozenset()
Made = TypeVar("Made")


class Ladder(StrEnum):
    """How a trade is entered: by anybody willing, on the job, or with a skill brought along."""

    SIMPLE = "simple"
    ENTRY = "entry"
    SKILLED = "skilled"


@dataclass(frozen=True, kw_only=True)
class Trade:
    """One trade of `trades.toml`, where every field is explained; `id` is its main occupation."""

    id: str
    title: str
    ladder: Ladder
    core: tuple[str, ...]
    extra: tuple[str, ...]
    near: tuple[str, ...]
    words: tuple[str, ...]
    wage: float
    school: tuple[int, ...]
    told_by: frozenset[str]
    at_once: frozenset[str]
    with_help: frozenset[str]
    at_a_pinch: frozenset[str]
    beneath: frozenset[str] = NONE
    also: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    law: frozenset[str] = NONE
    sometimes: tuple[str, ...] = ()
    types: tuple[str, ...] = ("contract", "contract", "permanent", "daily")
    night: bool = False
    rural: bool = False
    heavy: bool = False

    @property
    def occupations(self) -> tuple[str, ...]:
        """Every occupation that is this trade's work."""
        return (self.id, *self.also, *self.alone)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person of `profiles.toml`. None is *not known*; months are worked months, kilometres one way."""

    id: str
    story: str
    region: str
    skills: frozenset[str]
    certificates: frozenset[str] = NONE
    occupations: dict[str, int] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    trained: frozenset[str] = NONE
    refuses: frozenset[str] = NONE
    licences: frozenset[str] | None = None
    education: int | None = None
    travel_km: int | None = None
    wage_min: int | None = None
    no_night: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of `places.toml`: its monthly wage for plain work, and vacancies a trade in tenths."""

    id: str
    wage: int
    weight: int
    regions: tuple[str, ...]
    rural: tuple[str, ...]


@cache
def trades() -> dict[str, Trade]:
    """The trades by id."""
    return {id: _made(Trade, id, row | {"ladder": Ladder(row["ladder"])}) for id, row in _rows("trades")}


@cache
def people() -> dict[str, Person]:
    """The people by id, in the order of the file."""
    return {id: _made(Person, id, row) for id, row in _rows("profiles")}


@cache
def places() -> dict[str, Place]:
    """The places by id."""
    return {id: _made(Place, id, row) for id, row in _rows("places")}


@cache
def place_of() -> dict[str, str]:
    """The place that each region belongs to."""
    return {region: place.id for place in places().values() for region in place.regions}


@cache
def trade_of() -> dict[str, str]:
    """The trade that each occupation belongs to."""
    return {occupation: trade.id for trade in trades().values() for occupation in trade.occupations}


def _rows(name: str) -> list[tuple[str, dict[str, Any]]]:
    return list(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")).items())


def _made(kind: type[Made], id: str, row: dict[str, Any]) -> Made:
    """A row as its class: lists become sets or tuples, as the class says; TypeError for a key it does not know."""
    declared = kind.__annotations__
    values = {
        key: (frozenset(value) if "frozenset" in str(declared[key]) else tuple(value))
        if isinstance(value, list)
        else value
        for key, value in row.items()
    }
    return kind(id=id, **values)

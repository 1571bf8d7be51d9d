"""When the steps of the story happen: played in order, and each dated to its day."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.clock import WIB
from portal.database import connection

# Verbs know only today. What a step has written is therefore moved to the step's day as soon as it is over.
MOMENTS: dict[str, tuple[str, ...]] = {
    "organisation": ("made_at",),
    "person": ("made_at",),
    "partner": ("verified_at",),
    "profile": ("changed_at",),
    "profile_skill": ("noted_at",),
    "vacancy": ("made_at", "changed_at", "published_at"),
    "application": ("sent_at", "moved_at"),
    "outside_application": ("at",),
    "proposal": ("made_at", "answered_at"),
    "programme": ("made_at", "changed_at"),
    "enrolment": ("made_at", "moved_at"),
    "placement": ("made_at",),
    "notice": ("made_at",),
    "event": ("at",),
}
DAYS: dict[str, tuple[str, ...]] = {
    "membership": ("since",),
    "client": ("opened_on", "paused_on", "closed_on"),
    "check_in": ("done_on",),
}
OPENS = time(8)
APART = timedelta(minutes=6)
"""Between two steps of one day."""
UNREAD = timedelta(days=4)


@dataclass
class Timeline:
    """Steps by how many days ago they happen; those of one day keep the order in which they were put down."""

    today: date
    steps: list[tuple[int, Callable[[], Awaitable[Any]]]] = field(default_factory=list)

    def at(self, ago: int, act: Callable[[], Awaitable[Any]]) -> None:
        self.steps.append((ago, act))

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    async def play(self) -> None:
        """Plays all steps in the current transaction; only rows that it makes are dated, so nobody else's change."""
        database = connection()
        begun = await database.fetchval("SELECT now()")
        first = {
            table: await database.fetchval(f"SELECT coalesce(max(id), 0) FROM {table}")
            for table in MOMENTS | DAYS
        }
        redate = _redating(first)
        day, nth = None, 0
        for ago, act in sorted(self.steps, key=lambda step: -step[0]):
            nth = nth + 1 if ago == day else 0
            day = ago
            await act()
            moment = datetime.combine(self.day(ago), OPENS, WIB) + nth * APART
            # Nothing lies in the future, and what is dated is told from what is not by lying before the beginning.
            await database.execute(
                redate, min(moment, begun - timedelta(seconds=1)), begun, self.day(ago), self.today
            )
        await database.execute(QUIET, first["notice"], begun - UNREAD)


# Nobody is mailed about the past, and old notices have been read.
QUIET = """
UPDATE notice SET mail_after = NULL, read_at = CASE WHEN made_at < $2 THEN made_at + interval '2 hours' END WHERE id > $1
"""


def _redating(first: dict[str, int]) -> str:
    """One statement that moves what is dated since the beginning ($2) to a moment ($1), and today ($4) to a day ($3)."""
    updates = [
        _update(table, columns, first[table], "{} >= $2", "$1") for table, columns in MOMENTS.items()
    ] + [
        _update(table, columns, first[table], "{} = $4::date", "$3::date") for table, columns in DAYS.items()
    ]
    named = ", ".join(f"u{number} AS ({update})" for number, update in enumerate(updates))
    return f"WITH {named} SELECT 1"


def _update(table: str, columns: tuple[str, ...], after: int, undated: str, new: str) -> str:
    setting = ", ".join(
        f"{column} = CASE WHEN {undated.format(column)} THEN {new} ELSE {column} END" for column in columns
    )
    some = " OR ".join(undated.format(column) for column in columns)
    return f"UPDATE {table} SET {setting} WHERE id > {after} AND ({some})"

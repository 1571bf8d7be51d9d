"""Loads the story, once."""

from datetime import date

from jobs.demo import cast, clients, courses, postings, working
from jobs.demo.timeline import Timeline
from portal import demo
from portal.audit import record
from portal.database import change, connection

ALONE = "SELECT pg_advisory_xact_lock(hashtext('demo story'))"
"""Two that start at once queue, and the second finds the story there."""


async def load(today: date | None = None) -> bool:
    """Plays the story up to today, all of it or nothing; False if it has been loaded before, and then nothing changes.

    Dates are relative to `today`. The caller brings the index up to date afterwards. Raises portal.accounts.Taken if
    somebody has one of the story's phone numbers.
    """
    async with change(by=None):
        await connection().execute(ALONE)
        if await demo.accounts():
            return False
        timeline = Timeline(today or date.today())
        everybody = await cast.gather()
        for part in (cast, postings, clients, courses, working):
            part.plan(timeline, everybody)
        await timeline.play()
        subject, action = demo.LOADED
        await record(subject, action, by=None)
    return True

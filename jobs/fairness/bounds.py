"""Whether lists are evened, since when and by whom."""

from jobs.fairness.tables import Evened, FairnessBound
from portal.audit import record
from portal.database import change
from portal.people import Actor

BOUNDS = (5, 10, 20)
"""Hundredths to choose from."""


async def current() -> FairnessBound | None:
    """The bound in force; None while it is off."""
    newest = await FairnessBound.objects().order_by(FairnessBound.id, ascending=False).first()
    return newest if newest and newest.attribute else None


async def put(attribute: Evened | None, bound: int | None, *, by: Actor) -> None:
    """None and None turn it off. What was in force before stays as a dated row."""
    async with change(by=by):
        row = FairnessBound(attribute=attribute, bound=bound, set_by=by.person)
        await row.save()
        await record(f"fairness_bound:{row.id}", "set", by=by, attribute=attribute, bound=bound)


async def history(limit: int = 10) -> list[dict]:
    """The newest changes first: attribute, bound, since, name."""
    return (
        await FairnessBound.select(
            FairnessBound.attribute,
            FairnessBound.bound,
            FairnessBound.since,
            FairnessBound.set_by.name.as_alias("name"),
        )
        .order_by(FairnessBound.id, ascending=False)
        .limit(limit)
    )

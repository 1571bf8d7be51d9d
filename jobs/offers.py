"""After "terlalu jauh" or "upah kurang": the limit or the hope that would have said so beforehand, offered, never set unasked."""

from dataclasses import dataclass

from jobs.index import documents
from jobs.index.port import Document
from jobs.matching.parts import kilometres
from jobs.matching.reading import facts_of, profile_of
from jobs.tables import AsideReason, SetAside
from portal.people import Actor
from portal.tables import Client
from training import profiles
from training.profiles import Whole

KM_STEP, WAGE_STEP = 5, 100_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A column of the profile and the value it would get."""

    column: str
    value: int


async def for_row(client: Client, row: SetAside) -> Offer | None:
    """What this row suggests for the client's profile; None where it suggests nothing new."""
    if row.reason not in (AsideReason.TOO_FAR, AsideReason.WAGE):
        return None
    found = await documents.load([row.vacancy])
    whole = await profiles.of_client(client.id)
    return offered(client, whole, found[0], AsideReason(row.reason)) if found else None


def offered(client: Client, whole: Whole, vacancy: Document, reason: AsideReason) -> Offer | None:
    """The next lower whole five kilometres, or the next higher hundred thousand rupiah, where the profile says less."""
    if reason == AsideReason.TOO_FAR:
        far = kilometres(profile_of(client, whole), facts_of(vacancy))
        limit = KM_STEP * int(max(0.0, (far or 0) - 0.1) // KM_STEP)
        if limit >= KM_STEP and (whole.travel_km is None or whole.travel_km > limit):
            return Offer("travel_km", limit)
    top = vacancy.wage_max or vacancy.wage_min
    if reason == AsideReason.WAGE and top:
        hope = WAGE_STEP * (top // WAGE_STEP + 1)
        if whole.wage_min is None or whole.wage_min < hope:
            return Offer("wage_min", hope)
    return None


async def adopt(client: Client, row: SetAside, *, by: Actor) -> Offer | None:
    """Writes the offer into the profile, where the client finds it and may change it; returns what was written."""
    offer = await for_row(client, row)
    if offer:
        await profiles.describe(await profiles.of_client(client.id), {offer.column: offer.value}, by=by)
    return offer

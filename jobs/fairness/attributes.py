"""What clients told for the report alone: recording and erasing it."""

from datetime import UTC, datetime

from jobs.fairness.tables import FairnessAttribute, Sex
from portal import consent
from portal.audit import record
from portal.database import change
from portal.people import Actor
from portal.tables import Client, ConsentChannel, ConsentPurpose

PURPOSE = ConsentPurpose.FAIRNESS


async def of_client(client: int) -> FairnessAttribute | None:
    """For the entry form; nothing else shows it of one person."""
    return await FairnessAttribute.objects().get(FairnessAttribute.client == client)


async def record_sex(client: Client, sex: Sex | None, *, by: Actor) -> None:
    """None erases it. The event tells that something was recorded, not what."""
    async with change(by=by):
        await _write(client, {FairnessAttribute.sex: sex.value if sex else None}, by)
        await record(f"client:{client.id}", "fairness_recorded", by=by)


async def volunteer(
    client: Client,
    disability: bool,
    *,
    by: Actor,
    channel: ConsentChannel = ConsentChannel.OWN,
    agreement: str = "",
) -> None:
    """Records whether the client has a disability, under a consent of its own. Raises consent.NotPossible."""
    async with change(by=by):
        given = await consent.give(client, PURPOSE, by=by, channel=channel, agreement=agreement)
        facts = {FairnessAttribute.disability: disability, FairnessAttribute.consent: given.id}
        await _write(client, facts, by)


async def withdraw(client: Client, *, by: Actor) -> bool:
    """Ends the consent, upon which the database erases what was told under it."""
    return await consent.withdraw(client, PURPOSE, by=by)


async def _write(client: Client, facts: dict, by: Actor) -> None:
    new = FairnessAttribute(client=client.id, recorded_by=by.person)
    await FairnessAttribute.insert(new).on_conflict(target=FairnessAttribute.client, action="DO NOTHING")
    about = {FairnessAttribute.recorded_at: datetime.now(UTC), FairnessAttribute.recorded_by: by.person}
    await FairnessAttribute.update({**facts, **about}).where(FairnessAttribute.client == client.id)

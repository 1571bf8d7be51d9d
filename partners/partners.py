"""Partners: organisations that employ, registered and verified by staff."""

from datetime import UTC, datetime
from typing import Any

from partners.tables import Partner
from portal.audit import record
from portal.database import change
from portal.people import IN_FORCE, Actor
from portal.tables import Membership, Organisation, OrganisationKind, Role


async def register(name: str, region: str, phone: str | None, facts: dict[str, Any], *, by: Actor) -> Partner:
    """A new partner with its organisation; `facts` are columns of Partner. It is not verified yet."""
    async with change(by=by):
        organisation = Organisation(
            kind=OrganisationKind.PARTNER, name=name, region=region or None, phone=phone
        )
        await organisation.save()
        partner = Partner(**facts, organisation=organisation.id)
        await partner.save()
        await record(f"partner:{partner.id}", "registered", by=by)
    return partner


async def verify(partner: Partner, *, by: Actor) -> None:
    """Notes that `by` has checked that the employer exists. A second time changes nothing: the first stays."""
    async with change(by=by):
        verified = (
            await Partner.update({Partner.verified_at: datetime.now(UTC), Partner.verified_by: by.person})
            .where((Partner.id == partner.id) & Partner.verified_at.is_null())
            .returning(Partner.id)
        )
        if verified:
            await record(f"partner:{partner.id}", "verified", by=by)


async def unverify(partner: Partner, *, by: Actor) -> None:
    """Takes a verification back that was given too soon. What is published stays; nothing more is until the next one."""
    async with change(by=by):
        doubted = (
            await Partner.update({Partner.verified_at: None, Partner.verified_by: None}, force=True)
            .where((Partner.id == partner.id) & Partner.verified_at.is_not_null())
            .returning(Partner.id)
        )
        if doubted:
            await record(f"partner:{partner.id}", "unverified", by=by)


async def edit(
    partner: Partner, name: str, region: str, phone: str | None, facts: dict[str, Any], *, by: Actor
) -> None:
    """Sets all that staff registered; `facts` are columns of Partner."""
    columns: dict[Any, Any] = dict(facts)
    about: dict[Any, Any] = {
        Organisation.name: name,
        Organisation.region: region or None,
        Organisation.phone: phone,
    }
    async with change(by=by):
        await Partner.update(columns, force=True).where(Partner.id == partner.id)
        await Organisation.update(about, force=True).where(Organisation.id == partner.organisation)
        await record(f"partner:{partner.id}", "edited", by=by)


async def describe(partner: Partner, about: str, address: str, phone: str | None, *, by: Actor) -> None:
    """What a partner says of itself; its name, place and size are for staff to change."""
    async with change(by=by):
        await Partner.update({Partner.about: about, Partner.address: address}).where(Partner.id == partner.id)
        await Organisation.update({Organisation.phone: phone}, force=True).where(
            Organisation.id == partner.organisation
        )
        await record(f"partner:{partner.id}", "described", by=by)


async def organisation_of(partner: Partner) -> Organisation:
    [organisation] = await Organisation.objects().where(Organisation.id == partner.organisation)
    return organisation


MEMBERS = f"""
SELECT person.id, person.name, person.password IS NOT NULL AS joined
FROM membership JOIN person ON person.id = membership.person
WHERE membership.organisation = {{}} AND membership.role = '{Role.EMPLOYER}' AND {IN_FORCE} ORDER BY membership.id
"""


async def members(partner: Partner) -> list[dict[str, Any]]:
    """`id`, `name` and whether they have `joined` by opening their invitation, first one first."""
    return await Membership.raw(MEMBERS, partner.organisation)

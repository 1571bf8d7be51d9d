"""Roles, given and ended. Who holds one is dated, never deleted."""

from datetime import date

from litestar.exceptions import NotFoundException

from portal import audit, sessions
from portal.database import change, connection
from portal.people import IN_FORCE, Actor, today
from portal.tables import Client, Membership, Role, Session


class LastAdministrator(Exception):
    """Without this person nobody could administer the portal."""

    def __init__(self) -> None:
        super().__init__("Orang ini pengelola terakhir. Undang pengelola lain dulu, tunggu sampai ia masuk.")


# Locked in one order, so that two administrators who end each other at once queue instead of both succeeding.
ADMINISTRATORS = f"""
SELECT membership.id, person.password IS NOT NULL AND membership.until IS NULL AS stays
FROM membership JOIN person ON person.id = membership.person
WHERE membership.role = 'administrator' AND {IN_FORCE}
ORDER BY membership.id FOR UPDATE OF membership
"""


async def give(person: int, role: Role, organisation: int, *, by: Actor | None) -> int:
    """A role from today on; the id of the membership, of the one in force if the person has this role there already."""
    async with change(by=by):
        given = (
            await Membership.insert(
                Membership(person=person, role=role, organisation=organisation, since=await today())
            )
            .on_conflict(action="DO NOTHING")
            .returning(Membership.id)
        )
        if given:
            await audit.record(
                f"person:{person}", "role_given", by=by, role=role.value, organisation=organisation
            )
            return given[0]["id"]
        [row] = await Membership.select(Membership.id).where(
            Membership.person == person,
            Membership.role == role,
            Membership.organisation == organisation,
            Membership.until.is_null(),
        )
    return row["id"]


async def end(membership: int, on: date | None = None, *, by: Actor | None) -> int:
    """Ends a role: `on` is the first day without it, today unless given. Returns how many clients need a new caseworker.

    Signs out the sessions in that role if it ends today. Raises NotFoundException for a role that is not in force, and
    LastAdministrator.
    """
    async with change(by=by):
        administrators = await connection().fetch(ADMINISTRATORS)
        row = await Membership.objects().where(Membership.id == membership).lock_rows("UPDATE").first()
        day = await today()
        on = on or day
        if row is None or on < day or (row.until and row.until <= day):
            raise NotFoundException("Peran ini sudah berakhir.")
        if row.role == Role.ADMINISTRATOR and not any(
            one["stays"] for one in administrators if one["id"] != membership
        ):
            raise LastAdministrator
        await Membership.update({Membership.until: on}).where(Membership.id == membership)
        if on == day:
            await Session.delete().where(Session.membership == membership)
        await audit.record(f"person:{row.person}", "role_ended", by=by, role=row.role, on=on.isoformat())
        orphaned = (
            await Client.count().where(Client.caseworker == row.person, Client.closed_on.is_null())
            if row.role in (Role.STAFF, Role.ADMINISTRATOR)
            else 0
        )
    return orphaned


async def end_all(person: int, *, by: Actor | None) -> int:
    """Ends every role of the person today, and signs them out everywhere; returns how many roles."""
    rows = await Membership.raw(
        f"SELECT membership.id FROM membership WHERE person = {{}} AND {IN_FORCE} ORDER BY id", person
    )
    async with change(by=by):
        for row in rows:
            await end(row["id"], by=by)
        await sessions.end_everywhere(person)
    return len(rows)

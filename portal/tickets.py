"""Secrets that work once: a code to sign in with, an invitation, a link for a new password."""

import re
import secrets
from datetime import UTC, datetime, timedelta

from litestar.exceptions import PermissionDeniedException

from portal import audit
from portal.blinding import blinded
from portal.database import change
from portal.people import Actor, roles_of
from portal.tables import Person, Role, Ticket, TicketPurpose

# Without the pairs that look or sound alike when read out: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. 25 signs, 8 of them: 37 bits.
ALPHABET = "ACDEFGHJKMNPQRTVWXY234679"
LENGTH = 8
LASTS = {
    TicketPurpose.CODE: timedelta(minutes=15),
    TicketPurpose.INVITATION: timedelta(days=7),
    TicketPurpose.RESET: timedelta(minutes=60),
}
RESETS_AN_HOUR = 3
RANK = {Role.CLIENT: 0, Role.EMPLOYER: 0, Role.STAFF: 1, Role.ADMINISTRATOR: 2}


async def issue_code(person: int, *, by: Actor | None) -> str:
    """A one-time code such as "K7QM-3XPT" with which the person signs in within 15 minutes; older ones end.

    Raises PermissionDeniedException if the actor may not (see `allow`).
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    await _issue(person, TicketPurpose.CODE, code, by=by)
    return f"{code[:4]}-{code[4:]}"


async def issue_invitation(person: int, *, by: Actor | None) -> str:
    """The token of a link by which the person sets contacts and password within 7 days; older ones end."""
    return await _issue(person, TicketPurpose.INVITATION, secrets.token_urlsafe(32), by=by)


async def issue_reset(person: int) -> str | None:
    """The token of a link for a new password within 60 minutes, or None after three in an hour.

    Anybody may ask for one, so it does not end those before it.
    """
    recent = await Ticket.count().where(
        Ticket.person == person,
        Ticket.purpose == TicketPurpose.RESET,
        Ticket.issued_at > datetime.now(UTC) - timedelta(hours=1),
    )
    if recent >= RESETS_AN_HOUR:
        return None
    return await _issue(person, TicketPurpose.RESET, secrets.token_urlsafe(32), by=None)


async def _issue(person: int, purpose: TicketPurpose, secret: str, *, by: Actor | None) -> str:
    now = datetime.now(UTC)
    async with change(by=by):
        # Two issued at once would not see each other, and both stay open.
        await Person.select(Person.id).where(Person.id == person).lock_rows("UPDATE")
        if by:
            await allow(person, by=by)
        if purpose != TicketPurpose.RESET:
            await void(person, purpose)
        await Ticket(
            purpose=purpose,
            secret_hash=blinded(purpose, secret),
            person=person,
            issued_by=by.person if by else None,
            issued_at=now,
            expires_at=now + LASTS[purpose],
        ).save()
        await audit.record(f"person:{person}", f"{purpose}_issued", by=by)
    return secret


async def allow(person: int, *, by: Actor) -> None:
    """Whoever holds a ticket becomes the person, so it may be made only by those above all the person's roles.

    An administrator is above everybody; staff are above clients of their own office and above partners; a partner's
    member may invite a colleague who has not accepted yet.
    """
    roles = await roles_of(person)
    if by.role == Role.ADMINISTRATOR:
        return
    if by.role == Role.EMPLOYER:
        waiting = await Person.exists().where(Person.id == person, Person.password.is_null())
        if waiting and roles and all(one.organisation == by.organisation for one in roles):
            return
    elif roles and all(
        RANK[one.role] < RANK[by.role] and (one.role != Role.CLIENT or one.organisation == by.organisation)
        for one in roles
    ):
        return
    raise PermissionDeniedException("Akun ini hanya bisa dibantu oleh pengelola.")


async def holder(purpose: TicketPurpose, secret: str) -> int | None:
    """Whose open ticket this is, without using it up."""
    row = (
        await Ticket.select(Ticket.person)
        .where(
            Ticket.secret_hash == blinded(purpose, _plain(purpose, secret)),
            Ticket.used_at.is_null(),
            Ticket.expires_at > datetime.now(UTC),
        )
        .first()
    )
    return row["person"] if row else None


async def use(purpose: TicketPurpose, secret: str) -> int | None:
    """Uses the ticket up and says whose it is; None if it is unknown, used or too old. Of two at once one gets it."""
    now = datetime.now(UTC)
    rows = (
        await Ticket.update({Ticket.used_at: now})
        .where(
            Ticket.secret_hash == blinded(purpose, _plain(purpose, secret)),
            Ticket.used_at.is_null(),
            Ticket.expires_at > now,
        )
        .returning(Ticket.person)
    )
    return rows[0]["person"] if rows else None


async def void(person: int, *purposes: TicketPurpose) -> None:
    """Ends the person's open tickets of these purposes."""
    now = datetime.now(UTC)
    await Ticket.update({Ticket.expires_at: now}).where(
        Ticket.person == person,
        Ticket.purpose.is_in(list(purposes)),
        Ticket.used_at.is_null(),
        Ticket.expires_at > now,
    )


async def used_code_lately(person: int, since: datetime) -> bool:
    """Whether the person signed in by a one-time code in the last 15 minutes, at `since` or before it."""
    return await Ticket.exists().where(
        Ticket.person == person,
        Ticket.purpose == TicketPurpose.CODE,
        Ticket.used_at > datetime.now(UTC) - LASTS[TicketPurpose.CODE],
        Ticket.used_at <= since,
    )


def _plain(purpose: TicketPurpose, secret: str) -> str:
    """A code as people type it: small letters, spaces, dashes."""
    return re.sub(r"[\W_]", "", secret).upper() if purpose == TicketPurpose.CODE else secret

"""What has served its purpose is deleted, so that nobody can lose it."""

from datetime import UTC, datetime, timedelta

from portal.sessions import IDLE, OWN_DEVICE
from portal.tables import Failure, Once, Session, Ticket

A_DAY = timedelta(days=1)
"""The brake looks back minutes, and nobody taps a button twice after a day."""
A_MONTH = timedelta(days=30)
"""Longer than any ticket lives, so that a used link can say that it was used."""


async def prune(now: datetime | None = None) -> None:
    """Deletes spent keys, failed sign-ins, tickets and sessions that are over."""
    now = now or datetime.now(UTC)
    await Once.delete().where(Once.at < now - A_DAY)
    await Failure.delete().where(Failure.at < now - A_DAY)
    await Ticket.delete().where(Ticket.expires_at < now - A_MONTH)
    own = Session.own_device.eq(True)
    borrowed = Session.own_device.eq(False)
    await Session.delete().where(
        (own & (Session.seen_at < now - OWN_DEVICE)) | (borrowed & (Session.seen_at < now - IDLE))
    )

"""Signed-in browsers."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from litestar.exceptions import NotAuthorizedException

from portal.people import IN_FORCE, Actor
from portal.tables import Membership, Role, Session

IDLE = timedelta(minutes=30)
OWN_DEVICE = timedelta(days=60)
TOUCH_EVERY = timedelta(minutes=1)
"""`seen_at` is written at most this often, so that reading a page is not a write."""

RECOGNISE = f"""
SELECT person.id AS person, person.name, membership.role, membership.id AS membership,
       organisation.id AS organisation, organisation.name AS organisation_name, client.id AS client,
       session.id AS session, session.seen_at, session.own_device,
       (SELECT count(*) FROM notice WHERE notice.person = person.id AND read_at IS NULL) AS unread
FROM session
JOIN membership ON membership.id = session.membership
JOIN person ON person.id = membership.person
JOIN organisation ON organisation.id = membership.organisation
LEFT JOIN client ON client.person = person.id AND membership.role = 'client'
WHERE session.token_hash = {{}} AND {IN_FORCE}
"""


def hashed(secret: str) -> str:
    """What the database keeps of a secret that is itself random: SHA-256, so that a leaked row opens nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def begin(actor: Actor, *, own_device: bool = False) -> str:
    """A new session and its token, which exists only here and in the cookie."""
    token = secrets.token_urlsafe(32)
    await Session(token_hash=hashed(token), membership=actor.membership, own_device=own_device).save()
    return token


async def recognise(token: str) -> Actor | None:
    """Who holds this token, if the session lives and the role is still in force."""
    rows = await Session.raw(RECOGNISE, hashed(token))
    if not rows:
        return None
    row = rows[0]
    now = datetime.now(UTC)
    seen_at, own_device = row.pop("seen_at"), row.pop("own_device")
    if now - seen_at > (OWN_DEVICE if own_device else IDLE):
        await end(row["session"])
        return None
    if now - seen_at > TOUCH_EVERY:
        await Session.update({Session.seen_at: now}).where(Session.id == row["session"])
    return Actor(**{**row, "role": Role(row["role"])})


LIVING = f"""
SELECT session.id, session.made_at, session.seen_at, session.own_device, membership.role,
       organisation.name AS organisation_name
FROM session
JOIN membership ON membership.id = session.membership
JOIN organisation ON organisation.id = membership.organisation
WHERE membership.person = {{}} AND {IN_FORCE}
  AND session.seen_at > now() - CASE WHEN session.own_device THEN {{}}::interval ELSE {{}}::interval END
ORDER BY session.seen_at DESC
"""


async def living(person: int) -> list[dict[str, Any]]:
    """Where the person is signed in, the latest first: id, made_at, seen_at, own_device, role, organisation_name."""
    return await Session.raw(LIVING, person, OWN_DEVICE, IDLE)


async def of(actor: Actor) -> Session:
    """The row of the session the actor came with."""
    session = await Session.objects().get(Session.id == actor.session)
    if session is None:
        raise NotAuthorizedException("Masuk dulu untuk membuka halaman ini.")
    return session


async def end(session: int) -> None:
    await Session.delete().where(Session.id == session)


async def end_everywhere(person: int, *, but: int | None = None) -> None:
    """Signs the person out of every browser, except the session `but`."""
    theirs = Membership.select(Membership.id).where(Membership.person == person)
    ended = Session.delete().where(Session.membership.is_in([row["id"] for row in await theirs]))
    await (ended.where(Session.id != but) if but else ended)

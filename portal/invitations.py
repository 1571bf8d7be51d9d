"""Inviting people: there is no open sign-up, somebody always asks somebody in."""

from litestar.exceptions import PermissionDeniedException

from portal import accounts, audit, memberships, passwords, sessions, tickets
from portal.database import change
from portal.people import Actor
from portal.tables import Person, Role, TicketPurpose

# Clients are registered with their record and then invited by `invite_existing`.
MAY_INVITE: dict[Role, tuple[Role, ...]] = {
    Role.ADMINISTRATOR: (Role.STAFF, Role.ADMINISTRATOR, Role.EMPLOYER),
    Role.STAFF: (Role.EMPLOYER,),
    Role.EMPLOYER: (Role.EMPLOYER,),
}


async def invite(
    person_name: str, role: Role, organisation_id: int, email: str | None = None, *, by: Actor | None
) -> tuple[Person, str]:
    """A new person with a role there, and the token for /invitations/{token}, which exists only here.

    A free `email`, normal already, becomes theirs; one that another account has is left out without a word, so that
    inviting does not tell who has an account. A caller that mails the link does so after the commit. Raises
    PermissionDeniedException unless `by` may; None is the command line.
    """
    if by and (
        role not in MAY_INVITE.get(by.role, ())
        or (by.role == Role.EMPLOYER and organisation_id != by.organisation)
    ):
        raise PermissionDeniedException("Undangan ini bukan wewenang Anda.")
    async with change(by=by):
        free = Person.insert(Person(name=person_name, email=email)).on_conflict(action="DO NOTHING")
        made = await free.returning(Person.id) or await Person.insert(Person(name=person_name))
        person = await Person.objects().get(Person.id == made[0]["id"])
        assert person
        await memberships.give(person.id, role, organisation_id, by=by)
        token = await tickets.issue_invitation(person.id, by=by)
    return person, token


async def invite_existing(person: int, *, by: Actor | None) -> str:
    """The token of a new link for somebody who is known already; older links end. Raises PermissionDeniedException."""
    return await tickets.issue_invitation(person, by=by)


async def accept(token: str, phone: str | None, email: str | None, password: str, *, by: Actor) -> bool:
    """Gives the holder of the link, who is `by`, contacts and a password; False if it has been used meanwhile.

    Raises accounts.Taken, and then the link stays open.
    """
    kept = await passwords.hashed(password)
    async with change(by=by):
        if await tickets.use(TicketPurpose.INVITATION, token) != by.person:
            return False
        await accounts.set_contacts(by.person, phone, email, by=by)
        await Person.update({Person.password: kept}).where(Person.id == by.person)
        await sessions.end_everywhere(by.person)
        await tickets.void(by.person, *TicketPurpose)
        await audit.record(f"person:{by.person}", "invitation_accepted", by=by)
    return True

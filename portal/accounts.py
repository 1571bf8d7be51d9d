"""What a person changes about their own account: where they are signed in, contacts, password."""

from asyncpg import UniqueViolationError

from portal import audit, notices, passwords, sessions, tickets
from portal.database import change
from portal.people import Actor
from portal.tables import Person, TicketPurpose

TAKEN = {
    "phone": "Nomor ini sudah dipakai akun lain. Periksa lagi, atau tanyakan ke petugas kami.",
    "email": "Email ini sudah dipakai akun lain. Periksa lagi, atau tanyakan ke petugas kami.",
}


class Taken(Exception):
    """Another account has this phone number or e-mail address; `errors` says which, as sentences by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("A contact is taken.")


async def sign_in(actor: Actor, way: str, *, own_device: bool = False, instead_of: int | None = None) -> str:
    """The token of a new session; the one this browser had, `instead_of`, ends. `way` is password, code, ... for the log."""
    async with change(by=actor):
        if instead_of:
            await sessions.end(instead_of)
        await audit.record(f"person:{actor.person}", "signed_in", by=actor, way=way)
        token = await sessions.begin(actor, own_device=own_device)
    return token


async def proven(actor: Actor, password: str) -> bool:
    """Whether this is surely the owner: the password is right, or they came by a one-time code within 15 minutes.

    The second is how a forgotten password is replaced with a caseworker's help. A session made after the code was used
    began by that code, or by the password, or is the same one in another role.
    """
    session = await sessions.of(actor)
    if await tickets.used_code_lately(actor.person, session.made_at):
        return True
    person = await Person.objects().get(Person.id == actor.person)
    return await passwords.matches(person, password)


async def set_contacts(person: int, phone: str | None, email: str | None, *, by: Actor) -> None:
    """Replaces both, each normal already or None. Raises Taken."""
    await refuse_taken(person, phone, email)
    try:
        async with change(by=by):
            await Person.update({Person.phone: phone, Person.email: email}).where(Person.id == person)
            # Links that went to the old address.
            await tickets.void(person, TicketPurpose.RESET)
            await audit.record(f"person:{person}", "contacts_changed", by=by)
    except UniqueViolationError as problem:
        # Somebody took it since the look above.
        field = "email" if "email" in (problem.constraint_name or "") else "phone"
        raise Taken({field: TAKEN[field]}) from None


async def refuse_taken(person: int, phone: str | None, email: str | None) -> None:
    """Raises Taken if another person has one of these."""
    others = await Person.select(Person.phone, Person.email).where(
        Person.id != person, (Person.phone == (phone or "")) | (Person.email == (email or ""))
    )
    errors = {}
    for row in others:
        if phone and row["phone"] == phone:
            errors["phone"] = TAKEN["phone"]
        if email and row["email"] == email:
            errors["email"] = TAKEN["email"]
    if errors:
        raise Taken(errors)


async def set_password(person: int, password: str, *, by: Actor) -> None:
    """A new password, accepted already by `passwords.problem`. Ends every other session and every open ticket."""
    kept = await passwords.hashed(password)
    async with change(by=by):
        await Person.update({Person.password: kept}).where(Person.id == person)
        await sessions.end_everywhere(person, but=by.session)
        await tickets.void(person, *TicketPurpose)
        await audit.record(f"person:{person}", "password_changed", by=by)
        await notices.tell(person, "password_changed", "/me")


async def reset_password(token: str, password: str, *, by: Actor) -> bool:
    """A new password for the holder of a reset link, who is `by`; False if the link has been used meanwhile."""
    kept = await passwords.hashed(password)
    async with change(by=by):
        if await tickets.use(TicketPurpose.RESET, token) != by.person:
            return False
        await Person.update({Person.password: kept}).where(Person.id == by.person)
        await sessions.end_everywhere(by.person)
        await tickets.void(by.person, *TicketPurpose)
        await audit.record(f"person:{by.person}", "password_reset", by=by)
        await notices.tell(by.person, "password_changed", "/me")
    return True


async def sign_out_everywhere(*, by: Actor) -> None:
    """Ends every session of the actor, this one too."""
    async with change(by=by):
        await sessions.end_everywhere(by.person)
        await audit.record(f"person:{by.person}", "signed_out_everywhere", by=by)

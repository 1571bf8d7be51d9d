"""Persons, and the role one of them is acting in."""

import re
from dataclasses import dataclass
from datetime import date

from portal.tables import Membership, Person, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in the role they act in now: what `request.user` is, and who every verb is done `by`."""

    person: int
    name: str
    role: Role
    organisation: int
    organisation_name: str
    membership: int
    client: int | None = None
    """The id of their client record, if the role is client."""
    session: int | None = None
    unread: int = 0
    """Notices not read yet."""

    @property
    def label(self) -> str:
        """What the masthead may say on a screen others see: where somebody works, and of a client nothing."""
        return "" if self.role == Role.CLIENT else self.organisation_name

    @property
    def is_staff(self) -> bool:
        return self.role in (Role.STAFF, Role.ADMINISTRATOR)


# `until` is the first day without the role, so that one given by mistake can end on the day it began.
IN_FORCE = (
    "membership.since <= current_date AND (membership.until IS NULL OR membership.until > current_date)"
)

ACTORS = f"""
SELECT person.id AS person, person.name, membership.role, membership.id AS membership,
       organisation.id AS organisation, organisation.name AS organisation_name, client.id AS client
FROM membership
JOIN person ON person.id = membership.person
JOIN organisation ON organisation.id = membership.organisation
LEFT JOIN client ON client.person = person.id AND membership.role = 'client'
WHERE {IN_FORCE}
"""


async def acting_as(person: int, role: Role | None = None) -> Actor | None:
    """The person in `role`, or in their first role in force; None if they have none."""
    rows = await Membership.raw(ACTORS + " AND person.id = {} ORDER BY membership.id", person)
    fitting = [row for row in rows if role is None or row["role"] == role]
    return Actor(**{**fitting[0], "role": Role(fitting[0]["role"])}) if fitting else None


async def roles_of(person: int) -> list[Actor]:
    """Every role in force, oldest first."""
    rows = await Membership.raw(ACTORS + " AND person.id = {} ORDER BY membership.id", person)
    return [Actor(**{**row, "role": Role(row["role"])}) for row in rows]


async def today() -> date:
    """The database's day, by which roles begin and end."""
    [row] = await Membership.raw("SELECT current_date AS today")
    return row["today"]


async def person_with(login: str) -> Person | None:
    """Whose phone number or e-mail address this is, however it is spelled."""
    if phone := normal_phone(login):
        return await Person.objects().get(Person.phone == phone)
    if email := normal_email(login):
        return await Person.objects().get(Person.email == email)
    return None


def normal_phone(text: str) -> str | None:
    """`0812-3456-7890`, `62 812…` and `+62812…` as `+62812…`; None if it is no phone number (E.164: 7 to 15 digits)."""
    digits = re.sub(r"[\s().-]", "", text)
    if digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    return digits if re.fullmatch(r"\+[1-9][0-9]{6,14}", digits) else None


def said_phone(phone: str | None) -> str:
    """A stored number as people here write it: `+6281234567890` as `0812-3456-7890`; one from abroad as it is."""
    if not phone or not phone.startswith("+62"):
        return phone or ""
    digits = "0" + phone[3:]
    return "-".join(filter(None, (digits[:4], digits[4:8], digits[8:])))


def normal_email(text: str) -> str | None:
    """Lower case, or None if it cannot be an address."""
    email = text.strip().lower()
    # What is far too long is not even looked at: this pattern takes its time over a million dots. Signs that part a list
    # of addresses, or a name from an address, would send mail to somebody else.
    plain = r"[^\s@,;:<>()\[\]\\\"]+"
    return email if len(email) <= 254 and re.fullmatch(rf"{plain}@{plain}\.{plain}", email) else None


ADULT = 18
"""Age from which the portal matches and takes applications; a younger client has a record only."""


def age_on(born: date, day: date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


async def members_of(organisation: int, role: Role) -> list[int]:
    """Ids of the persons who have this role in this organisation today."""
    members = (
        f"SELECT person FROM membership WHERE organisation = {{}} AND role = {{}} AND {IN_FORCE} ORDER BY id"
    )
    return [row["person"] for row in await Membership.raw(members, organisation, role.value)]

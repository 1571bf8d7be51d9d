"""Who is who, who follows whom, and what must outlive a request."""

from enum import IntEnum, StrEnum
from typing import Any

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.constraints import Check, Unique
from piccolo.table import Table

# Piccolo's own defaults are a nullable key, no index, and deleting along.
OWNED: dict[str, Any] = {"null": False, "index": True, "on_delete": OnDelete.restrict}
MAYBE: dict[str, Any] = {"null": True, "default": None, "index": True, "on_delete": OnDelete.restrict}
# For rows that are part of another row and mean nothing without it.
PART_OF: dict[str, Any] = {"null": False, "index": True, "on_delete": OnDelete.cascade}
EMPTY: dict[str, Any] = {"null": True, "default": None}
NOW = TimestamptzNow()


def one_of(column: str, choices: type[StrEnum] | type[IntEnum]) -> Check:
    """Piccolo checks `choices` nowhere, so the database has to."""
    return Check(f"{column} IN ({', '.join(repr(choice.value) for choice in choices)})")


class Role(StrEnum):
    CLIENT = "client"
    EMPLOYER = "employer"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


class Education(IntEnum):
    """Karirhub's levels (DOMAIN: SMP 20, SMA/SMK 30, Diploma 40, Sarjana 50), with two below."""

    NONE = 0
    SD = 10
    SMP = 20
    SMA = 30
    DIPLOMA = 40
    SARJANA = 50


class Region(Table):
    """A province ("32") or a regency ("32.01") by its Kemendagri code; BPS codes never enter."""

    code = Varchar(length=5, primary_key=True)
    name = Varchar()
    province = Varchar(length=2, index=True)
    latitude = DoublePrecision()
    longitude = DoublePrecision()
    code_is_kemendagri = Check("code ~ '^[0-9]{2}([.][0-9]{2})?$' AND left(code, 2) = province")


class OrganisationKind(StrEnum):
    OFFICE = "office"
    PARTNER = "partner"


class Organisation(Table):
    """An aftercare office or a partner employer. `name` is what every screen may show, so an office's is neutral."""

    id: Serial
    kind = Varchar(choices=OrganisationKind)
    name = Varchar()
    region = ForeignKey(Region, **MAYBE)
    phone = Varchar(**EMPTY)
    made_at = Timestamptz(default=NOW)
    organisation_kind_is_known = one_of("kind", OrganisationKind)


class Person(Table):
    """Somebody, in whatever roles. Clients need neither phone nor e-mail nor password."""

    id: Serial
    name = Varchar()
    phone = Varchar(unique=True, **EMPTY)
    email = Varchar(unique=True, **EMPTY)
    password = Varchar(secret=True, **EMPTY)
    made_at = Timestamptz(default=NOW)
    person_phone_is_international = Check("phone ~ '^[+][1-9][0-9]{6,14}$'")
    person_email_is_lower_case = Check("email = lower(email) AND email LIKE '%@%'")


class Membership(Table):
    """A role, dated: a person may be a client here and an instructor there, one after the other or at once."""

    id: Serial
    person = ForeignKey(Person, **OWNED)
    role = Varchar(choices=Role)
    organisation = ForeignKey(Organisation, **OWNED)
    since = Date()
    until = Date(**EMPTY)
    membership_role_is_known = one_of("role", Role)
    membership_ends_after_it_begins = Check("until >= since")


class Client(Table):
    """A person's aftercare record. It says who follows them, and nothing about why."""

    id: Serial
    person = ForeignKey(Person, unique=True, null=False, on_delete=OnDelete.restrict)
    office = ForeignKey(Organisation, **OWNED)
    caseworker = ForeignKey(Person, **OWNED)
    born_on = Date()
    region = ForeignKey(Region, **MAYBE)
    locality = Varchar(**EMPTY)
    latitude = DoublePrecision(**EMPTY)
    longitude = DoublePrecision(**EMPTY)
    contact_note = Text(default="")
    """Who may answer this phone, and when; staff only."""
    opened_on = Date()
    closed_on = Date(**EMPTY)
    paused_on = Date(**EMPTY)
    """While set nothing is matched or sent; an employer sees no difference but silence."""


class Session(Table):
    """A signed-in browser. The cookie holds the token, this row only its hash."""

    id: Serial
    token_hash = Varchar(length=64, unique=True, secret=True)
    membership = ForeignKey(Membership, **PART_OF)
    own_device = Boolean(default=False)
    made_at = Timestamptz(default=NOW)
    seen_at = Timestamptz(default=NOW)


class TicketPurpose(StrEnum):
    CODE = "code"
    INVITATION = "invitation"
    RESET = "reset"


class Ticket(Table):
    """A secret that works once: a code read out in the office, an invitation, a new password by mail."""

    id: Serial
    purpose = Varchar(choices=TicketPurpose)
    secret_hash = Varchar(length=64, unique=True, secret=True)
    person = ForeignKey(Person, **OWNED)
    issued_by = ForeignKey(Person, **MAYBE)
    issued_at = Timestamptz(default=NOW)
    expires_at = Timestamptz()
    used_at = Timestamptz(**EMPTY)
    ticket_purpose_is_known = one_of("purpose", TicketPurpose)


class Failure(Table):
    """A sign-in that failed, with login and address blinded; the brake counts these and forgets them after a day."""

    id = BigSerial(primary_key=True)
    login_hash = Varchar(length=64, index=True)
    address_hash = Varchar(length=64, index=True)
    at = Timestamptz(default=NOW, index=True)


class Event(Table):
    """What happened, to what, by whom (nobody: the portal itself). Written in the transaction that did it."""

    id = BigSerial(primary_key=True)
    subject = Varchar(length=40, index=True)
    """Table and id, such as `application:7`."""
    action = Varchar(length=40)
    by = ForeignKey(Person, **MAYBE)
    at = Timestamptz(default=NOW)
    details = JSONB(default="{}")


class Outbox(Table):
    """Documents an index has yet to catch up with."""

    id = BigSerial(primary_key=True)
    index = Varchar(length=40)
    document = Varchar(length=40)


class Follower(Table):
    """A further index that follows the changes of another one: whoever marks a change marks it for both."""

    name = Varchar(length=40, primary_key=True)
    """`Outbox.index` of its rows."""
    follows = Varchar(length=40)
    """`Outbox.index` of the one it follows."""
    since = Timestamptz(default=NOW)
    whole_at = Timestamptz(**EMPTY)
    """When it was last known to hold everything; null while it is being filled."""


class Parked(Table):
    """A document that an index will not take, and why. It waits here for its next change and is not sent again."""

    id = BigSerial(primary_key=True)
    index = Varchar(length=40)
    document = Varchar(length=40)
    reason = Varchar(length=300)
    at = Timestamptz(default=NOW)

    parked_once = Unique(["index", "document"])


class Notice(Table):
    """A neutral sentence for somebody, shown in the portal and mailed where mail is set up."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, **OWNED)
    kind = Varchar(length=40)
    link = Varchar(length=200)
    made_at = Timestamptz(default=NOW)
    read_at = Timestamptz(**EMPTY)
    mail_after = Timestamptz(index=True, **EMPTY)
    """When to try the mail next; null once it is sent, given up, or not wanted."""
    attempts = SmallInt(default=0)


class Once(Table):
    """The one-time key of a creating form, so that a double tap finds the first result."""

    key = Varchar(length=64, primary_key=True)
    person = Integer()
    result = Varchar(length=200)
    at = Timestamptz(default=NOW, index=True)


class ConsentPurpose(StrEnum):
    """What somebody may agree to beyond what using the portal needs. The words stand in portal.consent."""

    BLIND_CARD = "blind_card"


class ConsentChannel(StrEnum):
    """How the client agreed: signed in and by themselves, or heard by a member of staff."""

    OWN = "own"
    PRESENT = "present"
    CALL = "call"
    MESSAGE = "message"


class Consent(Table):
    """A client's agreement to one purpose, dated; it ends, it is never overwritten (UU 27/2022, articles 22 and 40)."""

    id: Serial
    client = ForeignKey(Client, **OWNED)
    purpose = Varchar(length=40, choices=ConsentPurpose)
    text_version = Varchar(length=20)
    """Of the words that were read, see portal.consent."""
    channel = Varchar(length=20, choices=ConsentChannel)
    given_at = Timestamptz(default=NOW)
    given_by = ForeignKey(Person, **OWNED)
    """Who recorded it: the client, or staff."""
    witness = ForeignKey(Person, **MAYBE)
    """The member of staff who heard the client agree."""
    agreement = Text(default="")
    """What was read out and what the client said, in the words of the witness."""
    withdrawn_at = Timestamptz(**EMPTY)
    withdrawn_by = ForeignKey(Person, **MAYBE)
    consent_purpose_is_known = one_of("purpose", ConsentPurpose)
    consent_channel_is_known = one_of("channel", ConsentChannel)
    consent_ends_after_it_begins = Check("withdrawn_at >= given_at")
    consent_heard_by_staff_says_how = Check("channel = 'own' OR (witness IS NOT NULL AND agreement <> '')")
    consent_ends_by_somebody = Check("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)")

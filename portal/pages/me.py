"""A person's own account: contacts, password, browsers, notices."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.plugins.htmx import HTMXRequest

from portal import accounts, brake, notices, passwords, sessions, tickets
from portal.access import COOKIE
from portal.forms import Form, number_in
from portal.html import go, on, page
from portal.pages.sessions import ROLES, address_of
from portal.people import Actor, normal_email, normal_phone, roles_of
from portal.tables import Person, Role

WRONG = "Kata sandi Anda yang sekarang tidak cocok."
LAST_PAGE = 1_000


class Contacts(Form):
    """Ways to sign in. Both may be empty here: a client may do without."""

    phone: str = ""
    email: str = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("phone") and not normal_phone(values["phone"]):
            yield "phone", "Tulis nomor HP lengkap, misalnya 0812 3456 7890."
        if values.get("email") and not normal_email(values["email"]):
            yield "email", "Tulis email lengkap, misalnya nama@contoh.com."

    @classmethod
    def typed_from(cls, row: Any) -> dict[str, Any]:
        """A number of this country as people here write it: 0812..., not +62812..."""
        typed = super().typed_from(row)
        return typed | {"phone": re.sub(r"^\+62", "0", typed["phone"])}

    def normal(self) -> tuple[str | None, str | None]:
        return normal_phone(self.phone), normal_email(self.email)


class OwnContacts(Contacts):
    password: str = ""


class PasswordChange(Form, kw_only=True):
    old: str = ""
    new: str

    messages = {"new": "Buat kata sandi yang baru."}


def ago(moment: datetime) -> str:
    """How long ago, in words that need no time zone."""
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    if minutes < 2:
        return "baru saja"
    if minutes < 60:
        return f"{minutes} menit lalu"
    if minutes < 24 * 60:
        return f"{minutes // 60} jam lalu"
    return "kemarin" if minutes < 48 * 60 else on(moment)


async def own_page(request: HTMXRequest, status: int = 200, **context: Any) -> Response[str]:
    """The account page; `context` brings what was typed and what was wrong with it."""
    actor: Actor = request.user
    person = await Person.objects().get(Person.id == actor.person)
    assert person
    session = await sessions.of(actor)
    shown = {
        "contacts_typed": Contacts.typed_from(person),
        "contacts_errors": {},
        "password_errors": {},
        **context,
        "has_password": person.password is not None,
        "by_code": await tickets.used_code_lately(actor.person, session.made_at),
        "role_word": ROLES[actor.role],
        "roles": len(await roles_of(actor.person)),
        "browsers": [
            {
                **row,
                "role": ROLES[Role(row["role"])],
                "ago": ago(row["seen_at"]),
                "own": row["id"] == actor.session,
            }
            for row in await sessions.living(actor.person)
        ],
    }
    return page(request, "portal/me.html", status=status, **shown)


async def prove(request: HTMXRequest, password: str) -> str | None:
    """Why we cannot be sure that this is the owner, as a sentence; guesses count as at sign-in."""
    actor: Actor = request.user
    device = brake.known_device(request.cookies.get(brake.DEVICE_COOKIE), actor.person)
    try:
        attempt = await brake.attempt(f"person:{actor.person}", address_of(request), device=device)
    except brake.TooMany as problem:
        return str(problem)
    if not await accounts.proven(actor, password):
        return WRONG
    await brake.succeeded(attempt)
    return None


class Me(Controller):
    path = "/me"

    @get("/")
    async def read(self, request: HTMXRequest) -> Response[Any]:
        return await own_page(request)

    @post("/contacts")
    async def set_contacts(self, request: HTMXRequest) -> Response[Any]:
        actor: Actor = request.user
        form, typed, errors = OwnContacts.of(await request.form())
        if form and actor.role != Role.CLIENT and not (form.phone or form.email):
            errors = {"phone": "Isi nomor HP atau email, paling sedikit satu. Dengan itu Anda masuk."}
        if form and not errors and (sentence := await prove(request, form.password)):
            errors = {"password": sentence}
        if form and not errors:
            try:
                # The answer "taken" tells who has an account, so it is worth counting; "free" tells as much, and
                # forgives nothing.
                await brake.attempt(f"contacts:{actor.person}", address_of(request))
                await accounts.set_contacts(actor.person, *form.normal(), by=actor)
                return go(request, "/me", said="Kontak tersimpan.")
            except accounts.Taken as problem:
                errors = problem.errors
            except brake.TooMany as problem:
                errors = {"phone": str(problem)}
        return await own_page(request, 422, contacts_typed=typed, contacts_errors=errors)

    @post("/password")
    async def set_password(self, request: HTMXRequest) -> Response[Any]:
        """Needs the old password, or a session begun by a one-time code in the last 15 minutes (accounts.proven)."""
        actor: Actor = request.user
        form, _, errors = PasswordChange.of(await request.form())
        if form:
            row = await Person.objects().get(Person.id == actor.person)
            assert row
            if sentence := passwords.problem(form.new, row.phone, row.email):
                errors["new"] = sentence
            if sentence := await prove(request, form.old):
                errors["old"] = sentence
        if form is None or errors:
            return await own_page(request, 422, password_errors=errors)
        await accounts.set_password(actor.person, form.new, by=actor)
        return go(request, "/me", said="Kata sandi baru tersimpan. Perangkat lain sudah keluar.")

    @post("/sessions/ending")
    async def end_sessions(self, request: HTMXRequest) -> Response[Any]:
        await accounts.sign_out_everywhere(by=request.user)
        response = go(request, "/")
        response.delete_cookie(COOKIE)
        return response

    @get("/notices")
    async def notices(self, request: HTMXRequest) -> Response[Any]:
        """The inbox. What is shown counts as read, and the masthead says so at once."""
        actor: Actor = request.user
        number = min(number_in(request.query_params.get("page", "")) or 1, LAST_PAGE)
        rows, pages = await notices.inbox(actor.person, number)
        read = await notices.mark_read(actor.person, [row["id"] for row in rows])
        request.scope["user"] = replace(actor, unread=actor.unread - read)
        shown = [{**row, "ago": ago(row["made_at"])} for row in rows]
        return page(request, "portal/notices.html", "inbox", notices=shown, number=number, pages=pages)


ROUTES = [Me]

"""One-time links: an invitation, a new password."""

from collections.abc import Iterator
from typing import Any

from litestar import Controller, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal import accounts, brake, invitations, mail, passwords, tickets
from portal.forms import Form
from portal.html import go, page
from portal.pages.me import Contacts
from portal.pages.sessions import ROLES, address_of, plain, sign_in
from portal.people import Actor, acting_as, person_with
from portal.settings import Settings
from portal.tables import Person, TicketPurpose

RESET_MAIL = (
    "Ada permintaan kata sandi baru untuk akun Anda. Buka tautan ini dalam 60 menit. Bila bukan Anda yang meminta, "
    "abaikan saja: kata sandi Anda tidak berubah."
)


class Acceptance(Contacts, kw_only=True):
    password: str
    mine: bool = False

    messages = {"password": "Buat kata sandi Anda sendiri."}

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from super().check(values)
        if not values.get("phone") and not values.get("email"):
            yield "phone", "Isi nomor HP atau email, paling sedikit satu. Dengan itu Anda masuk nanti."
        if sentence := passwords.problem(
            values.get("password", ""), values.get("phone"), values.get("email")
        ):
            yield "password", sentence


class ResetAsked(Form):
    login: str

    messages = {"login": "Isi nomor HP atau email yang Anda pakai untuk masuk."}


class NewPassword(Form):
    password: str

    messages = {"password": "Buat kata sandi yang baru."}


async def guest(purpose: TicketPurpose, token: str) -> tuple[Actor, Person] | None:
    """Who an open link is for; None if it is unknown, used or too old, or if they have no role any more."""
    person = await tickets.holder(purpose, token)
    actor = await acting_as(person) if person else None
    row = await Person.objects().get(Person.id == person) if actor else None
    return (actor, row) if actor and row else None


def spent(request: HTMXRequest, purpose: TicketPurpose) -> Response[str]:
    """The same page for an unknown, a used and an old link."""
    return page(request, "portal/link_spent.html", status=404, purpose=purpose)


class Invitations(Controller):
    path = "/invitations/{token:str}"

    @get("/", public=True)
    async def read(self, request: HTMXRequest, token: FromPath[str]) -> Response[Any]:
        found = await guest(TicketPurpose.INVITATION, token)
        if not found:
            return spent(request, TicketPurpose.INVITATION)
        return self._page(request, token, found[0], typed=Acceptance.typed_from(found[1]) | {"password": ""})

    @post("/", public=True)
    async def accept(self, request: HTMXRequest, token: FromPath[str]) -> Response[Any]:
        found = await guest(TicketPurpose.INVITATION, token)
        if not found:
            return spent(request, TicketPurpose.INVITATION)
        actor, _ = found
        form, typed, errors = Acceptance.of(await request.form())
        if form is None:
            return self._page(request, token, actor, 422, typed=typed, errors=errors)
        try:
            # The answer "taken" tells who has an account, so it is worth counting.
            attempt = await brake.attempt(f"contacts:{actor.person}", address_of(request))
            phone, email = form.normal()
            accepted = await invitations.accept(token, phone, email, form.password, by=actor)
        except accounts.Taken as problem:
            return self._page(request, token, actor, 422, typed=typed, errors=problem.errors)
        except brake.TooMany as problem:
            return self._page(request, token, actor, 429, typed=typed, errors={"phone": str(problem)})
        if not accepted:
            return spent(request, TicketPurpose.INVITATION)
        await brake.succeeded(attempt)
        return await sign_in(
            request, actor, "invitation", own_device=form.mine, said="Akun Anda siap dipakai."
        )

    def _page(
        self, request: HTMXRequest, token: str, actor: Actor, status: int = 200, **context: Any
    ) -> Response[str]:
        shown = {"errors": {}, **context, "guest": actor, "role_word": ROLES[actor.role], "token": token}
        return page(request, "portal/invitation.html", "invitation", status=status, **shown)


class Resets(Controller):
    path = "/resets"

    @get("/", public=True)
    async def new(self, request: HTMXRequest) -> Response[Any]:
        return page(request, "portal/reset_asked.html", "reset", typed={}, errors={}, sent=False)

    @post("/", public=True)
    async def ask(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = ResetAsked.of(await request.form())
        status = 422
        if form:
            try:
                await brake.attempt(f"reset:{plain(form.login)}", address_of(request))
            except brake.TooMany as problem:
                errors, status = {"login": str(problem)}, 429
        if errors or form is None:
            context = {"typed": typed, "errors": errors, "sent": False}
            return page(request, "portal/reset_asked.html", "reset", status=status, **context)
        response = page(request, "portal/reset_asked.html", "reset", typed=typed, errors={}, sent=True)
        # After the answer, so that its time does not tell whether anybody has this login.
        response.background = BackgroundTask(mail_reset, request.app.state.settings, form.login)
        return response

    @get("/{token:str}", public=True)
    async def read(self, request: HTMXRequest, token: FromPath[str]) -> Response[Any]:
        if not await guest(TicketPurpose.RESET, token):
            return spent(request, TicketPurpose.RESET)
        return page(request, "portal/reset.html", "reset", token=token, errors={})

    @post("/{token:str}", public=True)
    async def replace(self, request: HTMXRequest, token: FromPath[str]) -> Response[Any]:
        found = await guest(TicketPurpose.RESET, token)
        if not found:
            return spent(request, TicketPurpose.RESET)
        actor, row = found
        form, _, errors = NewPassword.of(await request.form())
        if form and (sentence := passwords.problem(form.password, row.phone, row.email)):
            errors = {"password": sentence}
        if errors or form is None:
            return page(request, "portal/reset.html", "reset", status=422, token=token, errors=errors)
        if not await accounts.reset_password(token, form.password, by=actor):
            return spent(request, TicketPurpose.RESET)
        return go(request, "/session/new", said="Kata sandi baru tersimpan. Silakan masuk.")


async def mail_reset(settings: Settings, login: str) -> None:
    """A link for a new password, if the login is somebody's with an e-mail address and mail is set up."""
    person = await person_with(login)
    if settings.smtp_url and person and person.email and (token := await tickets.issue_reset(person.id)):
        await mail.try_to_send(settings, person.email, RESET_MAIL, f"/resets/{token}")


ROUTES = [Invitations, Resets]

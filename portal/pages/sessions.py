"""Signing in, by password or by one-time code, and out; and which role to act in."""

import asyncio
import re
from typing import Any
from urllib.parse import quote

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.plugins.htmx import HTMXRequest

from portal import accounts, brake, demo, passwords, sessions, tickets
from portal.access import COOKIE
from portal.database import change
from portal.forms import Form
from portal.html import go, page
from portal.people import Actor, normal_email, normal_phone, person_with, roles_of
from portal.tables import Role, TicketPurpose

LANDING = {
    Role.CLIENT: "/matches",
    Role.EMPLOYER: "/partner/applications",
    Role.STAFF: "/due",
    Role.ADMINISTRATOR: "/reviews",
}
ROLES = {
    Role.CLIENT: "Klien",
    Role.EMPLOYER: "Pemberi kerja",
    Role.STAFF: "Petugas",
    Role.ADMINISTRATOR: "Pengelola",
}
NO_MATCH = "Tidak cocok dengan kata sandinya. Periksa keduanya, atau minta kode masuk ke petugas kami."
NO_CODE = "Kode ini salah, sudah dipakai, atau sudah lewat 15 menit. Minta kode baru ke petugas kami."
NO_ROLE = "Akun ini sedang tidak aktif. Hubungi petugas kami."


class SignIn(Form):
    login: str
    password: str
    mine: bool = False
    next: str = ""

    messages = {"login": "Isi nomor HP atau email Anda.", "password": "Isi kata sandi Anda."}


class CodeSignIn(Form):
    code: str
    mine: bool = False
    next: str = ""

    messages = {"code": "Isi kode dari petugas kami."}


class RoleChoice(Form):
    membership: int
    next: str = ""

    messages = {"membership": "Pilih salah satu peran."}


def local(path: str) -> str:
    """`path` if it leads nowhere but into this portal, else nothing. Browsers read `/\\host` and `//host` as other hosts."""
    return path if re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", path) else ""


def address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


async def sign_in(
    request: Request[Any, Any, Any],
    actor: Actor,
    way: str,
    *,
    own_device: bool,
    next: str = "",
    said: str = "",
) -> Response[Any]:
    """Signs this browser in and sends it on: to choose a role if there are several, to `next`, or where the role begins."""
    before = request.user.session if request.user else None
    token = await accounts.sign_in(actor, way, own_device=own_device, instead_of=before)
    path = local(next) or LANDING[actor.role]
    if way != "role" and len(await roles_of(actor.person)) > 1:
        path = "/session/role" + (f"?next={quote(local(next))}" if local(next) else "")
    response = go(request, path, said=said)
    keep(request, response, COOKIE, token, int(sessions.OWN_DEVICE.total_seconds()) if own_device else None)
    device = request.cookies.get(brake.DEVICE_COOKIE)
    if not brake.known_device(device, actor.person):
        device = brake.new_device(actor.person)
        keep(request, response, brake.DEVICE_COOKIE, device, int(brake.DEVICE_KNOWN.total_seconds()))
    return response


def keep(
    request: Request[Any, Any, Any], response: Response[Any], name: str, value: str, max_age: int | None
) -> None:
    secure = request.app.state.settings.secure
    response.cookies.append(
        Cookie(name, value=value, path="/", max_age=max_age, httponly=True, samesite="lax", secure=secure)
    )


async def sign_in_page(request: HTMXRequest, status: int = 200, **context: Any) -> Response[str]:
    empty: dict[str, Any] = {"typed": {}, "errors": {}, "code_typed": {}, "code_errors": {}}
    next = local(request.query_params.get("next", ""))
    shown = {**empty, "next": next, "demo": await demo.accounts(), **context}
    return page(request, "portal/session.html", "signin", status=status, **shown)


async def braked(request: HTMXRequest, problem: brake.TooMany, **context: Any) -> Response[str]:
    """The sign-in page again; what is in `context` says how long to wait."""
    response = await sign_in_page(request, 429, **context)
    response.headers["Retry-After"] = str(max(1, round(problem.wait.total_seconds())))
    return response


class Sessions(Controller):
    path = "/session"

    @get("/new", public=True)
    async def new(self, request: HTMXRequest) -> Response[Any]:
        if request.user:
            return go(request, local(request.query_params.get("next", "")) or LANDING[request.user.role])
        return await sign_in_page(request)

    @post("/", public=True)
    async def by_password(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = SignIn.of(await request.form())
        context = {"typed": typed, "next": local(typed["next"])}
        if form is None:
            return await sign_in_page(request, 422, errors=errors, **context)
        person = await person_with(form.login)
        # Counted as it was written, whoever it belongs to: a wait that the phone number earns for the e-mail address would
        # tell anybody who knows both that they have an account here.
        login = plain(form.login)
        device = brake.known_device(request.cookies.get(brake.DEVICE_COOKIE), person.id if person else None)
        try:
            attempt = await brake.attempt(login, address_of(request), device=device)
        except brake.TooMany as problem:
            return await braked(request, problem, errors={"login": str(problem)}, **context)
        await asyncio.sleep(attempt.delay.total_seconds())
        if not await passwords.matches(person, form.password) or person is None:
            return await sign_in_page(request, 422, errors={"login": NO_MATCH}, **context)
        await brake.succeeded(attempt)
        roles = await roles_of(person.id)
        if not roles:
            return await sign_in_page(request, 422, errors={"login": NO_ROLE}, **context)
        return await sign_in(request, roles[0], "password", own_device=form.mine, next=form.next)

    @post("/code", public=True)
    async def by_code(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = CodeSignIn.of(await request.form())
        context = {"code_typed": typed, "next": local(typed["next"])}
        if form is None:
            return await sign_in_page(request, 422, code_errors=errors, **context)
        try:
            attempt = await brake.attempt("code", address_of(request), free=brake.FREE_CODES)
        except brake.TooMany as problem:
            return await braked(request, problem, code_errors={"code": str(problem)}, **context)
        async with change(by=None):
            person = await tickets.use(TicketPurpose.CODE, form.code)
            roles = await roles_of(person) if person else []
            if roles:
                await brake.withdraw(attempt)
        if not roles:
            sentence = NO_ROLE if person else NO_CODE
            return await sign_in_page(request, 422, code_errors={"code": sentence}, **context)
        return await sign_in(request, roles[0], "code", own_device=form.mine, next=form.next)

    @post("/end", public=True)
    async def end(self, request: HTMXRequest) -> Response[Any]:
        """Also for somebody whose session has ended by itself: the button is still on their screen."""
        if request.user:
            await sessions.end(request.user.session)
        response = go(request, "/")
        response.delete_cookie(COOKIE)
        return response

    @get("/role")
    async def roles(self, request: HTMXRequest) -> Response[Any]:
        return await self._choose(request)

    @post("/role")
    async def act_as(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = RoleChoice.of(await request.form())
        chosen = [
            one for one in await roles_of(request.user.person) if form and one.membership == form.membership
        ]
        if form is None or not chosen:
            errors = errors or {"membership": RoleChoice.messages["membership"]}
            return await self._choose(request, 422, typed=typed, errors=errors)
        session = await sessions.of(request.user)
        return await sign_in(request, chosen[0], "role", own_device=session.own_device, next=form.next)

    async def _choose(self, request: HTMXRequest, status: int = 200, **context: Any) -> Response[Any]:
        roles = await roles_of(request.user.person)
        if len(roles) < 2:
            return go(request, LANDING[request.user.role])
        options = [(one.membership, f"{ROLES[one.role]}, {one.organisation_name}") for one in roles]
        next = local(request.query_params.get("next", ""))
        typed = {"membership": request.user.membership, "next": next}
        shown = {"typed": typed, "errors": {}, **context, "options": options}
        return page(request, "portal/session_role.html", "role", status=status, **shown)


def plain(login: str) -> str:
    """One spelling of a login, so that its failures count together."""
    return normal_phone(login) or normal_email(login) or login.lower()


ROUTES = [Sessions]

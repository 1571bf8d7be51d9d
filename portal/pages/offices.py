"""Offices and their staff, for administrators."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from msgspec import Meta

from portal import invitations, mail, memberships, offices
from portal.access import only
from portal.forms import Form
from portal.html import go, page
from portal.once import new_key, once
from portal.pages.sessions import ROLES
from portal.people import normal_email, today
from portal.places import regions
from portal.tables import Membership, Organisation, OrganisationKind, Role

ADMINISTRATOR = only(Role.ADMINISTRATOR)
INVITED_MAIL = "Anda diundang ke Bina Karya. Buka tautan ini dalam 7 hari untuk membuat kata sandi."
FARTHEST = timedelta(days=366)


class NewOffice(Form):
    name: Annotated[str, Meta(max_length=80)]
    region: str

    messages = {"region": "Pilih kabupaten atau kota kantor ini."}

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if offices.telling(values.get("name", "")):
            yield (
                "name",
                "Nama ini tampil di layar klien dan mitra. Pakai nama yang netral, misalnya Kantor Bogor.",
            )
        region = regions().get(values.get("region", ""))
        if "region" in values and (region is None or region.code == region.province):
            yield "region", cls.messages["region"]


class NewMember(Form):
    name: Annotated[str, Meta(max_length=120)]
    role: Role
    email: str = ""

    messages = {"role": "Pilih peran orang ini."}

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if "role" in values and values["role"] not in (Role.STAFF, Role.ADMINISTRATOR):
            yield "role", cls.messages["role"]
        if values.get("email") and not normal_email(values["email"]):
            yield "email", "Tulis email lengkap, misalnya nama@contoh.com."


class Ending(Form):
    on: date | None = None


async def office_page(
    request: HTMXRequest, office: Organisation, status: int = 200, **context: Any
) -> Response[str]:
    empty: dict[str, Any] = {"typed": {}, "errors": {}, "link": None, "ending_errors": {}}
    shown = {**empty, **context, "office": office, "key": new_key(), "roles": ROLES, "today": await today()}
    members = await offices.members(office.id)
    response = page(request, "portal/office.html", status=status, members=members, **shown)
    # The link is a key: it stays in no cache.
    response.headers["Cache-Control"] = "no-store"
    return response


async def link_page(
    request: HTMXRequest, office: Organisation, token: str, email: str | None
) -> Response[str]:
    """The page of the office with a fresh invitation on it, which is shown this once; mailed too if there is an address."""
    settings = request.app.state.settings
    path = f"/invitations/{token}"
    mailed = email if email and settings.smtp_url else None
    link = {"address": settings.public_url + path, "mailed": bool(mailed)}
    response = await office_page(request, office, link=link)
    if mailed:
        response.background = BackgroundTask(mail.try_to_send, settings, mailed, INVITED_MAIL, path)
    return response


async def office_of(office: int) -> Organisation:
    if found := await offices.find(office):
        return found
    raise NotFoundException("Kantor ini tidak ada.")


class Offices(Controller):
    path = "/offices"
    guards = [ADMINISTRATOR]

    @get("/")
    async def index(self, request: HTMXRequest) -> Response[Any]:
        return await self._page(request, typed={}, errors={})

    @post("/")
    async def add(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = NewOffice.of(await request.form())
        if form is None:
            return await self._page(request, 422, typed=typed, errors=errors)

        async def make() -> str:
            return f"/offices/{await offices.add(form.name, form.region, by=request.user)}"

        path = await once(form.once, make, by=request.user)
        return go(request, path, said="Kantor ditambahkan. Sekarang undang petugasnya.")

    @get("/{office:int}")
    async def read(self, request: HTMXRequest, office: FromPath[int]) -> Response[Any]:
        return await office_page(request, await office_of(office))

    @post("/{office:int}/members")
    async def invite(self, request: HTMXRequest, office: FromPath[int]) -> Response[Any]:
        where = await office_of(office)
        form, typed, errors = NewMember.of(await request.form())
        if form is None:
            return await office_page(request, where, 422, typed=typed, errors=errors)
        email = normal_email(form.email)
        made: list[str] = []

        async def make() -> str:
            person, token = await invitations.invite(form.name, form.role, where.id, email, by=request.user)
            made.append(token)
            return str(person.id)

        person = await once(form.once, make, by=request.user)
        # After a double tap the answer on the screen is the second: it shows a link too, for the same person.
        token = made[0] if made else await invitations.invite_existing(int(person), by=request.user)
        return await link_page(request, where, token, email)

    async def _page(self, request: HTMXRequest, status: int = 200, **context: Any) -> Response[str]:
        shown = {
            "offices": await offices.overview(),
            "regions": await offices.region_choices(),
            "key": new_key(),
        }
        return page(request, "portal/offices.html", status=status, **shown, **context)


class Memberships(Controller):
    path = "/memberships/{membership:int}"
    guards = [ADMINISTRATOR]

    @post("/links")
    async def link(self, request: HTMXRequest, membership: FromPath[int]) -> Response[Any]:
        """A new invitation for somebody whose link was lost or is too old, or who has lost every other way in."""
        row, office = await self._office_member(membership)
        token = await invitations.invite_existing(row.person, by=request.user)
        return await link_page(request, office, token, None)

    @post("/ending")
    async def end(self, request: HTMXRequest, membership: FromPath[int]) -> Response[Any]:
        row, office = await self._office_member(membership)
        form, _, errors = Ending.of(await request.form())
        day = await today()
        if form and form.on and not day <= form.on <= day + FARTHEST:
            errors = {"on": "Pilih hari ini atau sesudahnya, paling jauh satu tahun."}
        orphaned = 0
        if form and not errors:
            try:
                orphaned = await memberships.end(row.id, form.on, by=request.user)
            except memberships.LastAdministrator as problem:
                errors = {"membership": str(problem)}
        if errors:
            return await office_page(request, office, 422, ending_errors=errors)
        said = "Peran berakhir." + (f" {orphaned} klien perlu pendamping baru." if orphaned else "")
        own = row.id == request.user.membership and not (form and form.on and form.on > day)
        return go(request, "/session/new" if own else f"/offices/{office.id}", said=said)

    async def _office_member(self, membership: int) -> tuple[Membership, Organisation]:
        row = await Membership.objects().get(
            (Membership.id == membership) & (Membership.role.is_in([Role.STAFF, Role.ADMINISTRATOR]))
        )
        office = row and await Organisation.objects().get(
            (Organisation.id == row.organisation) & (Organisation.kind == OrganisationKind.OFFICE)
        )
        if not row or not office:
            raise NotFoundException("Peran ini tidak ada.")
        return row, office


ROUTES = [Offices, Memberships]

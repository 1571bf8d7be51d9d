"""Partners, for staff who register, verify and invite them; and a partner's own page."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from partners import partners
from partners.forms import LABELS, DescriptionForm, InvitationForm, PartnerForm
from partners.tables import Partner
from partners.words import INDUSTRIES, SIZES
from portal import invitations, mail
from portal.access import STAFF, only
from portal.html import go, page
from portal.once import new_key, once
from portal.people import normal_email, normal_phone, said_phone
from portal.places import province_options, regions
from portal.tables import Organisation, Person, Role

INVITED_MAIL = "Anda diundang ke Bina Karya. Buka tautan ini dalam 7 hari untuk membuat kata sandi."


async def known_partner(partner_id: FromPath[int]) -> Partner:
    partner = await Partner.objects().get(Partner.id == partner_id)
    if partner is None:
        raise NotFoundException("Mitra ini tidak ada.")
    return partner


async def own_partner(request: HTMXRequest) -> Partner:
    own = Partner.organisation == request.user.organisation
    partner = await Partner.objects().get(own)
    if partner is None:
        raise NotFoundException("Akun ini belum terhubung dengan mitra.")
    return partner


class NewPartner(Controller):
    path = "/partners/new"
    guards = [STAFF]

    @get()
    async def new(self, request: HTMXRequest) -> Response[str]:
        return form_page(request, PartnerForm.typed_from({"size": "micro_small"}), {}, new_key())

    @post()
    async def register(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = PartnerForm.of(await request.form())
        if form is None:
            return form_page(request, typed, errors, typed["once"] or new_key(), status=422)

        async def make() -> str:
            phone = normal_phone(form.phone)
            partner = await partners.register(form.name, form.region, phone, form.facts(), by=request.user)
            return f"/partners/{partner.id}"

        address = await once(form.once, make, by=request.user)
        return go(request, address, said="Mitra terdaftar. Sekarang verifikasi dan undang orangnya.")


class OnePartner(Controller):
    path = "/partners/{partner_id:int}"
    guards = [STAFF]
    dependencies = {"partner": Provide(known_partner)}

    @get()
    async def show(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[str]:
        return await self._page(request, partner)

    @post("/verification")
    async def verify(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        await partners.verify(partner, by=request.user)
        return go(request, f"/partners/{partner.id}", said="Mitra sudah diverifikasi.")

    @post("/verification/ending")
    async def doubt(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        await partners.unverify(partner, by=request.user)
        return go(request, f"/partners/{partner.id}", said="Verifikasi dicabut.")

    @post("/invitations")
    async def invite(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        form, typed, errors = InvitationForm.of(await request.form())
        if form is None:
            return await self._page(request, partner, typed=typed, errors=errors, status=422)
        email = normal_email(form.email)
        made: list[str] = []

        async def make() -> str:
            person, token = await invitations.invite(
                form.name, Role.EMPLOYER, partner.organisation, email, by=request.user
            )
            made.append(token)
            return str(person.id)

        person = await once(form.once, make, by=request.user)
        # After a double tap the answer on the screen is the second: it shows a link too, for the same person.
        token = made[0] if made else await invitations.invite_existing(int(person), by=request.user)
        return await self._link_page(request, partner, token, email)

    @post("/members/{person_id:int}/links")
    async def link(
        self, request: HTMXRequest, partner: NamedDependency[Partner], person_id: FromPath[int]
    ) -> Response[Any]:
        """A new invitation for somebody whose link was lost or is too old."""
        if person_id not in [member["id"] for member in await partners.members(partner)]:
            raise NotFoundException("Orang ini tidak ada.")
        token = await invitations.invite_existing(person_id, by=request.user)
        return await self._link_page(request, partner, token, None)

    async def _link_page(
        self, request: HTMXRequest, partner: Partner, token: str, email: str | None
    ) -> Response[str]:
        """The partner's page with a fresh invitation on it, shown this once; mailed too where there is an address."""
        settings = request.app.state.settings
        path = f"/invitations/{token}"
        mailed = email if email and settings.smtp_url else None
        link = {"address": settings.public_url + path, "mailed": bool(mailed)}
        response = await self._page(request, partner, link=link)
        if mailed:
            response.background = BackgroundTask(mail.try_to_send, settings, mailed, INVITED_MAIL, path)
        return response

    async def _page(
        self,
        request: HTMXRequest,
        partner: Partner,
        *,
        typed: dict[str, Any] | None = None,
        errors: dict[str, str] | None = None,
        link: dict[str, Any] | None = None,
        status: int = 200,
    ) -> Response[str]:
        organisation = await partners.organisation_of(partner)
        verified_by = None
        if partner.verified_by:
            [row] = await Person.select(Person.name).where(Person.id == partner.verified_by)
            verified_by = row["name"]
        response = page(
            request,
            "partners/partner.html",
            status=status,
            partner=partner,
            organisation=organisation,
            facts=_facts(partner, organisation),
            verified_by=verified_by,
            members=await partners.members(partner),
            typed=typed or {},
            errors=errors or {},
            labels=LABELS,
            key=(typed or {}).get("once") or new_key(),
            link=link,
        )
        # The link is a key: it stays in no cache.
        response.headers["Cache-Control"] = "no-store"
        return response


class OwnPartner(Controller):
    path = "/partner"
    guards = [only(Role.EMPLOYER)]
    dependencies = {"partner": Provide(own_partner)}

    @get()
    async def show(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[str]:
        organisation = await partners.organisation_of(partner)
        own = {"about": partner.about, "address": partner.address, "phone": organisation.phone}
        return await self._page(request, partner, DescriptionForm.typed_from(own), {})

    @post()
    async def describe(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        form, typed, errors = DescriptionForm.of(await request.form())
        if form is None:
            return await self._page(request, partner, typed, errors, status=422)
        await partners.describe(partner, form.about, form.address, normal_phone(form.phone), by=request.user)
        return go(request, "/partner", said="Tersimpan.")

    async def _page(
        self,
        request: HTMXRequest,
        partner: Partner,
        typed: dict[str, Any],
        errors: dict[str, str],
        status: int = 200,
    ) -> Response[str]:
        organisation = await partners.organisation_of(partner)
        return page(
            request,
            "partners/own.html",
            "description",
            status=status,
            partner=partner,
            organisation=organisation,
            facts=_facts(partner, organisation)[:4],
            members=await partners.members(partner),
            typed=typed,
            errors=errors,
            labels=LABELS,
        )


def _facts(partner: Partner, organisation: Organisation) -> list[tuple[str, str]]:
    """Word and value: what staff register first, then what the partner may change itself."""
    region = regions().get(organisation.region or "")
    return [
        ("Tempat", region.name if region else "Belum ditulis"),
        ("Lapangan usaha", INDUSTRIES.get(partner.industry or "", "Belum ditulis")),
        ("Ukuran", SIZES[partner.size]),
        ("NIB", partner.nib or "Belum ditulis"),
        ("Alamat", partner.address or "Belum ditulis"),
        ("Telepon", said_phone(organisation.phone) or "Belum ditulis"),
    ]


def form_page(
    request: HTMXRequest,
    typed: dict[str, Any],
    errors: dict[str, str],
    key: str = "",
    partner: Partner | None = None,
    status: int = 200,
) -> Response[str]:
    """What staff know of a partner, to register one (`key`) or to edit `partner`."""
    return page(
        request,
        "partners/form.html",
        status=status,
        partner=partner,
        typed=typed,
        errors=errors,
        key=key,
        labels=LABELS,
        industries=list(INDUSTRIES.items()),
        sizes=list(SIZES.items()),
        regions=province_options(),
    )


ROUTES: list = [NewPartner, OnePartner, OwnPartner]

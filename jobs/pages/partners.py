"""The list of partners with how many vacancies each has open, and editing one, whose name stands on its vacancies."""

from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from jobs import vacancies
from partners import partners
from partners.forms import PartnerForm
from partners.pages.partners import form_page, known_partner
from partners.tables import Partner
from portal.access import STAFF
from portal.database import change
from portal.forms import number_in
from portal.html import go, page
from portal.people import normal_phone
from portal.places import regions

PER_PAGE = 50
LISTED = """
SELECT partner.id, organisation.name, organisation.region, partner.verified_at,
       count(*) FILTER (WHERE vacancy.state = 'published') AS published,
       count(*) FILTER (WHERE vacancy.state = 'in_review') AS waiting,
       count(*) OVER () AS total
FROM partner
JOIN organisation ON organisation.id = partner.organisation
LEFT JOIN vacancy ON vacancy.partner = partner.id
WHERE organisation.name ILIKE {} AND (partner.verified_at IS NULL OR NOT {})
GROUP BY partner.id, organisation.id
ORDER BY partner.verified_at IS NOT NULL, lower(organisation.name), partner.id
LIMIT {} OFFSET {}
"""


class Partners(Controller):
    path = "/partners"
    guards = [STAFF]

    @get()
    async def index(self, request: HTMXRequest) -> Response[str]:
        asked = request.query_params
        words = " ".join(asked.get("q", "").replace("\x00", "").split())[:80]
        number = number_in(asked.get("number", "")) or 1
        unverified = asked.get("show") == "unverified"
        shown = {"show": "unverified"} if unverified else {}
        pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = await Partner.raw(LISTED, pattern, unverified, PER_PAGE, (number - 1) * PER_PAGE)
        for row in rows:
            region = regions().get(row["region"] or "")
            row["place"] = region.name if region else ""
        return page(
            request,
            "jobs/partners.html",
            rows=rows,
            total=rows[0]["total"] if rows else 0,
            number=number,
            pages=-(-rows[0]["total"] // PER_PAGE) if rows else 1,
            address_of=lambda at: "/partners?" + urlencode({**shown, "q": words, "number": at}),
            typed={"q": words},
            unverified=unverified,
            unverified_count=await Partner.count().where(Partner.verified_at.is_null()),
        )


class PartnerDetails(Controller):
    path = "/partners/{partner_id:int}/details"
    guards = [STAFF]
    dependencies = {"partner": Provide(known_partner)}

    @get()
    async def show(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[str]:
        organisation = await partners.organisation_of(partner)
        own = {name: getattr(partner, name) for name in ("industry", "size", "nib", "address", "about")}
        its = {name: getattr(organisation, name) for name in ("name", "region", "phone")}
        return form_page(request, PartnerForm.typed_from(own | its), {}, partner=partner)

    @post()
    async def edit(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        form, typed, errors = PartnerForm.of(await request.form())
        if form is None:
            return form_page(request, typed, errors, partner=partner, status=422)
        phone = normal_phone(form.phone)
        async with change(by=request.user):
            await partners.edit(partner, form.name, form.region, phone, form.facts(), by=request.user)
            await vacancies.rename_employer(partner.id, form.name, by=request.user)
        return go(request, f"/partners/{partner.id}", said="Data mitra tersimpan.")


ROUTES: list = [Partners, PartnerDetails]

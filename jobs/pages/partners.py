"""The list of partners with how many vacancies each has open; it lives here because it needs to know of both."""

from urllib.parse import urlencode

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from partners.tables import Partner
from portal.access import STAFF
from portal.forms import number_in
from portal.html import page
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
        )


ROUTES: list = [Partners]

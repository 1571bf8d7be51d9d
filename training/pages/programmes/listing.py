"""The list of courses, by skill, place and whether one can still get in."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from portal.access import STAFF
from portal.forms import number_in
from portal.html import page
from portal.people import Actor
from portal.places import province_options, regions
from portal.tables import Role
from training.pages.programmes import shown
from training.programmes import BEGINNABLE, FOR_OFFICE
from training.tables import Programme
from training.vocabulary import vocabulary
from training.vocabulary.searching import tell_skills

PER_PAGE = 50
LAST_PAGE = 10_000
# Where a client waits comes first. What is taught is read for the page's rows alone.
LISTED = f"""
SELECT listed.*, ARRAY (SELECT skill FROM programme_skill WHERE programme = listed.id) AS skills
FROM (
    SELECT programme.id, programme.title, programme.provider, programme.region, programme.locality, programme.begins_on,
           programme.ends_on, programme.state, programme.cost, programme.office, office.name AS office_name,
           coalesce(wishes.waiting, 0) AS waiting, count(*) OVER () AS total,
           row_number() OVER (
               ORDER BY wishes.waiting IS NULL, programme.begins_on NULLS FIRST, lower(programme.title), programme.id
           ) AS place_in_list
    FROM programme
    JOIN organisation AS office ON office.id = programme.office
    LEFT JOIN (
        SELECT enrolment.programme, count(*) AS waiting FROM enrolment JOIN client ON client.id = enrolment.client
        WHERE enrolment.state = 'interested' AND ({{}}::int IS NULL OR client.office = {{}}) GROUP BY enrolment.programme
    ) AS wishes ON wishes.programme = programme.id
    WHERE ({{}}::int IS NULL OR {FOR_OFFICE})
      AND ({{}}::varchar = '' OR EXISTS (
          SELECT FROM programme_skill WHERE programme_skill.programme = programme.id AND skill = {{}}
      ))
      AND ({{}}::varchar = '' OR programme.region = {{}} OR left(programme.region, 2) = {{}})
      AND ({BEGINNABLE}) = {{}}
    ORDER BY place_in_list LIMIT {{}} OFFSET {{}}
) AS listed ORDER BY place_in_list
"""


async def listed(
    by: Actor, *, skill: str = "", region: str = "", over: bool = False, number: int = 1
) -> tuple[list[dict[str, Any]], int]:
    """One page of what one can still get into, or of what is `over`, and how many there are: one query."""
    office = None if by.role == Role.ADMINISTRATOR else by.organisation
    scope = (office, office, office, by.organisation)
    asked = (skill, skill, region, region, region, not over)
    rows = await Programme.raw(LISTED, *scope, *asked, PER_PAGE, (number - 1) * PER_PAGE)
    today = date.today()
    for row in rows:
        row["label"], row["colour"] = shown.state(row, today)
        row["begins"] = shown.begins(row["begins_on"], today)
        row["place"] = shown.place(row)
        row["teaches"] = ", ".join(label for _, label in shown.skills(row["skills"] or ()))
        row["price"] = shown.cost(row["cost"])
    return rows, rows[0]["total"] if rows else 0


class Programmes(Controller):
    path = "/programmes"
    guards = [STAFF]

    @get()
    async def index(self, request: HTMXRequest) -> Response[str]:
        sent = request.query_params
        words = " ".join(sent.get("skill", "").split())[:80]
        known = [words] if words in vocabulary().skills else tell_skills([words] if words else [])[0]
        region = sent.get("region", "") if sent.get("region", "") in regions() else ""
        over = sent.get("show") == "over"
        number = max(1, min(number_in(sent.get("number", "")) or 1, LAST_PAGE))
        # A word that nobody knows finds nothing, rather than everything.
        nothing = bool(words) and not known
        rows, total = (
            ([], 0)
            if nothing
            else await listed(
                request.user, skill=known[0] if known else "", region=region, over=over, number=number
            )
        )
        label = vocabulary().skills[known[0]].label if known else words

        def address(number: int = 1, over: bool = over) -> str:
            asked = {"skill": words, "region": region, "show": "over" if over else ""}
            asked |= {"number": str(number) if number > 1 else ""}
            text = urlencode({name: value for name, value in asked.items() if value})
            return f"/programmes?{text}" if text else "/programmes"

        return page(
            request,
            "training/programmes.html",
            rows=rows,
            total=total,
            number=number,
            pages=-(-total // PER_PAGE),
            address_of=address,
            over=over,
            unknown=nothing,
            filtered=bool(words or region),
            typed={"skill": label, "region": region},
            regions=province_options(),
        )


ROUTES: list = [Programmes]

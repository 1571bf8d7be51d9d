"""An employer's inbox: applications to all its vacancies or to one, and quick answers inside the rows."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import applications, moving, placements
from jobs.moving import MoveForm
from jobs.pages.applications import reason_of, said_of, visible_application, zone_of
from jobs.tables import Application, State
from jobs.words import DECLINE_REASONS, STATES
from portal import clock
from portal.access import only
from portal.forms import number_in
from portal.html import go, page, wants_fragment
from portal.people import Actor
from portal.tables import Role

LATE_AFTER = 7
"""Days after which an unanswered application is late."""
PER_PAGE = 20
TABS: dict[str, tuple[str, tuple[State, ...]]] = {
    "todo": ("Perlu dijawab", (State.SENT, State.IN_REVIEW)),
    "interview": ("Wawancara", (State.INTERVIEW, State.OFFERED)),
    "settled": ("Selesai", (State.HIRED, State.DECLINED, State.WITHDRAWN)),
}
COUNTS = """
SELECT vacancy.id, vacancy.title, application.state, count(application.id) AS applications,
       count(*) FILTER (WHERE application.sent_at < now() - interval '8 days') AS late
FROM vacancy JOIN partner ON partner.id = vacancy.partner LEFT JOIN application ON application.vacancy = vacancy.id
WHERE partner.organisation = {} GROUP BY vacancy.id, application.state ORDER BY vacancy.id DESC
"""


class Place:
    """Where in the inbox somebody is, as the address says: which vacancy, tab, page, and which row opened how."""

    def __init__(self, request: HTMXRequest, vacancy: int | None = None) -> None:
        said = request.query_params
        self.vacancy = vacancy or number_in(said.get("within", ""))
        self.tab = said.get("tab", "")
        if self.tab not in TABS:
            self.tab = "todo"
        self.page = number_in(said.get("page", "")) or 1
        self.chosen = number_in(said.get("application", ""))
        self.open = moving.OPENS.get(said.get("open", ""), "")

    @property
    def path(self) -> str:
        return f"/partner/vacancies/{self.vacancy}/applications" if self.vacancy else "/partner/applications"

    def address(self, **more: Any) -> str:
        """Of this place, with `tab`, `page`, `application` or `open` said otherwise."""
        said = {"tab": self.tab, "page": self.page, **more}
        usual = {"tab": "todo", "page": 1}
        query = urlencode({name: value for name, value in said.items() if value and value != usual.get(name)})
        return f"{self.path}?{query}" if query else self.path

    def moves(self, application: int) -> str:
        """Where a row sends its answer, and from where."""
        query = {"within": self.vacancy or "", "tab": self.tab, "page": self.page}
        return f"/partner/applications/{application}/moves?{urlencode(query)}"

    def row(self, application: int, open: str = "") -> str:
        """Of one row, opened for an answer or closed again."""
        return f"{self.address(application=application, open=open)}#application-{application}"


class Inbox(Controller):
    path = "/partner/applications"
    guards = [only(Role.EMPLOYER)]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        """Every application to the employer's vacancies."""
        return await render(request, Place(request))

    @post("/{application_id:int}/moves", dependencies={"application": Provide(visible_application)})
    async def answer(self, request: HTMXRequest, application: NamedDependency[Application]) -> Response[Any]:
        """A quick answer from a row; it comes back as the row."""
        place, zone = Place(request), await zone_of(application)
        place.chosen = application.id
        form, typed, errors = MoveForm.of(await request.form())
        errors |= form.too_early(zone) if form else {}
        if form is None or errors:
            place.open = moving.OPENS.get(typed["to"], "")
            return await render(request, place, status=422, typed=typed, errors=errors)
        try:
            await moving.make(application, form, zone, by=request.user)
        except (applications.NotPossible, placements.NotPossible) as problem:
            return await render(request, place, status=409, notice=reason_of(problem))
        said = said_of(form, request.user)
        if not wants_fragment(request):
            return go(request, place.address(), said=said)
        return await render(request, place, said=said)


class VacancyInbox(Controller):
    path = "/partner/vacancies/{vacancy_id:int}/applications"
    guards = [only(Role.EMPLOYER)]

    @get()
    async def show(self, request: HTMXRequest, vacancy_id: FromPath[int]) -> Response[str]:
        """The applications to one vacancy."""
        return await render(request, Place(request, vacancy_id))


async def render(
    request: HTMXRequest,
    place: Place,
    *,
    status: int = 200,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    notice: str = "",
    said: str = "",
) -> Response[str]:
    """The inbox, or for an htmx request that names an application only its row."""
    context: dict[str, Any] = {
        "place": place,
        "given": typed,
        "errors": errors or {},
        "notice": notice,
        "said": said,
        "states": STATES,
        "reasons": DECLINE_REASONS,
        "kind_words": moving.KIND_WORDS,
        "said_at": clock.said,
    }
    if place.chosen and wants_fragment(request):
        rows = await rows_of(request.user, place, place.chosen)
        if not rows:
            raise NotFoundException("Lamaran ini tidak ada.")
        # After an answer the heading and the tabs are counted anew, and come along.
        head = summary_of(await _counts(request.user), place) if said else {}
        return page(
            request, "jobs/inbox_row.html", status=status, row=rows[0], **head, **context, fragment=True
        )
    counts = await _counts(request.user)
    if place.vacancy and place.vacancy not in {row["id"] for row in counts}:
        raise NotFoundException("Lowongan ini tidak ada.")
    rows = await rows_of(request.user, place)
    if status != 200 and place.chosen not in {row["id"] for row in rows}:
        # The row that was answered has left this tab; what happened to it is still said.
        rows = [*await rows_of(request.user, place, place.chosen), *rows]
    about = summary_of(counts, place)
    return page(request, "jobs/inbox.html", status=status, **about, rows=rows, **context, fragment=False)


async def _counts(actor: Actor) -> list[dict[str, Any]]:
    """How many applications each vacancy of the employer has in each state, and how many of them are late."""
    return await Application.raw(COUNTS, actor.organisation)


def summary_of(counts: list[dict[str, Any]], place: Place) -> dict[str, Any]:
    """Heading, tabs, pages and the other vacancies, from one row per vacancy and state."""
    mine = [row for row in counts if place.vacancy in (None, row["id"])]
    tabs = []
    for name, (label, states) in TABS.items():
        count = sum(row["applications"] for row in mine if row["state"] in states)
        tabs.append(
            {
                "href": place.address(tab=name, page=1),
                "label": label,
                "count": count,
                "current": name == place.tab,
            }
        )
    todo = TABS["todo"][1]
    vacancies: dict[int, dict[str, Any]] = {}
    for row in counts:
        each = vacancies.setdefault(row["id"], {"id": row["id"], "title": row["title"], "waiting": 0})
        each["waiting"] += row["applications"] if row["state"] in todo else 0
    shown = next(tab["count"] for tab in tabs if tab["current"])
    return {
        "tabs": tabs,
        "waiting": tabs[0]["count"],
        "late": sum(row["late"] for row in mine if row["state"] in todo),
        "vacancies": sorted(vacancies.values(), key=lambda each: -each["waiting"]),
        "vacancy": vacancies.get(place.vacancy) if place.vacancy else None,
        "pages": -(-shown // PER_PAGE),
    }


async def rows_of(actor: Actor, place: Place, application: int | None = None) -> list[dict[str, Any]]:
    """The cards of this tab, longest waiting first where an answer is due; nothing that names anybody."""
    vacancy = Application.vacancy
    query = Application.select(
        Application.id,
        Application.number,
        Application.state,
        Application.card,
        Application.note,
        Application.sent_at,
        Application.moved_at,
        Application.interview_at,
        vacancy._.title.as_alias("title"),
        vacancy._.region.as_alias("region"),
        vacancy._.partner._.address.as_alias("workplace"),
    ).where(applications.scope_of(actor))
    if application:
        query = query.where(Application.id == application)
    else:
        query = query.where(Application.state.is_in([state.value for state in TABS[place.tab][1]]))
    if place.vacancy:
        query = query.where(Application.vacancy == place.vacancy)
    order = Application.sent_at if place.tab == "todo" else Application.moved_at
    query = query.order_by(order, ascending=place.tab == "todo").order_by(Application.id)
    skipped = 0 if application else PER_PAGE * (place.page - 1)
    rows = await query.limit(PER_PAGE).offset(skipped).output(load_json=True)
    for row in rows:
        row["zone"] = clock.zone_of(row["region"])
        row["waited"] = (datetime.now(UTC) - row["sent_at"]).days
        row["late"] = max(0, row["waited"] - LATE_AFTER) if row["state"] in TABS["todo"][1] else 0
        row["steps"] = moving.steps_open_to(actor, row["state"])
        row["typed"] = moving.first_typed(row["workplace"] or "")
    return rows


ROUTES: list = [Inbox, VacancyInbox]

"""An application: following it, moving it, each side on its own page at one address."""

import json
from datetime import UTC, datetime, timezone
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import applications, cards, journeys, moving, placements
from jobs.moving import MoveForm
from jobs.tables import Application, OutsideApplication, State
from jobs.words import DECLINE_REASONS, EMPLOYMENT_TYPES, STATES
from portal import clock
from portal.access import only
from portal.html import go, page, wants_fragment
from portal.people import Actor
from portal.places import regions
from portal.tables import Role

CHANGED = "Keadaan sudah berubah sejak halaman ini dibuka. Ini keadaan terbaru."
LIST_LIMIT = 200


async def visible_application(request: HTMXRequest, application_id: FromPath[int]) -> Application:
    """The application, if this person may see it; other people's are not there."""
    application = await applications.visible_to(request.user).where(Application.id == application_id).first()
    if application is None:
        raise NotFoundException("Lamaran ini tidak ada.")
    return application


class MyApplications(Controller):
    path = "/applications"
    guards = [only(Role.CLIENT)]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        """The client's applications, those that ask something of them first."""
        rows = (
            await Application.select(
                Application.id,
                Application.state,
                Application.sent_at,
                Application.moved_at,
                Application.interview_at,
                Application.vacancy._.title.as_alias("title"),
                Application.vacancy._.employer_name.as_alias("employer"),
                Application.vacancy._.region.as_alias("region"),
            )
            .where(applications.scope_of(request.user))
            .order_by(Application.moved_at, ascending=False)
            .limit(LIST_LIMIT)
        )
        outside = (
            await OutsideApplication.select(
                OutsideApplication.at,
                OutsideApplication.vacancy._.id.as_alias("vacancy"),
                OutsideApplication.vacancy._.title.as_alias("title"),
                OutsideApplication.vacancy._.employer_name.as_alias("employer"),
            )
            .where(OutsideApplication.client == request.user.client)
            .order_by(OutsideApplication.at, ascending=False)
            .limit(LIST_LIMIT)
        )
        for row in rows:
            row["zone"] = clock.zone_of(row["region"])
        groups = [
            ("turn", "Giliran Anda", [row for row in rows if asks_something(row)]),
            (
                "waiting",
                "Menunggu jawaban",
                [row for row in rows if row["state"] in applications.OPEN and not asks_something(row)],
            ),
            ("settled", "Selesai", [row for row in rows if row["state"] not in applications.OPEN]),
        ]
        return page(
            request,
            "jobs/applications.html",
            groups=groups,
            outside=outside,
            states=STATES,
            said_at=clock.said,
        )


def asks_something(row: dict[str, Any]) -> bool:
    """Whether it is the client's turn: an offer, or an interview that is still to come."""
    at = row["interview_at"]
    return row["state"] == State.OFFERED or (
        row["state"] == State.INTERVIEW and (at is None or at >= datetime.now(UTC))
    )


class Applications(Controller):
    path = "/applications/{application_id:int}"
    dependencies = {"application": Provide(visible_application)}

    @get()
    async def show(self, request: HTMXRequest, application: NamedDependency[Application]) -> Response[str]:
        """The page of an application; `open` in its address names the answer form to show."""
        return await render(request, application, open=request.query_params.get("open", ""))

    @post("/moves")
    async def move(self, request: HTMXRequest, application: NamedDependency[Application]) -> Response[Any]:
        """Moves the application from the state the person saw."""
        zone = await zone_of(application)
        form, typed, errors = MoveForm.of(await request.form())
        errors |= form.too_early(zone) if form else {}
        if form is None or errors:
            return await render(
                request, application, open=typed["to"], status=422, typed=typed, errors=errors
            )
        try:
            await moving.make(application, form, zone, by=request.user)
        except (applications.NotPossible, placements.NotPossible) as problem:
            await application.refresh()
            return await render(request, application, status=409, notice=reason_of(problem))
        said = said_of(form, request.user)
        if not wants_fragment(request):
            return go(request, f"/applications/{application.id}", said=said)
        await application.refresh()
        return await render(request, application, said=said)


def reason_of(problem: Exception) -> str:
    """The sentence of a refusal, or that somebody was faster: only sentences end with a full stop."""
    text = str(problem)
    return text if text.endswith(".") else CHANGED


def said_of(form: MoveForm, actor: Actor) -> str:
    if form.to == State.SENT and actor.role != Role.EMPLOYER:
        return "Lamaran terkirim lagi."
    return "Sudah diurungkan." if form.back else moving.SAID[form.to]


async def zone_of(application: Application) -> timezone:
    """The clock of the workplace."""
    [row] = await Application.select(Application.vacancy._.region.as_alias("region")).where(
        Application.id == application.id
    )
    return clock.zone_of(row["region"])


async def render(
    request: HTMXRequest,
    application: Application,
    *,
    status: int = 200,
    open: str = "",
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    notice: str = "",
    said: str = "",
) -> Response[str]:
    """The application as its reader may see it. What the other side keeps to itself never reaches a template."""
    actor = request.user
    about = await about_of(application, actor)
    zone = clock.zone_of(about["region"])
    state = State(application.state)
    steps = moving.steps_open_to(actor, state)
    asked = moving.OPENS.get(open)
    context: dict[str, Any] = {
        "id": application.id,
        "number": application.number,
        "state": state.value,
        "state_label": STATES[state],
        "about": about,
        "steps": steps,
        "path": await journeys.path_of(application, about["person"], actor, zone),
        "interview": interview_of(application, zone),
        "decline": decline_of(application),
        "card": json.loads(application.card),
        "note": application.note,
        "open": asked if asked in {step.to for step in steps if step.asks} else "",
        "typed": typed or moving.first_typed(about.get("workplace") or ""),
        "errors": errors or {},
        "notice": notice,
        "said": said,
        "fragment": wants_fragment(request),
        "reasons": DECLINE_REASONS,
        "clock": zone.tzname(None),
    }
    if actor.role == Role.EMPLOYER:
        context["identity"] = await cards.identity_of(application)
        context["employer_note"] = application.employer_note
        context["kind_words"] = moving.KIND_WORDS
        return page(request, "jobs/candidate.html", "state", "moves", status=status, **context)
    context["clients_own"] = actor.role == Role.CLIENT
    context["withdrawal_note"] = application.withdrawal_note
    context["agreement"] = application.agreement
    return page(request, "jobs/application.html", "state", "moves", status=status, **context)


async def about_of(application: Application, actor: Actor) -> dict[str, Any]:
    """The vacancy behind the application, the candidate's person id, and for their own office their name."""
    vacancy = Application.vacancy
    columns = [
        vacancy._.id.as_alias("vacancy"),
        vacancy._.title.as_alias("title"),
        vacancy._.employer_name.as_alias("employer"),
        vacancy._.region.as_alias("region"),
        vacancy._.employment_type.as_alias("employment_type"),
        vacancy._.wage_min.as_alias("wage_min"),
        vacancy._.wage_max.as_alias("wage_max"),
        vacancy._.wage_shown.as_alias("wage_shown"),
        Application.client._.person.as_alias("person"),
    ]
    if actor.role == Role.EMPLOYER:
        columns.append(vacancy._.partner._.address.as_alias("workplace"))
    if actor.is_staff:
        columns += [
            Application.client._.id.as_alias("client"),
            Application.client._.person._.name.as_alias("name"),
        ]
    [row] = await Application.select(*columns).where(Application.id == application.id)
    place = regions().get(row["region"] or "")
    row["type_label"] = EMPLOYMENT_TYPES.get(row["employment_type"] or "")
    return {**row, "place": place.name if place else ""}


def interview_of(application: Application, zone: timezone) -> dict[str, Any] | None:
    """When and where, while there is an interview to come to or one behind them."""
    if State(application.state) not in applications.IDENTIFIED or application.interview_at is None:
        return None
    return {
        "when": clock.said(application.interview_at, zone),
        "where": application.interview_place,
        "past": application.interview_at < datetime.now(UTC),
    }


def decline_of(application: Application) -> dict[str, str] | None:
    """The reason and the kind words, while they stand."""
    if application.state != State.DECLINED:
        return None
    return {
        "reason": DECLINE_REASONS.get(application.decline_reason or "", ""),
        "message": application.decline_message,
    }


ROUTES: list = [MyApplications, Applications]

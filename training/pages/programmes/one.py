"""One course for staff: what it is, and which of their clients are on the way to it."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal import clients
from portal.access import STAFF
from portal.forms import number_in
from portal.html import go, on, page
from portal.tables import Client, Person
from training import enrolments, programmes
from training.pages.programmes import shown
from training.pages.programmes.editing import own_programme
from training.tables import EnrolmentState, Programme
from training.words import ENROLMENT_STATES

COLOURS = {EnrolmentState.INTERESTED: "next", EnrolmentState.REGISTERED: "ok", EnrolmentState.FINISHED: "ok"}


async def readable_programme(request: HTMXRequest, programme_id: FromPath[int]) -> Programme:
    programme = await programmes.visible_to(request.user).where(Programme.id == programme_id).first()
    if programme is None:
        raise NotFoundException("Pelatihan ini tidak ada.")
    return programme


class OneProgramme(Controller):
    path = "/programmes/{programme_id:int}"
    guards = [STAFF]

    @get(dependencies={"programme": Provide(readable_programme)})
    async def show(self, request: HTMXRequest, programme: NamedDependency[Programme]) -> Response[str]:
        rows = await enrolments.in_programme(programme.id, request.user)
        today = date.today()
        label, colour = shown.state(programme.to_dict(), today)
        open_now = programmes.beginnable(programme, today)
        return page(
            request,
            "training/programme.html",
            programme=programme,
            label=label,
            colour=colour,
            facts=shown.facts(programme, to_staff=True),
            skills=shown.skills(await programmes.skills_of(programme.id)),
            shown_as=programmes.provider_shown(programme.provider_kind, programme.provider),
            may_edit=programmes.may_edit(programme, request.user),
            people=[enrolled(row, request.user) for row in rows],
            client=await _looked_at(request, rows) if open_now else None,
        )

    @post("/closure", status_code=200, dependencies={"programme": Provide(own_programme)})
    async def close(self, request: HTMXRequest, programme: NamedDependency[Programme]) -> Response[Any]:
        await programmes.close(programme, by=request.user)
        return go(
            request, f"/programmes/{programme.id}", said="Pelatihan ditutup. Klien tidak melihatnya lagi."
        )

    @post("/closure/ending", status_code=200, dependencies={"programme": Provide(own_programme)})
    async def reopen(self, request: HTMXRequest, programme: NamedDependency[Programme]) -> Response[Any]:
        await programmes.reopen(programme, by=request.user)
        return go(request, f"/programmes/{programme.id}", said="Pelatihan dibuka lagi.")


async def _looked_at(request: HTMXRequest, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Id and name of the client whom the reader comes from, while they are not on the way to this course yet."""
    chosen = number_in(request.query_params.get("client", ""))
    if chosen is None or chosen in [row["client"] for row in rows]:
        return None
    client = await clients.visible_to(request.user).where(Client.id == chosen).first()
    if client is None or client.closed_on:
        return None
    [row] = await Person.select(Person.name).where(Person.id == client.person)
    return {"id": client.id, "name": row["name"]}


def enrolled(row: dict[str, Any], actor: Any) -> dict[str, Any]:
    """One client's way to a course with the steps that this reader may take next."""
    state = EnrolmentState(row["state"])
    return {
        **row,
        "label": ENROLMENT_STATES[state],
        "colour": COLOURS.get(state, ""),
        "since": on(row["moved_at"]),
        "moves": [to.value for to in enrolments.moves_open_to(actor, state)],
    }


ROUTES: list = [OneProgramme]

"""One placement as its timeline, and work begun outside the portal."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import placements
from jobs.pages.asked import id_in
from jobs.pages.placements.forms import USUAL, EndForm, WorkForm, choices
from jobs.placements import EVIDENCE
from jobs.tables import CheckIn, FindingSource, Placement
from jobs.words import END_REASONS, FINDING_SOURCES, FINDINGS
from portal.access import STAFF
from portal.html import go, page
from portal.once import new_key, once
from portal.pages.clients import visible_client
from portal.tables import Client, Person
from training.vocabulary import vocabulary
from training.words import WORK_KINDS


async def visible_placement(request: HTMXRequest, placement_id: FromPath[int]) -> Placement:
    placement = await placements.visible_to(request.user).where(Placement.id == placement_id).first()
    if placement is None:
        raise NotFoundException("Penempatan ini tidak ada di kantor Anda.")
    return placement


class Placements(Controller):
    """One placement, its check-ins and its end."""

    path = "/placements/{placement_id:int}"
    guards = [STAFF]
    dependencies = {"placement": Provide(visible_placement)}

    @get()
    async def show(self, request: HTMXRequest, placement: NamedDependency[Placement]) -> Response[str]:
        return await placement_page(request, placement, open_id=id_in(request, "open"))

    @post("/ending", status_code=200)
    async def end(self, request: HTMXRequest, placement: NamedDependency[Placement]) -> Response[Any]:
        form, typed, errors = EndForm.of(await request.form())
        if form:
            errors = dict(form.against(placement))
        if form is None or errors:
            return await placement_page(request, placement, status=422, ending=typed, ending_errors=errors)
        address = f"/placements/{placement.id}"

        async def make() -> str:
            await placements.end(placement.id, form.ended_on, form.end_reason, by=request.user)
            return address

        try:
            return go(request, await once(form.once, make, by=request.user), said="Akhir kerja tercatat.")
        except placements.NotPossible as problem:
            await placement.refresh()
            return await placement_page(request, placement, status=409, problem=str(problem))

    @post("/ending-undo", status_code=200)
    async def take_back_end(
        self, request: HTMXRequest, placement: NamedDependency[Placement]
    ) -> Response[Any]:
        try:
            await placements.take_back_end(placement.id, by=request.user)
        except placements.NotPossible as problem:
            return await placement_page(request, placement, status=409, problem=str(problem))
        return go(request, f"/placements/{placement.id}", said="Akhir kerja diurungkan.")


class ClientPlacements(Controller):
    """Work a client found or made without the portal: it counts the same."""

    path = "/clients/{client_id:int}/placements/new"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @get()
    async def new(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[str]:
        return await work_page(request, client, {"started_on": date.today().isoformat()}, {})

    @post(status_code=200)
    async def create(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[Any]:
        form, typed, errors = WorkForm.of(await request.form())
        if form:
            errors = dict(form.against(client))
        if form is None or errors:
            return await work_page(request, client, typed, errors, status=422)

        async def make() -> str:
            placement = await placements.begin_work(
                client.id,
                by=request.user,
                started_on=form.started_on,
                kind=form.kind,
                employer_name=form.employer_name,
                title=form.title,
                occupation=form.occupation_id,
                wage=form.wage,
            )
            return f"/placements/{placement.id}"

        address = await once(form.once, make, by=request.user)
        return go(request, address, said="Pekerjaan tercatat. Jadwal cek kerja sudah dibuat.")


async def work_page(
    request: HTMXRequest, client: Client, typed: dict[str, Any], errors: dict[str, str], status: int = 200
) -> Response[str]:
    [person] = await Person.select(Person.name).where(Person.id == client.person)
    return page(
        request,
        "jobs/placement_new.html",
        status=status,
        client=client,
        who=person["name"],
        kinds=list(WORK_KINDS.items()),
        typed=typed,
        errors=errors,
        key=new_key(),
    )


async def placement_page(
    request: HTMXRequest, placement: Placement, status: int = 200, **more: Any
) -> Response[str]:
    """The path of a placement; `open_id` is the check-in whose form is open, `ending` what was typed about its end."""
    client = placement.client
    [who] = await Client.select(
        Client.id,
        Client.person.name.as_alias("name"),
        Client.contact_note,
        Client.person.phone.as_alias("phone"),
    ).where(Client.id == client)
    rows = (
        await CheckIn.select(*CheckIn.all_columns(), CheckIn.done_by.name.as_alias("by"))
        .where(CheckIn.placement == placement.id)
        .order_by(CheckIn.day)
    )
    ending = await placements.last_end(placement)
    trade = vocabulary().occupations.get(placement.occupation or "")
    blank: dict[str, Any] = {
        "open_id": None,
        "typed": USUAL,
        "errors": {},
        "problem": "",
        "ending": {"ended_on": date.today().isoformat()},
        "ending_errors": {},
    }
    return page(
        request,
        "jobs/placement.html",
        status=status,
        **{**blank, **more},
        **choices(),
        placement=placement,
        client=who,
        kind=WORK_KINDS[placement.kind],
        trade=trade.label if trade else None,
        end_reason=END_REASONS.get(placement.end_reason or ""),
        check_ins=rows,
        evidence={
            source.value: (EVIDENCE[source], FINDING_SOURCES[source].lower()) for source in FindingSource
        },
        labels=FINDINGS,
        view="placement",
        day=date.today(),
        may_take_back=ending is not None and placements.may_take_back(ending, request.user),
    )

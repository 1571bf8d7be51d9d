"""Hari ini: the check-ins that are due, recorded in place one after the other."""

from datetime import date
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import due, placements
from jobs.due import Agenda, Scope
from jobs.pages.asked import id_in
from jobs.pages.placements.forms import USUAL, FindingForm, choices
from jobs.pages.placements.work import placement_page
from jobs.tables import CheckIn, Finding, Placement
from jobs.words import FINDINGS
from portal.access import STAFF
from portal.html import go, page, wants_fragment
from portal.once import once
from portal.people import Actor

ON_PLACEMENT = "placement"
"""The view a form was sent from, beside the two scopes of the list."""


async def visible_check_in(request: HTMXRequest, check_in_id: FromPath[int]) -> CheckIn:
    """A check-in of a placement this person may see; another office's is as unknown as none."""
    found = await CheckIn.objects(CheckIn.placement).get(CheckIn.id == check_in_id)
    seen = placements.visible_to(request.user)
    if found is None or not await seen.where(Placement.id == found.placement.id).first():
        raise NotFoundException("Cek kerja ini tidak ada di kantor Anda.")
    return found


class Due(Controller):
    """The first page of a caseworker's day."""

    path = "/due"
    guards = [STAFF]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        scope = _scope(request.query_params.get("scope"))
        agenda = await _agenda(request, scope)
        asked = id_in(request, "open")
        # The day begins with the first one open; an address that names none on purpose leaves all closed.
        first = next((row["id"] for row in agenda.late + agenda.today), None)
        opened = asked if "open" in request.query_params else first
        return due_page(request, agenda, scope, opened, focus=asked is not None)


class CheckIns(Controller):
    """One check-in: what was found, and taking that back."""

    path = "/check-ins/{check_in_id:int}"
    guards = [STAFF]
    dependencies = {"check_in": Provide(visible_check_in)}

    @post("/findings", status_code=200)
    async def record(self, request: HTMXRequest, check_in: NamedDependency[CheckIn]) -> Response[Any]:
        sent = await request.form()
        form, typed, errors = FindingForm.of(sent)
        view = str(sent.get("view", ""))
        if form and not errors:
            errors = dict(form.against(check_in.placement))
        if form is None or errors:
            return await _again(request, check_in, view, 422, typed=typed, errors=errors)

        async def make() -> str:
            await placements.answer(
                check_in,
                form.finding,
                by=request.user,
                source=None if form.finding == Finding.UNREACHABLE else form.source,
                note=form.note,
                end_reason=form.end_reason,
                ended_on=form.ended_on,
            )
            return "/due"

        try:
            await once(form.once, make, by=request.user)
        except placements.NotPossible as problem:
            return await _again(request, check_in, view, 409, problem=str(problem))
        return await _onward(request, check_in, view, f"Tercatat: {FINDINGS[form.finding].lower()}.")

    @post("/finding-undo", status_code=200)
    async def take_back(self, request: HTMXRequest, check_in: NamedDependency[CheckIn]) -> Response[Any]:
        view = str((await request.form()).get("view", ""))
        try:
            await placements.take_back_answer(check_in, by=request.user)
        except placements.NotPossible as problem:
            return await _again(request, check_in, view, 409, problem=str(problem))
        return await _onward(request, check_in, view, "Catatan diurungkan.", to=check_in.id)


async def _onward(
    request: HTMXRequest, check_in: CheckIn, view: str, said: str, to: int | None = None
) -> Response[Any]:
    """After a change: the list with the next one open, as a fragment or by a redirect; or back to the placement."""
    if view == ON_PLACEMENT:
        return go(request, f"/placements/{check_in.placement.id}", said=said)
    scope = _scope(view)
    agenda = await _agenda(request, scope)
    to = to or agenda.after(check_in.due_on, check_in.id)
    address = f"/due?scope={scope}" + (f"&open={to}" if to else "")
    if not wants_fragment(request):
        return go(request, address, said=said)
    response = due_page(request, agenda, scope, to, said=said)
    response.headers["HX-Replace-Url"] = address
    if to:
        # On a phone the next form would otherwise stand where the button was, with the name out of sight.
        response.headers["HX-Reswap"] = f"outerHTML show:#due-{to}:top"
    return response


async def _again(
    request: HTMXRequest,
    check_in: CheckIn,
    view: str,
    status: int,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    problem: str = "",
) -> Response[str]:
    """The page the form was sent from, fresh: with the form as it was typed, or with what became of the check-in."""
    more = {"typed": typed or USUAL, "errors": errors or {}, "problem": problem}
    open_id = check_in.id if typed else None
    if view == ON_PLACEMENT:
        placement = await Placement.objects().get(Placement.id == check_in.placement.id)
        assert placement
        return await placement_page(request, placement, status=status, open_id=open_id, **more)
    scope = _scope(view)
    return due_page(request, await _agenda(request, scope), scope, open_id, status=status, **more)


def due_page(
    request: HTMXRequest,
    agenda: Agenda,
    scope: Scope,
    open_id: int | None,
    status: int = 200,
    **more: Any,
) -> Response[str]:
    """The list; `open_id` is the check-in whose form is open."""
    return page(
        request,
        "jobs/due.html",
        "due",
        "said",
        status=status,
        **{"typed": USUAL, "errors": {}, "problem": "", "said": "", "focus": True, **more},
        **choices(),
        agenda=agenda,
        scope=scope,
        view=scope.value,
        scopes=[(Scope.MINE, "Klien saya"), (Scope.OFFICE, "Seluruh kantor")],
        open_id=open_id,
        day=date.today(),
    )


def _scope(text: str | None) -> Scope:
    return Scope.OFFICE if text == Scope.OFFICE else Scope.MINE


async def _agenda(request: Request, scope: Scope) -> Agenda:
    by: Actor = request.user
    return await due.agenda(by, scope, date.today())

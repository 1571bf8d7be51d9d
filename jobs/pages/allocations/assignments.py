"""One client in an allocation: another vacancy, none, or off to the client."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import allocations
from jobs.allocation import showing
from jobs.allocation.showing import Choice
from jobs.pages.allocations.forms import AssignmentForm, SendingForm
from jobs.pages.allocations.pages import allocation_page, names_of, onward, suffix_of, visible_allocation
from jobs.pages.allocations.wording import points, title, told
from jobs.tables import Allocation, Assignment
from portal.access import STAFF
from portal.html import page


async def visible_assignment(
    request: HTMXRequest, allocation_id: FromPath[int], assignment_id: FromPath[int]
) -> tuple[Allocation, Assignment]:
    """Both by one dependency, because two of the same depth would share a transaction at once."""
    allocation = await visible_allocation(request, allocation_id)
    found = await Assignment.objects().get(
        (Assignment.id == assignment_id) & (Assignment.allocation == allocation.id)
    )
    if found is None:
        raise NotFoundException("Usulan ini tidak ada di pembagian ini.")
    return allocation, found


class Assignments(Controller):
    path = "/allocations/{allocation_id:int}/assignments/{assignment_id:int}"
    guards = [STAFF]
    dependencies = {"both": Provide(visible_assignment)}

    @get()
    async def edit(
        self, request: HTMXRequest, both: NamedDependency[tuple[Allocation, Assignment]]
    ) -> Response[str]:
        if await allocations.has_moved(both[1]):
            raise NotFoundException(allocations.MOVED)
        return await _edit_page(request, *both)

    @post(status_code=200)
    async def put(
        self, request: HTMXRequest, both: NamedDependency[tuple[Allocation, Assignment]]
    ) -> Response[Any]:
        allocation, assignment = both
        form, typed, errors = AssignmentForm.of(await request.form())
        if await allocations.has_moved(assignment):
            return await _moved_page(request, allocation, assignment)
        choices = await showing.choices(allocation, assignment) if form and form.vacancy else []
        wanted = form.vacancy if form else None
        found = next((each.match for each in choices if each.document.id == wanted), None)
        if form and form.vacancy and found is None:
            errors["vacancy"] = "Lowongan ini tidak ada lagi dalam daftar klien. Pilih yang lain."
        if form is None or errors:
            return await _edit_page(request, allocation, assignment, typed, errors, status=422)
        try:
            await allocations.put(assignment, found, form.version, by=request.user)
        except allocations.Changed as problem:
            return await allocation_page(
                request, allocation, status=409, problems={assignment.id: str(problem)}, shown=assignment.id
            )
        except allocations.NotPossible as problem:
            errors = {"vacancy": str(problem)}
            return await _edit_page(request, allocation, assignment, typed, errors, status=409)
        return await onward(
            request, allocation, "Usulan diubah." if found else "Usulan diambil dari pembagian."
        )

    @post("/proposal", status_code=200)
    async def send(
        self, request: HTMXRequest, both: NamedDependency[tuple[Allocation, Assignment]]
    ) -> Response[Any]:
        allocation, assignment = both
        form, _, errors = SendingForm.of(await request.form())
        if form is None:
            return await allocation_page(
                request,
                allocation,
                status=422,
                problems={assignment.id: errors["version"]},
                shown=assignment.id,
            )
        try:
            await allocations.send(assignment, form.version, by=request.user)
        except allocations.NotPossible as problem:
            return await allocation_page(
                request, allocation, status=409, problems={assignment.id: str(problem)}, shown=assignment.id
            )
        return await onward(request, allocation, "Usulan terkirim kepada klien.", assignment.id)


async def _moved_page(request: HTMXRequest, allocation: Allocation, assignment: Assignment) -> Response[str]:
    problems = {assignment.id: allocations.MOVED}
    return await allocation_page(request, allocation, status=409, problems=problems, shown=assignment.id)


async def _edit_page(
    request: HTMXRequest,
    allocation: Allocation,
    assignment: Assignment,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> Response[str]:
    line = told(await showing.line(assignment), request.user)
    choices = await showing.choices(allocation, assignment) if line["may_edit"] else []
    [names] = (await names_of([allocation])).values()
    return page(
        request,
        "jobs/assignment.html",
        status=status,
        allocation=allocation,
        title=title(allocation, **names),
        line=line,
        chosen=(typed or {}).get("vacancy") or str(line["vacancy"] or ""),
        choices=[_shown(each) for each in choices],
        suffix=suffix_of(request),
        errors=errors or {},
    )


def _shown(choice: Choice) -> dict[str, Any]:
    held = [each for each in choice.reasons if not each.lacks][:2]
    return {
        "id": choice.document.id,
        "title": choice.document.title,
        "employer": choice.document.employer,
        "points": points(choice.match.score),
        "left": choice.left,
        "reasons": held + [each for each in choice.reasons if each.lacks][:1],
    }

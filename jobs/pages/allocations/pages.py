"""The allocations of an office, and one of them with what became of each line."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import allocations
from jobs.allocation import showing
from jobs.pages.allocations.wording import STATES, comparison, title, told
from jobs.tables import Allocation, AssignmentState
from portal.access import STAFF
from portal.forms import number_in
from portal.html import go, page, wants_fragment
from portal.people import Actor
from portal.tables import Organisation, Person

LISTED = 50
"""Allocations in the list, the newest; older ones are found by their address."""


async def visible_allocation(request: HTMXRequest, allocation_id: FromPath[int]) -> Allocation:
    found = await allocations.visible_to(request.user).where(Allocation.id == allocation_id).first()
    if found is None:
        raise NotFoundException("Pembagian ini tidak ada di kantor Anda.")
    return found


class Allocations(Controller):
    path = "/allocations"
    guards = [STAFF]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        rows = (
            await allocations.visible_to(request.user).order_by(Allocation.id, ascending=False).limit(LISTED)
        )
        names = await names_of(rows)
        return page(
            request,
            "jobs/allocations.html",
            rows=[{"row": each, "title": title(each, **names[each.id]), **names[each.id]} for each in rows],
        )

    @get("/{allocation_id:int}", dependencies={"allocation": Provide(visible_allocation)})
    async def one(self, request: HTMXRequest, allocation: NamedDependency[Allocation]) -> Response[str]:
        return await allocation_page(request, allocation)

    @post(
        "/{allocation_id:int}/proposals",
        status_code=200,
        dependencies={"allocation": Provide(visible_allocation)},
    )
    async def send(self, request: HTMXRequest, allocation: NamedDependency[Allocation]) -> Response[Any]:
        """Everything that is ready; what cannot be sent stays, and says why."""
        sent, problems, waiting = await allocations.send_all(allocation, by=request.user)
        said = f"{sent} usulan terkirim." if sent else "Tidak ada yang dikirim."
        if waiting:
            said += f" {waiting} lagi menunggu: kirim sekali lagi."
        if problems:
            return await allocation_page(request, allocation, status=409, problems=dict(problems), said=said)
        return await onward(request, allocation, said)


async def onward(
    request: HTMXRequest, allocation: Allocation, said: str, shown: int | None = None
) -> Response[Any]:
    """After a change: the fresh page, as a fragment or by a redirect."""
    if wants_fragment(request):
        return await allocation_page(request, allocation, said=said, shown=shown)
    return go(request, f"/allocations/{allocation.id}{suffix_of(request)}", said=said)


def suffix_of(request: HTMXRequest) -> str:
    """What an address says of the page of the list that the person reads; nothing for the first."""
    number = number_in(request.query_params.get("page", "")) or 1
    return f"?page={number}" if number > 1 else ""


async def allocation_page(
    request: HTMXRequest,
    allocation: Allocation,
    *,
    status: int = 200,
    problems: dict[int, str] | None = None,
    said: str = "",
    shown: int | None = None,
) -> Response[str]:
    """`problems` are why lines, by their id, are still as they were; `shown` is the line to look at."""
    by: Actor = request.user
    pages = max(1, -(-allocation.clients // showing.PAGE))
    number = min(number_in(request.query_params.get("page", "")) or 1, pages)
    counts = await showing.counts(allocation.id)
    lines = await showing.lines(allocation.id, number)
    [names] = (await names_of([allocation])).values()
    response = page(
        request,
        "jobs/allocation.html",
        "allocation",
        "said",
        status=status,
        allocation=allocation,
        title=title(allocation, **names),
        **names,
        figures=comparison(allocation),
        counts=[(STATES[state], counts[state]) for state in STATES if counts.get(state)],
        ready=counts.get(AssignmentState.OPEN, 0) + counts.get(AssignmentState.EDITED, 0),
        lines=[told(each, by) for each in lines],
        problems=problems or {},
        said=said,
        number=number,
        pages=pages,
        suffix=suffix_of(request),
        address_of_page=lambda other: f"/allocations/{allocation.id}?page={other}",
    )
    if wants_fragment(request):
        # On a phone what was changed, or went wrong, would otherwise be out of sight.
        response.headers["HX-Reswap"] = (
            f"outerHTML show:{f'#assignment-{shown}' if shown else '#allocation'}:top"
        )
    return response


async def names_of(rows: list[Allocation]) -> dict[int, dict[str, str]]:
    """Who made each, and for which office."""
    people = await Person.select(Person.id, Person.name).where(
        Person.id.is_in([each.made_by for each in rows] or [0])
    )
    places = await Organisation.select(Organisation.id, Organisation.name).where(
        Organisation.id.is_in([each.office for each in rows] or [0])
    )
    makers = {each["id"]: each["name"] for each in people}
    offices = {each["id"]: each["name"] for each in places}
    return {each.id: {"maker": makers[each.made_by], "office": offices[each.office]} for each in rows}

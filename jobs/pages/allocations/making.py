"""A new allocation: whose clients, how low, how far."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.plugins.htmx import HTMXRequest

from jobs import allocations
from jobs.allocation.computing import Busy
from jobs.allocation.pool import MOST_CLIENTS, eligible
from jobs.pages.allocations.forms import USUAL, AllocationForm
from jobs.pages.allocations.wording import WHOSE
from jobs.pages.asked import id_in
from jobs.tables import AllocationOf
from portal import offices
from portal.access import STAFF
from portal.html import go, page
from portal.once import new_key, once
from portal.people import Actor
from portal.tables import Role

MOST_LISTED = 300
"""Clients to tick one by one; whoever wants more takes the whole office."""
BUSY = "Pembagian lain sedang dihitung. Tunggu sebentar, lalu kirim lagi."


class NewAllocation(Controller):
    path = "/allocations/new"
    guards = [STAFF]

    @get()
    async def form(self, request: HTMXRequest) -> Response[str]:
        office = await _office(request)
        own = {} if request.user.role == Role.STAFF else {"whose": AllocationOf.OFFICE.value}
        return await _form_page(request, office, USUAL | own, {}, new_key())

    @post(status_code=200)
    async def create(self, request: HTMXRequest) -> Response[Any]:
        office, by = await _office(request), request.user
        form, typed, errors = AllocationForm.of(await request.form())
        key = typed["once"] or new_key()
        ids: list[int] = []
        if form:
            ids = await _clients(form, office, by)
            if problem := _too_few_or_many(form.whose, by, len(ids)):
                errors["whose"] = problem
        if form is None or errors:
            return await _form_page(request, office, typed, errors, key, status=422)

        async def make() -> str:
            made = await allocations.make(
                office,
                ids,
                form.whose,
                floor=form.floor,
                reach_km=form.reach_km,
                name=form.name,
                note=form.note,
                by=by,
            )
            return f"/allocations/{made.id}"

        try:
            return go(
                request,
                await once(form.once, make, by=by),
                said="Pembagian selesai dihitung. Belum ada yang dikirim.",
            )
        except Busy:
            return await _form_page(request, office, typed, {"busy": BUSY}, key, status=409)


async def _office(request: HTMXRequest) -> int:
    """One's own office; an administrator may ask for any, and an unknown one is their own."""
    by: Actor = request.user
    asked = id_in(request, "office") if by.role == Role.ADMINISTRATOR else None
    found = await offices.find(asked) if asked else None
    return found.id if found else by.organisation


async def _clients(form: AllocationForm, office: int, by: Actor) -> list[int]:
    """Ids in the order of waiting; ids of another office, or of whom nothing can be proposed to, are as unknown as none."""
    rows = await eligible(
        office,
        caseworker=by.person if form.whose == AllocationOf.MINE else None,
        chosen=form.clients if form.whose == AllocationOf.CHOSEN else None,
    )
    return [row["id"] for row in rows]


def _too_few_or_many(whose: AllocationOf, by: Actor, count: int) -> str | None:
    if whose == AllocationOf.MINE and by.role != Role.STAFF:
        return "Administrator tidak mendampingi klien. Pilih seluruh kantor, atau pilih sendiri."
    if not count:
        return "Tidak ada klien yang bisa diusulkan: berumur 18 tahun, punya profil, tidak dijeda, dan belum bekerja."
    if count > MOST_CLIENTS:
        return f"Paling banyak {MOST_CLIENTS} klien sekaligus. Pilih klien sendiri dari daftar."
    return None


async def _form_page(
    request: HTMXRequest,
    office: int,
    typed: dict[str, Any],
    errors: dict[str, str],
    key: str,
    status: int = 200,
) -> Response[str]:
    people = await eligible(office)
    administers = request.user.role == Role.ADMINISTRATOR
    return page(
        request,
        "jobs/allocation_new.html",
        status=status,
        office=office,
        offices=await offices.overview() if administers else [],
        whose=[
            (value, label)
            for value, label in WHOSE.items()
            if not (administers and value == AllocationOf.MINE)
        ],
        people=[(row["id"], row["name"]) for row in people[:MOST_LISTED]],
        total=len(people),
        most=MOST_LISTED,
        typed=typed,
        errors=errors,
        key=key,
    )

"""The fairness report and whether lists are evened."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from litestar import Controller, Response, get, post
from litestar.plugins.htmx import HTMXRequest

from jobs.fairness import bounds, reports
from jobs.fairness.tables import Evened
from portal.access import only
from portal.forms import Form
from portal.html import go, page
from portal.once import new_key, once
from portal.tables import Role

ATTRIBUTES = {"sex": "Jenis kelamin", "age": "Umur", "disability": "Disabilitas"}
CHOICES = [("off", "Tidak diratakan"), ("sex", "Menurut jenis kelamin"), ("age", "Menurut umur")]
WIDTHS = [(str(each), f"{each} poin persen") for each in bounds.BOUNDS]


class CountForm(Form):
    """Nothing but its one-time key."""


class BoundForm(Form):
    messages: ClassVar[dict[str, str]] = {
        "attribute": "Pilih apakah daftar diratakan.",
        "bound": "Pilih seberapa jauh porsi boleh berbeda.",
    }
    attribute: Literal["off", "sex", "age"]
    bound: int = bounds.BOUNDS[1]

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("bound", bounds.BOUNDS[1]) not in bounds.BOUNDS:
            yield "bound", cls.messages["bound"]


class Fairness(Controller):
    path = "/fairness"
    guards = [only(Role.ADMINISTRATOR)]

    @get()
    async def show(self, request: HTMXRequest) -> Response[Any]:
        return await render(request)

    @post("/reports", status_code=200)
    async def count(self, request: HTMXRequest) -> Response[Any]:
        async def make() -> str:
            await reports.make(by=request.user)
            return "/fairness"

        form, _, _ = CountForm.of(await request.form())
        assert form
        try:
            address = await once(form.once, make, by=request.user)
        except reports.Busy:
            return go(
                request, "/fairness", said="Laporan sedang dihitung. Muat ulang halaman ini sebentar lagi."
            )
        return go(request, address, said="Laporan dihitung ulang.")

    @post("/bounds", status_code=200)
    async def put(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = BoundForm.of(await request.form())
        if form is None:
            return await render(request, typed, errors, status=422)
        if form.attribute == "off":
            await bounds.put(None, None, by=request.user)
            return go(request, "/fairness", said="Daftar tidak diratakan lagi.")
        await bounds.put(Evened(form.attribute), form.bound, by=request.user)
        return go(request, "/fairness", said="Daftar diratakan mulai sekarang.")


async def render(
    request: HTMXRequest,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[Any]:
    report, set_to = await reports.newest(), await bounds.current()
    now = {
        "attribute": set_to.attribute if set_to else "off",
        "bound": str(set_to.bound if set_to else bounds.BOUNDS[1]),
    }
    return page(
        request,
        "jobs/fairness.html",
        status=status,
        made_at=report.made_at if report else None,
        figures=shown(json.loads(report.figures)) if report else None,
        attributes=ATTRIBUTES,
        set_to=set_to,
        history=await bounds.history(),
        choices=CHOICES,
        widths=WIDTHS,
        percent=percent,
        decimal=decimal,
        key=new_key(),
        typed=typed or now,
        errors=errors or {},
    )


def shown(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of a report; in one of an earlier version costs were told of small groups too."""
    for attribute, cost in figures["costs"].items():
        groups = figures["attributes"][attribute]["groups"]
        cost.setdefault("hidden", any(group["hidden"] for group in groups))
    return figures


def percent(share: float) -> str:
    return f"{round(100 * share)}%"


def decimal(value: float, places: int = 2) -> str:
    """1,07"""
    return f"{value:z.{places}f}".replace(".", ",")

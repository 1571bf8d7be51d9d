"""The list of clients, and the form that adds one."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.plugins.htmx import HTMXRequest

from jobs import caseload
from jobs.caseload import MOST_FOUND, Case, Standing
from jobs.pages.clients.forms import TAKEN, RegistrationForm, SearchForm
from jobs.pages.clients.wording import STANDINGS, line
from portal import clients
from portal.access import STAFF
from portal.accounts import Taken
from portal.forms import number_in
from portal.html import go, page
from portal.once import new_key, once
from portal.people import Actor
from portal.places import province_options
from portal.tables import Organisation, Role

LAST_PAGE = 10_000


class Caseload(Controller):
    path = "/clients"
    guards = [STAFF]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        """`whose` is mine (of a caseworker, unless told otherwise) or office; `standing` one of Standing; `page`."""
        wanted = request.query_params
        whole = wanted.get("whose", "" if request.user.role == Role.STAFF else "office") == "office"
        standing = _standing(wanted.get("standing", ""))
        number = min(number_in(wanted.get("page", "")) or 1, LAST_PAGE)
        found = await caseload.listed(request.user, mine=not whole, standing=standing, page=number)
        return self.render(
            request,
            found.cases,
            whole=whole,
            chips=_chips(found.counts, whole, standing),
            number=number,
            pages=found.pages,
            address_of_page=lambda other: _address(whole, standing, other),
        )

    # Names of people stay out of addresses, which browsers remember, so the search is a form that posts.
    @post("/searches", status_code=200)
    async def search(self, request: HTMXRequest) -> Response[str]:
        form, typed, errors = SearchForm.of(await request.form())
        cases = await caseload.named(request.user, form.name) if form else []
        return self.render(
            request, cases, status=200 if form else 422, typed=typed, errors=errors, searched=form is not None
        )

    @staticmethod
    def render(
        request: HTMXRequest,
        cases: list[Case],
        *,
        whole: bool | None = None,
        status: int = 200,
        **more: Any,
    ) -> Response[str]:
        """`whole` is None for what a search found, which is neither of the two lists."""
        context: dict[str, Any] = {
            "lines": [line(case, date.today()) for case in cases],
            "tabs": _tabs(whole),
            "chips": [],
            "number": 1,
            "pages": 1,
            "address_of_page": str,
            "offices": request.user.role == Role.ADMINISTRATOR,
            "whole": whole is not False,
            "typed": {},
            "errors": {},
            "searched": False,
            "most": MOST_FOUND,
        }
        return page(request, "jobs/clients.html", "caseload", status=status, **(context | more))


class Registration(Controller):
    path = "/clients/new"
    guards = [STAFF]

    @get()
    async def form(self, request: HTMXRequest) -> Response[str]:
        office = await Organisation.objects().get(Organisation.id == request.user.organisation)
        # Most clients of an office live where it stands.
        typed = RegistrationForm.typed_from({"region": office.region if office else ""})
        return await self.render(request, typed, {}, new_key())

    @post()
    async def register(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = RegistrationForm.of(await request.form())
        if form is None:
            return await self.render(request, typed, errors, typed["once"] or new_key(), status=422)

        async def make() -> str:
            client = await clients.register(**form.facts(), caseworker=form.caseworker, by=request.user)
            return f"/clients/{client.id}"

        try:
            made = await once(form.once, make, by=request.user)
        except Taken as taken:
            errors = {field: TAKEN[field] for field in taken.errors}
            return await self.render(request, typed, errors, form.once or new_key(), status=422)
        except clients.NotPossible as reason:
            errors = {"caseworker": str(reason)}
            return await self.render(request, typed, errors, form.once or new_key(), status=422)
        return go(request, made, said="Klien terdaftar. Lanjutkan dengan profil keterampilannya.")

    @staticmethod
    async def render(
        request: HTMXRequest, typed: dict[str, Any], errors: dict[str, str], key: str, status: int = 200
    ) -> Response[str]:
        return page(
            request,
            "jobs/client_form.html",
            status=status,
            typed=typed,
            errors=errors,
            key=key,
            regions=province_options(),
            client=None,
            caseworkers=await _to_choose(request.user),
        )


async def _to_choose(actor: Actor) -> list[tuple[int, str]]:
    """The caseworkers a new client can be given to; nothing to choose for one who follows clients themselves."""
    return [] if actor.role == Role.STAFF else await clients.caseworkers(actor.organisation)


def _standing(text: str) -> Standing | None:
    return Standing(text) if text in Standing.__members__.values() else None


def _address(whole: bool, standing: Standing | None, number: int = 1) -> str:
    parts = [f"whose={'office' if whole else 'mine'}"]
    if standing:
        parts.append(f"standing={standing}")
    if number > 1:
        parts.append(f"page={number}")
    return "/clients?" + "&".join(parts)


def _tabs(whole: bool | None) -> list[dict[str, Any]]:
    return [
        {
            "href": _address(each, None),
            "label": "Seluruh kantor" if each else "Klien saya",
            "count": None,
            "current": each is whole,
        }
        for each in (False, True)
    ]


def _chips(counts: dict[Standing, int], whole: bool, chosen: Standing | None) -> list[dict[str, Any]]:
    """The filters: everybody, then each standing with how many there are; those without anybody only if chosen."""
    everybody = sum(count for each, count in counts.items() if each != Standing.CLOSED)
    chips = [{"href": _address(whole, None), "label": "Semua", "count": everybody, "current": chosen is None}]
    return chips + [
        {
            "href": _address(whole, each),
            "label": label,
            "count": counts.get(each, 0),
            "current": each == chosen,
        }
        for each, (label, _) in STANDINGS.items()
        if counts.get(each) or each == chosen
    ]

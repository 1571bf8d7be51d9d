"""Tidak cocok karena ...: a vacancy leaves the list by one tap and comes back by another."""

from typing import Any, ClassVar

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import aside, offers, recommendations
from jobs.offers import Offer
from jobs.pages.asked import id_in
from jobs.pages.matches.wording import REASONS, REASONS_OF_CLIENT, TAGS, became, effect
from jobs.tables import AsideReason, Avoided, SetAside, Vacancy, VacancyState
from portal.access import LARGEST_ID, STAFF, only
from portal.forms import Form
from portal.html import go, page, rupiah, wants_fragment
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, Person, Role
from training.pages.profiles.pages import own_client

Answer = Response[Any]


class AsideForm(Form):
    messages: ClassVar[dict[str, str]] = {"reason": "Pilih satu alasan."}
    vacancy: int
    reason: AsideReason


class AwayForm(Form):
    tags: list[Avoided] = []


def places(client: Client, by: Actor) -> dict[str, str]:
    """Where this reader finds the client's list, what is set aside, and what was shown."""
    if by.role == Role.CLIENT:
        return {
            "list": "/matches",
            "aside": "/matches/aside",
            "history": "/matches/history",
            "trial": "/matches/trial",
            "programmes": "/matches/programmes",
        }
    base = f"/clients/{client.id}"
    return {
        "list": f"{base}/matches",
        "aside": f"{base}/aside",
        "history": f"{base}/history",
        "trial": f"{base}/trial",
        "programmes": f"{base}/programmes",
    }


class AsidePages(Controller):
    """The client's own and the caseworker's; both write rows that say who tapped."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        rows = await aside.listed(client.id)
        wishes = await aside.of_client(client.id)
        return page(
            request,
            "jobs/aside.html",
            who=await name_of(client),
            places_of=places(client, request.user),
            rows=[
                {**row, "said": said_of(row["reason"], request.user), "effect": effect(row)} for row in rows
            ],
            tags=list(TAGS.items()),
            typed={"tags": sorted(wishes.tags)},
            errors={},
        )

    @post(status_code=200)
    async def create(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        """Takes one vacancy out of the list."""
        form, _, _ = AsideForm.of(await request.form())
        if form is None:
            return go(request, places(client, request.user)["list"], said=AsideForm.messages["reason"])
        vacancy = await _published(form.vacancy)
        row = await aside.set_aside(client, vacancy, form.reason, by=request.user)
        if wants_fragment(request) and (told := await done(client, row, request.user)):
            return page(request, "jobs/aside_done.html", done=told)
        return go(request, f"{places(client, request.user)['list']}?aside={row}")

    @post("/{aside_id:int}/ending", status_code=200)
    async def undo(
        self, request: HTMXRequest, client: NamedDependency[Client], aside_id: FromPath[int]
    ) -> Answer:
        row = await _own_row(client, aside_id)
        undone = await aside.undo(client, row.id, by=request.user)
        back = places(client, request.user)["aside" if request.query_params.get("from") else "list"]
        return go(
            request, back, said="Lowongan itu boleh tampil lagi." if undone else "Ini sudah diurungkan."
        )

    @post("/{aside_id:int}/adoption", status_code=200)
    async def adopt(
        self, request: HTMXRequest, client: NamedDependency[Client], aside_id: FromPath[int]
    ) -> Answer:
        """Writes the offered limit or hope into the profile."""
        offer = await offers.adopt(client, await _own_row(client, aside_id), by=request.user)
        said = f"Tersimpan di profil: {offer_words(offer).lower()}." if offer else "Profil sudah begitu."
        return go(request, places(client, request.user)["list"], said=said)

    @post("/kinds", status_code=200)
    async def keep_away(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, _, _ = AwayForm.of(await request.form())
        back = places(client, request.user)["aside"]
        if form is None:
            return go(request, back, said="Belum tersimpan. Pilih dari daftar ini.")
        await aside.keep_away(client, form.tags, by=request.user)
        return go(request, back, said="Tersimpan.")


class OwnAside(AsidePages):
    path = "/matches/aside"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientAside(AsidePages):
    path = "/clients/{client_id:int}/aside"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}


class HistoryPages(Controller):
    """What was shown, opened, applied for, and why not."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        rows = await recommendations.history(client.id)
        return page(
            request,
            "jobs/history.html",
            who=await name_of(client),
            places_of=places(client, request.user),
            rows=[{**row, "became": became(row)} for row in rows],
            days=recommendations.KEPT.days,
        )


class OwnHistory(HistoryPages):
    path = "/matches/history"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientHistory(HistoryPages):
    path = "/clients/{client_id:int}/history"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}


async def done(client: Client, aside_id: int, by: Actor) -> dict[str, Any] | None:
    """What a list says where a vacancy has just left it: `said`, `effect`, the way back, and what may be adopted.

    None where the row is not this client's, or has been undone by now.
    """
    row = next((each for each in await aside.listed(client.id) if each["id"] == aside_id), None)
    if row is None:
        return None
    offer = await offers.for_row(client, await _own_row(client, aside_id))
    base = places(client, by)["aside"]
    return {
        "title": row["title"],
        "said": said_of(row["reason"], by),
        "effect": effect(row),
        "undo": f"{base}/{aside_id}/ending",
        "offer": offer_words(offer) if offer else "",
        "adopt": f"{base}/{aside_id}/adoption",
        "all": base,
    }


async def done_in(request: HTMXRequest, client: Client) -> dict[str, Any] | None:
    """The same for the row named in the address."""
    row = id_in(request, "aside")
    return await done(client, row, request.user) if row else None


def said_of(reason: str, by: Actor) -> str:
    return (REASONS if by.role == Role.CLIENT else REASONS_OF_CLIENT)[reason]


def offer_words(offer: Offer) -> str:
    if offer.column == "travel_km":
        return f"Jarak paling jauh {offer.value} km"
    return f"Upah mulai {rupiah(offer.value)}"


async def name_of(client: Client) -> str:
    [row] = await Person.select(Person.name).where(Person.id == client.person)
    return row["name"]


async def _own_row(client: Client, aside_id: int) -> SetAside:
    row = await SetAside.objects().get((SetAside.id == aside_id) & (SetAside.client == client.id))
    if row is None:
        raise NotFoundException("Catatan ini tidak ada.")
    return row


async def _published(vacancy: int) -> int:
    if not 0 < vacancy <= LARGEST_ID or not await Vacancy.exists().where(
        (Vacancy.id == vacancy) & (Vacancy.state == VacancyState.PUBLISHED)
    ):
        raise NotFoundException("Lowongan ini tidak ada, atau sudah ditutup.")
    return vacancy

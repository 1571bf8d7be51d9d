"""One client's page: who they are, where they stand, and what staff may decide about their accompaniment."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from jobs import caseload
from jobs.pages.clients.forms import TAKEN, DetailsForm, HandoverForm
from jobs.pages.clients.showing import shown
from portal import clients
from portal.access import STAFF
from portal.accounts import Taken
from portal.html import go, page
from portal.pages.clients import visible_client
from portal.places import province_options
from portal.tables import Client
from training import profiles

Answer = Response[Any]


class Record(Controller):
    path = "/clients/{client_id:int}"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        return await self.render(request, client)

    @get("/details")
    async def details(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        around = await clients.around(client)
        contacts = {"name": around.name, "phone": around.phone, "email": around.email}
        own = {name: getattr(client, name) for name in ("born_on", "region", "locality", "contact_note")}
        typed = DetailsForm.typed_from(contacts | own)
        return self.form(request, client, typed, {})

    @post("/details")
    async def edit(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = DetailsForm.of(await request.form())
        if form is None:
            return self.form(request, client, typed, errors, status=422)
        try:
            await clients.edit(client, **form.facts(), by=request.user)
        except Taken as taken:
            return self.form(request, client, typed, {field: TAKEN[field] for field in taken.errors}, 422)
        return go(request, f"/clients/{client.id}", said="Data klien tersimpan.")

    @post("/pauses")
    async def pause(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await clients.pause(client, by=request.user)
        return go(request, f"/clients/{client.id}", said="Dijeda. Tidak ada yang dicocokkan atau dikirim.")

    @post("/pauses/ending")
    async def resume(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await clients.resume(client, by=request.user)
        return go(request, f"/clients/{client.id}", said="Dilanjutkan.")

    @post("/closure")
    async def close(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await clients.close(client, by=request.user)
        return go(request, f"/clients/{client.id}", said="Pendampingan selesai.")

    @post("/closure/ending")
    async def reopen(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await clients.reopen(client, by=request.user)
        return go(request, f"/clients/{client.id}", said="Pendampingan dibuka lagi.")

    @post("/handovers")
    async def hand_over(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = HandoverForm.of(await request.form())
        if form is None:
            return await self.render(request, client, typed, errors, status=422)
        try:
            await clients.hand_over(client, form.to, by=request.user)
        except clients.NotPossible as reason:
            return await self.render(request, client, typed, {"to": str(reason)}, status=422)
        return go(request, f"/clients/{client.id}", said="Klien diserahkan.")

    @staticmethod
    async def render(
        request: HTMXRequest,
        client: Client,
        typed: dict[str, Any] | None = None,
        errors: dict[str, str] | None = None,
        status: int = 200,
    ) -> Answer:
        return page(
            request,
            "jobs/client.html",
            status=status,
            client=shown(
                client,
                await clients.around(client),
                await profiles.of_client(client.id),
                await caseload.of_client(client),
                await caseload.history(client),
                date.today(),
            ),
            caseworkers=await clients.caseworkers(client.office),
            typed=typed or {},
            errors=errors or {},
        )

    @staticmethod
    def form(
        request: HTMXRequest, client: Client, typed: dict[str, Any], errors: dict[str, str], status: int = 200
    ) -> Answer:
        return page(
            request,
            "jobs/client_form.html",
            status=status,
            typed=typed,
            errors=errors,
            key="",
            regions=province_options(),
            client=client.id,
            caseworkers=[],
        )

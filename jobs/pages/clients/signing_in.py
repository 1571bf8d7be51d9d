"""Helps a client to sign in: a code read out or printed in the office, or a link to set up their own way."""

from typing import Any

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from portal import invitations, tickets
from portal.access import STAFF
from portal.html import go, page
from portal.pages.clients import visible_client
from portal.tables import Client

CLOSED = "Pendampingan klien ini sudah selesai. Buka lagi dulu."


class SigningIn(Controller):
    """What is shown here is shown once: the database keeps only hashes. Nothing on the slips names or explains."""

    path = "/clients/{client_id:int}"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @post("/codes", status_code=200)
    async def issue_code(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[Any]:
        if client.closed_on:
            return go(request, f"/clients/{client.id}", said=CLOSED)
        code = await tickets.issue_code(client.person, by=request.user)
        return self.slip(request, client, "jobs/client_code.html", code=code, letters=" ".join(code))

    @post("/invitations", status_code=200)
    async def invite(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[Any]:
        if client.closed_on:
            return go(request, f"/clients/{client.id}", said=CLOSED)
        token = await invitations.invite_existing(client.person, by=request.user)
        return self.slip(request, client, "jobs/client_invitation.html", token=token)

    @staticmethod
    def slip(request: HTMXRequest, client: Client, name: str, **context: Any) -> Response[str]:
        portal = request.app.state.settings.public_url
        response = page(request, name, client=client.id, portal=portal, **context)
        # A secret on a shared office computer must not come back with the browser's back button.
        response.headers["Cache-Control"] = "no-store"
        return response

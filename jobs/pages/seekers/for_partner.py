"""Blind cards of clients who agreed to be looked for, for the partner whose vacancy it is."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import card_views, job_invitations
from jobs.fairness import bounds
from jobs.index import documents
from jobs.pages.employer import own_partner, own_vacancy
from jobs.seekers import blind
from jobs.seekers.blind import Blind
from jobs.tables import Vacancy, VacancyState, Way
from partners.tables import Partner
from portal.access import only
from portal.html import go, page
from portal.tables import Client, Role

GONE = "Kartu ini tidak tersedia lagi."
SENT = "Undangan terkirim. Bila berminat, kandidat akan melamar."


class BlindCards(Controller):
    """Who looks is noted for each client shown, before the page is sent."""

    path = "/partner/vacancies/{vacancy_id:int}/candidates"
    guards = [only(Role.EMPLOYER)]
    dependencies = {"partner": Provide(own_partner), "vacancy": Provide(own_vacancy)}

    @get()
    async def show(
        self, request: HTMXRequest, partner: NamedDependency[Partner], vacancy: NamedDependency[Vacancy]
    ) -> Response[str]:
        why = why_none(partner, vacancy)
        found = [] if why else await _cards(request, vacancy)
        await card_views.note(vacancy.id, [each.client for each in found], by=request.user)
        return page(
            request,
            "jobs/blind_cards.html",
            vacancy=vacancy,
            why=why,
            is_even=await bounds.current() is not None,
            # What a template is not given it cannot show.
            cards=[{"handle": each.handle, **each.card} for each in found],
            invited=[] if why else await job_invitations.made_for(vacancy.id),
        )

    @post("/{handle:str}/invitations", status_code=200)
    async def invite(
        self,
        request: HTMXRequest,
        partner: NamedDependency[Partner],
        vacancy: NamedDependency[Vacancy],
        handle: FromPath[str],
    ) -> Response[Any]:
        back = f"/partner/vacancies/{vacancy.id}/candidates"
        if why_none(partner, vacancy):
            raise NotFoundException(GONE)
        # A second tap reads what the first one did, whatever has become of the card since.
        if handle in {each["handle"] for each in await job_invitations.made_for(vacancy.id)}:
            return go(request, back, said=SENT)
        # Only what stands on the page now can be invited; whoever took their consent back meanwhile does not.
        chosen = next((each for each in await _cards(request, vacancy) if each.handle == handle), None)
        client = await Client.objects().get(Client.id == chosen.client) if chosen else None
        if client is None:
            return go(request, back, said=GONE)
        try:
            await job_invitations.invite(vacancy, client, handle, by=request.user)
        except job_invitations.NotPossible as problem:
            return go(request, back, said=str(problem))
        return go(request, back, said=SENT)


def why_none(partner: Partner, vacancy: Vacancy) -> str | None:
    """Why no card is shown for this vacancy at all, in a sentence; None if some may be."""
    if partner.verified_at is None:
        return "Kartu kandidat tampil setelah organisasi Anda diverifikasi."
    if vacancy.state != VacancyState.PUBLISHED:
        return "Kartu kandidat tampil selama lowongan ini terbit."
    if vacancy.way != Way.PORTAL:
        return "Kartu kandidat tampil untuk lowongan yang dilamar lewat Bina Karya."
    return None


async def _cards(request: HTMXRequest, vacancy: Vacancy) -> list[Blind]:
    found = await documents.load([vacancy.id])
    return await blind.cards(found[0], request.user) if found else []

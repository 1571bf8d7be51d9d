"""Proposing a vacancy to a client, and the client's answer."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from msgspec import Meta

from jobs import matches, proposals
from jobs.index import documents
from jobs.matching.reading import profile_of
from jobs.pages.asked import id_in, id_of
from jobs.pages.rows import row
from jobs.tables import Application, Proposal, Vacancy, VacancyState
from portal import clients
from portal.access import STAFF, only
from portal.disclosure import discloses
from portal.forms import Form
from portal.html import go, page
from portal.once import new_key, once
from portal.pages.clients import visible_client
from portal.people import ADULT, Actor, age_on
from portal.tables import Client, Role
from training import profiles

LONGEST = 500
NO_VACANCY = "Lowongan ini tidak ada, atau sudah ditutup."
Note = Annotated[str, Meta(max_length=LONGEST)]


class ProposalForm(Form):
    vacancy: int
    message: Note = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if problem := telling(values.get("message", "")):
            yield "message", problem


class RefusalForm(Form):
    note: Note = ""


def telling(text: str) -> str | None:
    """What has to go from a text before a client reads it: their phone may be shared. Contacts may stay."""
    words = [each for each in discloses(text) if each.startswith("kata ")]
    return f"Ini terbaca di HP klien. Hapus dulu: {', '.join(words)}." if words else None


async def published(vacancy: int | None) -> Vacancy:
    """The published vacancy with this id. Raises NotFoundException for any other."""
    found = None
    if vacancy is not None:
        found = await Vacancy.objects().get(
            (Vacancy.id == vacancy) & (Vacancy.state == VacancyState.PUBLISHED)
        )
    if found is None:
        raise NotFoundException(NO_VACANCY)
    return found


async def published_vacancy(vacancy_id: FromPath[int]) -> Vacancy:
    return await published(vacancy_id)


async def visible_proposal(request: HTMXRequest, proposal_id: FromPath[int]) -> Proposal:
    proposal = await proposals.visible_to(request.user).where(Proposal.id == proposal_id).first()
    if proposal is None:
        raise NotFoundException("Usulan ini tidak ada.")
    return proposal


class VacancyProposals(Controller):
    """Proposing this vacancy: first to whom, then with which words."""

    path = "/vacancies/{vacancy_id:int}/proposals"
    guards = [STAFF]
    dependencies = {"vacancy": Provide(published_vacancy)}

    @get("/new")
    async def new(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[str]:
        if (chosen := id_in(request, "client")) is None:
            return page(
                request,
                "jobs/proposal_client.html",
                vacancy=vacancy,
                people=await _people(vacancy, request.user),
            )
        client = await clients.visible_to(request.user).where(Client.id == chosen).first()
        if client is None:
            raise NotFoundException("Klien ini tidak ada di kantor Anda.")
        return await form_page(request, client, vacancy)


class ClientProposals(Controller):
    """Proposals to one client."""

    path = "/clients/{client_id:int}/proposals"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @post(status_code=200)
    async def create(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[Any]:
        form, typed, errors = ProposalForm.of(await request.form())
        vacancy = await published(id_of(typed["vacancy"]))
        if form is None:
            return await form_page(request, client, vacancy, typed, errors, status=422)

        async def make() -> str:
            await proposals.propose(vacancy, client, form.message, by=request.user)
            return f"/clients/{client.id}/matches"

        try:
            return go(request, await once(form.once, make, by=request.user), said="Usulan terkirim.")
        except proposals.NotPossible as problem:
            return await form_page(request, client, vacancy, typed, {"vacancy": str(problem)}, status=409)


class Proposals(Controller):
    """One proposal and the answer to it; yes is said by applying."""

    path = "/proposals/{proposal_id:int}"
    guards = [only(Role.CLIENT, Role.STAFF)]
    dependencies = {"proposal": Provide(visible_proposal)}

    @post("/refusal", status_code=200)
    async def refuse(self, request: HTMXRequest, proposal: NamedDependency[Proposal]) -> Response[Any]:
        own = request.user.role == Role.CLIENT
        back = "/matches" if own else f"/clients/{proposal.client}/matches"
        form, typed, errors = RefusalForm.of(await request.form())
        if form is None:
            about = {"action": request.url.path, "asked": "usulan", "back": back}
            about |= {"typed": typed, "errors": errors}
            return page(request, "jobs/refusal.html", status=422, **about)
        try:
            await proposals.decline(proposal, form.note, by=request.user)
        except proposals.NotPossible as problem:
            return go(request, back, said=str(problem))
        return go(
            request, back, said="Terima kasih, pendamping akan tahu." if own else "Jawaban klien tercatat."
        )


async def form_page(
    request: HTMXRequest,
    client: Client,
    vacancy: Vacancy,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    """The form of a proposal, above it how the vacancy fits, or why it cannot be proposed."""
    [person] = await Client.select(Client.person.name.as_alias("name")).where(Client.id == client.id)
    found = await documents.load([vacancy.id])
    profile = profile_of(client, await profiles.of_client(client.id))
    return page(
        request,
        "jobs/proposal.html",
        status=status,
        client=client,
        who=person["name"],
        vacancy=vacancy,
        row=row(matches.explain(profile, found[0]), staff=True) if found else None,
        reason=await proposals.why_not(vacancy, client),
        typed=typed or {},
        errors=errors or {},
        key=new_key(),
    )


async def _people(vacancy: Vacancy, by: Actor) -> dict[str, list[dict[str, Any]]]:
    """Clients of the office who could be proposed to, the actor's own first: id, name, `known` if it happened already."""
    rows = (
        await Client.select(Client.id, Client.person.name.as_alias("name"), Client.caseworker, Client.born_on)
        .where((Client.office == by.organisation) & Client.closed_on.is_null() & Client.paused_on.is_null())
        .order_by(Client.person.name)
    )
    proposed = await Proposal.select(Proposal.client).where(Proposal.vacancy == vacancy.id)
    applied = await Application.select(Application.client).where(Application.vacancy == vacancy.id)
    known = {each["client"]: "Sudah diusulkan" for each in proposed}
    known |= {each["client"]: "Sudah melamar" for each in applied}
    adults = [
        {**each, "known": known.get(each["id"], "")}
        for each in rows
        if age_on(each["born_on"], date.today()) >= ADULT
    ]
    own = [each for each in adults if each["caseworker"] == by.person]
    return {"Klien saya": own, "Klien lain di kantor": [each for each in adults if each not in own]}

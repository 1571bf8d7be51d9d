"""Mengapa cocok: how one pair's score adds up, what is met, what lacks and what to do; as a page, as data and on paper."""

from typing import Any

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import explaining, matches, sheets
from jobs.matching.explanation import Listener
from jobs.matching.sheet import chrome
from jobs.pages.vacancies import readable_posting
from portal.access import STAFF, only
from portal.html import page
from portal.pages.clients import visible_client
from portal.tables import Client, Role
from training.pages.profiles.pages import own_client

LANGUAGES = {"id": "en", "en": "id"}
"""Each language and the other one, which the page offers."""
FORMS: list[str] = [MediaType.HTML, MediaType.JSON]
"""What the address answers with, by the Accept of the request; the first where it does not say."""


class ExplanationPages(Controller):
    """The client's own and the caseworker's."""

    @get()
    async def show(
        self, request: HTMXRequest, client: NamedDependency[Client], vacancy_id: FromPath[int]
    ) -> Response[Any]:
        told = await explained(request, client, vacancy_id)
        if request.accept.best_match(FORMS) == MediaType.JSON:
            return Response(told, media_type=MediaType.JSON, headers={"Vary": "Accept"})
        answer = page(
            request,
            "jobs/explanation.html",
            told=told,
            w=chrome(told["language"], listener(request)),
            here=request.url.path,
            other=LANGUAGES[told["language"]],
            back=f"/clients/{client.id}/matches" if request.user.is_staff else f"/vacancies/{vacancy_id}",
        )
        answer.headers["Vary"] = "HX-Request, Accept"
        return answer

    @get("/pdf")
    async def on_paper(
        self, request: HTMXRequest, client: NamedDependency[Client], vacancy_id: FromPath[int]
    ) -> Response[bytes]:
        """Named after the vacancy alone: a file on a shared phone says nothing about whose it is."""
        told = await explained(request, client, vacancy_id)
        words = dict(chrome(told["language"], listener(request)))
        name = f'attachment; filename="lowongan-{vacancy_id}.pdf"'
        made = await sheets.pdf("match", told | {"words": words})
        return Response(made, media_type="application/pdf", headers={"Content-Disposition": name})


class OwnExplanation(ExplanationPages):
    path = "/matches/{vacancy_id:int}"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientExplanation(ExplanationPages):
    path = "/clients/{client_id:int}/matches/{vacancy_id:int}"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}


async def explained(request: HTMXRequest, client: Client, vacancy_id: int) -> dict[str, Any]:
    """The explanation for this reader. Raises NotFoundException for a vacancy they may not read, and for a client who is
    matched with nothing."""
    posting = await readable_posting(request, vacancy_id)
    if matches.why_quiet(client):
        raise NotFoundException("Untuk profil ini belum ada yang dicocokkan.")
    language = request.query_params.get("lang", "id")
    return await explaining.of_pair(
        client, posting, language if language in LANGUAGES else "id", listener(request)
    )


def listener(request: HTMXRequest) -> Listener:
    return Listener.STAFF if request.user.is_staff else Listener.PERSON

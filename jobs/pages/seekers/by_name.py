"""Who may suit a vacancy, by name: staff see the clients of their own office, administrators all."""

from collections.abc import Iterator
from typing import Any, ClassVar

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from jobs import proposals
from jobs.fairness.evening import for_page
from jobs.index import documents
from jobs.pages.matches.proposals import Note, published_vacancy, telling
from jobs.seekers import Candidate
from jobs.tables import Application, JobInvitation, Proposal, Vacancy
from jobs.words import STATES
from portal import clients
from portal.access import STAFF
from portal.forms import Form
from portal.html import go, page
from portal.once import new_key, once
from portal.people import Actor
from portal.tables import Client

SHOWN = 30
FITS, LACKS = 3, 2
MOST_AT_ONCE = 20
QUEUE = {"few": "", "some": "", "many": "Sudah banyak lamaran terbuka"}


class SeveralForm(Form):
    """Proposing to several at once, with the same words for each."""

    messages: ClassVar[dict[str, str]] = {"clients": "Centang paling sedikit satu klien."}
    clients: list[int]
    message: Note = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if not values.get("clients"):
            yield "clients", cls.messages["clients"]
        elif len(values["clients"]) > MOST_AT_ONCE:
            yield "clients", f"Paling banyak {MOST_AT_ONCE} klien sekali kirim."
        if problem := telling(values.get("message", "")):
            yield "message", problem


class VacancyCandidates(Controller):
    path = "/vacancies/{vacancy_id:int}/candidates"
    guards = [STAFF]
    dependencies = {"vacancy": Provide(published_vacancy)}

    @get()
    async def show(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[str]:
        return await render(request, vacancy)

    @post(status_code=200)
    async def propose(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[Any]:
        """Proposes the vacancy to those ticked; who applied meanwhile or is quiet is left out and counted."""
        form, typed, errors = SeveralForm.of(await request.form())
        if form is None:
            return await render(request, vacancy, typed, errors, status=422)
        outcome = {"sent": 0, "left": 0}

        async def make() -> str:
            chosen = await clients.visible_to(request.user).where(Client.id.is_in(form.clients))
            for client in chosen:
                try:
                    await proposals.propose(vacancy, client, form.message, by=request.user)
                    outcome["sent"] += 1
                except proposals.NotPossible:
                    outcome["left"] += 1
            return f"/vacancies/{vacancy.id}/candidates"

        address = await once(form.once, make, by=request.user)
        said = f"Usulan terkirim ke {outcome['sent']} klien."
        if outcome["left"]:
            said += f" {outcome['left']} dilewati: sudah melamar atau sedang dijeda."
        return go(request, address, said=said if any(outcome.values()) else "Usulan sudah terkirim.")


async def render(
    request: HTMXRequest,
    vacancy: Vacancy,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    found = await documents.load([vacancy.id])
    candidates, is_even = await for_page(found[0], request.user, SHOWN) if found else ([], False)
    return page(
        request,
        "jobs/candidates.html",
        status=status,
        vacancy=vacancy,
        open=bool(found),
        is_even=is_even,
        groups=await groups_of(candidates, vacancy.id, request.user, is_even),
        typed=typed or {},
        errors=errors or {},
        key=(typed or {}).get("once") or new_key(),
    )


async def groups_of(
    candidates: list[Candidate], vacancy: int, by: Actor, is_even: bool = False
) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Those who fit, those who lack one thing, and the rest: id, heading and rows. One with no rows is left out.

    An evened list is one list, for its top ten is what was evened.
    """
    names = await _names([each.client for each in candidates])
    become = await _become([each.client for each in candidates], vacancy)
    groups: dict[str, list[dict[str, Any]]] = {"all": [], "fits": [], "nearly": [], "further": []}
    for each in candidates:
        group = "all" if is_even else "fits" if each.gap.fits else "nearly" if each.gap.nearly else "further"
        reasons = each.reasons()
        groups[group].append(
            {
                "id": each.client,
                **names[each.client],
                "fit": round(100 * each.adjusted.match.score),
                "queue": QUEUE[each.adjusted.demand.crowd],
                "reasons": [reason for reason in reasons if not reason.lacks][:FITS]
                + [reason for reason in reasons if reason.lacks][:LACKS],
                "become": become.get(each.client),
            }
        )
    headings = {
        "all": "Semua",
        "fits": "Cocok",
        "nearly": "Hampir cocok",
        "further": "Perlu beberapa langkah lagi",
    }
    return [(group, headings[group], rows) for group, rows in groups.items() if rows]


async def _names(ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = (
        await Client.select(
            Client.id,
            Client.person.name.as_alias("name"),
            Client.caseworker.name.as_alias("caseworker"),
            Client.office.name.as_alias("office"),
        ).where(Client.id.is_in(ids))
        if ids
        else []
    )
    return {row.pop("id"): row for row in rows}


async def _become(ids: list[int], vacancy: int) -> dict[int, dict[str, str]]:
    """What has become of this vacancy for these clients already: `text`, and `href` where there is a page about it."""
    if not ids:
        return {}
    become: dict[int, dict[str, str]] = {}
    for table, text in ((Proposal, "Sudah diusulkan"), (JobInvitation, "Diundang melamar oleh mitra")):
        for row in await table.select(table.client).where(
            (table.vacancy == vacancy) & table.client.is_in(ids)
        ):
            become[row["client"]] = {"text": text, "href": ""}
    for row in await Application.select(Application.id, Application.client, Application.state).where(
        (Application.vacancy == vacancy) & Application.client.is_in(ids)
    ):
        label = f"Sudah melamar: {STATES[row['state']].lower()}"
        become[row["client"]] = {"text": label, "href": f"/applications/{row['id']}"}
    return become

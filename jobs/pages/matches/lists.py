"""A client's matches: as they see them, and as their caseworker does."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from jobs import job_invitations, matches, proposals, recommendations
from jobs.applications import OPEN
from jobs.index import documents
from jobs.matches import Matched, Quiet
from jobs.matching.reading import profile_of
from jobs.pages.matches.aside import done_in, places
from jobs.pages.matches.openings import openings
from jobs.pages.matches.trying import licence_choices
from jobs.pages.matches.wording import REASONS, REASONS_OF_CLIENT, within
from jobs.pages.rows import lead, row
from jobs.tables import Application, OutsideApplication, Proposal, State
from jobs.words import STATES, WORK_TIMES
from portal import clock
from portal.access import STAFF, only
from portal.html import page, rupiah
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, Person, Role
from training import profiles
from training.vocabulary import vocabulary
from training.words import duration

SHOWN, ALL = 10, 60
UNASKED = "belum ditanyakan"


@dataclass
class Marks:
    """What has become of vacancies in the list already, by vacancy id."""

    applied: dict[int, dict[str, Any]] = field(default_factory=dict)
    """`label`, and `href` where there is a page about it."""
    proposed: set[int] = field(default_factory=set)
    next: dict[str, str] | None = None
    """What waits for the client: `title`, `href`, `text`, `icon`."""


class Matches(Controller):
    """A client's own list."""

    path = "/matches"
    guards = [only(Role.CLIENT)]

    @get()
    async def show(self, request: HTMXRequest) -> Response[str]:
        client = await Client.objects().get(Client.id == request.user.client)
        assert client
        about = await context(client, request.user, _wants_all(request))
        await recommendations.shown(client.id, shown_in(about))
        return page(request, "jobs/matches.html", done=await done_in(request, client), **about)


class ClientMatches(Controller):
    """The same list for staff, who propose from it and apply on the client's behalf."""

    path = "/clients/{client_id:int}/matches"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[str]:
        [person] = await Person.select(Person.name).where(Person.id == client.person)
        about = await context(client, request.user, _wants_all(request))
        done = await done_in(request, client)
        return page(request, "jobs/client_matches.html", who=person["name"], done=done, **about)


def _wants_all(request: HTMXRequest) -> bool:
    return bool(request.query_params.get("all"))


async def context(client: Client, by: Actor, everything: bool = False) -> dict[str, Any]:
    """What both templates show of a client's matches."""
    quiet = matches.why_quiet(client)
    whole = await profiles.of_client(client.id)
    found = await matches.overview(client, whole, ALL if everything else SHOWN)
    marks = await _marks(client)
    staff = by.role != Role.CLIENT
    proposed = [] if quiet else await _proposed(client, whole, staff)
    if proposed and not marks.next:
        marks.next = {
            "title": (
                f"{len(proposed)} lowongan menunggu jawaban Anda"
                if any(each["invited"] for each in proposed)
                else f"Pendamping mengusulkan {len(proposed)} lowongan"
            ),
            "href": "#proposed",
            "text": "Lihat, lalu lamar atau jawab.",
            "icon": "chat",
        }
    # A client reads a proposed vacancy once, at the top; staff look for one to propose and see the whole order.
    top = {each["row"]["id"] for each in proposed} if not staff else set()
    fitting = [each for each in found.fitting if each.document.id not in top]
    first = next((each for each in fitting if each.document.id not in marks.applied), None)
    return {
        "client": client,
        "quiet": quiet,
        "quiets": Quiet,
        "empty": whole.empty,
        "found": found,
        "lead": lead(first, staff=staff) if first else None,
        "also": [row(each, staff=staff) for each in fitting if each is not first],
        "all_fitting": [row(each, staff=staff) for each in fitting],
        "nearly": _rows(found.nearly, top, staff),
        "further": _rows(found.further, top, staff),
        "more": found.total - len(found.fitting),
        "proposed": proposed,
        "marks": marks,
        "aside": places(client, by)["aside"],
        "aside_reasons": list((REASONS_OF_CLIENT if staff else REASONS).items()),
        "history": places(client, by)["history"],
        **await openings(client, whole, found, by),
        "places_of": places(client, by),
        "trial": places(client, by)["trial"],
        "licence_choices": licence_choices(whole),
        "may_widen": whole.travel_km is not None,
        "basis": _basis(whole),
        "profile": "/me/profile" if by.role == Role.CLIENT else f"/clients/{client.id}/profile",
        "typed": {},
        "errors": {},
    }


def shown_in(about: dict[str, Any]) -> list[int]:
    """The vacancies that a page with this context puts before its reader as fitting or nearly so."""
    first = [about["lead"]] if about["lead"] else []
    return [each["id"] for each in (*first, *about["also"], *about["nearly"], *about["further"])]


def _rows(found: list[Matched], without: set[int], staff: bool) -> list[dict[str, Any]]:
    return [row(each, staff=staff) for each in found if each.document.id not in without]


async def _proposed(client: Client, whole: profiles.Whole, staff: bool) -> list[dict[str, Any]]:
    """Open invitations and proposals with the rows of their vacancies; one that left the index since is not shown."""
    waiting = [
        {
            **each,
            "invited": True,
            "message": "",
            "said": f"{each['by']} mengundang {'klien' if staff else 'Anda'} melamar",
            "answer_at": f"/job-invitations/{each['id']}/refusal",
            "note_id": f"note-invitation-{each['id']}",
        }
        for each in await job_invitations.open_to(client.id)
    ] + [
        {
            **each,
            "invited": False,
            "said": f"Dari {each['by']}",
            "answer_at": f"/proposals/{each['id']}/refusal",
            "note_id": f"note-{each['id']}",
        }
        for each in await proposals.open_to(client.id)
    ]
    # One vacancy stands there once; when the invitation is answered with no, the proposal is still to be answered.
    waiting = list({each["vacancy"]: each for each in reversed(waiting)}.values())[::-1]
    if not waiting:
        return []
    profile = profile_of(client, whole)
    known = {each.id: each for each in await documents.load([each["vacancy"] for each in waiting])}
    return [
        {**each, "row": row(matches.explain(profile, known[each["vacancy"]]), staff=staff)}
        for each in waiting
        if each["vacancy"] in known
    ]


async def _marks(client: Client) -> Marks:
    marks = Marks()
    sent = (
        await Application.select(
            Application.id,
            Application.vacancy,
            Application.state,
            Application.interview_at,
            Application.vacancy.region.as_alias("region"),
        )
        .where(Application.client == client.id)
        .order_by(Application.interview_at)
    )
    for each in sent:
        marks.applied[each["vacancy"]] = {
            "label": f"Sudah dilamar: {STATES[each['state']].lower()}",
            "href": f"/applications/{each['id']}",
            "open": each["state"] in OPEN,
        }
    for each in await OutsideApplication.select(OutsideApplication.vacancy).where(
        OutsideApplication.client == client.id
    ):
        marks.applied.setdefault(
            each["vacancy"], {"label": "Sudah melamar langsung", "href": None, "open": True}
        )
    proposed = await Proposal.select(Proposal.vacancy).where(Proposal.client == client.id)
    marks.proposed = {each["vacancy"] for each in proposed}
    marks.next = _next_step(sent)
    return marks


def _next_step(sent: list[dict[str, Any]]) -> dict[str, str] | None:
    """An offer waits for an answer; else the next interview; else an invitation without a time."""
    for each in sent:
        if each["state"] == State.OFFERED:
            return _step(each, "Ada tawaran kerja untuk Anda", "Baca dan jawab.", "letter")
    now = datetime.now(UTC)
    for each in sent:
        if each["state"] == State.INTERVIEW and each["interview_at"] and each["interview_at"] >= now:
            when = clock.said(each["interview_at"], clock.zone_of(each["region"]))
            return _step(each, "Wawancara Anda", when, "date")
    for each in sent:
        if each["state"] == State.INTERVIEW and not each["interview_at"]:
            return _step(each, "Anda diundang wawancara", "Waktunya menyusul.", "date")
    return None


def _step(each: dict[str, Any], title: str, text: str, icon: str) -> dict[str, str]:
    return {"title": title, "href": f"/applications/{each['id']}", "text": text, "icon": icon}


def _basis(whole: profiles.Whole) -> list[tuple[str, str]]:
    """What the order rests on, in the client's own terms."""
    trades = vocabulary().occupations
    wishes = [within(trades[id].label) for id in whole.wishes or () if id in trades]
    times = [WORK_TIMES[each].lower() for each in WORK_TIMES if each in (whole.work_times or ())]
    months = sum(each["months"] for each in whole.experience)
    return [
        ("Keterampilan", f"{len(whole.skills)} tercatat" if whole.skills else "belum ada"),
        ("Pengalaman", duration(months) or "belum ada"),
        ("Keinginan", ", ".join(wishes[:3]) or UNASKED),
        ("Jarak", f"sampai {whole.travel_km} km" if whole.travel_km is not None else UNASKED),
        ("Jam kerja", ", ".join(times) or UNASKED),
        ("Upah", f"mulai {rupiah(whole.wage_min)}" if whole.wage_min else UNASKED),
    ]

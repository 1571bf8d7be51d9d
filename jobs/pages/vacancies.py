"""A vacancy as everybody sees it, and where a client applies."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import applications, aside, cards, matches, outside, postings, recommendations, ways
from jobs.applying import Applicant, ApplicationForm, Start, applicant_of, note_error, starts_in_words
from jobs.matching.reading import home_of, profile_of
from jobs.postings import Posting
from jobs.tables import PaperWhen, Vacancy
from jobs.words import EDUCATION, EMPLOYMENT_TYPES, PAPER_WHEN, VACANCY_STATES
from portal.access import only
from portal.html import go, on, page
from portal.once import new_key, once
from portal.places import distance_km
from portal.tables import Role
from training import profiles
from training.vocabulary import vocabulary
from training.vocabulary.relatives import related


async def readable_posting(request: HTMXRequest, vacancy_id: FromPath[int]) -> Posting:
    """An open vacancy; in any state to its employer, to staff, and to a client who applied. To others it is not there."""
    posting = await postings.read(vacancy_id)
    if posting and (posting.open or posting.belongs_to(request.user)):
        return posting
    client = request.user and request.user.role == Role.CLIENT
    if posting and client and (await applicant_of(request.user, posting.id)).involved:
        return posting
    raise NotFoundException("Lowongan ini tidak ada.")


class Vacancies(Controller):
    path = "/vacancies/{vacancy_id:int}"
    dependencies = {"posting": Provide(readable_posting)}

    @get(public=True)
    async def show(self, request: HTMXRequest, posting: NamedDependency[Posting]) -> Response[str]:
        """The page of a vacancy."""
        if request.user and request.user.role == Role.CLIENT:
            await recommendations.opened(request.user.client, posting.id)
        return await render(request, posting)

    @post("/applications", guards=[only(Role.CLIENT)])
    async def apply(self, request: HTMXRequest, posting: NamedDependency[Posting]) -> Response[Any]:
        """Sends the card the client has just read."""
        applicant = await applicant_of(request.user, posting.id)
        if applicant.application:
            return go(request, f"/applications/{applicant.application}")
        form, typed, errors = ApplicationForm.of(await request.form())
        card = await cards.card_of(applicant.client, posting.document)
        if problem := note_error(typed["note"], request.user.name):
            errors["note"] = problem
        if form and form.card != cards.fingerprint(card):
            errors["agree"] = (
                "Kartu Anda berubah sejak halaman ini dibuka. Baca lagi, lalu centang dan kirim."
            )
            typed["agree"] = ""
        if form is None or errors:
            return await render(request, posting, "apply", status=422, typed=typed, errors=errors)

        async def send() -> str:
            vacancy = await Vacancy.objects().get(Vacancy.id == posting.id)
            assert vacancy
            sent = await applications.apply(
                vacancy,
                applicant.client,
                card={**card, "available": form.starts},
                by=request.user,
                note=form.note,
                starts=form.starts,
            )
            return f"/applications/{sent.id}"

        try:
            address = await once(form.once, send, by=request.user)
        except applications.NotPossible as problem:
            errors = {"vacancy": str(problem)}
            return await render(request, posting, "apply", status=409, typed=typed, errors=errors)
        return go(request, address, said="Lamaran terkirim.")

    @post("/outside-applications", guards=[only(Role.CLIENT)])
    async def mark(self, request: HTMXRequest, posting: NamedDependency[Posting]) -> Response[Any]:
        """Notes that the client applied directly."""
        if not posting.direct:
            raise NotFoundException("Lowongan ini dilamar lewat portal.")
        await outside.mark(posting.id, request.user.client, by=request.user)
        return go(request, f"/vacancies/{posting.id}#apply", said="Dicatat: Anda sudah melamar.")

    @post("/outside-applications/ending", guards=[only(Role.CLIENT)])
    async def unmark(self, request: HTMXRequest, posting: NamedDependency[Posting]) -> Response[Any]:
        """Takes that back."""
        await outside.unmark(posting.id, request.user.client, by=request.user)
        address = f"/vacancies/{posting.id}#apply" if posting.open else "/applications"
        return go(request, address, said="Catatan melamar sudah dihapus.")


async def render(
    request: HTMXRequest,
    posting: Posting,
    *blocks: str,
    status: int = 200,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
) -> Response[str]:
    """The page for whoever asks; only a client is shown how the vacancy fits them, and only their own."""
    actor = request.user
    client = {}
    if actor and actor.role == Role.CLIENT:
        client = await client_side(await applicant_of(actor, posting.id), posting, typed)
    return page(
        request,
        "jobs/vacancy.html",
        *blocks,
        status=status,
        **{**STRANGER, **facts_of(posting), **client},
        posting=posting,
        vacancy=posting.document,
        own=posting.belongs_to(actor),
        state_label=VACANCY_STATES[posting.state],
        near=[
            (trade.label, "/?" + urlencode({"q": trade.label}))
            for trade in related(posting.document.occupation or "")
        ],
        errors=errors or {},
    )


STRANGER: dict[str, Any] = {
    "applicant": None,
    "matched": None,
    "card": None,
    "card_key": "",
    "refusal": None,
    "distance": None,
    "typed": {},
    "key": "",
    "today": "",
}
"""What the page knows of a reader who is no client: nothing."""


async def client_side(applicant: Applicant, posting: Posting, typed: dict[str, Any] | None) -> dict[str, Any]:
    """How the vacancy fits this client, the card as it would be sent, and the form."""
    client, home = applicant.client, home_of(applicant.client)
    found: dict[str, Any] = {"applicant": applicant, "key": new_key(), "today": date.today().isoformat()}
    if home and posting.document.latitude is not None and posting.document.longitude is not None:
        place = Point(posting.document.latitude, posting.document.longitude)
        found["distance"] = distance_km(Point(*home), place)
    held_back = applications.held_back(client)
    found["refusal"] = held_back if posting.open else applications.CLOSED
    if held_back:
        return found
    whole = await profiles.of_client(client.id)
    wishes = await aside.of_client(client.id)
    profile = profile_of(client, aside.heeded(whole, wishes))
    found["matched"] = matches.explain(profile, posting.document, wishes)
    if applicant.application is None and posting.open and not posting.direct:
        card = await cards.card_of(client, posting.document, whole)
        typed = typed or first_typed(whole.available_from)
        starts = chosen_start(typed) or card["available"]
        found |= {"card": {**card, "available": starts}, "card_key": cards.fingerprint(card), "typed": typed}
    return found


def first_typed(available_from: date | None) -> dict[str, Any]:
    """The form before anybody typed, with the start the profile knows."""
    if available_from is None:
        return {}
    later = available_from > date.today()
    return {
        "start": Start.DAY if later else Start.NOW,
        "start_on": available_from.isoformat() if later else "",
    }


def chosen_start(typed: dict[str, Any]) -> str | None:
    """The start typed so far, in words; None while it says nothing."""
    try:
        day = date.fromisoformat(typed["start_on"]) if typed.get("start_on") else None
        return starts_in_words(typed["start"], day) or None
    except (KeyError, ValueError):
        return None


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


def facts_of(posting: Posting) -> dict[str, Any]:
    """What everybody reads, in words."""
    vacancy, words = posting.document, vocabulary()
    asked = [words.skills[id].label for id in vacancy.essential if id in words.skills]
    useful = [words.skills[id].label for id in vacancy.useful if id in words.skills]
    licences = [words.licences[id].label for id in vacancy.licences if id in words.licences]
    papers = [
        (name, when)
        for name, when in (("skck", vacancy.skck), ("skbn", vacancy.skbn))
        if when != PaperWhen.NEVER
    ]
    return {
        "description": paragraphs(vacancy.description),
        "qualification": paragraphs(posting.qualification),
        "asked": asked,
        "useful": useful,
        "papers": papers,
        "paper_when": PAPER_WHEN,
        "contact": ways.contact(posting.apply_at),
        "short_wage": short_wage(vacancy.wage_min, vacancy.wage_max),
        "summary": [
            ("Jenis", EMPLOYMENT_TYPES.get(vacancy.employment_type or "")),
            ("Jam kerja", vacancy.hours or None),
            ("Pendidikan", f"minimal {EDUCATION[vacancy.education]}" if vacancy.education else None),
            ("Pengalaman", cards.duration(vacancy.experience_months) or "tidak harus ada"),
            ("Surat izin", ", ".join(licences) or None),
            ("Posisi", positions(posting)),
            ("Batas lamaran", on(vacancy.closes_on) or None),
        ],
    }


def positions(posting: Posting) -> str:
    """Hires elsewhere are not known, so a vacancy that is applied for directly says only what was announced."""
    left = posting.document.positions
    if posting.direct or left == posting.positions:
        return f"{posting.positions} orang"
    return f"{left} dari {posting.positions} tersisa"


def paragraphs(text: str) -> list[tuple[str, list[str]]]:
    """Text as ("p", lines) and ("ul", items): lines that begin with a dash or a dot are a list."""
    parts: list[tuple[str, list[str]]] = []
    fresh = True
    for line in text.splitlines():
        item = re.match(r"\s*(?:[-•*–]|\d+[.)])\s+(.*)", line)
        kind, words = ("ul", item[1].strip()) if item else ("p", line.strip())
        if not words:
            fresh = True
            continue
        if fresh or parts[-1][0] != kind:
            parts.append((kind, []))
        parts[-1][1].append(words)
        fresh = False
    return parts


def short_wage(least: int | None, most: int | None) -> str:
    """Rp4,9–5,4 juta, for the dock; empty where no wage is shown."""
    ends = list(
        dict.fromkeys(
            f"{end / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") for end in (least, most) if end
        )
    )
    return f"Rp{'–'.join(ends)} juta" if ends else ""


ROUTES: list = [Vacancies]

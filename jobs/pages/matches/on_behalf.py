"""Applying on a client's behalf, with their recorded agreement."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest
from msgspec import Meta

from jobs import applications, cards, postings
from jobs.applying import LONGEST_NOTE, Start, note_error, starts_in_words
from jobs.pages.asked import id_in
from jobs.pages.matches.proposals import published, telling
from jobs.tables import Vacancy
from portal.access import only
from portal.forms import Form
from portal.html import go, on, page
from portal.once import new_key, once
from portal.pages.clients import visible_client
from portal.tables import Client, Person, Role

OLDEST_AGREEMENT = timedelta(days=30)


class Manner(StrEnum):
    """How a client said yes."""

    PRESENT = "present"
    CALL = "call"
    MESSAGE = "message"


MANNERS: dict[str, str] = {Manner.PRESENT: "Hadir langsung", Manner.CALL: "Telepon", Manner.MESSAGE: "Pesan"}
STARTS: dict[str, str] = {Start.NOW: "Segera", Start.DAY: "Mulai tanggal", Start.LATER: "Lain waktu"}


class OnBehalfForm(Form):
    """`agreement` is a sentence of the caseworker, for the record; `start` and `note` are what the employer reads."""

    messages: ClassVar[dict[str, str]] = {
        "manner": "Pilih bagaimana klien menyetujuinya.",
        "start": "Pilih kapan klien siap mulai.",
        "agreement": "Tulis satu kalimat, paling banyak 500 huruf: apa yang dibacakan dan apa jawabannya.",
        "note": f"Catatan paling banyak {LONGEST_NOTE} huruf. Dua atau tiga kalimat cukup.",
    }
    manner: Manner
    agreed_on: date
    agreement: Annotated[str, Meta(min_length=10, max_length=500)]
    start: Start
    start_on: date | None = None
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] = ""
    card: str = ""
    """Fingerprint of the card as it was shown (jobs.cards)."""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        agreed, today = values.get("agreed_on"), date.today()
        if agreed and agreed > today:
            yield "agreed_on", "Tanggal ini belum tiba."
        if agreed and agreed < today - OLDEST_AGREEMENT:
            yield "agreed_on", "Sudah lebih dari 30 hari. Tanyakan lagi kepada klien."
        if problem := telling(values.get("agreement", "")):
            yield "agreement", problem
        if values.get("start") == Start.DAY and "start_on" in values:
            if values["start_on"] < today:
                yield "start_on", "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."
        elif values.get("start") == Start.DAY:
            yield "start_on", "Pilih tanggal klien siap mulai."

    def in_words(self) -> str:
        """Telepon, 21 November 2026: Kartu dibacakan, klien setuju."""
        return f"{MANNERS[self.manner]}, {on(self.agreed_on)}: {self.agreement}"


class OnBehalf(Controller):
    """The caseworker sends what the client agreed to, and sees exactly what the employer will."""

    path = "/clients/{client_id:int}/applications/new"
    guards = [only(Role.STAFF)]
    dependencies = {"client": Provide(visible_client)}

    @get()
    async def new(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[str]:
        vacancy = await published(id_in(request, "vacancy"))
        typed = {"agreed_on": date.today().isoformat()}
        return await form_page(request, client, vacancy, typed, {})

    @post(status_code=200)
    async def create(self, request: HTMXRequest, client: NamedDependency[Client]) -> Response[Any]:
        vacancy = await published(id_in(request, "vacancy"))
        form, typed, errors = OnBehalfForm.of(await request.form())
        if problem := note_error(typed["note"], await _name(client)):
            errors["note"] = problem
        card = await _card(client, vacancy)
        if form and form.card != cards.fingerprint(card):
            errors["card"] = "Kartu klien berubah sejak halaman ini dibuka. Baca lagi, lalu kirim."
        if form is None or errors:
            return await form_page(request, client, vacancy, typed, errors, status=422)
        starts = starts_in_words(form.start, form.start_on)

        async def send() -> str:
            application = await applications.apply(
                vacancy,
                client,
                card={**card, "available": starts},
                by=request.user,
                note=form.note,
                starts=starts,
                agreement=form.in_words(),
            )
            return f"/applications/{application.id}"

        try:
            return go(request, await once(form.once, send, by=request.user), said="Lamaran terkirim.")
        except applications.NotPossible as problem:
            return await form_page(request, client, vacancy, typed, {"card": str(problem)}, status=409)


async def _card(client: Client, vacancy: Vacancy) -> dict[str, Any]:
    posting = await postings.read(vacancy.id)
    assert posting
    return await cards.card_of(client, posting.document)


async def _name(client: Client) -> str:
    [row] = await Person.select(Person.name).where(Person.id == client.person)
    return row["name"]


async def form_page(
    request: HTMXRequest,
    client: Client,
    vacancy: Vacancy,
    typed: dict[str, Any],
    errors: dict[str, str],
    status: int = 200,
) -> Response[str]:
    """The card as the employer will see it, and the form; instead of the form the reason where there is one."""
    card = await _card(client, vacancy)
    return page(
        request,
        "jobs/on_behalf.html",
        status=status,
        client=client,
        who=await _name(client),
        vacancy=vacancy,
        card=card,
        fingerprint=cards.fingerprint(card),
        reason=applications.closed_to(vacancy, client),
        manners=list(MANNERS.items()),
        starts=list(STARTS.items()),
        today=date.today().isoformat(),
        typed=typed,
        errors=errors,
        key=new_key(),
    )

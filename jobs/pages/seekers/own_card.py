"""Siapa yang melihat: whether partners may look for a client's blind card, from whom it is kept, and who has seen it."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from msgspec import Meta

from jobs import card_views, job_invitations
from jobs.pages.matches.aside import name_of
from jobs.pages.matches.proposals import telling
from jobs.pages.matches.wording import INVITATIONS
from jobs.seekers import blind, reading
from jobs.tables import CardExclusion
from portal import consent
from portal.access import only
from portal.forms import Form
from portal.html import go, page
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, ConsentChannel, ConsentPurpose, Role
from training import profiles
from training.pages.profiles.pages import own_client

Answer = Response[Any]
PURPOSE = ConsentPurpose.BLIND_CARD
CHANNELS = [
    (ConsentChannel.PRESENT.value, "Hadir langsung"),
    (ConsentChannel.CALL.value, "Telepon"),
    (ConsentChannel.MESSAGE.value, "Pesan"),
]


class OwnConsentForm(Form):
    messages: ClassVar[dict[str, str]] = {"agree": "Centang dulu bila Anda setuju."}
    agree: Literal["yes"]


class HeardConsentForm(Form):
    """An agreement that staff heard."""

    messages: ClassVar[dict[str, str]] = {
        "channel": "Pilih bagaimana klien menyetujuinya.",
        "agreement": "Tulis satu kalimat, 10 sampai 500 huruf: apa yang dibacakan dan apa jawaban klien.",
    }
    channel: Literal["present", "call", "message"]
    agreement: Annotated[str, Meta(min_length=consent.SHORTEST, max_length=500)]

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if problem := telling(values.get("agreement", "")):
            yield "agreement", problem


class ExclusionForm(Form):
    messages: ClassVar[dict[str, str]] = {"partner": "Pilih satu pemberi kerja."}
    partner: int


class CardPages(Controller):
    """The client's own page and the same for staff of their office."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        return await render(request, client)

    @post("/consents", status_code=200)
    async def agree(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        sent, actor = await request.form(), request.user
        own, typed, errors = (OwnConsentForm if actor.role == Role.CLIENT else HeardConsentForm).of(sent)
        if own is None:
            return await render(request, client, typed, errors, status=422)
        heard: dict[str, Any] = {}
        if isinstance(own, HeardConsentForm):
            heard = {"channel": ConsentChannel(own.channel), "agreement": own.agreement}
        try:
            await consent.give(client, PURPOSE, by=actor, **heard)
        except consent.NotPossible as problem:
            return await render(request, client, typed, {"agree": str(problem)}, status=409)
        return go(request, address(client, actor), said="Persetujuan tercatat. Bisa ditarik kapan saja.")

    @post("/consents/ending", status_code=200)
    async def withdraw(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await consent.withdraw(client, PURPOSE, by=request.user)
        return go(
            request,
            address(client, request.user),
            said="Ditarik. Kartu tidak tampil lagi mulai sekarang, dan undangan yang belum dijawab berakhir.",
        )

    @post("/exclusions", status_code=200)
    async def exclude(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = ExclusionForm.of(await request.form())
        if form is None:
            return await render(request, client, typed, errors, status=422)
        done = await card_views.exclude(client, form.partner, by=request.user)
        return go(
            request, address(client, request.user), said="Dikecualikan." if done else "Sudah dikecualikan."
        )

    @post("/exclusions/{exclusion_id:int}/ending", status_code=200)
    async def include(
        self, request: HTMXRequest, client: NamedDependency[Client], exclusion_id: FromPath[int]
    ) -> Answer:
        if not await CardExclusion.exists().where(
            (CardExclusion.id == exclusion_id) & (CardExclusion.client == client.id)
        ):
            raise NotFoundException("Pengecualian ini tidak ada.")
        await card_views.include(client, exclusion_id, by=request.user)
        return go(request, address(client, request.user), said="Tidak dikecualikan lagi.")


class OwnCard(CardPages):
    path = "/me/card"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientCard(CardPages):
    path = "/clients/{client_id:int}/card"
    guards = [only(Role.STAFF)]
    dependencies = {"client": Provide(visible_client)}


def address(client: Client, by: Actor) -> str:
    return "/me/card" if by.role == Role.CLIENT else f"/clients/{client.id}/card"


async def render(
    request: HTMXRequest,
    client: Client,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Answer:
    # Asked for first, because it makes the profile where there is none yet.
    await profiles.of_client(client.id)
    [known] = await reading.known([client.id])
    return page(
        request,
        "jobs/own_card.html",
        status=status,
        base=address(client, request.user),
        back="/me" if request.user.role == Role.CLIENT else f"/clients/{client.id}",
        who=await name_of(client),
        wording=consent.WORDINGS[PURPOSE],
        given=await consent.current(client.id, PURPOSE),
        card=blind.card_of(known, [], _province(client)),
        views=await card_views.of_client(client.id),
        invitations=[
            {**row, "badge": INVITATIONS[row["answer"]]} for row in await job_invitations.of_client(client.id)
        ],
        excluded=await card_views.excluded(client.id),
        others=await card_views.others(client.id),
        channels=CHANNELS,
        typed=typed or {},
        errors=errors or {},
    )


def _province(client: Client) -> str | None:
    """What a card says of a home where nobody else on the page lives near, in the example."""
    return "kabupaten, atau hanya provinsi, atau tidak disebut" if client.region else None

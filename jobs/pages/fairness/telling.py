"""The entry form of what is told for the fairness report alone; nothing else shows it of one person."""

from typing import Any, ClassVar, Literal

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest

from jobs.fairness import attributes, bounds
from jobs.fairness.tables import Evened, Sex
from jobs.pages.matches.aside import name_of
from jobs.pages.seekers.own_card import CHANNELS, HeardConsentForm
from portal import consent
from portal.access import only
from portal.forms import Form
from portal.html import go, page
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, ConsentChannel, Role
from training.pages.profiles.pages import own_client

Answer = Response[Any]
SEXES = [("f", "Perempuan"), ("m", "Laki-laki"), ("untold", "Tidak dicatat")]
ANSWERS = [("yes", "Ya, penyandang disabilitas"), ("no", "Bukan")]


class SexForm(Form):
    messages: ClassVar[dict[str, str]] = {"sex": "Pilih satu. Tidak dicatat juga boleh."}
    sex: Literal["f", "m", "untold"]


class DisabilityForm(Form):
    messages: ClassVar[dict[str, str]] = {
        "disability": "Pilih satu, atau biarkan saja bagian ini.",
        "agree": "Centang dulu bila Anda setuju.",
    }
    disability: Literal["yes", "no"]
    agree: Literal["yes"]


class HeardDisabilityForm(HeardConsentForm):
    messages: ClassVar[dict[str, str]] = HeardConsentForm.messages | {
        "disability": "Pilih satu, atau biarkan saja bagian ini."
    }
    disability: Literal["yes", "no"]


class TellingPages(Controller):
    """The client's own page and the same for staff of their office."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        return await render(request, client)

    @post("/sex", status_code=200)
    async def record(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = SexForm.of(await request.form())
        if form is None:
            return await render(request, client, typed, errors, status=422)
        sex = None if form.sex == "untold" else Sex(form.sex)
        await attributes.record_sex(client, sex, by=request.user)
        return go(request, address(client, request.user), said="Tersimpan.")

    @post("/disability", status_code=200)
    async def volunteer(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        sent, actor = await request.form(), request.user
        form, typed, errors = (DisabilityForm if actor.role == Role.CLIENT else HeardDisabilityForm).of(sent)
        if form is None:
            return await render(request, client, typed, errors, status=422)
        heard: dict[str, Any] = {}
        if isinstance(form, HeardDisabilityForm):
            heard = {"channel": ConsentChannel(form.channel), "agreement": form.agreement}
        try:
            await attributes.volunteer(client, form.disability == "yes", by=actor, **heard)
        except consent.NotPossible as problem:
            return await render(request, client, typed, {"disability": str(problem)}, status=409)
        return go(request, address(client, actor), said="Tercatat. Bisa ditarik kapan saja.")

    @post("/disability/ending", status_code=200)
    async def withdraw(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        await attributes.withdraw(client, by=request.user)
        return go(request, address(client, request.user), said="Ditarik, dan catatannya dihapus.")


class OwnFairness(TellingPages):
    path = "/me/fairness"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientFairness(TellingPages):
    path = "/clients/{client_id:int}/fairness"
    guards = [only(Role.STAFF)]
    dependencies = {"client": Provide(visible_client)}


def address(client: Client, by: Actor) -> str:
    return "/me/fairness" if by.role == Role.CLIENT else f"/clients/{client.id}/fairness"


async def render(
    request: HTMXRequest,
    client: Client,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Answer:
    told, set_to = await attributes.of_client(client.id), await bounds.current()
    return page(
        request,
        "jobs/fairness_telling.html",
        status=status,
        base=address(client, request.user),
        back="/me" if request.user.role == Role.CLIENT else f"/clients/{client.id}",
        who=await name_of(client),
        wording=consent.WORDINGS[attributes.PURPOSE],
        given=await consent.current(client.id, attributes.PURPOSE),
        evened_by_sex=set_to is not None and set_to.attribute == Evened.SEX,
        sexes=SEXES,
        answers=ANSWERS,
        channels=CHANNELS,
        typed={"sex": (told and told.sex) or "", **(typed or {})},
        errors=errors or {},
    )

"""Coba: one more skill, licence or some kilometres, and what that would open; nothing is kept until somebody says so.

What is tried is posted and answered at once: in an address it would stay in the browser's history and in logs, beside the
number of a client where staff try it.
"""

from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.plugins.htmx import HTMXRequest
from msgspec import Meta

from jobs import courses, matches
from jobs.matching.trying import Trial
from jobs.pages.matches.aside import name_of, places
from jobs.pages.matches.wording import within
from jobs.pages.rows import row
from portal.access import STAFF, only
from portal.forms import Form
from portal.html import go, page
from portal.once import new_key, once
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, Role
from training import profiles
from training.pages.profiles.pages import own_client
from training.profiles import Whole
from training.vocabulary import vocabulary
from training.vocabulary.searching import near_skills, skills_like, tell_skills

Answer = Response[Any]
MOST_KM = 100
UNKNOWN = "Keterampilan ini belum dikenal. Coba kata lain, misalnya “las listrik” atau “Excel”."
UNSURE = "Ada beberapa keterampilan seperti itu. Pilih yang dimaksud."


class TrialForm(Form):
    """`skill` is an id, or words as somebody types them."""

    skill: Annotated[str, Meta(max_length=80)] = ""
    licence: str = ""
    km: Annotated[int, Meta(ge=0, le=MOST_KM)] | None = None


class TrialPages(Controller):
    """The client's own and the caseworker's."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        return await render(request, client, Trial(), {}, {})

    @post(status_code=200)
    async def try_on(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = TrialForm.of(await request.form())
        trial = trial_of(form) if form else Trial()
        if form and form.skill and not trial.skill:
            errors = {"skill": UNSURE if meant_by(form.skill) else UNKNOWN}
        return await render(request, client, trial, typed, errors, status=422 if errors else 200)

    @post("/adoption", status_code=200)
    async def keep(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        """Writes what was tried into the profile, as far as this person may."""
        form, typed, errors = TrialForm.of(await request.form())
        trial = trial_of(form) if form else Trial()
        whole = await profiles.of_client(client.id)
        if not may_keep(trial, whole, request.user):
            return await render(request, client, trial, typed, errors, status=422)

        async def make() -> str:
            await _keep(trial, whole, request.user)
            return places(client, request.user)["list"]

        # Kilometres are added to what the profile says, so a second tap must not add them again.
        address = await once(typed["once"], make, by=request.user)
        return go(request, address, said="Tersimpan di profil.")


class OwnTrial(TrialPages):
    path = "/matches/trial"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}


class ClientTrial(TrialPages):
    path = "/clients/{client_id:int}/trial"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}


def trial_of(form: TrialForm) -> Trial:
    """What the form means; what nobody knows is left out."""
    words = vocabulary()
    known = [form.skill] if form.skill in words.skills else tell_skills([form.skill] if form.skill else [])[0]
    licence = form.licence if form.licence in words.licences else ""
    return Trial(known[0] if known else "", licence, form.km or 0)


def meant_by(words: str) -> list[tuple[str, str]]:
    """Skills that may be meant by words which name none for sure: id and label."""
    return [(each.id, each.label) for each in skills_like(words, 6) or near_skills(words)]


def may_keep(trial: Trial, whole: Whole, by: Actor) -> bool:
    """A client says what they can do and how far they travel; a licence is a paper, which staff have seen."""
    if trial.licence and by.role == Role.CLIENT:
        return False
    return bool(trial) and not (trial.km and whole.travel_km is None)


async def _keep(trial: Trial, whole: Whole, by: Actor) -> None:
    if trial.skill:
        await profiles.learn(whole, stated=[trial.skill], by=by)
    facts: dict[str, Any] = {}
    if trial.licence:
        facts["licences"] = sorted({*(whole.licences or ()), trial.licence})
    if trial.km:
        facts["travel_km"] = (whole.travel_km or 0) + trial.km
    if facts:
        await profiles.describe(whole, facts, by=by)


def licence_choices(whole: Whole) -> list[tuple[str, str]]:
    """Licences that may be tried on; none where nobody has asked, because none then stands in the way."""
    if whole.licences is None:
        return []
    return [(id, each.label) for id, each in vocabulary().licences.items() if id not in whole.licences]


async def render(
    request: HTMXRequest,
    client: Client,
    trial: Trial,
    typed: dict[str, Any],
    errors: dict[str, str],
    status: int = 200,
) -> Answer:
    whole = await profiles.of_client(client.id)
    count, best = await matches.tried_on(client, whole, trial)
    staff = request.user.role != Role.CLIENT
    leading = await courses.leading_to(
        client,
        whole.travel_km,
        [trial.skill] if trial.skill else [],
        [trial.licence] if trial.licence else [],
    )
    found = list({each.id: each for some in leading.values() for each in some}.values())
    return page(
        request,
        "jobs/trial.html",
        "trial",
        status=status,
        who=await name_of(client),
        places_of=places(client, request.user),
        trial=places(client, request.user)["trial"],
        tried=trial,
        said=in_words(trial, whole),
        count=count,
        rows=[row(each, staff=staff) for each in best],
        meant=meant_by(typed["skill"]) if errors.get("skill") == UNSURE else [],
        courses=courses.links(found, client.id, staff=staff),
        may_keep=may_keep(trial, whole, request.user),
        licence_choices=licence_choices(whole),
        may_widen=whole.travel_km is not None,
        # Who comes by a link reads the word, not the id of it.
        typed={**typed, "skill": vocabulary().skills[trial.skill].label} if trial.skill else typed,
        errors=errors,
        key=new_key(),
    )


def in_words(trial: Trial, whole: Whole) -> str:
    """bisa las SMAW, punya SIM C, menempuh 25 km"""
    words, said = vocabulary(), []
    if trial.skill:
        said.append(f"bisa {within(words.skills[trial.skill].label)}")
    if trial.licence:
        said.append(f"punya {words.licences[trial.licence].label}")
    if trial.km and whole.travel_km is not None:
        said.append(f"menempuh {whole.travel_km + trial.km} km")
    return ", ".join(said)

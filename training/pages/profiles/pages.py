"""What staff and client both do on a profile's page: read it, name skills, say what they hope for."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from litestar import Controller, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.plugins.htmx import HTMXRequest

from portal import clients
from portal.access import only
from portal.tables import Client, Role
from training import profiles
from training.forms import HopesForm, RemovalForm, SkillsForm, split_words
from training.pages.profiles.rendering import Answer, refused, render, saved
from training.tables import Source
from training.vocabulary import Occupation, Skill, vocabulary
from training.vocabulary.searching import tell_occupations, tell_skills, without_meant

Entry = TypeVar("Entry", Occupation, Skill)


async def own_client(request: HTMXRequest) -> Client:
    client = await clients.visible_to(request.user).first()
    if client is None:
        raise NotFoundException("Profil ini belum dibuat. Hubungi pendamping Anda.")
    return client


def entries(known: Mapping[str, Entry], ids: Iterable[str]) -> list[Entry]:
    return [known[id] for id in ids if id in known]


class ProfilePages(Controller):
    """Both. What is evidence only staff may write, in a controller of their own."""

    @get()
    async def show(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        return await render(request, client)

    @post("/skills")
    async def add_skills(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = SkillsForm.of(await request.form())
        if form is None:
            return await refused(request, client, "skills", typed, errors)
        known, unknown = tell_skills(split_words(form.q))
        unknown = without_meant(unknown, entries(vocabulary().skills, [*form.skills, *form.practised]))
        stated, practised = [*known, *form.skills], form.practised
        if request.user.role == Role.CLIENT:
            # Whoever tells it of themselves states it; that it was used at work is for staff to say.
            stated, practised = [*stated, *practised], []
        profile = await profiles.of_client(client.id)
        await profiles.learn(
            profile, stated=stated, practised=practised, unknown=unknown, meant=form.replaces, by=request.user
        )
        return await saved(request, client, "skills", "Keterampilan ditambahkan.")

    @post("/skills/removals")
    async def remove_skills(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = RemovalForm.of(await request.form())
        if form is None:
            return await refused(request, client, "skills", typed, errors)
        profile = await profiles.of_client(client.id)
        stated = {skill for skill, source in profile.skills.items() if source == Source.STATED}
        skills = [skill for skill in form.skills if request.user.is_staff or skill in stated]
        await profiles.forget(profile, skills=skills, word=form.word, by=request.user)
        return await saved(request, client, "skills", "Dihapus.")

    @post("/hopes")
    async def hope(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = HopesForm.of(await request.form())
        if form is None:
            return await refused(request, client, "hopes", typed, errors)
        wishes, unknown = tell_occupations(split_words(form.wishes))
        unknown = without_meant(unknown, entries(vocabulary().occupations, form.wished))
        facts = {
            "travel_km": form.travel_km,
            "work_times": [time.value for time in form.work_times] or None,
            "employment_types": form.employment_types or None,
            "wage_min": form.wage_min,
            "available_from": form.available_from,
            "wishes": list(dict.fromkeys([*wishes, *form.wished])) or None,
            "unknown_wishes": unknown,
        }
        await profiles.describe(await profiles.of_client(client.id), facts, by=request.user)
        return await saved(request, client, "hopes", "Harapan tersimpan.")


class OwnProfile(ProfilePages):
    path = "/me/profile"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}

"""Pelatihan: courses at hand for a client, as they and their caseworker see them; and "saya tertarik"."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import courses
from jobs.courses import Offer
from jobs.pages.matches.aside import name_of, places
from jobs.pages.matches.wording import within
from portal.access import STAFF, only
from portal.html import go, on, page
from portal.pages.clients import visible_client
from portal.people import Actor
from portal.tables import Client, Role
from training import enrolments, profiles, programmes
from training.pages.profiles.pages import own_client
from training.pages.programmes import shown
from training.programmes import AtHand
from training.tables import Enrolment, EnrolmentState, Programme
from training.vocabulary import vocabulary
from training.words import ENROLMENT_STATES

Answer = Response[Any]
NAMED = 4
"""So many new skills are named in a row, the rest are counted."""
OVER = "Pendaftarannya sudah ditutup."
ENDED = "Pendampingannya sudah selesai, jadi tidak ada yang mendaftarkan. Hubungi penyelenggaranya langsung."
COLOURS: dict[str, str] = {
    EnrolmentState.INTERESTED: "next",
    EnrolmentState.REGISTERED: "ok",
    EnrolmentState.FINISHED: "ok",
}


class CoursePages(Controller):
    """The client's own and the caseworker's; both write rows that say who tapped."""

    @get()
    async def index(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        whole = await profiles.of_client(client.id)
        inside, beyond = await courses.offered(client, whole)
        staff = request.user.is_staff
        return page(
            request,
            "jobs/courses.html",
            who=await name_of(client) if staff else "",
            client=client,
            base=base_of(client, request.user),
            places_of=places(client, request.user),
            inside=[row(each, client, staff=staff) for each in inside],
            beyond=[row(each, client, staff=staff) for each in beyond],
            km=round(courses.reach_of(whole.travel_km)),
            empty=whole.empty,
            placed=client.region is not None,
        )

    @post("/{programme_id:int}/interest", status_code=200)
    async def interest(
        self, request: HTMXRequest, client: NamedDependency[Client], programme_id: FromPath[int]
    ) -> Answer:
        programme = await readable(request, client, programme_id)
        back = course_address(programme.id, client, request.user)
        if not programmes.beginnable(programme, date.today()):
            return go(request, back, said=OVER)
        if client.closed_on:
            return go(request, back, said=ENDED)
        try:
            await enrolments.interest(programme, client, by=request.user)
        except enrolments.NotPossible as problem:
            return go(request, back, said=str(problem))
        own = request.user.role == Role.CLIENT
        return go(request, back, said="Pendamping sudah diberi tahu." if own else "Tercatat: klien tertarik.")

    @post("/{programme_id:int}/interest/ending", status_code=200)
    async def lose_interest(
        self, request: HTMXRequest, client: NamedDependency[Client], programme_id: FromPath[int]
    ) -> Answer:
        programme = await readable(request, client, programme_id)
        back = course_address(programme.id, client, request.user)
        mine = await enrolments.of(client.id, programme.id)
        if mine is None or mine.state == EnrolmentState.ENDED:
            return go(request, back)
        try:
            if mine.state != EnrolmentState.INTERESTED:
                raise enrolments.NotPossible("Sudah didaftarkan. Bicarakan dulu dengan pendamping.")
            await enrolments.move(mine, EnrolmentState.ENDED, by=request.user)
        except enrolments.NotPossible as problem:
            return go(request, back, said=str(problem))
        return go(request, back, said="Dibatalkan.")


class OwnCourses(CoursePages):
    path = "/matches/programmes"
    guards = [only(Role.CLIENT)]
    dependencies = {"client": Provide(own_client)}

    @get("/{programme_id:int}")
    async def show(
        self, request: HTMXRequest, client: NamedDependency[Client], programme_id: FromPath[int]
    ) -> Answer:
        """The course as the client reads it; staff have a page of their own (training.pages.programmes)."""
        programme = await readable(request, client, programme_id)
        whole = await profiles.of_client(client.id)
        mine = await enrolments.of(client.id, programme.id)
        found = programmes.at_hand(programme.to_dict(), courses.home_point(client))
        return page(
            request,
            "jobs/course.html",
            programme=programme,
            facts=shown.facts(programme, to_staff=False),
            provider=programmes.provider_shown(programme.provider_kind, programme.provider),
            said=courses.when_and_where(found),
            skills=[
                (id, label, id in whole.skills)
                for id, label in shown.skills(await programmes.skills_of(programme.id))
            ],
            state=mine.state if mine else "",
            since=on(mine.moved_at) if mine else "",
            open=programmes.beginnable(programme, date.today()) and not client.closed_on,
        )


class ClientCourses(CoursePages):
    path = "/clients/{client_id:int}/programmes"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}


def base_of(client: Client, by: Actor) -> str:
    return "/matches/programmes" if by.role == Role.CLIENT else f"/clients/{client.id}/programmes"


def course_address(programme: int, client: Client, by: Actor) -> str:
    own = by.role == Role.CLIENT
    return f"/matches/programmes/{programme}" if own else f"/programmes/{programme}?client={client.id}"


async def readable(request: HTMXRequest, client: Client, programme_id: int) -> Programme:
    """One that this reader may read; and to a client in any state one that they are on the way to."""
    programme = await programmes.visible_to(request.user).where(Programme.id == programme_id).first()
    if programme is None and request.user.role == Role.CLIENT:
        mine = (Enrolment.client == client.id) & (Enrolment.programme == programme_id)
        if await Enrolment.exists().where(mine):
            programme = await Programme.objects().get(Programme.id == programme_id)
    if programme is None:
        raise NotFoundException("Pelatihan ini tidak ada.")
    return programme


def row(offer: Offer, client: Client, *, staff: bool) -> dict[str, Any]:
    """A course as a row of the list shows it."""
    each = offer.row
    found = AtHand(each["id"], each["title"], each["begins_on"], offer.km)
    known = vocabulary().skills
    names = [within(known[id].label) for id in offer.news if id in known]
    more = len(names) - NAMED
    state = each["enrolled"]
    return {
        "id": each["id"],
        "title": each["title"],
        "href": courses.href(found, client.id, staff=staff),
        "provider": programmes.provider_shown(each["provider_kind"], each["provider"]),
        "place": shown.place(each),
        "when": courses.when_and_where(found, staff=staff),
        "cost": shown.cost(each["cost"]),
        "duration": shown.duration(each["hours"], each["weeks"]),
        "news": ", ".join(names[:NAMED]) + (f", dan {more} lagi" if more > 0 else ""),
        "licence": vocabulary().licences[offer.licence].label
        if offer.licence in vocabulary().licences
        else "",
        "wanted": offer.wanted,
        "state": ENROLMENT_STATES[state] if state and state != EnrolmentState.ENDED else "",
        "colour": COLOURS.get(state or "", ""),
    }


ROUTES: list = [OwnCourses, ClientCourses]

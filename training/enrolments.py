"""Who is on the way to a course: from "saya tertarik" to the paper, which then stands in the profile like any other."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from piccolo.query.methods import Objects

from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import Actor
from portal.tables import Client, Role
from training import profiles
from training.tables import Enrolment, EnrolmentState, Programme, Source

BOTH = frozenset({Role.CLIENT, Role.STAFF, Role.ADMINISTRATOR})
STAFF = frozenset({Role.STAFF, Role.ADMINISTRATOR})

# from -> to -> who may. FINISHED is reached by `finish`, which records what the course gave.
MOVES: dict[EnrolmentState, dict[EnrolmentState, frozenset[Role]]] = {
    EnrolmentState.INTERESTED: {EnrolmentState.REGISTERED: STAFF, EnrolmentState.ENDED: BOTH},
    EnrolmentState.REGISTERED: {EnrolmentState.FINISHED: STAFF, EnrolmentState.ENDED: STAFF},
    EnrolmentState.FINISHED: {},
    EnrolmentState.ENDED: {EnrolmentState.INTERESTED: BOTH},
}


class NotPossible(Exception):
    """The enrolment is not where the person thought it was; the message says so."""


def visible_to(actor: Actor) -> Objects[Enrolment]:
    """The enrolments this person may see, as a query to narrow further; employers see none."""
    match actor.role:
        case Role.CLIENT:
            return Enrolment.objects().where(Enrolment.client == actor.client)
        case Role.STAFF:
            return Enrolment.objects().where(Enrolment.client.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return Enrolment.objects()
    return Enrolment.objects().where(Enrolment.id == -1)


def moves_open_to(actor: Actor, state: EnrolmentState | str) -> list[EnrolmentState]:
    return [to for to, roles in MOVES[EnrolmentState(state)].items() if actor.role in roles]


async def of(client: int, programme: int) -> Enrolment | None:
    return await Enrolment.objects().get((Enrolment.client == client) & (Enrolment.programme == programme))


async def interest(programme: Programme, client: Client, *, by: Actor) -> Enrolment:
    """Notes that the client would like to take the course, and tells their caseworker; once is enough. After it was taken
    back it counts anew. The caller has made sure that one can still get in."""
    async with change(by=by):
        made = (
            await Enrolment.insert(Enrolment(programme=programme.id, client=client.id, made_by=by.person))
            .on_conflict(target=(Enrolment.programme, Enrolment.client), action="DO NOTHING")
            .returning(Enrolment.id)
        )
        enrolment = await of(client.id, programme.id)
        assert enrolment
        if made:
            await _told(enrolment, EnrolmentState.INTERESTED, client, by)
        elif enrolment.state == EnrolmentState.ENDED:
            await move(enrolment, EnrolmentState.INTERESTED, by=by)
    return enrolment


async def move(enrolment: Enrolment, to: EnrolmentState, *, by: Actor) -> None:
    """Moves it from the state it was read in. Raises NotPossible where somebody was faster or the step is not theirs."""
    if to == EnrolmentState.FINISHED:
        raise ValueError("finish() records what the course gave.")
    await _moved(enrolment, to, by)


async def finish(
    enrolment: Enrolment,
    facts: dict[str, Any] | None,
    skills: Iterable[str],
    licence: str | None = None,
    *,
    by: Actor,
) -> None:
    """The course is done: the paper with the skills it proves goes into the profile, and a licence beside it.

    `facts` as for profiles.add_certificate; None where there is no paper, and then the skills count as learnt there by
    training all the same. Raises NotPossible as `move` does, and then nothing is written.
    """
    async with change(by=by):
        await _moved(enrolment, EnrolmentState.FINISHED, by)
        profile = await profiles.of_client(enrolment.client)
        if facts is not None:
            paper = await profiles.add_certificate(profile, facts, skills, by=by)
            await Enrolment.update({Enrolment.certificate: paper.id}).where(Enrolment.id == enrolment.id)
        elif skills:
            await profiles.add_skills(profile, skills, Source.TRAINING, by=by)
        if licence and licence not in (profile.licences or ()):
            licences = sorted({*(profile.licences or ()), licence})
            await profiles.describe(profile, {"licences": licences}, by=by)


async def _moved(enrolment: Enrolment, to: EnrolmentState, by: Actor) -> None:
    seen = EnrolmentState(enrolment.state)
    if to not in moves_open_to(by, seen):
        raise NotPossible("Langkah ini tidak bisa lagi dari keadaan sekarang.")
    columns: dict[Any, Any] = {"state": to, "moved_at": datetime.now(UTC)}
    async with change(by=by):
        moved = (
            await Enrolment.update(columns)
            .where((Enrolment.id == enrolment.id) & (Enrolment.state == seen))
            .returning(Enrolment.id)
        )
        if not moved:
            raise NotPossible("Keadaannya baru saja berubah.")
        client = await Client.objects().get(Client.id == enrolment.client)
        assert client
        await _told(enrolment, to, client, by)
    enrolment.state = to


async def _told(enrolment: Enrolment, to: EnrolmentState, client: Client, by: Actor) -> None:
    """One event, and a notice to whom it concerns: the caseworker of a wish, the client of a place."""
    await record(f"enrolment:{enrolment.id}", to, by=by)
    if to == EnrolmentState.INTERESTED and client.caseworker != by.person:
        await tell(client.caseworker, "training_wanted", f"/programmes/{enrolment.programme}")
    if to == EnrolmentState.REGISTERED and client.person != by.person:
        await tell(client.person, "training_registered", f"/matches/programmes/{enrolment.programme}")


LISTED = """
SELECT enrolment.id, enrolment.state, enrolment.moved_at, enrolment.client, person.name, caseworker.name AS caseworker,
       office.name AS office
FROM enrolment
JOIN client ON client.id = enrolment.client
JOIN person ON person.id = client.person
JOIN person AS caseworker ON caseworker.id = client.caseworker
JOIN organisation AS office ON office.id = client.office
WHERE enrolment.programme = {} AND ({}::int IS NULL OR client.office = {})
ORDER BY array_position(ARRAY['interested', 'registered', 'finished', 'ended'], enrolment.state::text),
         lower(person.name), enrolment.id
LIMIT 200
"""


async def in_programme(programme: int, actor: Actor) -> list[dict[str, Any]]:
    """Clients of the reader's office on the way to this course, who waits first; administrators see all offices'."""
    office = None if actor.role == Role.ADMINISTRATOR else actor.organisation
    return await Enrolment.raw(LISTED, programme, office, office)


async def of_client(client: int) -> list[dict[str, Any]]:
    """The client's courses, the latest step first: id, state, moved_at, programme, title, provider, provider_kind."""
    return (
        await Enrolment.select(
            Enrolment.id,
            Enrolment.state,
            Enrolment.moved_at,
            Enrolment.programme,
            Enrolment.programme.title.as_alias("title"),
            Enrolment.programme.provider.as_alias("provider"),
            Enrolment.programme.provider_kind.as_alias("provider_kind"),
        )
        .where(Enrolment.client == client)
        .order_by(Enrolment.moved_at, ascending=False)
    )

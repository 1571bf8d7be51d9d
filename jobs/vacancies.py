"""A vacancy, from a draft to being filled."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from piccolo.query.methods import Objects

from jobs.tables import Application, State, Vacancy, VacancySkill, VacancyState
from partners.tables import Partner
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.outbox import touch
from portal.people import Actor, members_of
from portal.tables import Organisation, OrganisationKind, Role
from training.tables import Need

INDEX = "vacancies"
EMPLOYER = frozenset({Role.EMPLOYER})
STAFF = frozenset({Role.STAFF, Role.ADMINISTRATOR})

# from -> to -> who may.
MOVES: dict[VacancyState, dict[VacancyState, frozenset[Role]]] = {
    VacancyState.DRAFT: {VacancyState.IN_REVIEW: EMPLOYER},
    VacancyState.IN_REVIEW: {
        VacancyState.PUBLISHED: STAFF,
        VacancyState.RETURNED: STAFF,
        VacancyState.CLOSED: STAFF,
        VacancyState.DRAFT: EMPLOYER,
    },
    VacancyState.RETURNED: {VacancyState.IN_REVIEW: EMPLOYER},
    VacancyState.PUBLISHED: {
        VacancyState.CLOSED: EMPLOYER | STAFF,
        VacancyState.FILLED: EMPLOYER,
        VacancyState.RETURNED: STAFF,
    },
    VacancyState.CLOSED: {VacancyState.IN_REVIEW: EMPLOYER | STAFF},
    VacancyState.FILLED: {VacancyState.PUBLISHED: EMPLOYER},
}
EDITABLE = frozenset({VacancyState.DRAFT, VacancyState.IN_REVIEW, VacancyState.RETURNED})
"""What was approved stays as it was approved."""


class NotPossible(Exception):
    """The vacancy is no longer where the person thought it was."""


class Changed(NotPossible):
    """Somebody has changed the vacancy since the person read it."""


def visible_to(actor: Actor | None) -> Objects[Vacancy]:
    """The vacancies this person may open by id, as a query to narrow further: published ones, and one's own."""
    vacancies = Vacancy.objects()
    published = Vacancy.state == VacancyState.PUBLISHED
    if actor is not None and actor.is_staff:
        return vacancies
    if actor is not None and actor.role == Role.EMPLOYER:
        return vacancies.where(published | (Vacancy.partner.organisation == actor.organisation))
    return vacancies.where(published)


def moves_open_to(actor: Actor, state: VacancyState | str) -> list[VacancyState]:
    return [to for to, roles in MOVES[VacancyState(state)].items() if actor.role in roles]


async def post(
    facts: dict[str, Any], essential: Iterable[str], useful: Iterable[str], *, by: Actor
) -> Vacancy:
    """A new draft of the acting employer's organisation; `facts` are columns of Vacancy."""
    partner = await Partner.objects().get(Partner.organisation == by.organisation)
    if partner is None:
        raise NotPossible("Akun ini belum terhubung dengan mitra.")
    async with change(by=by):
        vacancy = Vacancy(**facts, partner=partner.id, employer_name=by.organisation_name, made_by=by.person)
        await vacancy.save()
        await name_skills(vacancy.id, essential, useful)
        await record(f"vacancy:{vacancy.id}", "drafted", by=by)
    return vacancy


async def edit(
    vacancy: Vacancy, facts: dict[str, Any], essential: Iterable[str], useful: Iterable[str], *, by: Actor
) -> None:
    """Changes what is not published yet. Raises NotPossible once it is."""
    async with change(by=by):
        edited = (
            await Vacancy.update({**facts, "changed_at": datetime.now(UTC)}, force=True)
            .where((Vacancy.id == vacancy.id) & Vacancy.state.is_in([state.value for state in EDITABLE]))
            .returning(Vacancy.id)
        )
        if not edited:
            raise NotPossible("Lowongan yang sudah terbit tidak bisa diubah.")
        await VacancySkill.delete().where(VacancySkill.vacancy == vacancy.id)
        await name_skills(vacancy.id, essential, useful)
        await record(f"vacancy:{vacancy.id}", "edited", by=by)


async def rename_employer(partner: int, name: str, *, by: Actor) -> None:
    """Puts a partner's new name on its vacancies, where people read and search it."""
    async with change(by=by):
        renamed = (
            await Vacancy.update({Vacancy.employer_name: name})
            .where((Vacancy.partner == partner) & (Vacancy.employer_name != name))
            .returning(Vacancy.id)
        )
        for row in renamed:
            await touch(INDEX, row["id"])


async def hold(vacancy: Vacancy, seen: str) -> None:
    """Locks the row until the change around it ends. Raises Changed unless it is as it was at `seen`.

    `seen` is the `changed_at` of what the person read, in ISO 8601: nobody approves or overwrites what they never saw.
    """
    [row] = await Vacancy.select(Vacancy.changed_at).where(Vacancy.id == vacancy.id).lock_rows("UPDATE")
    if row["changed_at"].isoformat() != seen:
        raise Changed


async def name_skills(vacancy: int, essential: Iterable[str], useful: Iterable[str]) -> None:
    """Skill ids of a vacancy that has none yet; one that is essential is not useful besides."""
    needs = {skill: Need.USEFUL for skill in useful} | {skill: Need.ESSENTIAL for skill in essential}
    if needs:
        await VacancySkill.insert(
            *(VacancySkill(vacancy=vacancy, skill=skill, need=need) for skill, need in needs.items())
        )


async def move(vacancy: Vacancy, to: VacancyState, *, by: Actor, note: str = "") -> None:
    """Moves the vacancy, records it, tells whom it concerns and marks the index, or raises NotPossible."""
    seen = VacancyState(vacancy.state)
    if to not in moves_open_to(by, seen):
        raise NotPossible(f"{seen} to {to}")
    now = datetime.now(UTC)
    facts: dict[Any, Any] = {"state": to, "changed_at": now}
    if to == VacancyState.PUBLISHED:
        facts |= {"published_at": now, "approved_by": by.person, "review_note": ""} if by.is_staff else {}
    if to == VacancyState.RETURNED:
        facts["review_note"] = note
    async with change(by=by):
        moved = (
            await Vacancy.update(facts, force=True)
            .where(Vacancy.id == vacancy.id, Vacancy.state == seen)
            .returning(Vacancy.id)
        )
        if not moved:
            raise NotPossible(f"{seen} to {to}")
        await record(f"vacancy:{vacancy.id}", to, by=by)
        await touch(INDEX, vacancy.id)
        await _tell_about(vacancy, to, by=by)
    vacancy.state = to


async def count_hires(vacancy: int, *, by: Actor) -> None:
    """Closes a vacancy whose positions are taken, and opens it again when a hire is taken back.

    The index tells how many positions are left, so it is marked either way.
    """
    # Locked, because two who are hired at once would each count only themselves.
    [row] = (
        await Vacancy.select(Vacancy.positions, Vacancy.state)
        .where(Vacancy.id == vacancy)
        .lock_rows("UPDATE")
    )
    hired = await Application.count().where(
        (Application.vacancy == vacancy) & (Application.state == State.HIRED)
    )
    full = hired >= row["positions"]
    was, now = (
        (VacancyState.PUBLISHED, VacancyState.FILLED)
        if full
        else (VacancyState.FILLED, VacancyState.PUBLISHED)
    )
    if row["state"] == was:
        await Vacancy.update({Vacancy.state: now}).where(Vacancy.id == vacancy)
        await record(f"vacancy:{vacancy}", now, by=by)
    await touch(INDEX, vacancy)


async def _tell_about(vacancy: Vacancy, to: VacancyState, *, by: Actor) -> None:
    if to == VacancyState.IN_REVIEW and by.role == Role.EMPLOYER:
        offices = await Organisation.select(Organisation.id).where(
            Organisation.kind == OrganisationKind.OFFICE
        )
        for office in offices:
            for person in await members_of(office["id"], Role.ADMINISTRATOR):
                await tell(person, "vacancy_waiting", "/reviews")
    kind = {VacancyState.PUBLISHED: "vacancy_published", VacancyState.RETURNED: "vacancy_returned"}.get(to)
    if kind and by.is_staff and vacancy.partner:
        [row] = await Vacancy.select(Vacancy.partner.organisation.as_alias("organisation")).where(
            Vacancy.id == vacancy.id
        )
        for person in await members_of(row["organisation"], Role.EMPLOYER):
            await tell(person, kind, f"/partner/vacancies/{vacancy.id}")

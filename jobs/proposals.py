"""Proposals: a caseworker suggests a vacancy, and the client applies or says no."""

from datetime import UTC, date, datetime
from typing import Any

from piccolo.query.methods import Objects

from jobs.matches import Quiet, why_quiet
from jobs.tables import Application, Proposal, ProposalAnswer, Vacancy, VacancyState
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import Actor
from portal.tables import Client, Role

QUIET = {
    Quiet.CLOSED: "Pendampingan klien ini sudah selesai.",
    Quiet.UNDER_AGE: "Klien ini belum 18 tahun. Usulkan pelatihan dulu.",
    Quiet.PAUSED: "Klien ini sedang dijeda. Lanjutkan dulu di halaman klien.",
}


class NotPossible(Exception):
    """The proposal may not be made, or is no longer open; the message says why."""


def visible_to(actor: Actor) -> Objects[Proposal]:
    """The proposals this person may see, as a query to narrow further; employers see none."""
    match actor.role:
        case Role.CLIENT:
            return Proposal.objects().where(Proposal.client == actor.client)
        case Role.STAFF:
            return Proposal.objects().where(Proposal.client.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return Proposal.objects()
    return Proposal.objects().where(Proposal.id == -1)


async def open_to(client: int) -> list[dict[str, Any]]:
    """What waits for the client's answer, newest first: id, vacancy, message, made_at, and `by`, who proposed it."""
    return (
        await Proposal.select(
            Proposal.id,
            Proposal.vacancy,
            Proposal.message,
            Proposal.made_at,
            Proposal.made_by.name.as_alias("by"),
        )
        .where(
            (Proposal.client == client)
            & (Proposal.answer == ProposalAnswer.OPEN)
            & (Proposal.vacancy.state == VacancyState.PUBLISHED)
        )
        .order_by(Proposal.made_at, ascending=False)
    )


async def propose(vacancy: Vacancy, client: Client, message: str, *, by: Actor) -> Proposal:
    """Suggests the vacancy and tells the client; the proposal of the first time if there is one. Raises NotPossible."""
    if reason := await why_not(vacancy, client):
        raise NotPossible(reason)
    mine = (Proposal.vacancy == vacancy.id) & (Proposal.client == client.id)
    async with change(by=by):
        made = (
            await Proposal.insert(
                Proposal(vacancy=vacancy.id, client=client.id, message=message, made_by=by.person)
            )
            .on_conflict(target=(Proposal.vacancy, Proposal.client), action="DO NOTHING")
            .returning(Proposal.id)
        )
        if made:
            await record(f"proposal:{made[0]['id']}", "made", by=by)
            await tell(client.person, "proposal", "/matches")
        proposal = await Proposal.objects().get(mine)
    assert proposal
    return proposal


async def why_not(vacancy: Vacancy, client: Client) -> str | None:
    """Why this vacancy cannot be proposed to this client, in a sentence for staff; None if it can."""
    if vacancy.state != VacancyState.PUBLISHED or (vacancy.closes_on and vacancy.closes_on < date.today()):
        return "Lowongan ini sudah ditutup."
    if quiet := why_quiet(client):
        return QUIET[quiet]
    if await Application.exists().where(
        (Application.vacancy == vacancy.id) & (Application.client == client.id)
    ):
        return "Klien ini sudah melamar lowongan ini."
    return None


async def decline(proposal: Proposal, note: str, *, by: Actor) -> None:
    """The client says no, by themselves or through staff; who proposed it is told. Raises NotPossible if answered."""
    async with change(by=by):
        answered = (
            await Proposal.update(
                {
                    Proposal.answer: ProposalAnswer.DECLINED,
                    Proposal.answer_note: note,
                    Proposal.answered_at: datetime.now(UTC),
                }
            )
            .where((Proposal.id == proposal.id) & (Proposal.answer == ProposalAnswer.OPEN))
            .returning(Proposal.made_by, Proposal.client)
        )
        if not answered:
            raise NotPossible("Usulan ini sudah dijawab.")
        await record(f"proposal:{proposal.id}", "declined", by=by)
        if answered[0]["made_by"] != by.person:
            await tell(
                answered[0]["made_by"], "proposal_answered", f"/clients/{answered[0]['client']}/matches"
            )

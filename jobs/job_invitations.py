"""A partner asks whoever is behind a blind card to apply; the client answers, and the partner learns nothing by it.

A card that was invited is closed: the partner keeps its code and the day, and nothing that becomes of the client changes that.
"""

from datetime import UTC, date, datetime
from typing import Any

from piccolo.query.methods import Objects

from jobs.matches import why_quiet
from jobs.seekers.finding import may_see
from jobs.tables import Application, InvitationAnswer, JobInvitation, Vacancy, VacancyState
from portal.audit import record
from portal.database import change
from portal.notices import tell
from portal.people import Actor
from portal.tables import Client, Role

LISTED = 100
ENDED = "Undangan ini sudah berakhir."
# Ended by the client's own act, so that none is left behind which they could no longer see coming.
END = """
UPDATE job_invitation SET answer = 'ended', answered_at = now() FROM vacancy
WHERE vacancy.id = job_invitation.vacancy AND vacancy.partner = {} AND job_invitation.client = {} AND answer = 'open'
"""


class NotPossible(Exception):
    """The invitation may not be made, or is no longer open; the message says why."""


def visible_to(actor: Actor) -> Objects[JobInvitation]:
    """The invitations this person may answer or follow; a partner sees its own only as marks on cards."""
    match actor.role:
        case Role.CLIENT:
            return JobInvitation.objects().where(JobInvitation.client == actor.client)
        case Role.STAFF:
            return JobInvitation.objects().where(JobInvitation.client.office == actor.organisation)
        case Role.ADMINISTRATOR:
            return JobInvitation.objects()
    return JobInvitation.objects().where(JobInvitation.id == -1)


async def open_to(client: int) -> list[dict[str, Any]]:
    """What waits for the client's answer, newest first: id, vacancy, made_at and `by`, the employer's name."""
    return (
        await JobInvitation.select(
            JobInvitation.id,
            JobInvitation.vacancy,
            JobInvitation.made_at,
            JobInvitation.vacancy.employer_name.as_alias("by"),
        )
        .where(
            (JobInvitation.client == client)
            & (JobInvitation.answer == InvitationAnswer.OPEN)
            & (JobInvitation.vacancy.state == VacancyState.PUBLISHED)
        )
        .order_by(JobInvitation.made_at, ascending=False)
    )


async def of_client(client: int) -> list[dict[str, Any]]:
    """All that the client was invited to, newest first: vacancy with its title and employer_name, made_at, answer."""
    return (
        await JobInvitation.select(
            JobInvitation.vacancy,
            JobInvitation.vacancy.title.as_alias("title"),
            JobInvitation.vacancy.employer_name.as_alias("employer_name"),
            JobInvitation.made_at,
            JobInvitation.answer,
        )
        .where(JobInvitation.client == client)
        .order_by(JobInvitation.id, ascending=False)
        .limit(LISTED)
    )


async def made_for(vacancy: int) -> list[dict[str, Any]]:
    """What the partner may know of its invitations, the newest first: handle and made_at."""
    return (
        await JobInvitation.select(JobInvitation.handle, JobInvitation.made_at)
        .where(JobInvitation.vacancy == vacancy)
        .order_by(JobInvitation.made_at, ascending=False)
        .order_by(JobInvitation.handle)
    )


async def invite(vacancy: Vacancy, client: Client, handle: str, *, by: Actor) -> None:
    """Asks the client to apply and tells them and their caseworker, in words that name nobody; twice is once.

    Of somebody who has applied already it is noted, so that the card closes as any other does, and nobody is told.
    Raises NotPossible, in one sentence whatever the reason: why somebody is not there is nothing for a partner.
    """
    gone = NotPossible("Kartu ini tidak tersedia lagi.")
    closed = vacancy.closes_on and vacancy.closes_on < date.today()
    if vacancy.state != VacancyState.PUBLISHED or closed or why_quiet(client):
        raise gone
    async with change(by=by):
        # An application of this moment has been written or will answer this invitation: it takes the same lock.
        await Vacancy.raw("SELECT id FROM vacancy WHERE id = {} FOR UPDATE", vacancy.id)
        applied = await Application.exists().where(
            (Application.vacancy == vacancy.id) & (Application.client == client.id)
        )
        # The page was put together a moment ago; meanwhile the client may have taken their consent back, or be doing so:
        # they wait here for this invitation, or this one for them.
        await Client.raw("SELECT id FROM client WHERE id = {} FOR UPDATE", client.id)
        await Client.raw("SELECT id FROM consent WHERE client = {} FOR SHARE", client.id)
        if not await may_see(client.id, by):
            raise gone
        made = (
            await JobInvitation.insert(
                JobInvitation(
                    vacancy=vacancy.id,
                    client=client.id,
                    handle=handle,
                    made_by=by.person,
                    answer=InvitationAnswer.APPLIED if applied else InvitationAnswer.OPEN,
                    answered_at=datetime.now(UTC) if applied else None,
                )
            )
            .on_conflict(target=(JobInvitation.vacancy, JobInvitation.client), action="DO NOTHING")
            .returning(JobInvitation.id)
        )
        if made:
            await record(f"job_invitation:{made[0]['id']}", "made", by=by)
        if made and not applied:
            await tell(client.person, "job_invitation", "/matches")
            await tell(client.caseworker, "client_invited", f"/clients/{client.id}/matches")


async def decline(invitation: JobInvitation, note: str, *, by: Actor) -> None:
    """The client says no, by themselves or through staff; their caseworker is told, the partner is not."""
    async with change(by=by):
        answered = (
            await JobInvitation.update(
                {
                    JobInvitation.answer: InvitationAnswer.DECLINED,
                    JobInvitation.answer_note: note,
                    JobInvitation.answered_at: datetime.now(UTC),
                }
            )
            .where((JobInvitation.id == invitation.id) & (JobInvitation.answer == InvitationAnswer.OPEN))
            .returning(JobInvitation.client)
        )
        if not answered:
            [now] = await JobInvitation.select(JobInvitation.answer).where(JobInvitation.id == invitation.id)
            raise NotPossible(
                ENDED if now["answer"] == InvitationAnswer.ENDED else "Undangan ini sudah dijawab."
            )
        await record(f"job_invitation:{invitation.id}", "declined", by=by)
        [row] = await Client.select(Client.caseworker).where(Client.id == answered[0]["client"])
        if row["caseworker"] != by.person:
            await tell(row["caseworker"], "proposal_answered", f"/clients/{answered[0]['client']}/matches")


async def end(client: int, partner: int) -> None:
    """Ends what the client has not answered of this partner's, in the transaction by which they keep it out."""
    await JobInvitation.raw(END, partner, client)

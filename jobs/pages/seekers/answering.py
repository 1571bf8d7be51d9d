"""A client's answer to a partner's invitation; yes is said by applying."""

from typing import Any

from litestar import Controller, Response, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from jobs import job_invitations
from jobs.pages.matches.proposals import RefusalForm
from jobs.tables import JobInvitation
from portal.access import only
from portal.html import go, page
from portal.tables import Role


async def visible_invitation(request: HTMXRequest, invitation_id: FromPath[int]) -> JobInvitation:
    found = await job_invitations.visible_to(request.user).where(JobInvitation.id == invitation_id).first()
    if found is None:
        raise NotFoundException("Undangan ini tidak ada.")
    return found


class JobInvitations(Controller):
    path = "/job-invitations/{invitation_id:int}"
    guards = [only(Role.CLIENT, Role.STAFF)]
    dependencies = {"invitation": Provide(visible_invitation)}

    @post("/refusal", status_code=200)
    async def refuse(self, request: HTMXRequest, invitation: NamedDependency[JobInvitation]) -> Response[Any]:
        own = request.user.role == Role.CLIENT
        back = "/matches" if own else f"/clients/{invitation.client}/matches"
        form, typed, errors = RefusalForm.of(await request.form())
        if form is None:
            about = {"action": request.url.path, "asked": "undangan", "back": back}
            about |= {"typed": typed, "errors": errors}
            return page(request, "jobs/refusal.html", status=422, **about)
        try:
            await job_invitations.decline(invitation, form.note, by=request.user)
        except job_invitations.NotPossible as problem:
            return go(request, back, said=str(problem))
        said = "Tercatat. Pemberi kerja tidak diberi tahu." if own else "Jawaban klien tercatat."
        return go(request, back, said=said)

"""A client's own mark that they applied directly, outside the portal."""

from jobs import applications
from jobs.tables import OutsideApplication
from portal.audit import record
from portal.database import change
from portal.people import Actor


async def mark(vacancy: int, client: int, *, by: Actor) -> None:
    """Notes that the client applied to this vacancy directly; marking twice is marking once."""
    async with change(by=by):
        marked = (
            await OutsideApplication.insert(OutsideApplication(vacancy=vacancy, client=client))
            .on_conflict(target=(OutsideApplication.vacancy, OutsideApplication.client), action="DO NOTHING")
            .returning(OutsideApplication.id)
        )
        if marked:
            await record(f"vacancy:{vacancy}", "applied_outside", by=by)
            await applications.answer_proposal(vacancy, client)


async def unmark(vacancy: int, client: int, *, by: Actor) -> None:
    """Takes the mark back, if there is one."""
    async with change(by=by):
        mine = (OutsideApplication.vacancy == vacancy) & (OutsideApplication.client == client)
        if await OutsideApplication.delete().where(mine).returning(OutsideApplication.id):
            await record(f"vacancy:{vacancy}", "outside_application_taken_back", by=by)

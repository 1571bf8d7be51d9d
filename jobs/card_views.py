"""Who has seen a client's blind card among others, and from whom the client keeps it although they agreed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from jobs import job_invitations
from jobs.tables import CardExclusion, CardView
from partners.tables import Partner
from portal.audit import record
from portal.database import change
from portal.people import Actor
from portal.tables import Client

LISTED = 100
VIEWS = """
SELECT card_view.seen_on, max(card_view.seen_at) AS seen_at, vacancy.id AS vacancy, vacancy.title, vacancy.employer_name
FROM card_view JOIN vacancy ON vacancy.id = card_view.vacancy
WHERE card_view.client = {} GROUP BY card_view.seen_on, vacancy.id ORDER BY card_view.seen_on DESC, vacancy.id DESC LIMIT {}
"""
EXCLUDED = """
SELECT card_exclusion.id, organisation.name, card_exclusion.since FROM card_exclusion
JOIN partner ON partner.id = card_exclusion.partner JOIN organisation ON organisation.id = partner.organisation
WHERE card_exclusion.client = {} AND card_exclusion.until IS NULL ORDER BY organisation.name, card_exclusion.id
"""
# Whoever has looked, invited or received an application may be kept out whatever has become of its verification.
OTHERS = """
SELECT partner.id, organisation.name FROM partner JOIN organisation ON organisation.id = partner.organisation
WHERE (partner.verified_at IS NOT NULL OR EXISTS (
    SELECT FROM vacancy JOIN (
        SELECT vacancy, client FROM card_view UNION ALL SELECT vacancy, client FROM job_invitation
        UNION ALL SELECT vacancy, client FROM application
    ) AS met ON met.vacancy = vacancy.id WHERE vacancy.partner = partner.id AND met.client = {}
)) AND NOT EXISTS (
    SELECT FROM card_exclusion WHERE card_exclusion.partner = partner.id AND client = {} AND until IS NULL)
ORDER BY organisation.name, partner.id
"""


async def note(vacancy: int, clients: Iterable[int], *, by: Actor) -> None:
    """Somebody of the partner is being shown these clients' cards; noted before they see them, once a day."""
    rows = [
        CardView(client=each, vacancy=vacancy, seen_by=by.person, seen_on=date.today()) for each in clients
    ]
    if rows:
        target = (CardView.client, CardView.vacancy, CardView.seen_by, CardView.seen_on)
        await CardView.insert(*rows).on_conflict(target=target, action="DO NOTHING")


async def of_client(client: int) -> list[dict[str, Any]]:
    """Days on which the card was shown, the latest first: seen_at, vacancy with title and employer_name."""
    return await CardView.raw(VIEWS, client, LISTED)


async def excluded(client: int) -> list[dict[str, Any]]:
    """Partners who are kept out now, by name: id of the row, name, since."""
    return await CardExclusion.raw(EXCLUDED, client)


async def others(client: int) -> list[tuple[int, str]]:
    """Partners who might see the card or have had to do with the client, and are not kept out: id and name."""
    return [(row["id"], row["name"]) for row in await Partner.raw(OTHERS, client, client)]


async def exclude(client: Client, partner: int, *, by: Actor) -> bool:
    """Keeps the card from this partner from now on and ends its open invitations; False for one that is not there.

    A second tap changes nothing.
    """
    async with change(by=by):
        await Client.raw("SELECT id FROM client WHERE id = {} FOR UPDATE", client.id)
        if partner not in dict(await others(client.id)):
            return False
        await CardExclusion(client=client.id, partner=partner, made_by=by.person).save()
        await job_invitations.end(client.id, partner)
        await record(f"client:{client.id}", "card_kept_from", by=by, partner=partner)
    return True


async def include(client: Client, row: int, *, by: Actor) -> bool:
    """Ends an exclusion; False if it was not open or is not this client's."""
    async with change(by=by):
        ended = (
            await CardExclusion.update(
                {CardExclusion.until: datetime.now(UTC), CardExclusion.ended_by: by.person}
            )
            .where(
                (CardExclusion.id == row)
                & (CardExclusion.client == client.id)
                & CardExclusion.until.is_null()
            )
            .returning(CardExclusion.partner)
        )
        if ended:
            await record(f"client:{client.id}", "card_kept_from_no_more", by=by, partner=ended[0]["partner"])
    return bool(ended)

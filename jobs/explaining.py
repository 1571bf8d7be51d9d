"""One client and one vacancy, explained for whoever may read it: read from the database, told by jobs.matching.sheet."""

from dataclasses import replace
from typing import Any

from jobs import aside, matches, waiting
from jobs.matching.demand import UNKNOWN, Adjusted
from jobs.matching.explanation import Listener
from jobs.matching.reading import labels, profile_of
from jobs.matching.sheet import sheet
from jobs.matching.telling import Openers
from jobs.postings import Posting
from portal.tables import Client
from training import profiles


async def openers() -> Openers | None:
    """Names of the courses at hand by the skill they teach; None while the portal knows of no courses at all."""
    return None


async def of_pair(client: Client, posting: Posting, language: str, listener: Listener) -> dict[str, Any]:
    """The explanation as `sheet` gives it, with what the vacancy is called; nothing in it says who the client is."""
    wishes = await aside.of_client(client.id)
    profile = profile_of(client, aside.heeded(await profiles.of_client(client.id), wishes))
    queue = await waiting.for_vacancies([posting.id])
    found = replace(matches.explain(profile, posting.document, wishes), demand=queue.get(posting.id, UNKNOWN))
    told = sheet(Adjusted(found.match, found.demand), labels(language), language, listener, await openers())
    place = {"title": posting.document.title, "employer": posting.document.employer, "place": posting.region}
    return place | told

"""One client and one vacancy, explained for whoever may read it: read from the database, told by jobs.matching.sheet."""

from dataclasses import replace
from typing import Any

from jobs import aside, courses, matches, waiting
from jobs.matching.demand import UNKNOWN, Adjusted
from jobs.matching.explanation import Listener
from jobs.matching.reading import labels, profile_of
from jobs.matching.score import Match
from jobs.matching.sheet import sheet
from jobs.matching.telling import Openers
from jobs.postings import Posting
from portal.tables import Client
from training import profiles


async def of_pair(client: Client, posting: Posting, language: str, listener: Listener) -> dict[str, Any]:
    """The explanation as `sheet` gives it, with what the vacancy is called, and with the courses at hand for what lacks:
    under `links` of each thing to do, `title`, `href` and `said`. Nothing in it says who the client is."""
    wishes = await aside.of_client(client.id)
    whole = await profiles.of_client(client.id)
    profile = profile_of(client, aside.heeded(whole, wishes))
    queue = await waiting.for_vacancies([posting.id])
    found = replace(matches.explain(profile, posting.document, wishes), demand=queue.get(posting.id, UNKNOWN))
    leading = await courses.leading_to(client, whole.travel_km, lacking(found.match), found.match.gates)
    staff = listener is Listener.STAFF

    def named(kind: str) -> Openers:
        return {
            id: [courses.said(each, language, staff=staff) for each in some]
            for (which, id), some in leading.items()
            if which == kind
        }

    adjusted = Adjusted(found.match, found.demand)
    told = sheet(adjusted, labels(language), language, listener, named("skill"), named("licence"))
    for each in told["todo"]:
        at_hand = leading.get((each["kind"], each["id"]), [])
        each["links"] = courses.links(at_hand, client.id, language, staff=staff)
    place = {"title": posting.document.title, "employer": posting.document.employer, "place": posting.region}
    return place | told


def lacking(found: Match) -> list[str]:
    """The skills of the vacancy that the person does not have, near ones too: a course may still bring the very one."""
    if found.profile.skills is None:
        return []
    near = [each.skill for each in found.near]
    return [*found.missing_essential, *near, *found.missing_useful]

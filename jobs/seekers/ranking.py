"""The clients who fit a vacancy best, with the same score and the same words as the other way round."""

from dataclasses import dataclass
from typing import NamedTuple

from jobs import aside, waiting
from jobs.index.port import Document
from jobs.matching.demand import UNKNOWN, Adjusted, Demand
from jobs.matching.explanation import Reason, for_staff
from jobs.matching.reading import background, facts_of, labels, profile_of
from jobs.matching.score import match, score
from jobs.matching.seeker import Seeker
from jobs.matching.steps import Gap, gap
from jobs.seekers.finding import find
from jobs.seekers.reading import Known, known
from portal.people import Actor
from portal.tables import Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client who may suit a vacancy: the fit, what the queue on their side makes of it, and what still stands between."""

    client: int
    known: Known
    adjusted: Adjusted
    gap: Gap

    @property
    def score(self) -> float:
        return self.adjusted.score

    def reasons(self) -> list[Reason]:
        """As said to staff."""
        return for_staff(self.adjusted.match, labels())


class Scored(NamedTuple):
    """Somebody's fit, before it is told what it is made of."""

    known: Known
    seeker: Seeker
    fit: float
    demand: Demand

    @property
    def score(self) -> float:
        return min(1.0, self.fit * self.demand.factor)


async def for_vacancy(vacancy: Document, by: Actor, limit: int = 20) -> list[Candidate]:
    """The clients who fit best and whom this actor may be shown (`finding.find`), the best first, at most `limit`.

    Who set this vacancy aside, or keeps away from its kind or its employer, is left out in both directions alike. For an
    employer the queue on the client's side is not heeded: the order of its cards would tell of an answer, or of
    applications elsewhere.
    """
    facts, rarity = facts_of(vacancy), background()
    return [
        Candidate(
            each.known.id,
            each.known,
            Adjusted(match(each.seeker.profile, facts, rarity), each.demand),
            gap(each.seeker, facts),
        )
        for each in (await scored(vacancy, by))[:limit]
    ]


async def scored(vacancy: Document, by: Actor) -> list[Scored]:
    """All who were looked at for the vacancy, the best first; equals in the order of their ids."""
    people = await known(await find(vacancy, by))
    unwilling = await aside.unwilling(vacancy, [each.id for each in people])
    blind = by.role == Role.EMPLOYER
    queue = {} if blind else await waiting.for_clients(each.id for each in people)
    facts, rarity = facts_of(vacancy), background()
    found = []
    for each in people:
        if each.id not in unwilling:
            seeker, demand = Seeker(profile_of(each, each.whole), rarity), queue.get(each.id, UNKNOWN)
            found.append(Scored(each, seeker, score(seeker, facts), demand))
    return sorted(found, key=lambda each: (-each.score, -each.fit, each.known.id))

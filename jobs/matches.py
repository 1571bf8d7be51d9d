"""Vacancies for a client: retrieved by the index, ranked by the score, explained in words."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from jobs import aside, index, waiting
from jobs.aside import NOTHING, Wishes
from jobs.index.port import Document
from jobs.matching.demand import UNKNOWN, Adjusted, Crowd, Demand, ordered
from jobs.matching.explanation import Reason, for_card, for_client, for_staff
from jobs.matching.facts import Profile, Vacancy
from jobs.matching.parts import Seeker
from jobs.matching.reading import background, facts_of, labels, profile_of, trades_of_skills, wanted_by
from jobs.matching.score import Match, best, explained, match
from jobs.matching.steps import Gain, Kind, gains, gap
from jobs.matching.trying import NextSkill, Trial, next_skills, opened, together, tried
from portal.people import ADULT, age_on
from portal.tables import Client
from training import profiles

NEW = timedelta(days=7)
"""For so long after being published a vacancy is called new."""
LOOKED_AT = 3
"""Of so many times the rows of a list, those that fit best, the queue is heeded; it lifts nothing from further down."""
GAINS = 3
"""So many licences and distances are named by what they would open."""
WIDER, EVERYWHERE = 3, 1_000.0
"""Where nothing is within reach, so many times further is looked each time; from so many kilometres on, everywhere."""
NEXT = 6
"""So many skills to learn next are named; a page shows the first few that a course at hand teaches."""
NEARLY = 5
"""So many that nearly fit are shown, and so many that lack more where little fits."""


class Quiet(StrEnum):
    """Why nothing is matched for a client at all."""

    UNDER_AGE = "under_age"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class Matched:
    """A vacancy and why it fits."""

    document: Document
    match: Match
    reasons: list[Reason]
    demand: Demand = UNKNOWN
    """Who else is in the queue; a list is in the order of `score`, which heeds it."""

    @property
    def score(self) -> float:
        """The fit, and what demand adds or takes (jobs.matching.demand)."""
        return Adjusted(self.match, self.demand).score

    @property
    def crowd(self) -> Crowd:
        return self.demand.crowd

    @property
    def is_new(self) -> bool:
        return is_new(self.document)


def is_new(document: Document) -> bool:
    return document.published_at >= datetime.now(UTC) - NEW


@dataclass(frozen=True, slots=True)
class Queued:
    """A vacancy that may be shown, and who else is in its queue."""

    fit: float
    vacancy: Vacancy
    demand: Demand

    @property
    def score(self) -> float:
        return self.demand.heeded(self.fit)


@dataclass(frozen=True)
class Overview:
    """A client's vacancies, each list best first, and what one step more would open."""

    fitting: list[Matched] = field(default_factory=list)
    nearly: list[Matched] = field(default_factory=list)
    """One requirement lacks."""
    further: list[Matched] = field(default_factory=list)
    """More lacks; only where hardly anything else is there to show."""
    total: int = 0
    """How many fit, shown or not."""
    fresh: int = 0
    """How many of them are new."""
    gains: list[Gain] = field(default_factory=list)
    next_skills: list[NextSkill] = field(default_factory=list)
    """What to learn next."""


def why_quiet(client: Client) -> Quiet | None:
    """Why this client is matched with nothing; None if they are."""
    if client.closed_on:
        return Quiet.CLOSED
    if age_on(client.born_on, date.today()) < ADULT:
        return Quiet.UNDER_AGE
    return Quiet.PAUSED if client.paused_on else None


async def of_client(client: Client, limit: int = 20) -> list[Matched]:
    """The client's best vacancies, best first; none while they are under age, paused or closed."""
    if why_quiet(client):
        return []
    wishes = await aside.of_client(client.id)
    whole = aside.heeded(await profiles.of_client(client.id), wishes)
    return await of_profile(profile_of(client, whole), limit, wishes)


async def of_profile(profile: Profile, limit: int = 20, wishes: Wishes = NOTHING) -> list[Matched]:
    """The best vacancies for whoever this is, best first, without what they keep away from."""
    documents = await aside.without(await retrieved(profile), wishes)
    [found] = await _best(profile, documents, (list(map(facts_of, documents.values())), limit))
    return found


async def overview(client: Client, whole: profiles.Whole, limit: int = 10) -> Overview:
    """The client's vacancies sorted into what fits, at most `limit`, and what nearly does; see `why_quiet`.

    The figures count over everything the index retrieved for this profile, not over the whole labour market.
    """
    if why_quiet(client) or whole.empty:
        return Overview()
    wishes = await aside.of_client(client.id)
    profile = profile_of(client, aside.heeded(whole, wishes))
    documents = await aside.without(await retrieved(profile), wishes)
    seeker = Seeker(profile, background())
    facts = [facts_of(document) for document in documents.values()]
    gaps = [gap(seeker, each) for each in facts]
    fitting = [each for each, missing in zip(facts, gaps, strict=True) if missing.fits]
    nearly = [each for each, missing in zip(facts, gaps, strict=True) if missing.nearly]
    further = [
        each for each, missing in zip(facts, gaps, strict=True) if not (missing.fits or missing.nearly)
    ]
    newest = (datetime.now(UTC) - NEW).date()
    few = len(fitting) + len(nearly) < NEARLY
    shown = await _best(
        profile, documents, (fitting, limit), (nearly, NEARLY), (further, NEARLY if few else 0)
    )
    return Overview(
        fitting=shown[0],
        nearly=shown[1],
        further=shown[2],
        total=len(fitting),
        fresh=sum(1 for each in fitting if each.published and each.published > newest),
        # Skills have a list of their own, in an order of their own.
        gains=[each for each in gains(gaps, len(gaps)) if each.step.kind is not Kind.SKILL][:GAINS],
        next_skills=next_skills(gaps, seeker.skills, together(trades_of_skills()), NEXT),
    )


async def tried_on(
    client: Client, whole: profiles.Whole, trial: Trial, limit: int = 5
) -> tuple[int, list[Matched]]:
    """How many vacancies would fit besides, and the best of them. Nothing is written.

    Both are counted over what the index retrieves for the profile as it would be, like every figure of `overview`.
    """
    if why_quiet(client) or not trial:
        return 0, []
    wishes = await aside.of_client(client.id)
    profile = profile_of(client, aside.heeded(whole, wishes))
    after = tried(profile, trial)
    documents = await aside.without(await retrieved(after), wishes)
    more = opened(profile, trial, map(facts_of, documents.values()), background())
    [found] = await _best(after, documents, (more, limit))
    return len(more), found


def explain(profile: Profile, document: Document, wishes: Wishes = NOTHING) -> Matched:
    """One vacancy, as said to the client, with what of it they keep away from."""
    vacancy, avoided = facts_of(document), aside.avoided(profile, document, wishes)
    if wishes.tags:
        vacancy = replace(vacancy, tags=frozenset(each.value for each in aside.tags_of_one(document)))
    return _said(match(avoided, vacancy, background()), document)


def explain_for_card(profile: Profile, document: Document) -> list[Reason]:
    """The same, as said to the employer."""
    return for_card(match(profile, facts_of(document), background()), labels())


def told_to_staff(found: Matched) -> Matched:
    """The same, as said to the client's caseworker."""
    return replace(found, reasons=for_staff(found.match, labels()))


async def retrieved(profile: Profile) -> dict[int, Document]:
    """What is scored for whoever this is, by id. Where nothing at all is within their reach, what is further and
    further away: it scores little, and an empty page says less."""
    wanted = wanted_by(profile)
    hits = await index.current().candidates(wanted)
    while wanted.reach_km and not hits:
        wider = WIDER * wanted.reach_km
        wanted = replace(wanted, reach_km=wider if wider < EVERYWHERE else None)
        hits = await index.current().candidates(wanted)
    return {hit.document.id: hit.document for hit in hits}


async def _best(
    profile: Profile, documents: dict[int, Document], *groups: tuple[list[Vacancy], int]
) -> list[list[Matched]]:
    """Of each group of vacancies those that fit best, so many as it says, in the order that heeds who is in the queue
    already (LOOKED_AT); what waits is counted for all of them by one query."""
    seeker = Seeker(profile, background())
    ranked = [best(seeker, some, LOOKED_AT * limit) if limit else [] for some, limit in groups]
    queue = await waiting.for_vacancies(int(vacancy.id) for found in ranked for _, vacancy in found)
    return [
        [
            _said(explained(seeker, each.vacancy), documents[int(each.vacancy.id)], each.demand)
            for each in ordered(
                (Queued(fit, vacancy, queue.get(int(vacancy.id), UNKNOWN)) for fit, vacancy in found), limit
            )
        ]
        for found, (_, limit) in zip(ranked, groups, strict=True)
    ]


def _said(found: Match, document: Document, demand: Demand = UNKNOWN) -> Matched:
    return Matched(document, found, for_client(found, labels()), demand)

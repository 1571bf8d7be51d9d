"""What a client would rather not be shown: vacancies set aside with a reason, and kinds of place kept away from.

Nothing here is a state that is overwritten. A row is made, and it is taken back by a date; what a client wishes now is
read from the rows that are open. No employer sees any of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from jobs.index.port import Document
from jobs.matching.facts import Hours, Occupation, Profile
from jobs.matching.tags import tags_of
from jobs.tables import AsideReason, Avoidance, Avoided, SetAside, Vacancy
from portal.audit import record
from portal.database import change
from portal.people import Actor
from portal.tables import Client
from training.profiles import Whole

# An open row of either table, as one list: what it is about, and the vacancy it was said of.
OPEN = """
SELECT set_aside.client, set_aside.vacancy, set_aside.reason, vacancy.occupation, vacancy.employer_name, vacancy.work_times
FROM set_aside JOIN vacancy ON vacancy.id = set_aside.vacancy
WHERE set_aside.undone_at IS NULL AND set_aside.client = ANY({})
UNION ALL
SELECT client, NULL, tag, NULL, NULL, NULL FROM avoidance WHERE until IS NULL AND client = ANY({})
"""
LISTED = """
SELECT set_aside.id, set_aside.vacancy, set_aside.reason, set_aside.made_at, set_aside.made_by <> client.person AS by_staff,
       vacancy.title, vacancy.employer_name, vacancy.occupation, vacancy.work_times
FROM set_aside JOIN vacancy ON vacancy.id = set_aside.vacancy JOIN client ON client.id = set_aside.client
WHERE set_aside.client = {} AND set_aside.undone_at IS NULL ORDER BY set_aside.id DESC
"""
WORDY = (
    "SELECT id, title || '. ' || employer_name || '. ' || description AS text FROM vacancy WHERE id = ANY({})"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the open rows of one client add up to."""

    vacancies: frozenset[int] = frozenset()
    occupations: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    """Names, folded; a partner's name is copied into each of its vacancies."""
    hours: frozenset[str] = frozenset()
    """Parts of the day that did not suit where they were asked for."""
    tags: frozenset[Avoided] = frozenset()

    def bars(self, vacancy: Document, tags: frozenset[Avoided] = frozenset()) -> bool:
        """Whether the vacancy stays out of this client's list; `tags` are the vacancy's."""
        return (
            vacancy.id in self.vacancies
            or vacancy.occupation in self.occupations
            or vacancy.employer.casefold() in self.employers
            or not self.tags.isdisjoint(tags)
        )


NOTHING = Wishes()
"""Of somebody who has set nothing aside."""


async def of_clients(clients: Iterable[int]) -> dict[int, Wishes]:
    """The wishes of those clients who have any, by one query."""
    ids = list(clients)
    said: dict[int, list[dict[str, Any]]] = {}
    for row in await SetAside.raw(OPEN, ids, ids) if ids else []:
        said.setdefault(row["client"], []).append(row)
    return {client: _wishes(rows) for client, rows in said.items()}


async def of_client(client: int) -> Wishes:
    return (await of_clients([client])).get(client, NOTHING)


async def unwilling(vacancy: Document, clients: Iterable[int]) -> set[int]:
    """Those of the clients in whose own list this vacancy would not stand."""
    wishes = await of_clients(clients)
    tags = (await tags_of_all([vacancy])).get(vacancy.id, frozenset()) if wishes else frozenset()
    return {client for client, each in wishes.items() if each.bars(vacancy, tags)}


async def without(documents: dict[int, Document], wishes: Wishes) -> dict[int, Document]:
    """The vacancies that these wishes leave in a list."""
    tags = await tags_of_all(documents.values()) if wishes.tags else {}
    return {id: each for id, each in documents.items() if not wishes.bars(each, tags.get(id, frozenset()))}


async def tags_of_all(vacancies: Iterable[Document]) -> dict[int, frozenset[Avoided]]:
    """The tags of these vacancies, from their whole text; an index gives candidates without it."""
    known = {each.id: each for each in vacancies}
    rows = await Vacancy.raw(WORDY, list(known)) if known else []
    return {
        row["id"]: tags_of(row["text"], known[row["id"]].occupation, known[row["id"]].work_times)
        for row in rows
    }


def tags_of_one(vacancy: Document) -> frozenset[Avoided]:
    """The tags of a vacancy whose whole text is at hand."""
    text = f"{vacancy.title}. {vacancy.employer}. {vacancy.description}"
    return tags_of(text, vacancy.occupation, vacancy.work_times)


def avoided(profile: Profile, vacancy: Document, wishes: Wishes) -> Profile:
    """The profile with what it keeps away from, for an explanation of this vacancy to its owner; no card is made of it."""
    if wishes == NOTHING:
        return profile
    theirs = vacancy.employer.casefold() in wishes.employers
    trades = frozenset(Occupation(id=id) for id in wishes.occupations)
    return replace(
        profile,
        avoid_occupations=trades or None,
        avoid_employers=frozenset({vacancy.employer}) if theirs else None,
        avoid=frozenset(tag.value for tag in wishes.tags) or None,
    )


def heeded(whole: Whole, wishes: Wishes) -> Whole:
    """The profile as these wishes leave it: without the hours that did not suit, unless none would be left."""
    kept = tuple(each for each in whole.work_times or tuple(Hours) if each not in wishes.hours)
    return replace(whole, work_times=kept) if wishes.hours and kept else whole


def _wishes(rows: list[dict[str, Any]]) -> Wishes:
    def said(reason: AsideReason, column: str) -> list[Any]:
        return [row[column] for row in rows if row["reason"] == reason and row[column]]

    return Wishes(
        vacancies=frozenset(row["vacancy"] for row in rows if row["vacancy"]),
        occupations=frozenset(said(AsideReason.FIELD, "occupation")),
        employers=frozenset(name.casefold() for name in said(AsideReason.EMPLOYER, "employer_name")),
        hours=frozenset(time for times in said(AsideReason.HOURS, "work_times") for time in times),
        tags=frozenset(Avoided(row["reason"]) for row in rows if row["vacancy"] is None),
    )


async def listed(client: int) -> list[dict[str, Any]]:
    """What the client has set aside, newest first: id, vacancy with its title, reason, made_at, by_staff."""
    return await SetAside.raw(LISTED, client)


async def set_aside(client: Client, vacancy: int, reason: AsideReason, *, by: Actor) -> int:
    """Takes the vacancy out of the client's list; the id of the row, that of the first time if there is one open.

    A second reason for the same vacancy takes the first one's place: the first row ends, a new one begins.
    """
    mine = (SetAside.client == client.id) & (SetAside.vacancy == vacancy) & SetAside.undone_at.is_null()
    async with change(by=by):
        # Two taps at once queue here, so that the second finds the row of the first.
        await Client.raw("SELECT id FROM client WHERE id = {} FOR UPDATE", client.id)
        known = await SetAside.objects().get(mine)
        if known and known.reason == reason:
            return known.id
        if known:
            await _end(known.id, by)
        row = SetAside(client=client.id, vacancy=vacancy, reason=reason, made_by=by.person)
        await row.save()
        await record(f"client:{client.id}", "set_aside", by=by, vacancy=vacancy, reason=reason.value)
        return row.id


async def undo(client: Client, row: int, *, by: Actor) -> bool:
    """Takes it back, so that the vacancy may stand in the list again; False if it was not open."""
    async with change(by=by):
        [known] = await SetAside.select(SetAside.client).where(SetAside.id == row) or [{"client": None}]
        if known["client"] != client.id or not await _end(row, by):
            return False
        await record(f"client:{client.id}", "set_aside_undone", by=by)
        return True


async def _end(row: int, by: Actor) -> bool:
    ended = (
        await SetAside.update({SetAside.undone_at: datetime.now(UTC), SetAside.undone_by: by.person})
        .where((SetAside.id == row) & SetAside.undone_at.is_null())
        .returning(SetAside.id)
    )
    return bool(ended)


async def keep_away(client: Client, tags: Iterable[Avoided], *, by: Actor) -> None:
    """From now on the client keeps away from exactly these kinds; what was so before and still is keeps its date."""
    wanted = set(tags)
    async with change(by=by):
        await Client.raw("SELECT id FROM client WHERE id = {} FOR UPDATE", client.id)
        rows = await Avoidance.select(Avoidance.tag).where(
            (Avoidance.client == client.id) & Avoidance.until.is_null()
        )
        now = {Avoided(row["tag"]) for row in rows}
        if gone := now - wanted:
            await Avoidance.update({Avoidance.until: datetime.now(UTC), Avoidance.ended_by: by.person}).where(
                (Avoidance.client == client.id) & Avoidance.until.is_null() & Avoidance.tag.is_in(list(gone))
            )
        for tag in sorted(wanted - now):
            await Avoidance(client=client.id, tag=tag, made_by=by.person).save()
        if wanted != now:
            # Which kinds is nobody's business in a log.
            await record(f"client:{client.id}", "kept_away", by=by)

"""Fairness reports: the top tens of the newest open vacancies against those eligible, made anew and kept without persons."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from piccolo.querystring import QueryString

from jobs.fairness import bounds
from jobs.fairness.evening import POOL, shares
from jobs.fairness.groups import NAMES, UNTOLD, Groups, read
from jobs.fairness.measures import FEWEST, hidden
from jobs.fairness.reranking import TOP, even, held
from jobs.fairness.tables import Evened, FairnessReport
from jobs.fairness.tallying import Tally
from jobs.index import documents
from jobs.seekers.finding import find
from jobs.seekers.ranking import scored
from portal.audit import record
from portal.conf import DB
from portal.database import change, connection
from portal.people import Actor
from portal.tables import Role

MOST = 200
"""So many vacancies, the newest."""
EVERYBODY = 100_000
"""A report takes its time, and counts all whom a list could show."""
ASSUMED = 10
"""Hundredths: the bound whose cost is told while lists are not evened."""
NEWEST = """
SELECT id FROM vacancy WHERE state = 'published' AND (closes_on IS NULL OR closes_on >= current_date)
ORDER BY published_at DESC, id DESC LIMIT {}
"""
EVERY_OFFICE = Actor(
    person=0, name="", role=Role.ADMINISTRATOR, organisation=0, organisation_name="", membership=0
)
"""The report is about the lists of all clients, whoever makes it."""


LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('fairness report'))"


class Busy(Exception):
    """A report is being made at this moment."""


@dataclass
class Cost:
    """What evening the lists by an attribute does to the mean fit of their top tens."""

    names: Iterable[str] = ()
    members: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By group, those who told nothing among them."""
    lists: int = 0
    changed: int = 0
    wider: int = 0
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    def add(
        self, group_of: Mapping[int, str], listed: Sequence[str], fits: Sequence[float], bound: float
    ) -> None:
        """A list: the group of each who is eligible, and group and fit of those listed, the best first."""
        for client, group in group_of.items():
            self.members[group].add(client)
        share = shares(group_of.values())
        order = even(listed, share, bound)[:TOP]
        self.lists += 1
        self.changed += order != list(range(len(order)))
        self.wider += held(listed, share, bound) > bound
        self.before += fits[:TOP]
        self.after += [fits[place] for place in order]

    def figures(self) -> dict[str, Any]:
        """`before` and `after` are mean scores of the top tens, 0..1; `wider` lists cannot hold the bound itself.

        They are about every group at once, so where one is too small to be shown none of them is.
        """
        if hidden({name: len(self.members[name]) for name in {*self.names, *self.members}}):
            nothing = dict.fromkeys(("lists", "changed", "wider", "before", "after"))
            return {"hidden": True, **nothing}
        many = len(self.before) or 1
        return {
            "hidden": False,
            "lists": self.lists,
            "changed": self.changed,
            "wider": self.wider,
            "before": round(sum(self.before) / many, 4),
            "after": round(sum(self.after) / many, 4),
        }


async def newest() -> FairnessReport | None:
    return await FairnessReport.objects().order_by(FairnessReport.id, ascending=False).first()


async def make(*, by: Actor | None) -> FairnessReport:
    """Counts anew and keeps the figures. Takes seconds: some hundredths for each vacancy.

    Raises Busy while another one is being made, here or by another process.
    """
    async with change(by=by):
        # Whoever waited for the lock would keep a connection from everybody else meanwhile.
        if not await connection().fetchval(LOCK):
            raise Busy
        report = FairnessReport(figures=json.dumps(await figures()), made_by=by.person if by else None)
        await report.save()
        await record(f"fairness_report:{report.id}", "made", by=by)
    return report


async def figures() -> dict[str, Any]:
    """The report as numbers alone, small ones left out."""
    set_to = await bounds.current()
    bound = set_to.bound if set_to and set_to.bound else ASSUMED
    of = await read()
    tallies = {attribute: Tally(names) for attribute, names in NAMES.items()}
    costs = {each.value: Cost(NAMES[each.value]) for each in Evened}
    anybody: set[int] = set()
    lists = 0
    ids = [row["id"] for row in await DB.run_querystring(QueryString(NEWEST, MOST))]
    for vacancy in await documents.load(ids):
        eligible = [client for client in await find(vacancy, EVERY_OFFICE, EVERYBODY) if client in of]
        ranked = [(each.known.id, each.score) for each in await scored(vacancy, EVERY_OFFICE)][:POOL]
        if ranked:
            lists += 1
            anybody.update(eligible)
            _count(tallies, costs, of, eligible, ranked, bound / 100)
            # Others' pages are answered in between.
            await asyncio.sleep(0)
    return {
        "vacancies": lists,
        "eligible": len(anybody),
        "fewest": FEWEST,
        "attributes": {attribute: tally.figures() for attribute, tally in tallies.items()},
        "bound": bound,
        "costs": {attribute: cost.figures() for attribute, cost in costs.items()},
    }


def _count(
    tallies: dict[str, Tally],
    costs: dict[str, Cost],
    of: Groups,
    eligible: list[int],
    ranked: list[tuple[int, float]],
    bound: float,
) -> None:
    listed = [client for client, _ in ranked if client in of]
    fits = [fit for client, fit in ranked if client in of]
    for attribute, tally in tallies.items():
        tally.add({client: of[client][attribute] for client in eligible}, listed)
    for attribute, cost in costs.items():
        group = {client: of[client][attribute] or UNTOLD for client in eligible}
        cost.add(group, [group.get(client, UNTOLD) for client in listed], fits, bound)

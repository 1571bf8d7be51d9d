"""Courses at hand and who is on the way to them."""

from datetime import timedelta
from functools import partial
from typing import Any

from jobs.demo import reading
from jobs.demo.cast import Cast
from jobs.demo.reading import Told
from jobs.demo.timeline import Timeline
from portal.clients import home
from training import enrolments, programmes
from training.tables import Enrolment, EnrolmentState

# What the files call as the table does.
ALIKE = (
    *("title", "provider", "address", "about", "certificate_kind", "certificate", "licence"),
    *("hours", "weeks", "seats", "cost", "how"),
)


def plan(timeline: Timeline, cast: Cast) -> None:
    for name, told in reading.programmes().items():
        timeline.at(told["added"], partial(_add, timeline, cast, name, told))
        for client, steps in told.get("clients", {}).items():
            for step, ago in steps.items():
                timeline.at(ago, partial(STEPS[step], cast, name, told, client))


async def _add(timeline: Timeline, cast: Cast, name: str, told: Told) -> None:
    by = cast.staff[told["with"]]
    facts: dict[str, Any] = {column: told[column] for column in ALIKE if column in told}
    facts |= {**home(*told["home"]), "provider_kind": told["kind"]}
    facts["about"] = facts.get("about", "").strip()
    for column, days in (("begins_on", told.get("in")), ("ends_on", told.get("until"))):
        if days is not None:
            facts[column] = timeline.today + timedelta(days=days)
    cast.programmes[name] = await programmes.add(facts, told["skills"], office=by.organisation, by=by)


async def _interest(cast: Cast, name: str, told: Told, client: str) -> None:
    member = cast.clients[client]
    await enrolments.interest(cast.programmes[name], member.record, by=member.actor)


async def _register(cast: Cast, name: str, told: Told, client: str) -> None:
    enrolment = await _enrolment(cast, name, client)
    await enrolments.move(enrolment, EnrolmentState.REGISTERED, by=cast.staff[told["with"]])


async def _finish(cast: Cast, name: str, told: Told, client: str) -> None:
    programme = cast.programmes[name]
    facts = {
        "kind": told["certificate_kind"],
        "title": told["certificate"],
        "issuer": told["provider"],
        "hours": told["hours"],
        "issued_on": programme.ends_on,
    }
    enrolment = await _enrolment(cast, name, client)
    await enrolments.finish(enrolment, facts, told["skills"], by=cast.staff[told["with"]])


async def _enrolment(cast: Cast, name: str, client: str) -> Enrolment:
    enrolment = await enrolments.of(cast.clients[client].record.id, cast.programmes[name].id)
    assert enrolment
    return enrolment


STEPS = {"interested": _interest, "registered": _register, "finished": _finish}

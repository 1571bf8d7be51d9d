"""Clients of the story: registered by their caseworker, with a profile, or not yet, and some at rest."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from jobs.demo import reading
from jobs.demo.cast import Cast, Member
from jobs.demo.reading import Told
from jobs.demo.timeline import Timeline
from jobs.fairness import attributes
from jobs.fairness.tables import Sex
from portal import clients
from portal.people import acting_as, normal_phone
from portal.tables import Person, Role
from training import profiles
from training.tables import Source

# What the files call as the table does.
ALIKE = ("education", "travel_km", "work_times", "employment_types", "wage_min", "wishes", "licences")
SECOND_TALK = 2
"""Days after registering when the profile is filled in."""


def plan(timeline: Timeline, cast: Cast) -> None:
    for number, told in enumerate(reading.people()):
        born_on = _born(timeline.today, told["age"], number)
        timeline.at(told["since"], partial(_register, cast, told, born_on))
        if "sex" in told:
            timeline.at(told["since"], partial(_tell, cast, told))
        if "skills" in told:
            timeline.at(told["since"] - SECOND_TALK, partial(_describe, timeline, cast, told))
        for certificate in told.get("certificates", ()):
            # A paper from before is written down in the second talk.
            noted = min(certificate["ago"], told["since"] - SECOND_TALK)
            timeline.at(noted, partial(_certify, timeline, cast, told, certificate))
        if "paused" in told:
            timeline.at(told["paused"], partial(_rest, cast, told, clients.pause))
        if "closed" in told:
            timeline.at(told["closed"], partial(_rest, cast, told, clients.close))


def _born(today: date, age: int, number: int) -> date:
    """A birthday some weeks or months ago, another one for everybody."""
    return date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=20 + 7 * number)


async def _register(cast: Cast, told: Told, born_on: date) -> None:
    region, *locality = told["home"]
    record = await clients.register(
        told["name"],
        born_on=born_on,
        region=region,
        locality="".join(locality),
        phone=normal_phone(told.get("phone", "")),
        contact_note=told.get("contact", ""),
        by=cast.staff[told["with"]],
    )
    if told.get("password"):
        await Person.update({Person.password: cast.password}).where(Person.id == record.person)
    actor = await acting_as(record.person, Role.CLIENT)
    assert actor
    cast.clients[told["name"]] = Member(record, actor)


async def _tell(cast: Cast, told: Told) -> None:
    """What is told for the fairness report alone."""
    member = cast.clients[told["name"]]
    await attributes.record_sex(member.record, Sex(told["sex"]), by=cast.staff[told["with"]])
    if "disability" in told:
        await attributes.volunteer(member.record, told["disability"], by=member.actor)


async def _describe(timeline: Timeline, cast: Cast, told: Told) -> None:
    by = cast.staff[told["with"]]
    whole = await profiles.of_client(cast.clients[told["name"]].record.id)
    facts: dict[str, Any] = {column: told[column] for column in ALIKE if column in told}
    if "available_in" in told:
        facts["available_from"] = timeline.today + timedelta(days=told["available_in"])
    await profiles.describe(whole, facts, by=by)
    # What somebody has worked with is known from that work, and otherwise because they say so.
    source = Source.EXPERIENCE if told.get("experience") else Source.STATED
    await profiles.add_skills(whole, told["skills"], source, by=by)
    for work in told.get("experience", ()):
        await profiles.add_experience(whole, {"occupation": None, **work}, by=by)


async def _certify(timeline: Timeline, cast: Cast, told: Told, certificate: Told) -> None:
    whole = await profiles.of_client(cast.clients[told["name"]].record.id)
    columns = ("kind", "title", "scheme", "issuer", "hours")
    facts = {column: certificate[column] for column in columns if column in certificate}
    facts["issued_on"] = timeline.day(certificate["ago"])
    if "valid" in certificate:
        facts["expires_on"] = timeline.today + timedelta(days=certificate["valid"])
    await profiles.add_certificate(whole, facts, certificate["skills"], by=cast.staff[told["with"]])


async def _rest(cast: Cast, told: Told, verb: Any) -> None:
    member = cast.clients[told["name"]]
    await verb(member.record, by=cast.staff[told["with"]])
    await member.record.refresh()

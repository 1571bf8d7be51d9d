"""`portal user`: people and their ways in, from the command line; also how the first administrator comes to be."""

import json
from typing import Any

import click

from portal import invitations, memberships, offices, settings, tickets
from portal.commands import in_database
from portal.database import change
from portal.people import IN_FORCE, normal_email, normal_phone, person_with
from portal.tables import Organisation, OrganisationKind, Person, Role

PEOPLE = f"""
SELECT person.id, person.name, coalesce(person.phone, person.email) AS login, person.password IS NOT NULL AS accepted,
       membership.role, organisation.name AS organisation, membership.since, membership.until
FROM person
JOIN membership ON membership.person = person.id AND {IN_FORCE}
JOIN organisation ON organisation.id = membership.organisation
ORDER BY person.id, membership.id
"""


@click.group("user")
def command() -> None:
    """People and their ways in."""


@command.command("add")
@click.option("--name", required=True)
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option(
    "--role",
    required=True,
    type=click.Choice([Role.STAFF.value, Role.ADMINISTRATOR.value, Role.EMPLOYER.value]),
)
@click.option("--office", default="", help="Name of the office; made if there is none of this name.")
@click.option(
    "--partner", default="", help="Name of a partner that is registered already, for --role employer."
)
@click.option("--json", "as_json", is_flag=True)
def add(name: str, email: str, phone: str, role: str, office: str, partner: str, as_json: bool) -> None:
    """Adds a person, or a role to a person known by this e-mail or phone; prints the invitation link."""
    if bool(office) == bool(partner) or bool(partner) != (role == Role.EMPLOYER):
        raise click.UsageError("An employer needs --partner, everybody else --office.")
    if (phone and not normal_phone(phone)) or (email and not normal_email(email)):
        raise click.UsageError("Write the phone as 0812... or +62812..., the e-mail as name@example.org.")
    if office and offices.telling(office):
        raise click.UsageError("Clients and partners see the office's name: choose a neutral one.")

    async def work() -> tuple[int, str]:
        async with change(by=None):
            where = await _organisation(office, partner)
            known = (await person_with(phone) if phone else None) or (
                await person_with(email) if email else None
            )
            if known:
                await memberships.give(known.id, Role(role), where, by=None)
                return known.id, await invitations.invite_existing(known.id, by=None)
            person, token = await invitations.invite(name, Role(role), where, normal_email(email), by=None)
            if phone:
                await Person.update({Person.phone: normal_phone(phone)}).where(Person.id == person.id)
        return person.id, token

    person, token = in_database(work)
    link = f"{settings.read().public_url}/invitations/{token}"
    click.echo(json.dumps({"id": person, "link": link}) if as_json else f"Open within 7 days: {link}")


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
def show(as_json: bool) -> None:
    """Everybody with a role today."""

    async def work() -> list[dict[str, Any]]:
        return await Person.raw(PEOPLE)

    rows = in_database(work)
    if as_json:
        click.echo(json.dumps(rows, default=str, ensure_ascii=False))
        return
    for row in rows:
        state = "" if row["accepted"] else ", has not accepted"
        click.echo(
            f"{row['id']:>6}  {row['role']:<13}  {row['login'] or '-':<28}  {row['name']} ({row['organisation']}{state})"
        )


@command.command("code")
@click.argument("login")
@click.option("--json", "as_json", is_flag=True)
def code(login: str, as_json: bool) -> None:
    """A one-time sign-in code, for 15 minutes. LOGIN is a phone number, an e-mail address or the number in `list`."""

    async def work() -> str:
        return await tickets.issue_code(await _known(login), by=None)

    secret = in_database(work)
    click.echo(json.dumps({"code": secret}) if as_json else secret)


@command.command("end")
@click.argument("login")
def end(login: str) -> None:
    """Ends every role of a person today and signs them out; what they did stays on record."""

    async def work() -> int:
        try:
            return await memberships.end_all(await _known(login), by=None)
        except memberships.LastAdministrator:
            raise click.ClickException("This is the last administrator; add another one first.") from None

    click.echo(f"{in_database(work)} roles ended.")


async def _known(login: str) -> int:
    person = await person_with(login)
    if person is None and login.isdecimal() and len(login) < 8:
        person = await Person.objects().get(Person.id == int(login))
    if person is None:
        raise click.ClickException("Nobody has this login.")
    return person.id


async def _organisation(office: str, partner: str) -> int:
    kind = OrganisationKind.OFFICE if office else OrganisationKind.PARTNER
    row = await Organisation.objects().get(
        (Organisation.name == (office or partner)) & (Organisation.kind == kind)
    )
    if row:
        return row.id
    if partner:
        raise click.ClickException("There is no partner of this name. Partners are registered in the portal.")
    return await offices.add(office, None, by=None)

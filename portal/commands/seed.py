"""`portal seed`: places and vocabulary, and with --demo a story to try the portal with."""

import json
from functools import partial

import click

from jobs.demo import story
from jobs.index.drain import drain_all, refresh
from portal import demo
from portal.accounts import Taken
from portal.commands import with_index
from portal.database import change, connection
from portal.places import regions
from portal.tables import Role
from training.vocabulary import shipped
from training.vocabulary.loading import load

REGION = """
INSERT INTO region (code, name, province, latitude, longitude) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (code) DO UPDATE SET name = $2, latitude = $4, longitude = $5
"""


async def seed() -> None:
    """Loads what the portal cannot be without. May run any number of times."""
    async with change(by=None):
        await connection().executemany(
            REGION, [(r.code, r.name, r.province, r.latitude, r.longitude) for r in regions().values()]
        )
    await load(shipped())
    await refresh()


@click.command("seed")
@click.option("--demo", "with_demo", is_flag=True, help="Also load a story to try the portal with, once.")
@click.option("--json", "as_json", is_flag=True, help="With --demo: print its sign-ins as JSON.")
def command(with_demo: bool, as_json: bool) -> None:
    """Loads places and vocabulary."""
    if as_json and not with_demo:
        raise click.UsageError("--json prints the sign-ins of the demo story, so it needs --demo.")
    new = with_index(partial(work, with_demo))
    if as_json:
        click.echo(json.dumps(sign_ins()))
        return
    click.echo("Places and vocabulary loaded.")
    if with_demo:
        click.echo("Demo story loaded." if new else "The demo story is there already; nothing was changed.")
        for each in sign_ins():
            click.echo(f"  {each['role']:<14}{each['login']:<22}{each['password']}")


async def work(with_demo: bool) -> bool:
    """Seeds, and says whether the demo story is new."""
    await seed()
    if not with_demo:
        return False
    try:
        new = await story.load()
    except Taken as problem:
        raise click.ClickException(
            "Somebody already has a phone number of the demo story, so it was not loaded."
        ) from problem
    await drain_all()
    return new


def sign_ins() -> list[dict[str, str]]:
    """One for each role, in the order of portal.demo.ACCOUNTS."""
    return [
        {"role": role.value, "login": login, "password": password}
        for role, (_, login, password) in zip(Role, demo.ACCOUNTS, strict=True)
    ]

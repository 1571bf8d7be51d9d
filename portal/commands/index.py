"""`portal index`: what search and matching look vacancies up in."""

import json
from dataclasses import asdict

import click

from jobs import index
from jobs.index import drain as drainer
from jobs.vacancies import INDEX
from portal.commands import in_database
from portal.tables import Outbox

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("index")
def command() -> None:
    """What search and matching look vacancies up in."""


@command.command()
@AS_JSON
def drain(as_json: bool) -> None:
    """Catches up with every change that is waiting."""
    done = in_database(drainer.drain_all)
    click.echo(json.dumps({"drained": done}) if as_json else f"Caught up with {done} changes.")


@command.command()
@AS_JSON
def rebuild(as_json: bool) -> None:
    """Fills the index anew; searches see the old one until it is done."""
    documents = in_database(drainer.rebuild)
    click.echo(json.dumps({"documents": documents}) if as_json else f"{documents} vacancies in the index.")


@command.command()
@AS_JSON
def status(as_json: bool) -> None:
    """Which index answers, how much it holds, and how many changes it has yet to see."""

    async def look() -> dict:
        health = await index.current().health()
        return {**asdict(health), "waiting": await Outbox.count().where(Outbox.index == INDEX)}

    found = in_database(look)
    click.echo(
        json.dumps(found)
        if as_json
        else f"{found['name']}: {'ready' if found['ok'] else 'not ready'}, {found['documents']} vacancies, "
        f"{found['waiting']} changes waiting{'' if found['current'] else ', a rebuild is due'}."
    )

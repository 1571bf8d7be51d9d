"""`portal migrate`: brings the database to this version."""

import click

from portal.commands import in_database
from portal.database import migrate


@click.command("migrate")
def command() -> None:
    """Brings the database to this version of the portal."""
    ran = in_database(migrate)
    click.echo(f"Database ready, {len(ran)} migrations run." if ran else "Database ready.")

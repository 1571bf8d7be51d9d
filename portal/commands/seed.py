"""`portal seed`: places and vocabulary, and with --demo a story to try the portal with."""

import click

from jobs.index.drain import refresh
from portal.commands import in_database
from portal.database import change, connection
from portal.places import regions
from training.vocabulary import vocabulary
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
    await load(vocabulary())
    await refresh()


@click.command("seed")
def command() -> None:
    """Loads places and vocabulary."""
    in_database(seed)
    click.echo("Places and vocabulary loaded.")

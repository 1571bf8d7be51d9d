"""`portal stop`: ends what runs in this data folder."""

import click

from portal import meilisearch, running, settings


@click.command("stop")
def command() -> None:
    """Stops what runs in this data folder: the portal, or what a killed one left behind."""
    folder = settings.read().var_dir
    for sentence in running.stop(folder) or [f"Nothing runs in {folder}."]:
        click.echo(sentence)
    meilisearch.forget(folder)

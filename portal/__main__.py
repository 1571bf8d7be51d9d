"""The `portal` command."""

import sys

import click

from portal.commands import check, index, migrate, seed, serve, stop, vocabulary, worker
from portal.database import Unusable
from portal.embedded import NotHere
from portal.running import Busy
from portal.settings import WrongSetting


@click.group()
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


for module in (
    check,
    index,
    migrate,
    seed,
    serve,
    stop,
    vocabulary,
    worker,
):
    commands.add_command(module.command)


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except (WrongSetting, NotHere, Unusable, Busy) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

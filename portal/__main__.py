"""The `portal` command."""

import sys

import click

import portal.commands.check
import portal.commands.migrate
import portal.commands.seed
import portal.commands.serve
import portal.commands.stop
import portal.commands.worker
from portal.database import Unusable
from portal.embedded import NotHere
from portal.running import Busy
from portal.settings import WrongSetting


@click.group()
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


commands.add_command(portal.commands.check.command)
commands.add_command(portal.commands.migrate.command)
commands.add_command(portal.commands.seed.command)
commands.add_command(portal.commands.serve.command)
commands.add_command(portal.commands.stop.command)
commands.add_command(portal.commands.worker.command)


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except (WrongSetting, NotHere, Unusable, Busy) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

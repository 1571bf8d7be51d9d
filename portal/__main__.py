"""The `portal` command."""

import sys

import click

import portal.commands.imports
import portal.commands.migrate
import portal.commands.seed
import portal.commands.vocabulary
from portal.database import Unusable
from portal.embedded import NotHere
from portal.settings import WrongSetting


@click.group()
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


commands.add_command(portal.commands.imports.command)
commands.add_command(portal.commands.migrate.command)
commands.add_command(portal.commands.seed.command)
commands.add_command(portal.commands.vocabulary.command)


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except (WrongSetting, NotHere, Unusable) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

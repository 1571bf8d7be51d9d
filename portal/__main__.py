"""The `portal` command."""

import sys

import click

import portal.commands
from portal.commands.lazily import Commands


class Portal(Commands):
    """Every module of portal/commands that defines a `command` is one."""

    package = portal.commands


@click.group(cls=Portal)
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except Exception as problem:
        if not isinstance(problem, _of_the_environment()):
            raise
        click.echo(str(problem), err=True)
        sys.exit(2)


def _of_the_environment() -> tuple[type[Exception], ...]:
    """Imported once something went wrong, for the database's code takes longer to load than a word to look up."""
    from portal.database import Unusable
    from portal.embedded import NotHere
    from portal.running import Busy
    from portal.settings import WrongSetting

    return (WrongSetting, NotHere, Unusable, Busy)


if __name__ == "__main__":
    main()

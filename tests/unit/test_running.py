"""What belongs to one start-up alone: the port of its Meilisearch, and its place among the users of the database."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal import embedded, meilisearch

only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux keeps a port by a socket that does not listen"
)


@only_linux
def test_no_two_start_ups_get_the_same_port_and_the_program_can_listen_there() -> None:
    kept = [meilisearch._own_port() for _ in range(200)]
    assert len({port for port, _ in kept}) == 200
    place = meilisearch.HOST, kept[0][0]
    with socket.socket() as program:
        # As every web server does, so that it can start again at once.
        program.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        program.bind(place)
        program.listen()
        socket.create_connection(place, 5).close()
    for _, each in kept:
        each.close()


@only_linux
def test_a_port_stays_kept_for_as_long_as_the_program_may_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "meilisearch"
    program.write_text("#!/bin/sh\necho meilisearch 1.50.0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    first, second = (meilisearch.find(tmp_path / name, lambda _: None) for name in ("a", "b"))
    assert first and second and first.port != second.port
    with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind(first.place)


def test_a_strangers_process_under_a_killed_users_number_is_no_user_of_the_database(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "60"])
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    users = tmp_path / ".handle_pids.json"
    users.write_text(json.dumps([stranger.pid, os.getpid(), ended.pid]))
    try:
        embedded._forget_the_dead(tmp_path)
        assert json.loads(users.read_text()) == [os.getpid()]
    finally:
        stranger.kill()
        stranger.wait()

"""A real Meilisearch for the tests, where one is at hand: named by MEILISEARCH_URL, or a program on PATH."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

KEY = "testkey0123456789abcd"
START_TIMEOUT = 20.0
ADDRESS, SECRET = "TEST_MEILISEARCH_URL", "TEST_MEILISEARCH_KEY"
"""Where the tests find it: under other names, so that the application under test does not."""


def announce(running: ExitStack) -> None:
    """Starts one if need be, and leaves its address in the environment for the workers."""
    url, key = os.environ.pop("MEILISEARCH_URL", ""), os.environ.pop("MEILISEARCH_KEY", "")
    program = shutil.which("meilisearch")
    if not url and program:
        url, key = running.enter_context(started(program)), KEY
    if url:
        os.environ |= {ADDRESS: url, SECRET: key}


def address() -> tuple[str, str] | None:
    """URL and key."""
    url = os.environ.get(ADDRESS)
    return (url, os.environ.get(SECRET, "")) if url else None


def said() -> str:
    found = address()
    return f"meilisearch at {found[0]}" if found else "no meilisearch (neither MEILISEARCH_URL nor on PATH)"


@contextmanager
def started(program: str, folder: Path | None = None, port: int | None = None) -> Iterator[str]:
    """Its address; loopback only, sending nothing home. Without a folder it leaves nothing behind."""
    kept = folder or Path(tempfile.mkdtemp(prefix="bina-karya-meilisearch-"))
    port = port or _free_port()
    url = f"http://127.0.0.1:{port}"
    # It sets aside as much memory as it may use, anew for every task: by default two thirds of the machine.
    options = [
        "--max-indexing-memory",
        "200MiB",
        "--no-analytics",
        "--env",
        "development",
        "--master-key",
        KEY,
        "--log-level",
        "ERROR",
    ]
    places = ["--db-path", str(kept / "data"), "--dump-dir", str(kept / "dumps")]
    process = subprocess.Popen(
        [program, *options, *places, "--snapshot-dir", str(kept / "snapshots"), "--http-addr", url[7:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=kept,
    )
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.kill()
        process.wait()
        if folder is None:
            shutil.rmtree(kept, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urlopen(f"{url}/health", timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError("meilisearch does not start")

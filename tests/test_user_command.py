"""`portal user`, run as an operator runs it, on a database of its own."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable

import asyncpg
import pytest

from tests.conftest import TEMPLATE, named

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def portal(worker_id: str) -> Run:
    server, name = os.environ["TEST_SERVER"], f"portal_user_{worker_id}"

    async def clone() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        await connection.close()

    asyncio.run(clone())
    environment = os.environ | {
        "DATABASE_URL": named(server, name),
        "PUBLIC_URL": "https://kerja.contoh.test",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "portal", "user", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    return run


def test_the_first_administrator_is_added_listed_given_a_code_and_cannot_be_ended(portal: Run) -> None:
    first = ["--name", "Hendra", "--role", "administrator", "--office", "Kantor Pusat"]
    added = portal("add", *first, "--phone", "0812 3456 789", "--json")
    assert json.loads(added.stdout)["link"].startswith("https://kerja.contoh.test/invitations/")
    [row] = json.loads(portal("list", "--json").stdout)
    assert (row["login"], row["role"], row["organisation"]) == (
        "+628123456789",
        "administrator",
        "Kantor Pusat",
    )
    assert not row["accepted"]
    assert "has not accepted" in portal("list").stdout
    assert len(portal("code", "08123456789").stdout.strip()) == 9
    assert len(json.loads(portal("code", str(row["id"]), "--json").stdout)["code"]) == 9
    ended = portal("end", "08123456789")
    assert ended.returncode == 1 and "last administrator" in ended.stderr


def test_a_known_person_gets_a_second_role_and_no_second_account(portal: Run) -> None:
    for role, office in (("staff", "Kantor Satu"), ("administrator", "Kantor Dua"), ("staff", "Kantor Satu")):
        added = portal(
            "add", "--name", "Ratna", "--role", role, "--office", office, "--email", "ratna@contoh.test"
        )
        assert added.returncode == 0 and "/invitations/" in added.stdout
    roles = [row["role"] for row in json.loads(portal("list", "--json").stdout)]
    assert roles == ["staff", "administrator"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "--name", "A", "--role", "staff"], "everybody else --office"),
        (
            ["add", "--name", "A", "--role", "employer", "--partner", "PT Tidak Ada"],
            "no partner of this name",
        ),
        (["add", "--name", "A", "--role", "staff", "--office", "K", "--phone", "12"], "Write the phone"),
        (["add", "--name", "A", "--role", "staff", "--office", "Balai Rehabilitasi"], "neutral one"),
        (["add", "--name", "A", "--role", "client", "--office", "K"], "client"),
        (["code", "nobody@contoh.test"], "Nobody has this login"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(portal: Run, words: list[str], sentence: str) -> None:
    result = portal(*words)
    assert result.returncode and sentence in result.stderr and "Traceback" not in result.stderr

"""`portal vocabulary occupation` and `skill` as scripts use them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.commands.vocabulary import command
from tests.unit.test_meant import HOSTILE

OCCUPATION = {"isco", "kbji", "title", "score", "via", "sure"}
SKILL = {"id", "title", "score", "via", "sure"}
SOME = ["tukang las", "yang ngangkutin karung di pasar", "operatr jahit"]


def _asked(*words: str) -> list[str]:
    ran = CliRunner().invoke(command, [*words, "--json"])
    assert ran.exit_code == 0, ran.output
    return ran.stdout.split("\n")[:-1]


@pytest.mark.parametrize(("kind", "keys"), [("occupation", OCCUPATION), ("skill", SKILL)])
def test_a_text_is_answered_by_one_list_of_at_most_five_best_first(kind: str, keys: set[str]) -> None:
    for text in SOME:
        [line] = _asked(kind, text)
        found = json.loads(line)
        assert 0 < len(found) <= 5 and all(set(each) == keys for each in found)
        assert all(each["via"] in {"alias", "spelling", "meaning"} for each in found)
        assert all(type(each["sure"]) is bool and 0 <= each["score"] <= 1 for each in found)
        scores = [each["score"] for each in found]
        assert scores == sorted(scores, reverse=True)


def test_a_name_is_a_sure_alias_with_its_codes() -> None:
    [line] = _asked("occupation", "Dibutuhkan segera WELDER area Cikarang min SMP")
    best = json.loads(line)[0]
    assert (best["isco"], best["kbji"], best["via"], best["sure"]) == ("7212", "7212.01", "alias", True)


@pytest.mark.parametrize("kind", ["occupation", "skill"])
def test_a_file_gets_one_list_a_line_whatever_stands_in_it(kind: str, tmp_path: Path) -> None:
    texts = [*(text.replace("\ud800", "") for text in HOSTILE), "", "stray\rreturn", "tukang las\r", "ojol"]
    file = tmp_path / "texts"
    file.write_bytes(b"\xef\xbb\xbf" + "\n".join(texts).encode() + b"\n\xff\xfe broken \x80 bytes")
    lines = _asked(kind, "--file", str(file))
    assert len(lines) == len(texts) + 1 and all(len(json.loads(line)) <= 5 for line in lines)


def test_an_empty_file_has_no_answers(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("")
    assert _asked("occupation", "--file", str(tmp_path / "texts")) == []


@pytest.mark.parametrize("text", ["-obras penjahit", "--semua tukang", "", "''", "<b>", "$(id)"])
def test_a_text_may_look_like_anything(text: str) -> None:
    assert len(_asked("occupation", text)) == 1


def test_neither_a_database_nor_a_data_folder_is_needed(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "VAR_DIR": str(tmp_path / "none"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "portal", "vocabulary", "occupation", SOME[1], "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0 and json.loads(ran.stdout)[0]["title"] == "Kuli panggul", ran.stderr
    assert not (tmp_path / "none").exists()

"""The apps know only those below them, tables and migrations agree, templates need no script."""

from pathlib import Path

import pytest

from portal import rules
from portal.commands import check

pytestmark = pytest.mark.anyio


def test_every_import_goes_down() -> None:
    assert rules.foreign_imports() == []


@pytest.mark.parametrize(
    ("file", "line", "allowed"),
    [
        ("portal/x.py", "from jobs.tables import Vacancy", False),
        ("portal/x.py", "import training", False),
        ("portal/commands/x.py", "import jobs.tables", True),
        ("partners/x.py", "from training import profiles", False),
        ("training/x.py", "from portal.tables import Person", True),
        ("jobs/x.py", "import partners.tables, training.tables, portal.tables", True),
        ("jobs/x.py", "def late():\n    from portal.app import create_app", False),
        ("jobs/x.py", "from portal.commands import seed", False),
        ("jobs/x.py", "from portal import commands", False),
    ],
)
def test_an_import_upwards_is_found(file: str, line: str, allowed: bool, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert (rules.foreign_imports(tmp_path) == []) is allowed


async def test_no_table_has_changed_without_a_migration() -> None:
    assert await rules.unmigrated() == []


def test_templates_keep_the_rules() -> None:
    assert rules.template_faults() == []


@pytest.mark.parametrize(
    ("template", "allowed"),
    [
        ('<p style="color: red">', False),
        ("<button onclick='go()'>", False),
        ("<script>go()</script>", False),
        ('<script src="/static/bina.js"></script>', True),
        ("<p>{{ text | safe }}</p>", False),
        ('<button hx-post="/x">', False),
        ('<form\n  hx-post="/x">', True),
        ('<div hx-get="/x">', False),
        ('<a href="/x" hx-get="/x">', True),
        ('<p {{ \'class="a>b"\' if x > 1 }} data-style="y">', True),
        ("{# never style= or |safe here #}", True),
    ],
)
def test_a_template_that_breaks_a_rule_is_found(template: str, allowed: bool, tmp_path: Path) -> None:
    path = tmp_path / "jobs" / "templates" / "x.html"
    path.parent.mkdir(parents=True)
    path.write_text(template)
    assert (rules.template_faults(tmp_path) == []) is allowed


def test_a_package_the_audit_skipped_fails_it() -> None:
    report = '{"dependencies": [{"name": "litestar", "version": "2.25.0", "vulns": []}, {"name": "odd", "skip_reason": "not found"}]}'
    outcome = check.judged("packages", report, "")
    assert outcome.ok is False and outcome.said == "odd was skipped: not found"


def test_a_known_hole_fails_the_audit_and_says_where_it_is_mended() -> None:
    report = '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]}'
    outcome = check.judged("packages", report, "")
    assert outcome.ok is False and outcome.said == "a 1: PYSEC-1, mended in 2"


@pytest.mark.parametrize(
    ("errors", "ok"),
    [("ERROR: ServiceError: Could not connect to OSV\n", None), ("ERROR: invalid requirement\n", False)],
)
def test_an_audit_without_a_report_is_not_taken_for_a_good_one(errors: str, ok: bool | None) -> None:
    assert check.judged("packages", "", errors).ok is ok

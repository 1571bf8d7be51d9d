"""`portal check`: everything about the code that a machine can judge without running the portal."""

import asyncio
import importlib.util
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import click

from portal import rules
from portal.settings import ROOT

ADVISORIES = "api.osv.dev"
"""Open Source Vulnerabilities, which holds PyPI's advisories and those of GitHub."""
REACHED_WITHIN = 5.0
"""Seconds."""
VOCABULARY = "tests/unit/test_vocabulary.py"
NO_ANSWER = (
    "ServiceError",
    "ConnectionError",
    "ConnectionFailed",
    "HTTPError",
    "Could not connect",
    "timed out",
)
"""How pip-audit says that nobody answered, as against what it found."""


@dataclass(frozen=True)
class Outcome:
    """`ok` is None where nothing could be judged; `said` is empty or says why, line by line."""

    name: str
    ok: bool | None
    said: str = ""


@click.command("check")
@click.option("--quick", is_flag=True, help="Without the audit of packages, which asks the network.")
@click.option("--json", "as_json", is_flag=True, help="Prints the outcome of each check as JSON.")
def command(quick: bool, as_json: bool) -> None:
    """Checks style, types, imports, migrations, templates, vocabulary and known holes in packages."""
    if importlib.util.find_spec("ruff") is None:
        raise click.ClickException("The tools for checks are not installed. Run: make setup")
    outcomes = []
    for check in CHECKS[:-1] if quick else CHECKS:
        outcome = check()
        outcomes.append(outcome)
        if not as_json:
            tell(outcome)
    if as_json:
        click.echo(json.dumps([asdict(outcome) for outcome in outcomes], indent=2))
    sys.exit(any(outcome.ok is False for outcome in outcomes))


def tell(outcome: Outcome) -> None:
    word = {True: "ok", False: "FAILED", None: outcome.said}[outcome.ok]
    click.echo(f"{outcome.name:<12} {word}")
    if outcome.ok is False:
        click.echo("\n".join(f"    {line}" for line in outcome.said.splitlines()))


def style() -> Outcome:
    return _all(
        "style",
        _module("ruff", "check", "--quiet", "."),
        _module("ruff", "format", "--check", "--quiet", "."),
    )


def types() -> Outcome:
    return _all("types", _module("mypy"))


def imports() -> Outcome:
    return _found("imports", rules.foreign_imports())


def migrations() -> Outcome:
    return _found("migrations", asyncio.run(rules.unmigrated()))


def templates() -> Outcome:
    return _found("templates", rules.template_faults())


def vocabulary() -> Outcome:
    """The tests of what the vocabulary says; they need no database, so its fixtures stay out."""
    return _all("vocabulary", _module("pytest", "--noconftest", "-p", "no:cacheprovider", "-q", VOCABULARY))


def packages() -> Outcome:
    """Known holes in what is installed, the project itself aside. A package that was skipped is a failure."""
    name = "packages"
    try:
        socket.create_connection((ADVISORIES, 443), REACHED_WITHIN).close()
    except OSError:
        return Outcome(name, None, f"not audited: {ADVISORIES} is out of reach")
    installed = _module("pip", "freeze", "--exclude-editable").stdout
    audit = _module(
        *(
            "pip_audit",
            "--vulnerability-service",
            "osv",
            "--requirement",
            "/dev/stdin",
            "--no-deps",
            "--disable-pip",
        ),
        *("--format", "json", "--progress-spinner", "off"),
        told=installed,
    )
    return judged(name, audit.stdout, audit.stderr)


def judged(name: str, report: str, errors: str) -> Outcome:
    """What pip-audit's JSON report says, or, without one, whether it failed or nobody answered."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        silent = any(word in errors for word in NO_ANSWER)
        last = (errors.strip().splitlines() or ["no report"])[-1]
        return Outcome(name, None if silent else False, f"not audited: {last}" if silent else errors.strip())
    return _found(
        name,
        [f"{one['name']} was skipped: {one['skip_reason']}" for one in dependencies if "skip_reason" in one]
        + [
            f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
            for one in dependencies
            for hole in one.get("vulns", ())
        ],
    )


CHECKS: tuple[Callable[[], Outcome], ...] = (
    style,
    types,
    imports,
    migrations,
    templates,
    vocabulary,
    packages,
)


def _module(*words: str, told: str | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m words...` in the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, input=told, capture_output=True, text=True, check=False
    )


def _all(name: str, *runs: subprocess.CompletedProcess[str]) -> Outcome:
    said = "\n".join(
        part.strip() for run in runs if run.returncode for part in (run.stdout, run.stderr) if part.strip()
    )
    return Outcome(name, not any(run.returncode for run in runs), said)


def _found(name: str, faults: list[str]) -> Outcome:
    return Outcome(name, not faults, "\n".join(faults))

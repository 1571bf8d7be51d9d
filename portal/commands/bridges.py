"""`portal vocabulary import`: codes of other lists, from files an administrator owns (docs/vocabulary.md)."""

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from portal.commands import in_database
from training.bridges import matching
from training.bridges.keeping import keep
from training.bridges.matching import Found
from training.bridges.reading import Sheet, Unreadable, sheets
from training.vocabulary import Vocabulary, vocabulary

Match = Callable[[Iterable[Sheet], Vocabulary], Found]
ACKNOWLEDGEMENT = "This service uses the ESCO classification of the European Commission."
"""ESCO's terms of use want it said by whoever uses it."""
MOST_TOLD = 20
"""Rows named one by one for a person; JSON names all."""

path = click.argument("path", type=click.Path(path_type=Path))
dry_run = click.option("--dry-run", is_flag=True, help="Change nothing, only say what would happen.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group("import")
def group() -> None:
    """Keeps codes of ESCO, KBJI or SKKNI as bridges to the vocabulary."""


@group.command("esco")
@path
@dry_run
@as_json
def esco(path: Path, dry_run: bool, as_json: bool) -> None:
    """ESCO's classification: its zip, a folder, or occupations_en.csv or skills_en.csv."""
    _bring_in(path, matching.esco, dry_run, as_json)
    if not as_json:
        click.echo(ACKNOWLEDGEMENT)


@group.command("kbji")
@path
@click.option("--edition", type=click.Choice(["2014", "2026"]), default="2014", show_default=True)
@dry_run
@as_json
def kbji(path: Path, edition: str, dry_run: bool, as_json: bool) -> None:
    """KBJI: a CSV file with codes and titles."""
    _bring_in(path, partial(matching.kbji, edition=int(edition)), dry_run, as_json)


@group.command("skkni")
@path
@dry_run
@as_json
def skkni(path: Path, dry_run: bool, as_json: bool) -> None:
    """SKKNI: a CSV file of units, or of documents."""
    _bring_in(path, matching.skkni, dry_run, as_json)


def _bring_in(path: Path, match: Match, dry_run: bool, as_json: bool) -> None:
    """Exits with 1 when nothing could be read."""
    try:
        found = match(sheets(path), vocabulary())
    except Unreadable as problem:
        click.echo(json.dumps(_nothing(str(problem)), ensure_ascii=False) if as_json else str(problem))
        sys.exit(1)
    if found.bridges and not dry_run:
        in_database(partial(keep, found.bridges))
    click.echo(json.dumps(_figures(found), ensure_ascii=False) if as_json else _sentences(found, dry_run))
    if not found.bridges:
        sys.exit(1)


def _nothing(problem: str) -> dict[str, Any]:
    return {"codes": 0, "matched": 0, "failed": [{"file": "", "row": 0, "reason": problem}]}


def _figures(found: Found) -> dict[str, Any]:
    return {
        "codes": len(found.bridges),
        "matched": sum(each.entry is not None for each in found.bridges),
        "failed": [{"file": each.file, "row": each.row, "reason": each.reason} for each in found.faults],
    }


def _sentences(found: Found, dry_run: bool) -> str:
    lines = [str(each) for each in found.faults[:MOST_TOLD]]
    if len(found.faults) > MOST_TOLD:
        lines.append(f"And {len(found.faults) - MOST_TOLD} rows more.")
    kept = "Would be kept" if dry_run else "Kept"
    matched = sum(each.entry is not None for each in found.bridges)
    lines.append(
        f"{kept}: {len(found.bridges)} codes; {matched} of them surely mean an entry of the vocabulary."
    )
    return "\n".join(lines)

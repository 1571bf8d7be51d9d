"""`portal import vacancies`: vacancies from a file, in the columns and shapes that docs/import.md describes."""

import json
import sys
from pathlib import Path

import click

from jobs.imports.importing import Report, bring_in
from jobs.imports.reading import read
from jobs.imports.row import WHOLE_FILE
from jobs.index.drain import drain_all
from portal.commands import with_index
from training.vocabulary import added


@click.group("import")
def command() -> None:
    """Brings in data from files."""


@command.command("vacancies")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Change nothing, only say what would happen.")
@click.option("--publish", is_flag=True, help="Publish at once what comes from a source you trust.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def vacancies(file: Path, dry_run: bool, publish: bool, as_json: bool) -> None:
    """Imports vacancies from CSV, XLSX or the JSON of Karirhub's catalogue; each vacancy once.

    Exits with 1 when the file holds nothing that can be read.
    """

    async def work() -> Report:
        await added.refresh()
        with click.progressbar(
            read(file), label=file.name, show_pos=True, file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as found:
            report = await bring_in(found, publish=publish, trial=dry_run)
        if publish and not dry_run:
            await drain_all()
        return report

    report = with_index(work)
    click.echo(json.dumps(_figures(report), ensure_ascii=False) if as_json else _sentences(report, dry_run))
    if not report.titles:
        sys.exit(1)


def _figures(report: Report) -> dict[str, object]:
    return {
        "read": report.read,
        "imported": report.imported,
        "known": report.known,
        "failed": [{"row": each.number, "reason": each.reason} for each in report.failed],
        "mapped_occupation": report.mapped_occupation,
        "mapped_skills": report.mapped_skills,
        "rows": [{"title": title, "isco": isco} for title, isco in report.titles],
    }


def _sentences(report: Report, dry_run: bool) -> str:
    done = "Would be imported" if dry_run else "Imported"
    lines = [
        f"{each.reason}" if each.number == WHOLE_FILE else f"Row {each.number}: {each.reason}"
        for each in report.failed
    ]
    lines += [
        f"Read {report.read} rows. {done}: {report.imported}; known already: {report.known}; "
        f"could not be read: {len(report.failed)}.",
        f"With an occupation: {report.mapped_occupation}; with skills: {report.mapped_skills}.",
    ]
    if report.expired:
        lines.append(f"{report.expired} have passed their last day and are kept as closed.")
    if report.remarked:
        lines.append(
            f"{report.remarked} carry words about age, sex, looks or the like. Look at them in the portal."
        )
    return "\n".join(lines)

"""`portal fairness`: whether lists of clients for a vacancy show every group as often as it could be shown."""

import json
from typing import Any

import click

from jobs.fairness import reports
from portal.commands import in_database


@click.command("fairness")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(as_json: bool) -> None:
    """Makes the fairness report anew, as its page shows it. docs/fairness.md tells the formulas."""
    try:
        figures = in_database(work)
    except reports.Busy:
        raise click.ClickException("A report is being made at this moment.") from None
    click.echo(json.dumps(figures) if as_json else in_words(figures))


async def work() -> dict[str, Any]:
    report = await reports.make(by=None)
    return {"made_at": report.made_at.isoformat(), **json.loads(report.figures)}


def in_words(figures: dict[str, Any]) -> str:
    """A table for people."""
    lines = [
        f"{figures['vacancies']} vacancies, {figures['eligible']} eligible clients, {figures['made_at']}"
    ]
    for attribute, found in figures["attributes"].items():
        lines.append(f"{attribute:<24}{'eligible':>10}{'share':>10}{'exposure':>10}{'ratio':>10}")
        for row in found["groups"]:
            values = [row[name] for name in ("eligible", "share", "exposure", "ratio")]
            told = (
                f"{'too few to be shown':>40}"
                if row["hidden"]
                else "".join(f"{each!s:>10}" for each in values)
            )
            lines.append(f"  {row['group']:<22}{told}")
    return "\n".join(lines)

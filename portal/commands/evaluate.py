"""`portal evaluate`: how good the ranking is on profiles with known answers. Needs no database."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from jobs.evaluation.reading import Unreadable, read_cases, read_vacancies
from jobs.evaluation.running import Direction, Evaluation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.option("--vacancies", "vacancies_file", type=FILE, required=True, help="JSON, one vacancy a line.")
@click.option(
    "--cases", "cases_file", type=FILE, required=True, help="JSON, one profile and its answers a line."
)
@click.option(
    "--direction",
    type=click.Choice([direction.value for direction in Direction]),
    default=Direction.VACANCIES.value,
    show_default=True,
    help="What is ranked: vacancies for each case, or the cases for each vacancy.",
)
@click.option("--baselines", is_flag=True, help="Rank by five plain formulas too.")
@click.option(
    "--ranks",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was ranked, one question a line.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    vacancies_file: Path, cases_file: Path, direction: str, baselines: bool, ranks: Path | None, as_json: bool
) -> None:
    """Ranks profiles with known answers by the portal's own score. docs/matching.md tells the two formats."""
    try:
        vacancies = read_vacancies(vacancies_file)
        cases = read_cases(cases_file, vacancies)
        with ranks.open("w", encoding="utf-8") if ranks else nullcontext() as written:
            figures = Evaluation(vacancies, cases, Direction(direction)).figures(baselines, written)
    except (Unreadable, OSError) as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    click.echo(json.dumps(figures) if as_json else in_words(figures))


def in_words(figures: dict[str, Any]) -> str:
    """A table for people."""
    rows = {"the portal": figures, **figures["baselines"]}
    names = [name for name in figures if name not in ("n", "baselines")]
    lines = [f"{figures['n']} questions".ljust(18) + "".join(f"{name:>11}" for name in names)]
    lines += [f"{row:<18}" + "".join(f"{of[name]:>11.4f}" for name in names) for row, of in rows.items()]
    return "\n".join(lines)

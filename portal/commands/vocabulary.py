"""`portal vocabulary`: what a text means, for people at a terminal and for scripts. Needs no database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from portal.commands.lazily import Group
from training.vocabulary import shipped, vocabulary
from training.vocabulary.meant import occupations_meant, skills_meant
from training.vocabulary.resolving import Candidate

Show = Callable[[Candidate], dict[str, Any]]


class Words(Group):
    later = {"import": ("portal.commands.bridges", "group")}


@click.group("vocabulary", cls=Words)
def command() -> None:
    """What a text means: occupations and skills."""


def _occupation(found: Candidate) -> dict[str, Any]:
    entry = vocabulary().occupations[found.id]
    return {
        "isco": entry.isco,
        "kbji": entry.kbji,
        "title": entry.label,
        "score": found.score,
        "via": found.via.value,
        "sure": found.sure,
    }


def _skill(found: Candidate) -> dict[str, Any]:
    title = vocabulary().skills[found.id].label
    return {"id": found.id, "title": title, "score": found.score, "via": found.via.value, "sure": found.sure}


@command.command("occupation")
@click.argument("text", required=False)
@click.option(
    "--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="One text per line."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list per text.")
def occupation(text: str | None, file: Path | None, as_json: bool) -> None:
    """Up to five occupations TEXT may mean, best first."""
    _answer(text, file, as_json, occupations_meant, _occupation)


@command.command("skill")
@click.argument("text", required=False)
@click.option(
    "--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="One text per line."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list per text.")
def skill(text: str | None, file: Path | None, as_json: bool) -> None:
    """Up to five skills TEXT may mean, best first."""
    _answer(text, file, as_json, skills_meant, _skill)


@command.command("vectors")
def vectors() -> None:
    """Writes the vectors of meaning anew, after the files were changed. Takes half a minute."""
    from training.vocabulary.evidence import texts_weighed
    from training.vocabulary.meaning import encode
    from training.vocabulary.vectors import FILE, made

    texts = texts_weighed(shipped())
    made(texts, encode(texts)).write(FILE)
    click.echo(f"{FILE.name}: {len(texts)} texts, {FILE.stat().st_size / 1e6:.1f} MB.")


def _answer(
    text: str | None, file: Path | None, as_json: bool, resolve: Callable[[str], list[Candidate]], show: Show
) -> None:
    if (text is None) == (file is None):
        raise click.UsageError("Give a TEXT, or --file with one text per line.")
    texts = [text or ""] if file is None else file.read_text(encoding="utf-8", errors="replace").split("\n")
    if file is not None and texts[-1] == "":
        texts.pop()
    for each in texts:
        found = [show(candidate) for candidate in resolve(each)]
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
            continue
        for row in found:
            codes = f"{row['isco']} {row['kbji']}" if "isco" in row else row["id"]
            click.echo(
                f"{row['score']:.3f} {'sure' if row['sure'] else 'ask '} {row['via']:8} {row['title']} ({codes})"
            )
        if not found:
            click.echo("Nothing recognised.")

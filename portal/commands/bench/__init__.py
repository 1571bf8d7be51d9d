"""`portal bench`: how fast the portal is on this machine, beside what nothing could be faster than."""

import json
from typing import Any

import click

from portal.commands.bench import allocation as allocation_
from portal.commands.bench import index as index_
from portal.commands.bench import matching as matching_
from portal.commands.bench.figures import Figures
from portal.commands.bench.levels import text_p50
from portal.commands.bench.pages import VACANCIES, measure


@click.group("bench")
def command() -> None:
    """How fast the portal is on this machine."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--vacancies", default=VACANCIES, show_default=True, help="How many to generate.")
def pages(as_json: bool, vacancies: int) -> None:
    """Measures search, matching and pages over generated vacancies, in a database made for it and dropped after."""
    figures = measure(vacancies, lambda step: click.echo(step, err=True))
    click.echo(json.dumps(figures.as_dict(), indent=2) if as_json else in_words(figures))


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--large", is_flag=True, help="Measure 1,000,000 vacancies too.")
@click.option("--sizes", default="", help="Measure these instead, for example 1000,20000.")
def index(as_json: bool, large: bool, sizes: str) -> None:
    """Measures every index at hand over generated vacancies, each beside its own server without our code."""
    wanted = [int(size) for size in sizes.split(",")] if sizes else [*index_.SIZES]
    figures = index_.measure(wanted + [index_.LARGE] * large, lambda step: click.echo(step, err=True))
    click.echo(json.dumps(figures, indent=2) if as_json else index_in_words(figures))


def index_in_words(figures: dict[str, Any]) -> str:
    """A short table for people."""
    lines = []
    for size, engines in figures["sizes"].items():
        for name, own in engines.items():
            if name == "filled_s":
                continue
            texts = text_p50(own)
            lines.append(
                f"{size} vacancies, {name}: {own['documents_per_s']} documents/s, text p50 {texts[len(texts) // 2]:.1f} ms, "
                f"slowest {texts[-1]:.1f} ms, suggestions p95 {own['suggestions']['p95']:.1f} ms, searchable after "
                f"{own['commit_to_searchable']['p95']:.2f} s, {own['memory_mb'] or 0:.0f} MB, {own['disk_mb']:.0f} MB on disk"
            )
    lines += [
        f"  {name}: {level['reached'] or 'all'} (level {level['wanted']}: {'met' if level['ok'] else 'not met'})"
        for name, level in figures["levels"].items()
    ]
    return "\n".join(lines)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--large", is_flag=True, help="Measure 1,000,000 vacancies too.")
@click.option("--sizes", default="", help="Measure these instead, for example 1000,20000.")
@click.option("--profiles", default=1000, show_default=True, help="How many people to match.")
def matching(as_json: bool, large: bool, sizes: str, profiles: int) -> None:
    """Measures matching over generated vacancies beside one numpy pass over all of them in memory."""
    wanted = [int(size) for size in sizes.split(",")] if sizes else [*matching_.SIZES]
    figures = matching_.measure(
        wanted + [matching_.LARGE] * large, profiles, lambda step: click.echo(step, err=True)
    )
    click.echo(json.dumps(figures, indent=2) if as_json else matching_in_words(figures))


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--sizes", default="", help="Measure these, for example 100,500; 200 and 2,000 unless told otherwise."
)
def allocation(as_json: bool, sizes: str) -> None:
    """Measures an allocation of as many clients as vacancies: scoring, solving, and bare scipy on the same matrix."""
    wanted = [int(size) for size in sizes.split(",")] if sizes else allocation_.SIZES
    figures = allocation_.measure(wanted, lambda step: click.echo(step, err=True))
    click.echo(json.dumps(figures, indent=2) if as_json else allocation_in_words(figures))


def allocation_in_words(figures: dict[str, Any]) -> str:
    """A short table for people."""
    lines = []
    for size, found in figures["sizes"].items():
        lines.append(f"{size} clients and {size} vacancies; scoring {found['scoring_ms']:.0f} ms")
        for kind, one in found.items():
            if kind != "scoring_ms":
                lines.append(
                    f"  {kind:<12} solver {one['solver_ms']:.0f} ms, {one['ratio']:.2f} of bare scipy; "
                    f"{one['placed']} placed, {one['first_come']['placed']} by taking turns"
                )
    lines += [
        f"  {name}: {level['reached']} (level {level['wanted']}: {'met' if level['met'] else 'not met'})"
        for name, level in figures["levels"].items()
    ]
    return "\n".join(lines)


def matching_in_words(figures: dict[str, Any]) -> str:
    """A short table for people."""
    lines = []
    for size, found in figures["sizes"].items():
        whole = found["everything"]
        lines.append(
            f"{size} vacancies; a pass over all of them p50 {whole['p50']:.1f} ms, p95 {whole['p95']:.1f} ms"
        )
        lines += [
            f"  {name:<12} p50 {own['p50']:.1f} ms, p95 {own['p95']:.1f} ms, {own['ratio']:.2f} of that pass, "
            f"keeps {100 * own['kept']:.2f} %, {own['queries']} queries"
            for name, own in found["indexes"].items()
        ]
    if one := figures["one_vacancy"]:
        lines.append(
            f"one vacancy over {one['clients']} clients p50 {one['p50']:.1f} ms, p95 {one['p95']:.1f} ms"
        )
    lines += [
        f"  {name}: {level['reached']} (level {level['wanted']}: {'met' if level['met'] else 'not met'})"
        for name, level in figures["levels"].items()
    ]
    return "\n".join(lines)


def in_words(figures: Figures) -> str:
    """A short table for people."""
    rates = figures.requests_per_second
    lines = [f"{figures.vacancies} vacancies; the floor answers {rates['floor']:.0f} requests/s"]
    for name, level in figures.levels().items():
        verdict = "met" if level["met"] else "not met" if level["ratio"] is not None else "no such page"
        lines.append(
            f"  {name:<20} {rates.get(name) or 0:>7.0f} requests/s, {level['ratio'] or 0:.2f} of the floor "
            f"(level {level['wanted']}: {verdict})"
        )
    if cold := figures.ratio("search_page_cold"):
        lines.append(f"  with nothing remembered the search page reaches {cold:.2f} of the floor")
    for name, times in figures.milliseconds.items():
        if times:
            lines.append(f"  {name:<20} p50 {times['p50']:.1f} ms, p95 {times['p95']:.1f} ms")
    return "\n".join(lines)

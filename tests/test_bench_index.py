"""`portal bench index`: what it asks can be asked, and what it finds is held against levels that can be missed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from portal.commands.bench import command, indexes
from portal.commands.bench.levels import levels
from portal.commands.bench.shapes import SHAPES
from portal.conf import DB


def figures(**more: Any) -> dict[str, Any]:
    def search(p50: float, floor: float) -> dict[str, Any]:
        return {"p50": p50, "floor": {"p50": floor}, "words": True}

    return {
        "search": {"near": search(3.2, 1.0), "far": search(3.4, 1.0)},
        "suggestions": {"p50": 5.0, "p95": 49.0},
        "commit_to_searchable": {"p95": 2.5},
        "during_rebuild": {"ratio": 1.9},
        **more,
    }


def test_a_search_that_is_slower_than_its_floor_allows_is_named() -> None:
    found = levels(
        {"sizes": {"100000": {"postgres": figures()}}, "relevance": {"postgres": {"ndcg@10": 0.91}}}
    )
    assert found["postgres at 100000: search"]["reached"] == {"far": 3.4}
    assert {name for name, level in found.items() if not level["ok"]} == {
        "postgres at 100000: search",
        "postgres at 100000: commit to searchable",
    }


def test_what_meilisearch_finds_is_held_with_facets_and_without() -> None:
    def at(alone: float) -> dict[str, Any]:
        searches = {
            name: each | {"without_facets": {"p50": alone}} for name, each in figures()["search"].items()
        }
        return {"meilisearch": figures(search=searches)}

    found = levels({"sizes": {"10000": at(2), "100000": at(7), "1000000": at(7)}, "relevance": {}})
    assert found["meilisearch at 100000: slowest text"]["ok"]
    assert not found["meilisearch at 100000: slowest text without facets"]["ok"]
    assert found["meilisearch: growth of text without facets"]["reached"] == 3.5


def test_both_indexes_have_to_find_nearly_the_same() -> None:
    judged = {"postgres": {"ndcg@10": 0.99}, "meilisearch": {"ndcg@10": 0.92}}
    found = levels({"sizes": {}, "relevance": judged})
    assert found["nDCG@10 apart"]["reached"] == 0.07 and not found["nDCG@10 apart"]["ok"]


def test_there_are_twenty_ways_to_ask_and_more() -> None:
    assert len(SHAPES) >= 20 and len(set(SHAPES.values())) == len(SHAPES)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    """The database of the tests, no other server, and each thing once or twice."""
    from portal import database

    # A pool of its own, for it is closed at the end: one that other tests on this worker hold stays open.
    monkeypatch.setattr(DB, "pool", None)
    monkeypatch.setattr(DB, "config", DB.config)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("MEILISEARCH_URL", raising=False)
    for name, value in {"ASKED": 2, "FEWEST": 2, "PATIENCE": 0.0, "CHANGES": 3, "DURING": 0.0}.items():
        monkeypatch.setattr(indexes, name, value)
    monkeypatch.setattr(indexes, "relevance", nothing)
    yield
    database._use(database_url)


async def nothing(_: object) -> dict[str, Any]:
    return {}


def test_a_measurement_runs_from_beginning_to_end(hurried: None) -> None:
    told = CliRunner().invoke(command, ["index", "--json", "--sizes", "200"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)["sizes"]["200"]["postgres"]
    assert set(found["search"]) == set(SHAPES) and found["documents_per_s"] > 0
    assert found["search"]["nothing"]["total"] == 200 and found["disk_mb"] > 0
    assert found["commit_to_searchable"]["p95"] > 0

"""What is asked of the figures of `portal bench index`, what they reach, and whether that is enough."""

from collections.abc import Iterator
from statistics import median
from typing import Any

FACTOR, BESIDE = 1.3, 2.0
"""A search may take so many times its bare answer and so many milliseconds more."""
SUGGESTIONS, COMMIT, DURING = 50.0, 2.0, 2.0
"""Milliseconds at p95; seconds at p95 at 100,000 vacancies; times the quiet search."""
TEXT_LARGE, TEXT_MEILISEARCH, ALONE_MEILISEARCH, GROWTH = 120.0, 12.0, 6.0, 4.0
"""Milliseconds: PostgreSQL's p50 over all text searches at 1,000,000; Meilisearch's for each at 100,000, with facets and
without; times that Meilisearch's without facets may grow from 10,000 to 1,000,000."""
NDCG, APART = 0.9, 0.05
ENGINES = ("postgres", "meilisearch")


def levels(found: dict[str, Any]) -> dict[str, Any]:
    """Only what was measured."""
    return {
        name: {"reached": reached, "wanted": wanted, "ok": ok} for name, reached, wanted, ok in _levels(found)
    }


def text_p50(figures: dict[str, Any]) -> list[float]:
    """Of each search for words, the least first."""
    return sorted(each["p50"] for each in figures["search"].values() if each["words"])


def alone_p50(figures: dict[str, Any]) -> list[float]:
    """The same with nothing counted."""
    searches = figures["search"].values()
    return sorted(each["without_facets"]["p50"] for each in searches if each["words"])


Level = tuple[str, Any, Any, bool]


def _levels(found: dict[str, Any]) -> Iterator[Level]:
    for size, figures in found["sizes"].items():
        for engine in ENGINES:
            if engine in figures:
                yield from _of_size(f"{engine} at {size}", int(size), figures[engine])
    yield from _at_scale(found["sizes"])
    yield from _relevance(found["relevance"])


def _of_size(name: str, size: int, figures: dict[str, Any]) -> Iterator[Level]:
    beyond = {
        shape: each["p50"]
        for shape, each in figures["search"].items()
        if each["p50"] > FACTOR * each["floor"]["p50"] + BESIDE
    }
    yield f"{name}: search", beyond, f"p50 <= {FACTOR} x floor + {BESIDE} ms", not beyond
    slow = figures["suggestions"]["p95"]
    yield f"{name}: suggestions", slow, SUGGESTIONS, slow <= SUGGESTIONS
    if size == 100_000:
        late = figures["commit_to_searchable"]["p95"]
        yield f"{name}: commit to searchable", late, COMMIT, late <= COMMIT
    if (ratio := figures["during_rebuild"]["ratio"]) is not None:
        yield f"{name}: search during a rebuild", ratio, DURING, ratio <= DURING


def _at_scale(sizes: dict[str, Any]) -> Iterator[Level]:
    if large := sizes.get("1000000", {}).get("postgres"):
        times = text_p50(large)
        reached = times[len(times) // 2]
        yield "postgres at 1000000: text", reached, TEXT_LARGE, reached <= TEXT_LARGE
    if middle := sizes.get("100000", {}).get("meilisearch"):
        reached = text_p50(middle)[-1]
        yield "meilisearch at 100000: slowest text", reached, TEXT_MEILISEARCH, reached <= TEXT_MEILISEARCH
        reached = alone_p50(middle)[-1]
        name = "meilisearch at 100000: slowest text without facets"
        yield name, reached, ALONE_MEILISEARCH, reached <= ALONE_MEILISEARCH
    ends = [sizes.get(size, {}).get("meilisearch") for size in ("10000", "1000000")]
    if ends[0] and ends[1]:
        growth = round(median(alone_p50(ends[1])) / median(alone_p50(ends[0])), 2)
        yield "meilisearch: growth of text without facets", growth, GROWTH, growth < GROWTH


def _relevance(found: dict[str, Any]) -> Iterator[Level]:
    reached = {engine: figures["ndcg@10"] for engine, figures in found.items() if "ndcg@10" in figures}
    for engine, figure in reached.items():
        yield f"{engine}: nDCG@10", round(figure, 4), NDCG, figure >= NDCG
    if len(reached) > 1:
        apart = round(max(reached.values()) - min(reached.values()), 4)
        yield "nDCG@10 apart", apart, APART, apart <= APART

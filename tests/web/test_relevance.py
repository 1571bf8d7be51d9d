"""How well the first ten answer what people type, per implementation at hand."""

import json
import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jobs.index.port import Document
from tests.bench import relevance
from tests.web.test_index import IMPLEMENTATIONS

pytestmark = pytest.mark.anyio
LEAST = 0.90


async def _all() -> AsyncIterator[Sequence[Document]]:
    given = relevance.documents()
    for start in range(0, len(given), 500):
        yield given[start : start + 500]


def _keep(name: str, figures: dict[str, Any]) -> None:
    """As JSON with the worst queries, where somebody wants to look at them: `RELEVANCE_TO=var pytest …`."""
    if folder := os.environ.get("RELEVANCE_TO"):
        Path(folder, f"{name}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False))


@pytest.mark.parametrize("name", [name for name in IMPLEMENTATIONS if "without memory" not in name])
async def test_the_first_ten_are_what_was_meant(name: str) -> None:
    index = IMPLEMENTATIONS[name]()
    await index.rebuild(_all())
    figures = await relevance.measure(index)
    _keep(name, figures)
    print(name, {key: figures[key] for key in ("ndcg@10", "queries", "must_not", "kinds")})
    assert figures["ndcg@10"] >= LEAST, figures["worst"][:10]

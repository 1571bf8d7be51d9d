"""nDCG@10 of an index on the judged queries of tests/bench, which only a checkout has."""

import sys
from collections.abc import AsyncIterator, Sequence
from importlib import import_module
from typing import Any

from jobs.index.port import Document, VacancyIndex
from portal.settings import ROOT

BATCH = 1_000
MODULE = "tests.bench.relevance"


async def relevance(index: VacancyIndex) -> dict[str, Any]:
    """Fills the index with the judged vacancies and asks it; `missing` says why there is nothing to measure with."""
    sys.path.insert(0, str(ROOT))
    try:
        judged = import_module(MODULE)
    except ImportError:
        return {"missing": f"{MODULE} is not here: relevance is measured from a checkout of the source."}
    finally:
        sys.path.remove(str(ROOT))
    documents = list(judged.documents())

    async def batches() -> AsyncIterator[Sequence[Document]]:
        for start in range(0, len(documents), BATCH):
            yield documents[start : start + BATCH]

    await index.rebuild(batches())
    found = await judged.measure(index)
    return {name: found[name] for name in ("ndcg@10", "queries", "must_not") if name in found}

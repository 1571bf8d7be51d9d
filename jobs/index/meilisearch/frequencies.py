"""How many vacancies ask for each skill and offer each trade: remembered for a while, because nothing exact hangs on it."""

from collections.abc import Mapping
from time import monotonic

from jobs.index.meilisearch import asking
from jobs.index.meilisearch.server import Server
from jobs.index.meilisearch.understanding import Question

SECONDS = 60
"""How long other processes' writes may go unnoticed; this process's own are noticed at once."""


class Frequencies:
    """Counts by mark: `k:` and a skill, `o:` and a trade, `r:` and a region."""

    def __init__(self) -> None:
        self._counts: Mapping[str, int] = {}
        self._until = 0.0

    async def counts(self, server: Server) -> Mapping[str, int]:
        if monotonic() >= self._until:
            facets = {"skills": "k:", "occupation": "o:", "region": "r:"}
            question = asking.search(server.index, Question(), [asking.still_open()], facets=list(facets))
            [answer] = await server.ask([question])
            found = answer.facet_distribution or {}
            self._counts = {
                f"{mark}{value}": count
                for name, mark in facets.items()
                for value, count in found.get(name, {}).items()
            }
            self._until = monotonic() + SECONDS
        return self._counts

    def forget(self) -> None:
        self._until = 0.0

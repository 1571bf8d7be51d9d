"""How every index in use stands: for the command that shows it, and the page."""

from dataclasses import dataclass

from jobs import index
from jobs.index import Kept
from jobs.index.port import Health
from portal import outbox


@dataclass(frozen=True)
class Standing:
    """`documents` is how many it holds, `waiting` how many changes it has yet to see, `parked` what it will not take."""

    name: str
    ok: bool
    documents: int
    current: bool
    whole: bool
    """It holds everything but what waits."""
    waiting: int
    parked: int
    detail: str

    @property
    def fit(self) -> bool:
        return self.ok and self.current and self.whole


async def standing(kept: Kept) -> Standing:
    try:
        health = await kept.index.health()
    # An index that is away is what this is there to tell.
    except Exception as problem:
        health = Health(kept.name, ok=False, detail=type(problem).__name__)
    return Standing(
        kept.name,
        health.ok,
        health.documents,
        health.current,
        not kept.follows or await outbox.is_whole(kept.line),
        await outbox.waiting(kept.line),
        len(await outbox.parked(kept.line)),
        health.detail,
    )


async def standings() -> list[Standing]:
    """PostgreSQL's first."""
    return [await standing(each) for each in index.kept()]

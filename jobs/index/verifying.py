"""Whether an index says what the database says, document by document."""

import contextlib
from dataclasses import dataclass

from jobs.index import Kept
from jobs.index.documents import all_open, content_hash
from jobs.index.drain import BATCH, alone, rebuild
from jobs.index.errors import Unavailable
from jobs.index.sending import send
from portal import outbox
from portal.tables import Outbox


@dataclass(frozen=True)
class Differences:
    """Ids of vacancies. What waits in the outbox is no difference yet, and what is parked is none any more."""

    documents: int
    """How many the index held."""
    missing: tuple[int, ...] = ()
    """Open, and not in the index."""
    stale: tuple[int, ...] = ()
    """In the index with other contents."""
    extra: tuple[int, ...] = ()
    """In the index, and not open."""

    @property
    def all(self) -> tuple[int, ...]:
        return self.missing + self.stale + self.extra


async def verify(kept: Kept, *, repair: bool = False) -> Differences:
    """What differs. `repair` also sends it anew, all of it where the index was made for other settings.

    Nothing is written to the index meanwhile. Vacancies may change, but their marks are read last, so that whatever changed
    between two looks is known to.
    """
    async with alone(kept):
        held = await kept.index.hashes()
        wanted = {document.id: content_hash(document) async for batch in all_open() for document in batch}
        waiting = await Outbox.select(Outbox.document).where(Outbox.index == kept.line)
        aside = {int(row["document"]) for row in waiting}
        aside |= {int(row["document"]) for row in await outbox.parked(kept.line)}
        found = _compared(held, wanted, aside)
        if repair and not (await kept.index.health()).current:
            await rebuild(kept)
        elif repair:
            for start in range(0, len(found.all), BATCH):
                await send(kept, found.all[start : start + BATCH])
    return found


def _compared(held: dict[int, str], wanted: dict[int, str], aside: set[int]) -> Differences:
    def told(ids: set[int]) -> tuple[int, ...]:
        return tuple(sorted(ids - aside))

    return Differences(
        len(held),
        told(wanted.keys() - held.keys()),
        told({id for id in wanted.keys() & held.keys() if wanted[id] != held[id]}),
        told(held.keys() - wanted.keys()),
    )


async def mend(follower: Kept) -> None:
    """Whatever it and the database may have come to disagree on does not outlive the day on which this is run."""
    with contextlib.suppress(Unavailable):
        # One that is being filled for the first time is not compared before that is done.
        if await outbox.is_whole(follower.line):
            await verify(follower, repair=True)

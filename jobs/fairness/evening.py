"""Lists of clients as they are shown: in the order of their score, or evened while an administrator has turned that on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from jobs.fairness import bounds, groups
from jobs.fairness.reranking import even
from jobs.index.port import Document
from jobs.seekers import Candidate, for_vacancy
from jobs.seekers.finding import sample
from portal.people import Actor

MOST = 2_000
"""So many of those who might be shown tell the shares: a share is then off by 2.2 points at most in 19 of 20 lists."""
POOL = 60
"""So many of the best may move up; further down the fit would suffer more than the list gains."""


async def for_page(vacancy: Document, by: Actor, limit: int) -> tuple[list[Candidate], bool]:
    """`jobs.seekers.for_vacancy` as it is to be shown, and whether the lists are evened at present."""
    if await bounds.current() is None:
        return await for_vacancy(vacancy, by, limit), False
    candidates, is_even = await evened(await for_vacancy(vacancy, by, max(POOL, limit)), vacancy, by)
    return candidates[:limit], is_even


async def evened(
    candidates: Sequence[Candidate], vacancy: Document, by: Actor
) -> tuple[list[Candidate], bool]:
    """The same candidates in the order to be shown, and whether the lists are evened at present.

    Shares are those of everybody whom this actor might be shown for the vacancy, of a sample where they are more than
    `MOST`. Who told nothing is a group like others.
    """
    set_to = await bounds.current()
    if set_to is None or not set_to.bound:
        return list(candidates), False
    sampled = await sample(vacancy, by, MOST)
    known = await groups.read(sorted({*sampled, *(each.client for each in candidates)}))
    of = {client: row[set_to.attribute] or groups.UNTOLD for client, row in known.items()}
    listed = [of.get(each.client, groups.UNTOLD) for each in candidates]
    share = shares(of[client] for client in sampled if client in of)
    order = even(listed, share, set_to.bound / 100)
    return [candidates[place] for place in order], True


def shares(of: Iterable[str]) -> dict[str, float]:
    """Each group's share of these."""
    counts = Counter(of)
    return {group: count / counts.total() for group, count in counts.items()}

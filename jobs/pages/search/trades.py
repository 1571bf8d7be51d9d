"""Trades beside the words of a search: which of several was meant, and what is near to the one that was."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from jobs.index.port import Hit
from jobs.index.words import asked, meant
from jobs.pages.search.links import Links
from training.vocabulary import Occupation, vocabulary
from training.vocabulary.meant import occupations_meant
from training.vocabulary.relatives import related
from training.vocabulary.resolving import occupations_for

MOST_MEANT, MOST_NEAR = 8, 5
LIKELY = 0.1
"""Least probability of a trade that is asked about; below it the question would be noise."""
MOST_WAITING = 8
"""So many may wait to be weighed; who comes then is answered by names and spelling alone, at once."""
_weighing = asyncio.Semaphore(1)
"""What weighs meaning needs a whole core, and at first two seconds to load; searches by others go on meanwhile."""
_waiting = asyncio.Semaphore(MOST_WAITING)


@dataclass(frozen=True)
class Trade:
    label: str
    href: str


@dataclass(frozen=True)
class Trades:
    """`which`: the trades one word names, if it names several. `near`: those near to the one that is named.
    `guess`: where to ask by meaning, if nothing is named."""

    which: list[Trade]
    near: list[Trade]
    guess: str


def trades_of(links: Links, text: str, hits: Sequence[Hit]) -> Trades:
    """For the words that were looked up, which are the typed ones, mended. What was hit most is asked about first."""
    named = named_in(text)
    several = [ids for ids in named if len(ids) > 1]
    sole = named[0] if len(named) == 1 and not several else frozenset[str]()
    known = vocabulary().occupations
    often = Counter(hit.document.occupation for hit in hits)
    asked_about = sorted({id for ids in several for id in ids}, key=lambda id: (-often[id], known[id].label))
    return Trades(
        which=_linked(links, (known[id] for id in asked_about), MOST_MEANT),
        near=_linked(links, (trade for id in sole for trade in related(id, MOST_NEAR)), MOST_NEAR),
        guess="" if named or not text.strip() else "/suggestions/meant?" + urlencode({"q": text[:200]}),
    )


def named_in(text: str) -> list[frozenset[str]]:
    """Ids of the trades that each name in the text stands for, each name once."""
    found = (
        frozenset(mark[2:] for mark in marks if mark.startswith("o:"))
        for marks in meant(asked(text)).values()
    )
    return [ids for ids in dict.fromkeys(found) if ids]


async def guessed(text: str) -> list[Occupation]:
    """Trades that a text may mean which names none, by everything that is known of them."""
    if _waiting.locked():
        candidates = occupations_for(text[:200], MOST_MEANT)
    else:
        async with _waiting, _weighing:
            candidates = await asyncio.to_thread(occupations_meant, text[:200], MOST_MEANT)
    known = vocabulary().occupations
    return [known[each.id] for each in candidates if each.score >= LIKELY and not known[each.id].retired]


def _linked(links: Links, trades: Iterable[Occupation], most: int) -> list[Trade]:
    """Links to the same search for another trade; the filters stay."""
    fresh = dict.fromkeys(trade.label for trade in trades if not trade.retired)
    query = replace(links.query, page=1, exact=False)
    return [Trade(label, links.to(replace(query, text=label))) for label in fresh][:most]

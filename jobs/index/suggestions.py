"""What the beginning of a word may become: the names of trades, skills and places, looked up in memory."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jobs.index.port import Suggestion
from jobs.index.words import words
from portal.places import find_region, regions
from training.vocabulary import vocabulary, while_words_last

SHORTEST = 2
MOST_READ = 3_000
"""Names read for one beginning; two letters begin fewer than these."""


@dataclass(frozen=True)
class Name:
    """One name of a trade, a skill or a place. `mark` is what it stands for."""

    plain: str
    mark: str
    suggestion: Suggestion
    own: bool
    """Its label rather than an alias."""


Rank = tuple[bool, bool, int, str]


@dataclass(frozen=True)
class Found:
    """Better ones rank smaller: a name that begins so, then a label, then the shorter name."""

    rank: Rank
    name: Name


def named(text: str) -> list[Found]:
    """Trades, skills and places with a name of which some word begins so; each once, by its best name."""
    beginning = " ".join(words(text))
    if len(beginning) < SHORTEST:
        return []
    keys = _keys()
    start = bisect_left(keys, beginning, key=lambda pair: pair[0])
    best: dict[str, tuple[Rank, Name]] = {}
    for place in range(start, min(start + MOST_READ, len(keys))):
        key, name = keys[place]
        if not key.startswith(beginning):
            break
        rank = (key != name.plain, not name.own, len(name.plain), name.plain)
        if name.mark not in best or rank < best[name.mark][0]:
            best[name.mark] = (rank, name)
    return [Found(rank, name) for rank, name in sorted(best.values(), key=lambda pair: pair[0])]


def trades_begun(text: str) -> frozenset[str]:
    """Marks of the trades that have a name which begins so: what somebody means who has not finished the word."""
    return frozenset(
        each.name.mark
        for each in named(text)
        if each.name.suggestion.kind == "occupation" and not each.rank[0]
    )


def places(text: str, limit: int = 8) -> list[tuple[str, Suggestion]]:
    """Codes and names of regions that are called so, also as people call them ("jogja").

    What the text means by itself comes first.
    """
    found = [each.name for each in named(text) if each.name.suggestion.kind == "place"]
    meant = find_region(text)
    first = [_place(meant)] if meant else []
    return list({name.mark[2:]: name.suggestion for name in (*first, *found)}.items())[:limit]


@while_words_last
def _keys() -> list[tuple[str, Name]]:
    """Every name under itself and under each of its later words, sorted."""
    keys = []
    for name in (*_trades(), *_skills(), *map(_place, regions())):
        parts = name.plain.split()
        keys += [(" ".join(parts[start:]), name) for start in range(len(parts))]
    return sorted(keys, key=lambda pair: pair[0])


def _trades() -> Iterator[Name]:
    for each in vocabulary().occupations.values():
        if not each.retired:
            yield from _names(f"o:{each.id}", "occupation", each.label, (*each.aliases, *each.ambiguous))


def _skills() -> Iterator[Name]:
    for each in vocabulary().skills.values():
        if not each.retired:
            yield from _names(f"k:{each.id}", "skill", each.label, each.aliases)


def _names(mark: str, kind: str, label: str, aliases: Iterable[str]) -> Iterator[Name]:
    yield Name(" ".join(words(label)), mark, Suggestion(label, kind), own=True)
    behind = label[:1].lower() + label[1:] if label[1:2].islower() else label
    for alias in aliases:
        yield Name(" ".join(words(alias)), mark, Suggestion(alias, kind, behind), own=False)


def _place(code: str) -> Name:
    region = regions()[code]
    province = "" if region.code == region.province else regions()[region.province].name
    return Name(
        " ".join(words(region.name)), f"r:{code}", Suggestion(region.name, "place", province), own=True
    )

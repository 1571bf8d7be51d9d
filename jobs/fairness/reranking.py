"""Re-ranking that keeps every group's share of each beginning of a list near its share of those eligible.

After DetGreedy and DetConstSort (Geyik, Ambler, Kenthapadi 2019, arXiv 1905.01989): whoever stands first is taken as long as
no group falls below or rises above its bounds. Those two can run into a dead end with four groups or few members; lists of
ten are short enough to look ahead exactly instead.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

TOP = 10
WIDER = 0.05
"""By so much the bound gives way at a time where a group has too few members for it."""
EPSILON = 1e-9
"""A share of 0.3 times 10 is 3, whatever the floating point makes of it."""


def even(
    groups: Sequence[str], shares: Mapping[str, float], bound: float | None, top: int = TOP
) -> list[int]:
    """The places of a list, given as the group of each, the best first, in the order in which they are to be shown.

    In each of the first k <= `top` at least floor((share - bound) k) and at most ceil((share + bound) k) are of a group. The
    order within a group stays, whoever stands earlier is preferred wherever the bounds leave a choice, and everybody below
    the top keeps their order. Where no order can hold the bound, the narrowest wider one in steps of `WIDER` is held.
    `bound` None changes nothing.
    """
    if bound is None:
        return list(range(len(groups)))
    top = min(top, len(groups))
    first = _first(groups, shares, held(groups, shares, bound, top), top)
    assert first is not None
    taken = set(first)
    return first + [place for place in range(len(groups)) if place not in taken]


def held(groups: Sequence[str], shares: Mapping[str, float], bound: float, top: int = TOP) -> float:
    """The narrowest bound not below `bound` that some order of these holds."""
    top = min(top, len(groups))
    for step in range(math.ceil((1 - bound) / WIDER)):
        if _first(groups, shares, bound + step * WIDER, top) is not None:
            return bound + step * WIDER
    return 1.0


def limits(share: float, bound: float, k: int) -> tuple[int, int]:
    """How few and how many of the first `k` may be of a group."""
    return (
        max(0, math.floor((share - bound) * k + EPSILON)),
        min(k, math.ceil((share + bound) * k - EPSILON)),
    )


def _first(groups: Sequence[str], shares: Mapping[str, float], bound: float, top: int) -> list[int] | None:
    """The first `top` places; None where no order holds the bound."""
    names = sorted({*groups, *shares})
    members = Counter(groups)
    queues = {name: [place for place, group in enumerate(groups) if group == name] for name in names}

    def allowed(counts: tuple[int, ...]) -> bool:
        k = sum(counts)
        for name, count in zip(names, counts, strict=True):
            fewest, most = limits(shares.get(name, 0.0), bound, k)
            if not fewest <= count <= min(most, members[name]):
                return False
        return True

    @cache
    def leads_on(counts: tuple[int, ...]) -> bool:
        if sum(counts) and not allowed(counts):
            return False
        return sum(counts) == top or any(leads_on(more(counts, each)) for each in range(len(names)))

    counts, order = (0,) * len(names), list[int]()
    if not leads_on(counts):
        return None
    while len(order) < top:
        ways = [each for each in range(len(names)) if leads_on(more(counts, each))]
        chosen = min(ways, key=lambda each: queues[names[each]][counts[each]])
        order.append(queues[names[chosen]][counts[chosen]])
        counts = more(counts, chosen)
    return order


def more(counts: tuple[int, ...], group: int) -> tuple[int, ...]:
    return (*counts[:group], counts[group] + 1, *counts[group + 1 :])

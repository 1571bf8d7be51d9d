"""What a report counts, as pure functions of groups: exposure, skew, NDKL (Geyik et al. 2019, arXiv 1905.01989), suppression."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

FEWEST = 11
"""A group with fewer eligible clients is not shown: its figures would be about people."""


def exposure(groups: Sequence[str | None]) -> dict[str, float]:
    """How much of a list each group gets: 1 / log2(1 + rank), summed. None is somebody of whom it is not known."""
    seen: dict[str, float] = {}
    for rank, group in enumerate(groups, 1):
        if group is not None:
            seen[group] = seen.get(group, 0.0) + 1 / math.log2(1 + rank)
    return seen


def skew(places: float, expected: float) -> float | None:
    """ln of the share of the places over the share that was expected; None where that is minus infinity or undefined."""
    return math.log(places / expected) if places > 0 and expected > 0 else None


def ndkl(groups: Sequence[str], shares: Mapping[str, float]) -> float:
    """Normalised discounted cumulative KL divergence of every beginning of the list from the shares; 0 is even."""
    counts: Counter[str] = Counter()
    total = norm = 0.0
    for k, group in enumerate(groups, 1):
        counts[group] += 1
        weight = 1 / math.log2(k + 1)
        norm += weight
        total += weight * sum(n / k * math.log(n / k / shares[name]) for name, n in counts.items())
    return total / norm if norm else 0.0


def hidden(eligible: Mapping[str, int]) -> set[str]:
    """Groups that must not be shown, given how many are in each.

    With one small group hidden its figures would follow from the others and the total, so the next smallest is hidden along,
    until at least two groups with `FEWEST` members between them are.
    """
    order = sorted(eligible, key=lambda group: (eligible[group], group))
    secret = [group for group in order if eligible[group] < FEWEST]
    for group in order[len(secret) :]:
        if not secret or (len(secret) > 1 and sum(eligible[each] for each in secret) >= FEWEST):
            break
        secret.append(group)
    return set(secret)

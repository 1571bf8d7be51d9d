"""Contributions as points of 100 that add up on paper too: what is shown sums to the total that is shown."""

import math
from collections.abc import Sequence

TENTHS = 1000
"""A score of 1 is 100 points, shown to the tenth."""


def points(contributions: Sequence[float]) -> list[float]:
    """Each contribution in points of 100 with one decimal. Their sum is that of the contributions, rounded: the tenths
    that rounding down leaves over go to the largest remainders, the first among equals."""
    exact = [TENTHS * each for each in contributions]
    tenths = [math.floor(each) for each in exact]
    left = round(math.fsum(exact)) - sum(tenths)
    order = sorted(range(len(exact)), key=lambda at: (tenths[at] - exact[at], at))
    for at in order[:left]:
        tenths[at] += 1
    return [each / 10 for each in tenths]


def said(value: float, language: str = "id", *, signed: bool = False) -> str:
    """28,4 in Indonesian, 28.4 in English; `signed` puts a plus before what adds."""
    text = f"{value:+.1f}" if signed else f"{value:.1f}"
    return (text if language == "en" else text.replace(".", ",")).replace("-", "−")

"""Skills as numbers, which a row of an index holds many of and compares in half the time of their names."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import md5

MOST = 150
"""Skills of one document; a row of an index holds 2,700 bytes."""


class Codes(list[int]):
    """A bigint[]."""


def codes(skills: Iterable[str]) -> Codes:
    """One for each, in their order."""
    return Codes(map(code, skills))


@lru_cache(maxsize=20_000)
def code(skill: str) -> int:
    """The first half of its MD5, which PostgreSQL works out alike: among a million skills, two would share one with a chance
    of 1 to 37 million."""
    return int.from_bytes(
        md5(skill.encode(errors="replace"), usedforsecurity=False).digest()[:8], signed=True
    )

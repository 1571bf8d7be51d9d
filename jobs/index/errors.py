"""What can go wrong with an index on a server of its own, told apart by what is to be done about it."""

OLDEST, TOO_NEW = (1, 36), (2, 0)
"""`attributeRank`, by which the title comes before the text and newer before older, came with 1.36."""


class Unavailable(Exception):
    """Refused, too slow, broken, restarted empty: the same question can be answered later, or by another index."""


class Refused(Exception):
    """The server understood what was asked and will never do it: a fault of this program or its settings."""


class BadDocument(Exception):
    """One document that the index cannot hold; the others beside it can."""

    def __init__(self, id: int, reason: str) -> None:
        super().__init__(f"{id}: {reason}")
        self.id = id
        self.reason = reason


def supported(version: str) -> str | None:
    """What is wrong with this version of the server, as a sentence; None if nothing is."""
    try:
        major, minor = (int(part) for part in version.split(".")[:2])
    except ValueError:
        return f"“{version}” is no version of Meilisearch."
    if OLDEST <= (major, minor) < TOO_NEW:
        return None
    return f"Meilisearch {version} does not fit: it has to be 1.36 or newer, and older than 2."

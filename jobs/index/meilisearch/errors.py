"""What can go wrong with a Meilisearch server, told apart by what is to be done about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import msgspec
import pydantic
from meilisearch_python_sdk.errors import MeilisearchApiError, MeilisearchError

OLDEST, TOO_NEW = (1, 36), (2, 0)
"""`attributeRank`, by which the title comes before the text and newer before older, came with 1.36."""
BAD_ROW = frozenset(
    [
        "invalid_document_id",
        "missing_document_id",
        "invalid_document_geo_field",
        "invalid_document_fields",
        "malformed_payload",
        "payload_too_large",
        "missing_payload",
    ]
)
RETRY_STATUS = frozenset([401, 403, 408, 429])
"""A key that is not known is a server that was restarted empty, or one that is being set up: both pass."""
RETRY_CODE = frozenset(
    ["index_not_found", "document_not_found", "internal", "no_space_left_on_device", "too_many_open_files"]
)


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


class BadBatch(Exception):
    """Some document of a batch is to blame, and nobody says which."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Every fault of client and server as one of the classes above."""
    try:
        yield
    except MeilisearchApiError as problem:
        raise of_code(problem.code, problem.message, problem.status_code) from problem
    except httpx2.HTTPStatusError as problem:
        raise of_code("", str(problem), problem.response.status_code) from problem
    except (MeilisearchError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as problem:
        raise Unavailable(str(problem) or type(problem).__name__) from problem
    except (
        msgspec.DecodeError,
        pydantic.ValidationError,
        KeyError,
        TypeError,
        UnicodeDecodeError,
    ) as problem:
        # An answer that is no answer: another program at that address, or one cut short.
        raise Unavailable(f"not an answer of Meilisearch: {type(problem).__name__}") from problem


def of_code(code: str, message: str, status: int = 400) -> Exception:
    """By the server's code where it gave one, else by the HTTP status."""
    text = f"{code or status}: {message}"
    if code in BAD_ROW or status == 413:
        return BadBatch(text)
    if code in RETRY_CODE or status in RETRY_STATUS or status >= 500:
        return Unavailable(text)
    return Refused(text)


def supported(version: str) -> str | None:
    """What is wrong with this version of the server, as a sentence; None if nothing is."""
    try:
        major, minor = (int(part) for part in version.split(".")[:2])
    except ValueError:
        return f"“{version}” is no version of Meilisearch."
    if OLDEST <= (major, minor) < TOO_NEW:
        return None
    return f"Meilisearch {version} does not fit: it has to be 1.36 or newer, and older than 2."

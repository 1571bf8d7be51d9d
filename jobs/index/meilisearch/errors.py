"""What can go wrong with a Meilisearch server, told apart by what is to be done about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import msgspec
import pydantic
from meilisearch_python_sdk.errors import MeilisearchApiError, MeilisearchError

from jobs.index.errors import BadDocument, Refused, Unavailable, supported

__all__ = ["BadBatch", "BadDocument", "Refused", "Unavailable", "of_code", "supported", "told_apart"]

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

"""Ids that come in the query of an address, or in a hidden field."""

from litestar import Request

from portal.access import LARGEST_ID


def id_in(request: Request, name: str) -> int | None:
    """The id called `name` in the query, or None: a broken one is as unknown as none."""
    return id_of(request.query_params.get(name, ""))


def id_of(text: str) -> int | None:
    """The id written in the text, or None."""
    sound = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if sound and int(text) <= LARGEST_ID else None

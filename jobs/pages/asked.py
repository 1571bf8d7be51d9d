"""Ids that come in the query of an address."""

from litestar import Request

from portal.access import LARGEST_ID


def id_in(request: Request, name: str) -> int | None:
    """The id called `name` in the query, or None: a broken one is as unknown as none."""
    value = request.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and int(value[:11]) <= LARGEST_ID else None

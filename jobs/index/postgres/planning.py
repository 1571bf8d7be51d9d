"""Statements that are planned for what they ask, each by one round trip (`vacancy_planned` of the migrations)."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
from piccolo.querystring import QueryString

from jobs.index.postgres.codes import Codes
from portal.conf import DB

TYPES: dict[type, str] = {
    int: "::bigint",
    float: "::float8",
    datetime: "::timestamptz",
    str: "",
    list: "::text[]",
    Codes: "::bigint[]",
}


async def planned(statement: QueryString, columns: str) -> list[asyncpg.Record]:
    """`columns`: names and types of what it gives, exactly as it gives them: "id integer, title text"."""
    values: list[str] = []
    text = _written(statement, values)
    asked = QueryString(f"SELECT * FROM vacancy_planned({{}}, {{}}) AS found ({columns})", text, values)
    rows: list[asyncpg.Record] = await DB.run_querystring(asked)
    return rows


def _written(part: QueryString, values: list[str]) -> str:
    """The statement with a place of one array for each value, which are never part of its text."""
    first, *rest = part.template.split("{}")
    pieces = [first]
    for value, after in zip(part.args, rest, strict=True):
        if isinstance(value, QueryString):
            pieces.append(_written(value, values))
        else:
            values.append(_said(value))
            pieces.append(f"(($1::text[])[{len(values)}]{TYPES[type(value)]})")
        pieces.append(after)
    return "".join(pieces)


def _said(value: int | float | datetime | str | Sequence[str] | Codes) -> str:
    """As PostgreSQL reads it from text."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Codes):
        return "{" + ",".join(map(str, value)) + "}"
    quoted = (text.replace("\\", r"\\").replace('"', r"\"") for text in value)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"

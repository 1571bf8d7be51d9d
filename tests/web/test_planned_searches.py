"""Statements of the PostgreSQL index that are planned where they are asked: what is looked for never becomes part of them."""

from datetime import UTC, datetime

import asyncpg
import pytest
from piccolo.querystring import QueryString

from jobs.index.mending import Near, mend
from jobs.index.postgres.codes import codes
from jobs.index.postgres.planning import planned
from portal.conf import DB

pytestmark = pytest.mark.anyio

NASTY = ["'; DROP TABLE vacancy; --", 'a"b', "back\\slash", "{}", "a,b", " ", "NULL", "$1", "é\n"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *((text, "text") for text in NASTY),
        (NASTY, "text[]"),
        ([], "text[]"),
        (codes(["las-smaw", "komunikasi"]), "bigint[]"),
        (3_000_000_000, "bigint"),
        (-6.914744, "double precision"),
        (datetime(2026, 11, 30, 17, 45, 1, 123456, tzinfo=UTC), "timestamptz"),
    ],
)
async def test_a_value_arrives_as_it_was_given(value: object, kind: str) -> None:
    [row] = await planned(QueryString("SELECT 1 AS one, {} AS value", value), f"one integer, value {kind}")
    assert row["value"] == value


async def test_a_statement_can_only_read() -> None:
    with pytest.raises(asyncpg.FeatureNotSupportedError):
        await planned(QueryString("UPDATE vacancy_index_state SET version = 1 RETURNING version"), "v bigint")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kasr", "kasir"), ("xopi", "kopi"), ("koxi", "kopi"), ("koppi", "kopi"), ("ksair", "kasir")],
)
async def test_one_mistake_in_a_short_word_is_near_enough_to_be_considered(typed: str, meant: str) -> None:
    rows = await DB.run_querystring(QueryString("SELECT * FROM vacancy_words_near({})", typed))
    assert mend(typed, [Near(row["word"], row["weight"]) for row in rows]) == meant

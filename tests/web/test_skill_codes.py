"""Skills as numbers in PostgreSQL's index."""

import pytest

from jobs.index.port import Query
from jobs.index.postgres import PostgresIndex
from jobs.index.postgres.codes import MOST, code, codes
from portal.conf import DB
from tests.web.test_index import document
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio


async def test_no_two_skills_share_a_number() -> None:
    skills = list(vocabulary().skills)
    assert len(set(codes(skills))) == len(skills) > 1_000


async def test_the_database_works_out_the_same_numbers() -> None:
    skills = [*list(vocabulary().skills)[:50], "", "é", "日本"]
    sql = "SELECT ('x' || left(md5(skill), 16))::bit(64)::bigint AS code FROM unnest($1::text[]) WITH ORDINALITY AS a(skill, n) ORDER BY n"
    rows = await DB._run_in_pool(sql, [skills])
    assert [row["code"] for row in rows] == codes(skills)


async def test_a_document_with_very_many_skills_is_held_and_found_by_the_first() -> None:
    index = PostgresIndex()
    skills = tuple(f"s{n}" for n in range(MOST + 100))
    await index.upsert([document(id=1, essential=skills)])
    [hit] = (await index.search(Query(skills=frozenset({"s0"})))).hits
    assert hit.document.skills == skills
    assert code("s0") != code("s1")

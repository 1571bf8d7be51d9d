"""One statement that finds, counts and fetches; and one that only counts, for several questions. Both read all hits."""

from collections import Counter
from collections.abc import Sequence

import asyncpg
from piccolo.querystring import QueryString

from jobs.index.documents import decoded
from jobs.index.port import Document, Hit, Query, Result, Sort
from jobs.index.postgres.conditions import (
    MOST_TOGETHER,
    TRUE,
    all_of,
    conditions,
    distance,
    holds,
    kilometres,
    origin_of,
    other,
)
from jobs.index.postgres.planning import planned
from jobs.index.postgres.understanding import Lexemes, Question

NEWEST = "published_at DESC, id DESC"
# Each facet counts what the other filters leave. Kinds of work and levels are few, so that one grouping by both says
# the total too. Hits are kept for the three parts where words were looked up, and looked up again by index where not.
SEARCH = """
WITH hits AS {} (
    SELECT id, region, employment_type, education, wage_top, latitude, longitude, published_at
    FROM vacancy_document WHERE {}
)
SELECT 1 AS part, region::text AS value, NULL::integer AS level, count(*) AS n, NULL AS facts, NULL AS description
FROM hits WHERE {} AND {} GROUP BY region
UNION ALL
SELECT 2, employment_type, education, count(*), NULL, NULL FROM hits WHERE {} GROUP BY employment_type, education
UNION ALL
SELECT 3, NULL, NULL, place, facts::text, description FROM (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM hits WHERE {} AND {} AND {} ORDER BY {} LIMIT {} OFFSET {}
    ) AS sorted
) AS page JOIN vacancy_document USING (id)
"""
COLUMNS_SHOWN = "part integer, value text, level integer, n bigint, facts text, description text"
COUNT = "(SELECT count(*) FROM vacancy_document WHERE {} AND {})"
FARTHEST_OFFSET = 10_000_000


async def search(query: Query, question: Question) -> Result:
    narrowing = conditions(query, question)
    statement = QueryString(
        SEARCH,
        QueryString("MATERIALIZED" if question.terms else "NOT MATERIALIZED"),
        _others(query, question),
        narrowing.type,
        narrowing.education,
        narrowing.region,
        narrowing.region,
        narrowing.type,
        narrowing.education,
        _order(query, question),
        query.per_page,
        offset(query),
    )
    rows = await planned(statement, COLUMNS_SHOWN)
    total, facets = counted(query, rows)
    return Result(shown(query, rows), total, facets)


def _others(query: Query, question: Question) -> QueryString:
    """What has no facet. Words that stand for very many names are asked of the index once: the planner takes comparing them
    with row after row to be cheaper, which has to fetch the words of each first and takes a hundred times as long."""
    lexemes = question.lexemes("o:", "k:")
    if all(len(each) <= MOST_TOGETHER for each in lexemes):
        return other(query, question)
    found = QueryString("id IN (SELECT id FROM vacancy_document WHERE {} OFFSET 0)", holds("words", lexemes))
    return all_of(other(query, question, words=False), found)


def offset(query: Query) -> int:
    return min((query.page - 1) * query.per_page, FARTHEST_OFFSET)


def shown(query: Query, rows: Sequence[asyncpg.Record]) -> list[Hit]:
    """The hits of part 3 in their order."""
    page = sorted((row for row in rows if row["part"] == 3), key=lambda row: row["n"])
    documents = [decoded(row["facts"], row["description"]) for row in page]
    return [Hit(each, distance(query, each)) for each in documents]


def counted(query: Query, rows: Sequence[asyncpg.Record]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total, and each facet from the groups that its fellow filters leave (parts 1 and 2)."""
    facets: dict[str, Counter[str]] = {"region": Counter(), "type": Counter(), "education": Counter()}
    total = 0
    for part, value, level, n, *_ in rows:
        if part == 1 and value is not None:
            facets["region"][value] += n
        if part == 2:
            fits_type = not query.types or value in query.types
            fits_level = query.education is None or level <= query.education
            total += n if fits_type and fits_level else 0
            if fits_level and value is not None:
                facets["type"][value] += n
            if fits_type:
                facets["education"][str(level)] += n
    return total, {name: dict(counts) for name, counts in facets.items()}


async def count(
    queries: Sequence[Query], questions: Sequence[Question], windows: Sequence[QueryString | None] = ()
) -> list[int]:
    """`windows`: what of the documents to count in, for each query."""
    if not queries:
        return []
    within = windows or [None] * len(queries)
    counted = []
    for query, question, window in zip(queries, questions, within, strict=True):
        narrowing = conditions(query, question)
        filters = all_of(narrowing.region, narrowing.type, narrowing.education, window or TRUE)
        others = narrowing.other if window else _others(query, question)
        counted.append(QueryString(COUNT, filters, others))
    listed = QueryString(", ".join("{}" for _ in counted), *counted)
    [row] = await planned(QueryString("SELECT ARRAY[{}] AS counts", listed), "counts bigint[]")
    return row["counts"]


def read(facts: str) -> Document:
    return decoded(facts)


def order_of(query: Query) -> QueryString | None:
    """The order somebody chose; None for relevance."""
    if query.sort is Sort.WAGE:
        return QueryString(f"wage_top DESC NULLS LAST, {NEWEST}")
    if query.sort is Sort.NEAREST and (origin := origin_of(query)):
        return QueryString(f"{{}} NULLS LAST, {NEWEST}", kilometres(origin))
    return QueryString(NEWEST) if query.sort is Sort.NEWEST else None


def tiers(question: Question) -> list[Lexemes]:
    """What a vacancy may be called, the most telling first; relevance is the first that holds, then the newest."""
    named = (question.named(), question.lexemes(), question.lexemes("o:"))
    return list(dict.fromkeys(named)) if question.terms else []


def _order(query: Query, question: Question) -> QueryString:
    chosen = order_of(query)
    if chosen or not question.terms:
        return chosen or QueryString(NEWEST)
    cases = [
        QueryString(f"WHEN {{}} THEN {place}", _in_head(each)) for place, each in enumerate(tiers(question))
    ]
    return QueryString(f"CASE {' '.join('{}' for _ in cases)} ELSE {len(cases)} END, {NEWEST}", *cases)


def _in_head(lexemes: Lexemes) -> QueryString:
    """Asked of the index once, because reading the head of every hit takes far longer."""
    return QueryString("id IN (SELECT id FROM vacancy_document WHERE {})", holds("head", lexemes))

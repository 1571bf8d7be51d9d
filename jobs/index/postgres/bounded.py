"""The same over very many documents: it reads windows, counts to a bound, and ranks no more than it counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import asyncpg
from piccolo.querystring import QueryString

from jobs.index.port import Query, Result, Sort
from jobs.index.postgres import planning, searching
from jobs.index.postgres.conditions import TRUE, Conditions, all_of, conditions, holds, other
from jobs.index.postgres.searching import COLUMNS_SHOWN, NEWEST, counted, offset, order_of, shown, tiers
from jobs.index.postgres.sizes import Sizes
from jobs.index.postgres.understanding import Question
from jobs.index.postgres.windows import Reading

COLUMNS = "id, region, employment_type, education, wage_top, latitude, longitude, published_at"
FOUND = f"SELECT {COLUMNS}, {{}}::integer AS tier FROM vacancy_document WHERE {{}}"
SEARCH = """
WITH found AS MATERIALIZED ({})
SELECT 1 AS part, region::text AS value, NULL::integer AS level, count(*) AS n, NULL AS facts, NULL AS description
FROM {} AS hits GROUP BY region
UNION ALL
SELECT 2, employment_type, education, count(*), NULL, NULL FROM {} AS hits GROUP BY employment_type, education
UNION ALL
SELECT 4, NULL, tier, count(*), NULL, NULL FROM found GROUP BY tier
UNION ALL
SELECT 3, NULL, NULL, place, facts::text, description FROM (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM found ORDER BY {} LIMIT {} OFFSET {}
    ) AS sorted
) AS page JOIN vacancy_document USING (id)
"""
BEST = f"SELECT {COLUMNS}, min(tier) AS tier FROM ({{}}) AS each GROUP BY {COLUMNS}"
FACETS = "(SELECT region, employment_type, education FROM vacancy_document WHERE {})"


@dataclass(frozen=True)
class Tier:
    """Hits that come before those of the next tier; of a window only the first of them."""

    condition: QueryString
    window: QueryString | None


async def search(query: Query, question: Question, reading: Reading) -> Result:
    """Where a window turns out to hold too few, everything is read after all; that is seldom, and then little."""
    narrowing = conditions(query, question)
    everything = list(_tiers(query, question, reading, narrowing))
    ranked = _until_enough(everything)
    rows = await planning.planned(_statement(query, question, reading, narrowing, ranked), COLUMNS_SHOWN)
    if (total := _total(ranked, rows, reading.bound)) is None:
        ranked = [replace(each, window=None) for each in everything]
        rows = await planning.planned(_statement(query, question, reading, narrowing, ranked), COLUMNS_SHOWN)
        total = _total(ranked, rows, reading.bound) or 0
    _, facets = counted(query, rows)
    return Result(shown(query, rows), min(total, reading.bound), facets, at_least=total > reading.bound)


def _tiers(query: Query, question: Question, reading: Reading, narrowing: Conditions) -> Iterator[Tier]:
    sizes = reading.sizes
    filters = all_of(narrowing.region, narrowing.type, narrowing.education)
    share = _share(query, sizes)
    words = sizes.of_words(question) if question.terms else 1.0
    everything = Tier(all_of(filters, narrowing.other), None)
    if order_of(query) or not question.terms:
        yield replace(everything, window=reading.first(query, share * words))
        return
    beside = other(query, question, words=False)
    called = {
        question.named(): sizes.named(question),
        question.lexemes(): sizes.called(question),
        question.lexemes("o:"): sizes.called(question, "o:"),
    }
    for lexemes in tiers(question):
        yield Tier(all_of(filters, beside, holds("head", lexemes)), reading.newest(share * called[lexemes]))
    yield replace(everything, window=reading.newest(share * words))


def _until_enough(ranked: Sequence[Tier]) -> list[Tier]:
    """A window holds as many as are counted, so nothing after it would ever be shown."""
    end = next((place for place, tier in enumerate(ranked) if tier.window is not None), len(ranked))
    return list(ranked[: end + 1])


def _share(query: Query, sizes: Sizes) -> float:
    return (
        sizes.in_regions(query) * sizes.in_types(query) * sizes.in_education(query) * sizes.in_others(query)
    )


def _statement(
    query: Query, question: Question, reading: Reading, narrowing: Conditions, ranked: Sequence[Tier]
) -> QueryString:
    tiers = [
        QueryString(FOUND, place, all_of(tier.condition, tier.window or TRUE))
        for place, tier in enumerate(ranked)
    ]
    found = (
        tiers[0]
        if len(tiers) == 1
        else QueryString(BEST, QueryString(" UNION ALL ".join("{}" for _ in tiers), *tiers))
    )
    order = order_of(query) or QueryString(f"tier, {NEWEST}")
    start = offset(query)
    return QueryString(
        SEARCH,
        found,
        *_facets(query, question, reading, narrowing, ranked),
        order,
        max(0, min(query.per_page, reading.bound - start)),
        start,
    )


def _facets(
    query: Query, question: Question, reading: Reading, narrowing: Conditions, ranked: Sequence[Tier]
) -> Iterator[QueryString]:
    """Over what to count regions, and over what kinds of work and levels: what was found, where nothing else narrows."""
    sizes = reading.sizes
    rest = sizes.in_others(query) * (sizes.of_words(question) if question.terms else 1.0)
    newest = query.sort not in (Sort.WAGE, Sort.NEAREST) or not any(tier.window for tier in ranked)
    sets = (
        (
            [narrowing.region],
            [narrowing.type, narrowing.education],
            sizes.in_types(query) * sizes.in_education(query),
        ),
        ([narrowing.type, narrowing.education], [narrowing.region], sizes.in_regions(query)),
    )
    for own, others, share in sets:
        if newest and all(each is TRUE for each in own):
            yield QueryString("found")
        else:
            window = reading.newest(rest * share) or TRUE
            yield QueryString(FACETS, all_of(*others, narrowing.other, window))


def _total(ranked: Sequence[Tier], rows: Sequence[asyncpg.Record], bound: int) -> int | None:
    """How many were found; None where a window holds too few to say what comes next."""
    of_tier = Counter({row["level"]: row["n"] for row in rows if row["part"] == 4})
    total = 0
    for place, tier in enumerate(ranked):
        total += of_tier[place]
        if total > bound:
            break
        if tier.window is not None:
            return None
    return sum(of_tier.values())


async def count(queries: Sequence[Query], questions: Sequence[Question], reading: Reading) -> list[int]:
    """How many each would find, up to the bound."""
    sizes = reading.sizes
    windows = [
        reading.newest(_share(query, sizes) * (sizes.of_words(question) if question.terms else 1.0))
        for query, question in zip(queries, questions, strict=True)
    ]
    counts = await searching.count(queries, questions, windows)
    again = [
        place for place, window in enumerate(windows) if window is not None and counts[place] < reading.bound
    ]
    whole = await searching.count([queries[place] for place in again], [questions[place] for place in again])
    for place, number in zip(again, whole, strict=True):
        counts[place] = number
    return [min(number, reading.bound) for number in counts]

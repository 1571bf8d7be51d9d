"""What changes in the PostgreSQL index where there are too many documents to count: nothing that is shown first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.index.port import Document, Query, Result, Sort
from jobs.index.postgres import PostgresIndex, conditions
from jobs.index.postgres.understanding import understand
from portal.places import regions
from tests.web.test_index import BANDUNG, BOGOR, NOON, SURABAYA, batches, document

pytestmark = pytest.mark.anyio

MANY, BOUND = 900, 20
PLACES = (BOGOR, BANDUNG, SURABAYA)
QUERIES = (
    Query(),
    Query("kasir"),
    Query("toko"),
    Query("tukang las"),
    Query("kasir", region=BOGOR),
    Query("kasir", types=frozenset({"daily"})),
    Query("toko", education=20),
    Query("toko", wage_min=4_000_000),
    Query(region=SURABAYA, radius_km=30),
    Query("kasir", region=BANDUNG, radius_km=200),
    Query("kasir", sort=Sort.WAGE),
    Query(sort=Sort.WAGE),
    Query("toko", sort=Sort.NEAREST, origin=(-6.6, 106.8)),
    Query("toko", sort=Sort.NEWEST),
    Query("tuk"),
    Query("tukang"),
    Query("tukang", sort=Sort.WAGE),
    Query("toko tuk", region=BOGOR),
    Query(sort=Sort.NEAREST, region=BANDUNG),
)


def documents() -> list[Document]:
    """Half of them cashiers, a tenth welders, and everybody works in a shop; the older ones have the telling titles."""
    return [
        document(
            "Kasir" if n % 2 else "Tukang las" if n % 10 == 0 else "Penjaga",
            id=n,
            description="Toko ramai" if n % 3 else "Toko ramai, membantu kasir",
            region=PLACES[n % 3],
            latitude=regions()[PLACES[n % 3]].latitude,
            longitude=regions()[PLACES[n % 3]].longitude,
            employment_type=("daily", "contract", None)[n % 3],
            education=(None, 20, 30)[n % 3],
            wage_max=(3_000_000 + n * 2_000) if n % 4 else None,
            published_at=NOON - timedelta(hours=n),
        )
        for n in range(1, MANY + 1)
    ]


@pytest.fixture
async def bounded() -> PostgresIndex:
    index = PostgresIndex(remembered=0, exact_up_to=100, bound=BOUND)
    await index.rebuild(batches(documents()))
    return index


def ids(result: Result) -> list[int]:
    return [hit.document.id for hit in result.hits]


@pytest.mark.parametrize("query", QUERIES, ids=str)
async def test_the_first_pages_are_those_of_an_index_that_reads_everything(
    bounded: PostgresIndex, query: Query
) -> None:
    exact = PostgresIndex(remembered=0)
    for page in (1, 2, 3):
        asked = replace(query, page=page, per_page=10)
        found, wanted = await bounded.search(asked), await exact.search(asked)
        assert (found.total, found.at_least) == (min(wanted.total, BOUND), wanted.total > BOUND)
        assert ids(found) == (ids(wanted) if page * 10 <= BOUND or wanted.total <= BOUND else [])


@pytest.mark.parametrize("text", ["tuk", "tukang", "toko tuk", "tuk toko kasir"])
async def test_names_of_very_many_trades_asked_for_in_pieces_find_the_same(
    bounded: PostgresIndex, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = PostgresIndex(remembered=0)
    for index in (bounded, exact):
        in_pieces = await index.search(Query(text))
        monkeypatch.setattr(conditions, "MOST_TOGETHER", 10_000)
        assert await index.search(Query(text)) == in_pieces
        monkeypatch.undo()


async def test_what_a_beginning_may_stand_for_is_expected_too(bounded: PostgresIndex) -> None:
    """Or a window would be held to be too small to be worth anything, and everything be read."""
    [question] = await understand([Query("tuk")])
    assert question.marked["o:tukang-las"].documents == MANY / 10


async def test_facets_count_some_of_what_is_there_and_counts_end_at_the_bound(bounded: PostgresIndex) -> None:
    found = await bounded.search(Query("toko"))
    assert set(found.facets["region"]) == set(PLACES)
    assert BOUND < sum(found.facets["region"].values()) < MANY
    narrowed = await bounded.search(Query("toko", region=BOGOR))
    assert set(narrowed.facets["region"]) == set(PLACES) and set(narrowed.facets["type"]) == {"daily"}
    assert await bounded.count(
        [Query("kasir"), Query("las"), Query("nihil"), Query("las", region=BOGOR)]
    ) == [
        BOUND,
        BOUND,
        0,
        BOUND,
    ]


async def test_few_hits_of_a_frequent_word_and_of_frequent_filters_are_all_found(
    bounded: PostgresIndex,
) -> None:
    """What was expected is wrong here: no window holds them."""
    rare = document(
        "Kasir apotek", id=5_000, description="Toko obat", published_at=NOON - timedelta(days=400)
    )
    await bounded.upsert([rare])
    assert ids(await bounded.search(Query("kasir toko obat"))) == [5_000]
    assert (await bounded.search(Query("las penjaga", exact=True))).total == 0
    no_pay = await bounded.search(Query("toko", region=SURABAYA, types=frozenset({"daily"})))
    assert (no_pay.total, no_pay.at_least) == (0, False)


async def test_the_estimates_follow_what_is_written(bounded: PostgresIndex) -> None:
    await bounded.remove(range(101, MANY + 1))
    found = await bounded.search(Query("toko"))
    assert (found.total, found.at_least) == (100, False), "small enough again to be counted"

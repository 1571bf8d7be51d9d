"""What only the index on Meilisearch promises; all that both do stands in test_index.py."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import Any

import httpx
import pytest
from meilisearch_python_sdk.models.search import SearchParams

from jobs.index.meilisearch import MeilisearchIndex, Unavailable, rebuilding, settings
from jobs.index.port import Document, Query, Sort, Wanted
from tests import meilisearch_server
from tests.web.test_index import BOGOR, batches, document

pytestmark = pytest.mark.anyio
NUMBER = count()


@pytest.fixture
async def index(worker_id: str) -> AsyncIterator[MeilisearchIndex]:
    """A fresh one, and nothing left of it."""
    url, key = meilisearch_server.address() or pytest.skip(meilisearch_server.said())
    name = f"own_{worker_id}_{next(NUMBER)}"
    found = MeilisearchIndex(url, key, index=name, timeout=30)
    await found.rebuild(batches())
    yield found
    await found.close()
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {key}"}) as client:
        await client.delete(f"/indexes/{name}")


async def names(index: MeilisearchIndex) -> set[str]:
    client = await index._server.writer()
    return {each.uid for each in await client.get_raw_indexes(limit=1000) or []}


async def test_searching_and_writing_take_keys_that_open_this_index_alone(index: MeilisearchIndex) -> None:
    url, master = meilisearch_server.address() or ("", "")
    keys = await index._server._scoped()
    assert master not in (keys.search, keys.write) and keys.search != keys.write
    name = index._server.index
    async with httpx.AsyncClient(base_url=url) as client:

        async def status(key: str, method: str, path: str, body: object = None) -> int:
            headers = {"Authorization": f"Bearer {key}"}
            return (await client.request(method, path, headers=headers, json=body)).status_code

        assert await status(keys.search, "POST", f"/indexes/{name}/search", {}) == 200
        assert await status(keys.search, "POST", f"/indexes/{name}/documents/fetch", {}) == 200
        assert await status(keys.search, "POST", f"/indexes/{name}/documents", [{"id": 1}]) == 403
        assert await status(keys.search, "DELETE", f"/indexes/{name}/documents") == 403
        for key in (keys.search, keys.write):
            assert await status(key, "POST", "/indexes/another/search", {}) == 403
            assert await status(key, "POST", "/indexes/another/documents/fetch", {}) == 403
            assert await status(key, "GET", "/keys") == 403
    again = MeilisearchIndex(url, master, index=name)
    assert await again._server._scoped() == keys, "found again, not made anew"
    limited = MeilisearchIndex(url, keys.search, index=name)
    assert (await limited.search(Query())).total == 0, "a key that is limited already is taken as it is"
    await again.close()
    await limited.close()


async def test_a_rebuild_leaves_one_index_and_removes_what_a_killed_one_left(index: MeilisearchIndex) -> None:
    left = f"{index._server.index}_{'1' * 19}"
    await rebuilding._create(index._server, left)
    assert await index.rebuild(batches([document(id=1)])) == 1
    assert {name for name in await names(index) if name.startswith(index._server.index)} == {
        index._server.index
    }


async def test_a_rebuild_that_breaks_off_changes_nothing(index: MeilisearchIndex) -> None:
    await index.upsert([document(id=1)])

    async def broken() -> AsyncIterator[Sequence[Document]]:
        yield [document(id=2)]
        raise ConnectionError("the database is gone")

    with pytest.raises(ConnectionError):
        await index.rebuild(broken())
    assert set(await index.hashes()) == {1}


async def test_searches_during_a_rebuild_find_all_the_time(index: MeilisearchIndex) -> None:
    await index.upsert([document("Kasir", id=1)])
    rebuilding = asyncio.create_task(index.rebuild(batches([document("Kasir", id=1)])))
    looked = 0
    while not rebuilding.done():
        assert (await index.search(Query("kasir"))).total == 1
        looked += 1
    assert await rebuilding == 1 and looked


async def test_other_settings_or_other_words_ask_for_a_rebuild(
    index: MeilisearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await index.health()).current
    monkeypatch.setattr(settings, "WRITTEN_AS", settings.WRITTEN_AS + 1)
    settings.fingerprint.cache_clear()
    assert not (await index.health()).current
    monkeypatch.undo()
    settings.fingerprint.cache_clear()


async def test_an_absent_index_takes_nothing_and_is_made_by_a_rebuild() -> None:
    url, key = meilisearch_server.address() or pytest.skip(meilisearch_server.said())
    index = MeilisearchIndex(url, key, index="never_made", timeout=30)
    for wrong in (
        index.search(Query()),
        index.upsert([document()]),
        index.hashes(),
        index.candidates(Wanted()),
    ):
        with pytest.raises(Unavailable):
            await wrong
    health = await index.health()
    assert (health.ok, health.current) == (False, False)
    assert "never_made" not in await names(index)
    await index.close()


async def test_a_bad_row_is_parked_and_its_neighbours_are_found(index: MeilisearchIndex) -> None:
    await index.upsert([document(id=1), document(id=2, latitude=200.0), document(id=3)])
    assert set(await index.hashes()) == {1, 3} and list(index.parked) == [2]
    assert await index.rebuild(batches([document(id=1), document(id=2, wage_max="tiga juta")])) == 1
    assert list(index.parked) == [2]


async def test_where_no_vacancy_holds_every_word_those_that_hold_most_come(index: MeilisearchIndex) -> None:
    await index.upsert([document("Tukang las", id=1), document("Tukang kayu", id=2), document("Kasir", id=3)])
    result = await index.search(Query("tukang las kapal"))
    assert result.relaxed and [hit.document.id for hit in result.hits] == [1]
    assert not (await index.search(Query("tukang las kapal", exact=True))).hits
    whole = await index.search(Query("tukang las"))
    assert not whole.relaxed and whole.total == 1


async def test_marks_stand_where_the_words_are(index: MeilisearchIndex) -> None:
    text = (
        "Kami mencari orang. " * 20 + "Bisa menjahit kemeja; pernah menjahit celana. " + "Datang saja. " * 20
    )
    await index.upsert([document("Penjahit (Jahit) – ÉLITE", id=1, description=text)])
    [hit] = (await index.search(Query("jahit elite"))).hits
    assert hit.title and hit.snippet is None, "the title says it"
    assert [hit.title.text[a:b] for a, b in hit.title.marks] == ["Penjahit", "Jahit", "ÉLITE"]
    await index.upsert([document("Karyawan", id=1, description=text)])
    [hit] = (await index.search(Query("jahit"))).hits
    assert hit.title and hit.title.marks == () and hit.snippet
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["menjahit", "menjahit"]
    assert (
        hit.snippet.text.startswith("… ") and hit.snippet.text.endswith(" …") and len(hit.snippet.text) < 300
    )
    [plain] = (await index.search(Query())).hits
    assert plain.title is None and plain.snippet is None


async def test_nearest_first_mixes_regions_and_points_of_their_own(index: MeilisearchIndex) -> None:
    await index.upsert(
        [document(id=n) for n in range(1, 6)]
        + [document(id=10 + n, latitude=-6.56 + n / 50, longitude=106.78) for n in range(3)]
        + [document(id=20 + n, region="32.71") for n in range(4)]
        + [document(id=30, region=None), document(id=31, region=None, latitude=-6.9, longitude=107.6)]
    )
    ordered = []
    for page in range(1, 8):
        hits = (
            await index.search(
                Query(region=None, origin=(-6.56, 106.77), sort=Sort.NEAREST, page=page, per_page=2)
            )
        ).hits
        ordered += [(hit.distance_km, hit.document.id) for hit in hits]
    assert len({id for _, id in ordered}) == 14
    far = [km for km, _ in ordered if km is not None]
    assert far == sorted(far) and ordered[-1] == (None, 30)
    assert [id for _, id in ordered[:5]] == [5, 4, 3, 2, 1], "equally far: the newest first"


async def test_hours_leave_out_what_is_at_other_times(index: MeilisearchIndex) -> None:
    await index.upsert(
        [
            document(id=1, work_times=("day",)),
            document(id=2, work_times=("night", "day")),
            document(id=3, work_times=("night",)),
            document(id=4),
        ]
    )
    found = {hit.document.id for hit in await index.candidates(Wanted(hours=frozenset({"day"})))}
    assert found == {1, 2, 4}


async def test_counting_stops_where_pages_do(
    index: MeilisearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jobs.index.meilisearch import searching

    await index.upsert([document(id=n, region=BOGOR) for n in range(1, 8)])
    monkeypatch.setattr(searching, "MOST_HITS", 5)
    result = await index.search(Query())
    assert (result.total, result.at_least) == (5, True)
    assert result.facets["region"] == {BOGOR: 7}


@pytest.mark.parametrize(
    ("typed", "corrected", "titles", "requests"),
    [
        ("tukang las", None, ["Tukang las"], 1),
        ("tukng las", "tukang las", ["Tukang las"], 1),
        ("kasir zebrano", None, ["Kasir Zebrano"], 1),
        ("kasir zebr", None, ["Kasir Zebrano"], 1),
        # Near to a name of the vocabulary ("kasir"), and yet what somebody is called.
        ("kasur rasir", None, ["Kasur Rasir"], 2),
        # Near to no name, but to what another vacancy is called.
        ("kasir zebrana", "kasir zebrano", ["Kasir Zebrano"], 2),
    ],
)
async def test_what_is_probably_meant_is_searched_for_while_words_are_doubted(
    index: MeilisearchIndex,
    typed: str,
    corrected: str | None,
    titles: list[str],
    requests: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await index.upsert([document("Tukang las"), document("Kasir Zebrano"), document("Kasur Rasir")])
    asked: list[int] = []
    ask = index._server.ask

    async def counted(questions: list[SearchParams]) -> list[Any]:
        asked.append(len(questions))
        return await ask(questions)

    monkeypatch.setattr(index._server, "ask", counted)
    result = await index.search(Query(typed))
    assert [hit.document.title for hit in result.hits] == titles and result.corrected == corrected
    assert len(asked) == requests

"""What happens when the server is gone, slow, broken, empty, or takes a document and fails later."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from jobs.index.documents import content_hash
from jobs.index.meilisearch import MeilisearchIndex, Refused, Unavailable
from jobs.index.meilisearch.documents import read, stored
from jobs.index.meilisearch.errors import BadDocument, supported
from jobs.index.meilisearch.settings import settings
from jobs.index.port import Document, Query, Wanted
from tests.failing_server import SOUND, FailingServer, error, failing_server, task

NOTHING_COUNTED = {
    "indexUid": "vacancies",
    "hits": [],
    "query": "",
    "processingTimeMs": 0,
    "facetDistribution": {},
}
"""The answer to how often each skill is asked for."""

pytestmark = pytest.mark.anyio
DOCUMENT = Document(
    id=1,
    title="Tukang las",
    employer="CV Logam Contoh",
    description="Mengerjakan rangka baja.",
    occupation="tukang-las",
    isco="7212",
    region="32.01",
    locality=None,
    latitude=-6.36,
    longitude=106.82,
    employment_type="contract",
    hours="",
    work_times=None,
    wage_min=None,
    wage_max=None,
    education=None,
    experience_months=0,
    essential=("las-smaw",),
    useful=(),
    licences=(),
    positions=1,
    way="portal",
    source="",
    published_at=datetime(2026, 11, 1, tzinfo=UTC),
    closes_on=None,
    skck="never",
    skbn="never",
)
FOUND = {
    "indexUid": "vacancies",
    "hits": [],
    "processingTimeMs": 0,
    "query": "",
    "facetDistribution": {"education": {"0": 7}},
}
ADD = "POST /indexes/vacancies/documents"


@pytest.fixture
async def server() -> AsyncIterator[FailingServer]:
    async with failing_server() as found:
        yield found


@pytest.fixture
async def index(server: FailingServer) -> AsyncIterator[MeilisearchIndex]:
    found = MeilisearchIndex(server.url, "key", timeout=0.2)
    yield found
    await found.close()


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        index = MeilisearchIndex(f"http://127.0.0.1:{unused.getsockname()[1]}", "key", timeout=0.2)
    for question in (
        index.search(Query("las")),
        index.candidates(Wanted()),
        index.suggest("las"),
        index.hashes(),
    ):
        with pytest.raises(Unavailable):
            await question
    with pytest.raises(Unavailable):
        await index.upsert([DOCUMENT])
    health = await index.health()
    assert not health.ok and health.current and health.detail


async def test_a_slow_answer_is_given_up(server: FailingServer, index: MeilisearchIndex) -> None:
    server.pause = 5
    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await index.search(Query())


async def test_documents_are_sent_again_where_a_busy_server_fails_once(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    answers = iter([(503, error("internal")), SOUND[ADD]])
    server.answers[ADD] = lambda _: next(answers)
    await index.upsert([DOCUMENT])
    assert server.asked.count(ADD) == 2


@pytest.mark.parametrize(
    "answer",
    [
        (500, "oops"),
        (503, error("internal")),
        (200, "<html>"),
        (200, "[]"),
        (200, '{"results": []}'),
        (200, '{"results": [{"hits": 3}]}'),
        (200, ""),
        (403, error("invalid_api_key")),
        (404, error("index_not_found")),
    ],
)
async def test_an_answer_that_is_none_can_be_asked_for_again(
    answer: Any, server: FailingServer, index: MeilisearchIndex
) -> None:
    server.answers["POST /multi-search"] = answer
    with pytest.raises(Unavailable):
        await index.search(Query())


@pytest.mark.parametrize(
    "answer", [(200, "<html>"), (200, {"results": 3}), (500, ""), (404, error("index_not_found"))]
)
async def test_candidates_that_are_none_can_be_asked_for_again(
    answer: Any, server: FailingServer, index: MeilisearchIndex
) -> None:
    server.answers["POST /multi-search"] = 200, {"results": [NOTHING_COUNTED]}
    server.answers["POST /indexes/vacancies/documents/fetch"] = answer
    with pytest.raises(Unavailable):
        await index.candidates(Wanted(iscos=frozenset({"7212"})))
    assert server.asked[-1] == "POST /indexes/vacancies/documents/fetch"


async def test_candidates_are_fetched_by_what_the_settings_allow(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    sent: list[dict[str, Any]] = []

    def fetched(body: dict[str, Any]) -> tuple[int, Any]:
        sent.append(body)
        return 200, {"results": [], "offset": 0, "limit": 20, "total": 0}

    server.answers["POST /multi-search"] = 200, {"results": [NOTHING_COUNTED]}
    server.answers["POST /indexes/vacancies/documents/fetch"] = fetched
    assert await index.candidates(Wanted(iscos=frozenset({"7212"}), hours=frozenset({"day"}))) == []
    known = settings()
    assert sent and known.displayed_attributes and known.sortable_attributes
    for body in sent:
        assert body.keys() == {"filter", "limit", "offset", "fields", "sort"}
        assert set(body["fields"]) <= set(known.displayed_attributes)
        assert {each.split(":")[0] for each in body["sort"]} <= set(known.sortable_attributes)


async def test_a_question_that_is_wrong_is_our_fault(server: FailingServer, index: MeilisearchIndex) -> None:
    server.answers["POST /multi-search"] = 400, error("invalid_search_filter")
    with pytest.raises(Refused):
        await index.search(Query())


async def test_a_server_restarted_empty_asks_for_a_rebuild_and_takes_no_documents(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    server.answers["POST /multi-search"] = 404, error("index_not_found")
    server.answers["GET /indexes/vacancies/documents/0"] = 404, error("index_not_found")
    health = await index.health()
    assert not health.ok and not health.current
    with pytest.raises(Unavailable):
        await index.upsert([DOCUMENT])
    assert ADD not in server.asked, "the server would make an index without settings"


async def test_a_task_that_is_accepted_and_fails_later_is_no_success(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    for status, code, kind in (
        ("failed", "internal", Unavailable),
        ("canceled", "", Unavailable),
        ("failed", "invalid_settings_ranking_rules", Refused),
    ):
        server.answers["GET /tasks/1"] = task(status, code)
        with pytest.raises(kind):
            await index.upsert([DOCUMENT])


async def test_a_task_is_waited_for(server: FailingServer, index: MeilisearchIndex) -> None:
    states = iter([task("enqueued"), task("processing"), task("succeeded")])
    server.answers["GET /tasks/1"] = lambda body: next(states)
    await index.upsert([DOCUMENT])
    assert server.asked.count("GET /tasks/1") == 3


async def test_one_bad_document_is_parked_and_the_others_are_stored(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    kept: set[int] = set()
    sent: list[Any] = []

    def add(body: Any) -> Any:
        sent.append(body)
        return 202, {"taskUid": 1, "status": "enqueued", "type": "x", "enqueuedAt": "2026-11-01T00:00:00Z"}

    def outcome(body: Any) -> Any:
        ids = {row["id"] for row in sent[-1]}
        kept.update(ids if 5 not in ids else ())
        return task("failed", "invalid_document_geo_field") if 5 in ids else task("succeeded")

    server.answers |= {ADD: add, "GET /tasks/1": outcome}
    await index.upsert([replace(DOCUMENT, id=id) for id in range(1, 9)])
    assert kept == {1, 2, 3, 4, 6, 7, 8}
    assert list(index.parked) == [5] and "invalid_document_geo_field" in index.parked[5]


@pytest.mark.parametrize(
    "changes",
    [
        {"latitude": 200.0},
        {"latitude": float("nan")},
        {"longitude": None},
        {"longitude": "106"},
        {"wage_max": "3 juta"},
        {"essential": ("las-smaw", None)},
        {"title": "\ud800"},
        {"published_at": datetime(2026, 11, 1)},
        {"id": 0},
        {"id": True},
    ],
)
async def test_what_a_server_would_take_and_never_find_is_not_sent(
    changes: dict[str, Any], server: FailingServer, index: MeilisearchIndex
) -> None:
    bad = replace(DOCUMENT, **changes)
    with pytest.raises(BadDocument):
        stored(bad)
    await index.upsert([bad])
    assert index.parked and ADD not in server.asked


async def test_a_document_that_was_mended_is_parked_no_longer(index: MeilisearchIndex) -> None:
    await index.upsert([replace(DOCUMENT, latitude=200.0)])
    assert 1 in index.parked
    await index.upsert([DOCUMENT])
    assert not index.parked


async def test_a_server_of_another_version_is_refused_with_a_sentence(
    server: FailingServer, index: MeilisearchIndex
) -> None:
    server.answers["GET /keys"] = 200, {"results": [], "offset": 0, "limit": 1, "total": 0}
    server.answers["GET /version"] = 200, {"commitSha": "", "commitDate": "", "pkgVersion": "1.11.3"}
    with pytest.raises(Refused, match=r"1\.11\.3 does not fit"):
        await index.search(Query())
    assert not (await index.health()).ok


async def test_answers_are_not_asked_for_compressed(server: FailingServer, index: MeilisearchIndex) -> None:
    server.answers["POST /multi-search"] = lambda body: (200, {"results": [FOUND] * len(body["queries"])})
    assert (await index.search(Query())).total == 7
    assert server.headers["accept-encoding"] == "identity", (
        "a compressed answer waits 40 ms for its second half"
    )


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
async def test_a_server_on_this_machine_is_asked_through_no_proxy(
    server: FailingServer, index: MeilisearchIndex, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with failing_server() as proxy:
        monkeypatch.setenv(name, proxy.url)
        await index.health()
        assert server.asked and not proxy.asked


def test_it_works_in_whatever_loop_asks_it() -> None:
    index = MeilisearchIndex("http://127.0.0.1:1", "key", timeout=0.2)

    async def ask() -> int:
        async with failing_server() as server:
            index._server._url = server.url
            server.answers["POST /multi-search"] = lambda body: (
                200,
                {"results": [FOUND] * len(body["queries"])},
            )
            total = (await index.search(Query())).total
            await index.close()
            return total

    assert [asyncio.run(ask()) for _ in range(2)] == [7, 7]


def test_versions() -> None:
    assert supported("1.36.0") is None and supported("1.50.0") is None and supported("1.99") is None
    assert supported("1.35.9") and supported("2.0.0") and supported("nightly")


def test_a_stored_document_holds_the_whole_and_nothing_of_a_person() -> None:
    row = stored(DOCUMENT)
    assert read(row) == DOCUMENT and row["hash"] == content_hash(DOCUMENT)
    assert row["_geo"] == {"lat": -6.36, "lng": 106.82}, "its own point"
    assert "at" not in row
    assert set(row) == {
        "id",
        "hash",
        "facts",
        "description",
        "titled",
        "head",
        "trade",
        "body",
        "rare",
        "region",
        "province",
        "type",
        "education",
        "occupation",
        "skills",
        "isco",
        "group",
        "times",
        "licences",
        "novice",
        "closes",
        "_geo",
        "wage_top",
        "published",
        "day",
    }

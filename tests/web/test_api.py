"""Vacancies for other programs: the contract, and a sentence for each way to ask wrongly."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.index import drain
from jobs.index.asking import NAMES
from tests import builders

pytestmark = pytest.mark.anyio
ADDRESS = "/api/v1/vacancies"


@pytest.fixture
async def ask(browser: Callable[..., Any]) -> Callable[..., Any]:
    visitor = await browser()

    async def ask_for(query: str = "", status: int = 200) -> dict[str, Any]:
        answer = await visitor.get(ADDRESS + query)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("application/json")
        return answer.json()

    return ask_for


async def test_a_vacancy_is_told_in_the_agreed_words(ask: Callable[..., Any]) -> None:
    vacancy = await builders.vacancy(
        occupation="tukang-las",
        essential=["las-smaw"],
        closes_on=date(2099, 12, 1),
        published_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    await drain.rebuild()
    assert await ask("?q=tukang+las&region=32.01") == {
        "total": 1,
        "total_at_least": False,
        "page": 1,
        "per_page": 20,
        "items": [
            {
                "id": vacancy.id,
                "title": "Tukang las konstruksi",
                "partner": "CV Logam Contoh",
                "region": {"code": "32.01", "name": "Kab. Bogor"},
                "distance_km": 0.0,
                "occupation": {"code": "7212", "title": "Tukang las"},
                "skills": ["Las SMAW (las listrik)"],
                "employment_type": "contract",
                "wage": {"min": 4_900_000, "max": 5_400_000},
                "published_at": "2026-11-01T00:00:00Z",
                "closes_at": "2099-12-01",
                "url": f"http://127.0.0.1:8000/vacancies/{vacancy.id}",
            }
        ],
        "facets": {"region": {"32.01": 1}, "type": {"contract": 1}, "education": {"0": 1}},
    }


async def test_what_is_not_said_is_null(ask: Callable[..., Any]) -> None:
    await builders.vacancy(region=None, employment_type=None, wage_shown=False)
    await drain.rebuild()
    [item] = (await ask())["items"]
    nothing = ("region", "distance_km", "occupation", "employment_type", "closes_at")
    assert [item[name] for name in nothing] == [None] * len(nothing)
    assert item["wage"] == {"min": None, "max": None} and item["skills"] == []


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("?q=&region=&radius_km=&type=&education=&wage_min=&skills=&sort=&page=&per_page=", 2),
        ("?q=las", 1),
        ("?q=tukng%20las", 1),
        ("?region=32", 1),
        ("?region=Kab.%20Bogor", 1),
        ("?region=32.71&radius_km=60", 1),
        ("?type=contract&type=daily", 2),
        ("?type=daily,permanent", 1),
        ("?education=10", 1),
        ("?education=30", 2),
        ("?wage_min=5000000", 1),
        ("?wage_min=Rp5.000.000", 1),
        ("?skills=las-smaw", 1),
        ("?skills=las%20listrik", 1),
        ("?skills=Las%20SMAW%20(las%20listrik)", 1),
        ("?skills=k3-dasar&skills=las-smaw", 1),
        ("?skills=k3-dasar,las-smaw", 1),
        ("?sort=nearest&region=32.01", 1),
        ("?q=%00%27%22%5C%3A*", 2),
        ("?page=99", 2),
    ],
)
async def test_each_parameter_narrows(ask: Callable[..., Any], query: str, total: int) -> None:
    await builders.vacancy(essential=["las-smaw"], occupation="tukang-las")
    await builders.vacancy(
        title="Kasir toko",
        description="Melayani pembeli",
        region=builders.SURABAYA,
        employment_type="daily",
        education=20,
        wage_min=3_000_000,
        wage_max=3_100_000,
    )
    await drain.rebuild()
    assert (await ask(query))["total"] == total


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?region=99.99", "region"),
        ("?region=3201", "region"),
        ("?region=Atlantis", "region"),
        ("?radius_km=10", "radius_km"),
        ("?radius_km=0&region=32.01", "radius_km"),
        ("?radius_km=12.5&region=32.01", "radius_km"),
        ("?type=gig", "type"),
        ("?education=7", "education"),
        ("?education=SMA", "education"),
        ("?wage_min=banyak", "wage_min"),
        ("?wage_min=-1", "wage_min"),
        ("?wage_min=99999999999999999999", "wage_min"),
        ("?skills=terbang", "skills"),
        ("?skills=" + ",".join(["las-smaw"] * 51), "skills"),
        ("?sort=random", "sort"),
        ("?sort=nearest", "sort"),
        ("?page=0", "page"),
        ("?page=٣", "page"),
        ("?page=1&page=2", "page"),
        ("?per_page=101", "per_page"),
        ("?colour=red", "colour"),
        ("?province=32", "province"),
    ],
)
async def test_a_bad_parameter_is_named_with_what_it_takes(
    ask: Callable[..., Any], query: str, named: str
) -> None:
    answer = await ask(query, status=400)
    assert list(answer) == ["error"]
    assert f"Parameter {named} " in answer["error"] and answer["error"].endswith(".")


async def test_pages_join_without_doubles_or_gaps(ask: Callable[..., Any]) -> None:
    of = await builders.partner()
    made = {(await builders.vacancy(of)).id for _ in range(7)}
    await drain.rebuild()
    pages = [(await ask(f"?per_page=3&page={page}"))["items"] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert {item["id"] for page in pages for item in page} == made


async def test_the_route_is_described_as_it_is(browser: Callable[..., Any]) -> None:
    answer = await (await browser()).get("/schema/openapi.json")
    assert answer.status_code == 200
    schema = answer.json()
    assert list(schema["paths"]) == [ADDRESS], "nothing else is anybody's business"
    route = schema["paths"][ADDRESS]["get"]
    named = {each["name"]: each for each in route["parameters"]}
    assert list(named) == [*NAMES]
    assert named["per_page"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert named["sort"]["schema"]["enum"] == ["relevance", "newest", "nearest", "wage"]
    assert all(each["in"] == "query" and each["description"] for each in named.values())
    assert {"200", "400"} <= set(route["responses"])
    item = schema["components"]["schemas"]["Item"]["properties"]
    assert {"region", "distance_km", "occupation", "wage", "closes_at", "url"} <= set(item)

"""Published vacancies as JSON, and whether the portal can answer."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import ClientException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIType, Operation, Parameter, Schema
from litestar.types import ControllerRouterHandler

from jobs import index
from jobs.index.asking import FARTHEST_KM, HIGHEST_WAGE, LAST_PAGE, MOST_PER_PAGE, NAMES, SORTS, read
from jobs.index.port import Hit
from jobs.tables import EmploymentType
from portal.places import regions
from portal.tables import Education, Region
from training.vocabulary import vocabulary

log = logging.getLogger("portal")


class Place(msgspec.Struct):
    code: str
    """Kemendagri, "32.01"."""
    name: str


class Trade(msgspec.Struct):
    code: str
    """ISCO-08 unit group, four digits."""
    title: str


class Wage(msgspec.Struct):
    """Rupiah a month; null where the employer does not say."""

    min: int | None
    max: int | None


class Item(msgspec.Struct):
    """A vacancy that is published and open."""

    id: int
    title: str
    partner: str
    region: Place | None
    distance_km: float | None
    """From the middle of the region that was asked for."""
    occupation: Trade | None
    skills: list[str]
    employment_type: str | None
    wage: Wage
    published_at: datetime
    closes_at: date | None
    url: str


class Vacancies(msgspec.Struct):
    """One page of what was found. Facets count under all the other filters.

    Where `total_at_least` is true there are more than `total`: counting and paging end there, and facets count some of
    what is there.
    """

    total: int
    total_at_least: bool
    page: int
    per_page: int
    items: list[Item]
    facets: dict[str, dict[str, int]]


class Problem(msgspec.Struct):
    error: str


def _parameter(name: str, description: str, schema: Schema) -> Parameter:
    return Parameter(name, "query", description=description, schema=schema, allow_empty_value=True)


def _whole(low: int, high: int, default: int | None = None) -> Schema:
    return Schema(type=OpenAPIType.INTEGER, minimum=low, maximum=high, default=default)


def _list(items: Schema) -> Schema:
    return Schema(type=OpenAPIType.ARRAY, items=items)


TEXT = Schema(type=OpenAPIType.STRING)


@dataclass
class Asking(Operation):
    """The handler reads the query itself, so what it takes is said here."""

    def __post_init__(self) -> None:
        self.parameters = [
            _parameter("q", "Kata yang dicari. Salah ketik diperbaiki per kata.", TEXT),
            _parameter("region", "Kode Kemendagri (32 atau 32.01) atau nama wilayah.", TEXT),
            _parameter("radius_km", "Sekian kilometer dari region.", _whole(1, FARTHEST_KM)),
            _parameter(
                "type",
                "Jenis pekerjaan; boleh beberapa.",
                _list(Schema(type=OpenAPIType.STRING, enum=[each.value for each in EmploymentType])),
            ),
            _parameter(
                "education",
                "Pendidikan pelamar: lowongan yang meminta paling tinggi ini.",
                Schema(type=OpenAPIType.INTEGER, enum=[each.value for each in Education]),
            ),
            _parameter("wage_min", "Rupiah per bulan yang harus dicapai upahnya.", _whole(1, HIGHEST_WAGE)),
            _parameter("skills", "Id, nama, atau sebutan keterampilan; cukup salah satu.", _list(TEXT)),
            _parameter(
                "sort",
                "Urutan; nearest membutuhkan region kabupaten atau kota.",
                Schema(type=OpenAPIType.STRING, enum=[each.value for each in SORTS], default="relevance"),
            ),
            _parameter("page", "Halaman, mulai dari 1.", _whole(1, LAST_PAGE, 1)),
            _parameter("per_page", "Lowongan per halaman.", _whole(1, MOST_PER_PAGE, 20)),
        ]


@get(
    "/api/v1/vacancies",
    public=True,
    include_in_schema=True,
    operation_class=Asking,
    summary="Lowongan yang terbit dan masih dibuka",
    responses={
        400: ResponseSpec(Problem, description="Parameter yang tidak dikenal atau tidak dapat dipakai")
    },
)
async def vacancies(request: Request[Any, Any, Any]) -> Vacancies:
    """Search as programs use it. Empty parameters are ignored; an unsound one is named, never passed over."""
    for name in request.query_params:
        if name not in NAMES:
            raise ClientException(f"Parameter {name[:40]} tidak dikenal. Yang ada: {', '.join(NAMES)}.")
    asked = read(request.query_params)
    for name, problem in asked.problems.items():
        raise ClientException(f"Parameter {name} {problem}")
    result = await index.current().search(asked.query)
    address = request.app.state.settings.public_url
    return Vacancies(
        result.total,
        result.at_least,
        asked.query.page,
        asked.query.per_page,
        [_item(hit, address) for hit in result.hits],
        result.facets,
    )


def _item(hit: Hit, address: str) -> Item:
    document = hit.document
    region = regions().get(document.region or "")
    trade = vocabulary().occupations.get(document.occupation or "")
    skills = vocabulary().skills
    return Item(
        id=document.id,
        title=document.title,
        partner=document.employer,
        region=Place(region.code, region.name) if region else None,
        distance_km=None if hit.distance_km is None else round(hit.distance_km, 1),
        occupation=Trade(trade.isco, trade.label) if trade else None,
        skills=[skills[id].label for id in document.skills if id in skills],
        employment_type=document.employment_type,
        wage=Wage(document.wage_min, document.wage_max),
        published_at=document.published_at,
        closes_at=document.closes_on,
        url=f"{address}/vacancies/{document.id}",
    )


@get("/healthz", public=True)
async def health() -> Response[dict[str, str]]:
    """200 once pages can be served; 503 when the database or the index does not answer, with the kind of error logged."""
    told = {"database": "down", "index": "down"}
    try:
        await Region.exists()
        told["database"] = "ok"
        state = await index.current().health()
        told["index"] = state.name if state.ok else "down"
    except Exception as problem:
        log.error("Not healthy: %s", type(problem).__name__)
    return Response(told, status_code=503 if "down" in told.values() else 200)


ROUTES: list[ControllerRouterHandler] = [vacancies, health]

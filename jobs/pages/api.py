"""Published vacancies as JSON, and whether the portal can answer."""

import logging

from litestar import Response, get
from litestar.types import ControllerRouterHandler

from jobs import index
from portal.tables import Region

log = logging.getLogger("portal")


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


ROUTES: list[ControllerRouterHandler] = [health]

"""Words about the portal itself: help, privacy, the list of components."""

from typing import Any

from litestar import Response, get
from litestar.plugins.htmx import HTMXRequest

from portal.access import STAFF
from portal.html import page


@get("/help")
async def read_help(request: HTMXRequest) -> Response[Any]:
    return page(request, "portal/help.html")


@get("/privacy")
async def read_privacy(request: HTMXRequest) -> Response[Any]:
    return page(request, "portal/privacy.html")


@get("/components", guards=[STAFF])
async def read_components(request: HTMXRequest) -> Response[Any]:
    return page(request, "portal/components.html")


ROUTES = [read_help, read_privacy, read_components]

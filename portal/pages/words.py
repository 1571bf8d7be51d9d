"""Words about the portal itself: help, privacy, the list of components."""

from typing import Any

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from portal.access import STAFF
from portal.html import page


class Words(Controller):
    @get("/help")
    async def help(self, request: HTMXRequest) -> Response[Any]:
        return page(request, "portal/help.html")

    @get("/privacy")
    async def privacy(self, request: HTMXRequest) -> Response[Any]:
        return page(request, "portal/privacy.html")

    @get("/components", guards=[STAFF])
    async def components(self, request: HTMXRequest) -> Response[Any]:
        return page(request, "portal/components.html")


ROUTES = [Words]

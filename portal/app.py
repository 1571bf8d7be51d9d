"""The web application: every part put together."""

import gc
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import quote

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Litestar, Request, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import (
    HTTPException,
    InternalServerException,
    NotAuthorizedException,
    NotFoundException,
)
from litestar.middleware import DefineMiddleware
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.htmx import HTMXPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig
from litestar.types import ASGIApp, Message, Scope

import jobs.pages
import partners.pages
import portal.pages
import training.pages
from jobs.index import beside
from jobs.index.port import Query
from jobs.index.reading_text import understood
from jobs.matching.reading import background, labels
from portal import database, settings
from portal.access import Recognise, signed_in
from portal.forms import Sent
from portal.html import templates
from portal.settings import ROOT, Settings
from training.vocabulary import added

log = logging.getLogger("portal")

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]
YEAR = 31_536_000
LARGEST_FORM = 2_000_000
"""Bytes. Nothing is uploaded, and nobody writes as much."""


@asynccontextmanager
async def pool(_: Litestar) -> AsyncIterator[None]:
    async with database.pool():
        yield


@asynccontextmanager
async def words(_: Litestar) -> AsyncIterator[None]:
    async with added.follow():
        yield


@asynccontextmanager
async def index(app: Litestar) -> AsyncIterator[None]:
    async with beside.asking(app.state.settings):
        yield


@asynccontextmanager
async def loaded(_: Litestar) -> AsyncIterator[None]:
    """What every first visitor would wait for. It stays, so that collecting garbage need not look through all of it again
    and again, 0.1 s each time."""
    await added.look()
    understood(Query("tukang las"))
    background()
    labels()
    gc.collect()
    gc.freeze()
    yield


def refuse(request: Request[Any, Any, Any], refusal: HTTPException) -> Response[Any]:
    """Errors as a page with one sentence, as JSON below /api, and as the way to the sign-in page where that helps."""
    if request.url.path.startswith("/api/"):
        return Response({"error": refusal.detail}, status_code=refusal.status_code)
    if isinstance(refusal, NotAuthorizedException):
        if request.headers.get("HX-Request"):
            return Response("", status_code=401, headers={"HX-Redirect": "/session/new"})
        return Redirect(sign_in_for(request), status_code=303)
    return error_page(refusal)


def sign_in_for(request: Request[Any, Any, Any]) -> str:
    """The sign-in page, which leads back to the page that was asked for; a form that was sent is not sent again."""
    if request.method != "GET" or request.url.path == "/":
        return "/session/new"
    return f"/session/new?next={quote(request.url.path)}"


def fail(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """What nobody foresaw: told to the log without the request's content, and to the person without details."""
    # A file whose name the file system itself refuses is not there; nothing else can fail below /static.
    if request.url.path.startswith("/static/"):
        return error_page(NotFoundException())
    # The message of an error may quote what people wrote, and that of the database whole rows.
    path = request.scope.get("path_template", "")
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s failed: %s at\n%s", request.method, path, type(error).__name__, where)
    if request.url.path.startswith("/api/"):
        return Response({"error": "Terjadi kesalahan pada kami. Coba lagi sebentar lagi."}, status_code=500)
    return error_page(InternalServerException())


def error_page(refusal: HTTPException) -> Response[str]:
    html = templates.get_template("portal/error.html").render(refusal=refusal)
    return Response(html, status_code=refusal.status_code, media_type="text/html")


async def add_headers(message: Message, scope: Scope) -> None:
    """Headers of every answer, errors included. What a signed-in person read is kept nowhere: phones are shared."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope.get("path", "").startswith("/static/"):
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    elif scope.get("user") is not None or message["status"] >= 400:
        headers["Cache-Control"] = "no-store"


def create_app(chosen: Settings | None = None, *more: Lifespan) -> Litestar:
    """The application for the settings given, or for those of the environment; `more` is begun after all else."""
    chosen = chosen or settings.read()
    return Litestar(
        route_handlers=[
            *portal.pages.ROUTES,
            *partners.pages.ROUTES,
            *training.pages.ROUTES,
            *jobs.pages.ROUTES,
            create_static_files_router(
                "/static",
                directories=[ROOT / "static"],
                opt={"public": True},
                cache_control=None,
                include_in_schema=False,
            ),
        ],
        guards=[signed_in],
        middleware=[DefineMiddleware(Recognise, exclude="^/static/")],
        csrf_config=CSRFConfig(
            secret=chosen.secret,
            cookie_name="portal_csrf",
            header_name="x-portal-csrf",
            cookie_secure=chosen.secure,
            cookie_httponly=True,
        ),
        compression_config=CompressionConfig(backend="gzip", minimum_size=600, gzip_compress_level=6),
        exception_handlers={HTTPException: refuse, 500: fail},
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates)),
        plugins=[HTMXPlugin()],
        request_class=Sent,
        lifespan=[pool, words, index, *more],
        before_send=[add_headers],
        state=State({"settings": chosen}),
        openapi_config=OpenAPIConfig(
            title="Bina Karya",
            version="1",
            description="Lowongan yang terbit, untuk dibaca program lain.",
            openapi_router=Router(path="/schema", route_handlers=[], opt={"public": True}),
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        include_in_schema=False,
        request_max_body_size=LARGEST_FORM,
        logging_config=None,
    )


def served() -> ASGIApp:
    """What the web server runs: the application, with visitors' addresses as the trusted proxies tell them."""
    chosen = settings.read()
    app = create_app(chosen, loaded)
    return wrap_asgi_with_proxy_headers(app, list(chosen.proxies)) if chosen.proxies else app

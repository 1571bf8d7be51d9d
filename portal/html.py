"""Whole pages and parts of pages, from one template; and where to go next."""

import hashlib
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2_fragments import render_blocks
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.plugins.htmx import ClientRedirect, HTMXRequest
from litestar.response import Redirect

from portal.navigation import places_for
from portal.people import said_phone
from portal.settings import ROOT

APPS = ("portal", "partners", "training", "jobs")
SAID = "portal_said"
"""Cookie that carries one sentence over a redirect, for the page after it to show once."""
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@cache
def static(path: str) -> str:
    """The address of a file below static/, with its content in the query so that it may be cached for ever."""
    content = (ROOT / "static" / path).read_bytes()
    return f"/static/{path}?{hashlib.sha256(content).hexdigest()[:10]}"


def on(day: date | datetime | None) -> str:
    """21 November 2026; of a moment in UTC, as the database gives it, the day that it was in western Indonesia."""
    if isinstance(day, datetime) and day.utcoffset() == timedelta(0):
        day = day.astimezone()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def rupiah(amount: int | None) -> str:
    """Rp3.500.000"""
    return f"Rp{amount:,}".replace(",", ".") if amount is not None else ""


templates = Environment(
    loader=PrefixLoader({app: FileSystemLoader(ROOT / app / "templates") for app in APPS}),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.globals.update(static=static, on=on, rupiah=rupiah, said_phone=said_phone)
templates.globals["ui"] = templates.get_template("portal/ui.html").module


def page(request: HTMXRequest, name: str, *blocks: str, status: int = 200, **context: Any) -> Response[str]:
    """The page called `name`; for an htmx request, only its `blocks`, several for out-of-band swaps."""
    said = request.cookies.get(SAID)
    context |= {
        "request": request,
        "user": request.user,
        "places": places_for(request.user, request.url.path),
        "bell": {"href": "/me/notices", "count": request.user.unread} if request.user else None,
        "toasts": [unquote(said)] if said else [],
    }
    if blocks and wants_fragment(request):
        html = render_blocks(templates, name, blocks, context)
    else:
        html = templates.get_template(name).render(context)
    response = Response(html, status_code=status, media_type=MediaType.HTML, headers={"Vary": "HX-Request"})
    if said:
        response.delete_cookie(SAID)
    return response


def wants_fragment(request: HTMXRequest) -> bool:
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def go(request: Request, path: str, said: str = "") -> Response[Any]:
    """To another page after a form, `said` in its toast. htmx would follow a 303 into a fragment of the next page."""
    response: Response[Any]
    response = ClientRedirect(path) if request.headers.get("HX-Request") else Redirect(path, status_code=303)
    if said:
        response.cookies.append(
            Cookie(SAID, value=quote(said), max_age=30, httponly=True, samesite="lax", path="/")
        )
    return response

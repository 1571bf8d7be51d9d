"""The application with one route more: a page of 20 rows with nothing between the driver and the template."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from jinja2 import Environment
from litestar import Litestar, MediaType, Request, Response, get

from jobs import index
from jobs.index.postgres import PostgresIndex
from portal.app import create_app as create_portal

COLD = "PORTAL_BENCH_COLD"
"""Set: the index remembers no answers."""
PATH = "/bench/floor"
ROWS = """
SELECT id, title, employer_name, region, wage_min, wage_max FROM vacancy
WHERE state = 'published' ORDER BY published_at DESC LIMIT 20
"""
PAGE = Environment(autoescape=True).from_string(
    """<!doctype html><title>Floor</title><ol>{% for row in rows %}
<li><h3><a href="/vacancies/{{ row.id }}">{{ row.title }}</a></h3><p>{{ row.employer_name }}, {{ row.region }}</p>
<p>{{ row.wage_min }} - {{ row.wage_max }}</p></li>{% endfor %}</ol>"""
)


@get(PATH, public=True)
async def floor(request: Request) -> Response[str]:
    rows = await request.app.state.floor.fetch(ROWS)
    return Response(PAGE.render(rows=rows), media_type=MediaType.HTML)


@asynccontextmanager
async def plain_pool(app: Litestar) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=5) as pool:
        app.state.floor = pool
        yield


def create_app() -> Litestar:
    """What the measured server runs."""
    if os.environ.get(COLD):
        index.use(PostgresIndex(remembered=0))
    app = create_portal()
    app._lifespan_managers.append(plain_pool)
    app.register(floor)
    return app

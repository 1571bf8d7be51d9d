"""Who may ask for what: every route, every role, literally."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests import builders

pytestmark = pytest.mark.anyio

TABLE = Path(__file__).parent / "access.tsv"
ROLES = ("stranger", "client", "employer", "staff", "administrator")
UNKNOWN = "999999"

PUBLIC = {
    ("GET", "/"),
    ("GET", "/api/v1/vacancies"),
    ("GET", "/healthz"),
    ("GET", "/invitations/{token:str}"),
    ("POST", "/invitations/{token:str}"),
    ("GET", "/resets"),
    ("POST", "/resets"),
    ("GET", "/resets/{token:str}"),
    ("POST", "/resets/{token:str}"),
    ("GET", "/schema"),
    ("GET", "/schema/openapi.json"),
    ("GET", "/schema/{path:str}"),
    ("POST", "/session"),
    ("POST", "/session/code"),
    ("POST", "/session/end"),
    ("GET", "/session/new"),
    ("GET", "/static/{file_path:path}"),
    ("HEAD", "/static/{file_path:path}"),
    ("GET", "/suggestions"),
    ("GET", "/suggestions/meant"),
    ("GET", "/suggestions/places"),
    ("GET", "/vacancies/{vacancy_id:int}"),
}
"""Search with its suggestions, vacancies and their JSON, signing in, one-time links, the description, static files."""


def routes(app: Any) -> list[tuple[str, str, bool]]:
    """Method, path and whether it says it is public, of everything the app answers."""
    return sorted(
        (method, route.path, bool(handler.opt.get("public")))
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        if method != "OPTIONS"
    )


async def test_only_the_pages_we_list_are_public(app: Any) -> None:
    assert {(method, path) for method, path, public in routes(app) if public} == PUBLIC


async def test_every_route_answers_every_role_as_the_table_says(app: Any, browser: Any) -> None:
    """The status for ids that do not exist and an empty form: 303 to the sign-in page, 403 for another role, 404 or 422."""
    office = await builders.office()
    actors = {
        "stranger": None,
        "client": await builders.client(await builders.staff(office)),
        "employer": await builders.employer(),
        "staff": await builders.staff(office),
        "administrator": await builders.administrator(office),
    }
    found = []
    for method, path, _ in routes(app):
        if path.startswith(("/static", "/schema", "/session/end", "/me/sessions")) or method == "HEAD":
            continue
        url = path.replace("{token:str}", "nothing")
        while "{" in url:
            url = url[: url.index("{")] + UNKNOWN + url[url.index("}") + 1 :]
        row = {"method": method, "path": path}
        for role, actor in actors.items():
            visitor = await browser(actor)
            answer = await (visitor.form(url) if method == "POST" else visitor.get(url))
            row[role] = str(answer.status_code)
        found.append(row)
    with TABLE.open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file, delimiter="\t"))
    told = {(row["method"], row["path"]): row for row in expected}
    differing = [row for row in found if told.get((row["method"], row["path"])) != row]
    missing = set(told) - {(row["method"], row["path"]) for row in found}
    lines = "\n".join("\t".join(row.values()) for row in differing)
    assert not differing and not missing, f"differs from access.tsv:\n{lines}\nno longer there: {missing}"

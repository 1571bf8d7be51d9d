"""GET /: what somebody looks for, what was found, and how to narrow or widen it."""

from functools import lru_cache
from typing import Any

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest
from markupsafe import Markup

from jobs import fitting, index, popular
from jobs.index.asking import read
from jobs.index.port import Document, Hit, Marked, Sort
from jobs.index.reading_text import understood
from jobs.matches import is_new, why_quiet
from jobs.matching.reading import home_of
from jobs.pages.rows import listed, marked
from jobs.pages.search.filters import Filters
from jobs.pages.search.links import Links
from jobs.pages.search.nothing_found import Loosened, loosened
from jobs.pages.search.read_pieces import chips_of
from jobs.pages.search.trades import trades_of
from jobs.pages.search.words import SORTS, problems_in_words
from portal.html import page, templates, wants_fragment
from portal.tables import Client, Role
from training.vocabulary.proposing import notice_search


async def client_of(request: HTMXRequest) -> Client | None:
    """The signed-in client; distances are told from where they live, and they may see first what fits them."""
    if request.user is None or request.user.role != Role.CLIENT:
        return None
    return await Client.objects().get(Client.id == request.user.client)


def sorts_of(links: Links, *, matched: bool) -> list[tuple[Sort, str]]:
    """The orders to choose from. Without words nothing is more to the point than another, and the newest come first."""
    left = {None if links.query.text else Sort.RELEVANCE, None if matched else Sort.FIT}
    return [(sort, label) for sort, label in SORTS.items() if links.can_sort(sort) and sort not in left]


def row_of(hit: Hit, *, from_home: bool) -> Markup:
    """The row of a hit. Kilometres are whole in a row, so one rendering serves many homes."""
    near = hit.distance_km if from_home else None
    whole = near and (round(near) if near >= 1 else 0)
    # A title that holds the words says itself why it is here.
    snippet = None if hit.title and hit.title.marks else hit.snippet
    return rendered_row(hit.document, whole, is_new(hit.document), hit.title, snippet)


@lru_cache(maxsize=2_000)
def rendered_row(
    document: Document, distance_km: int | None, new: bool, title: Marked | None, snippet: Marked | None
) -> Markup:
    """Rows are most of what a page of results costs, and nothing in one depends on who reads it but the arguments."""
    ui: Any = templates.globals["ui"]
    marks = {"marked": title and marked(title), "snippet": snippet and marked(snippet)}
    row: Markup = ui.vacancy_row(listed(document, distance_km) | {"is_new": new} | marks)
    return row


class Search(Controller):
    path = "/"

    @get(public=True)
    async def show(self, request: HTMXRequest) -> Response[str]:
        """The search page. Strangers and clients see the same vacancies; what one did is nowhere on it."""
        client = await client_of(request)
        matched = client is not None and not why_quiet(client)
        asked = read(request.query_params, home_of(client) if client else None, matched=matched)
        exact = bool(request.query_params.get("exact"))
        links = Links(asked.query, exact, request.query_params.get("province", ""))
        wanted = links.query.sort is Sort.FIT
        by_fit = await fitting.search(client, links.query) if client and wanted else None
        result = by_fit or await index.current().search(links.query)
        shown = min(result.total, fitting.READ) if by_fit else result.total
        said = understood(links.query)
        if result.total and not result.relaxed:
            await popular.count(result.corrected or said.query.text)
        else:
            await notice_search(said.query.text)
        widened = Loosened([], []) if result.total else await loosened(links, result.corrected)
        answer = page(
            request,
            "jobs/search.html",
            "results",
            "choices",
            "suggestions",
            links=links,
            query=links.query,
            result=result,
            rows=[row_of(hit, from_home=links.query.origin is not None) for hit in result.hits],
            pages=-(-shown // links.query.per_page),
            compared=shown if shown < result.total else 0,
            compared_words=bool(said.query.text),
            untold=wanted and not by_fit,
            filters=Filters(links, result.facets, request.query_params, asked.problems),
            problems=problems_in_words(asked.problems),
            sorts=sorts_of(links, matched=matched),
            read=chips_of(links, said),
            popular=await popular.shown() if links.here() == "/" else [],
            widened=widened,
            trades=trades_of(links, result.corrected or said.query.text, result.hits),
            oob=wants_fragment(request),
        )
        if wants_fragment(request):
            # The form sends its empty fields too; the address that is kept and shared says only what was asked.
            answer.headers["HX-Push-Url"] = links.here()
        return answer

"""Suggestions below the boxes of the search page, as links that work by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Controller, Response, get
from litestar.plugins.htmx import HTMXRequest

from jobs import index, popular
from jobs.index.asking import read
from jobs.index.port import Suggestion
from jobs.index.suggestions import places
from jobs.index.words import words
from jobs.pages.search.links import Links
from jobs.pages.search.trades import guessed
from portal.html import page


@dataclass(frozen=True)
class Offer:
    text: str
    detail: str
    href: str


def _searching_for(each: Suggestion) -> Offer:
    name = "region" if each.kind == "place" else "q"
    return Offer(each.text, each.detail, "/?" + urlencode({name: each.text}))


def _first(names: list[str], found: Sequence[Suggestion]) -> list[Suggestion]:
    """The names before the rest, each as it is suggested where it is; no more than there would be without them."""
    said = {" ".join(words(each.text)): each for each in reversed(found)}
    popular_ones = [said.get(name, Suggestion(name, "occupation")) for name in names]
    rest = [each for each in found if each not in popular_ones]
    return [*popular_ones, *rest][: max(len(found), len(popular_ones))]


class Suggestions(Controller):
    path = "/suggestions"

    @get(public=True)
    async def show(self, request: HTMXRequest) -> Response[str]:
        """What the words in the search box may become; what many search for first."""
        text = request.query_params.get("q", "")[:200]
        found = _first(await popular.begun(text), await index.current().suggest(text))
        return page(
            request, "jobs/suggestions.html", "suggestions", offers=[_searching_for(each) for each in found]
        )

    @get("/meant", public=True)
    async def meant(self, request: HTMXRequest) -> Response[str]:
        """Trades that words may mean which name none; asked for by itself, because it may take a moment."""
        text = request.query_params.get("q", "")[:200]
        offers = [
            Offer(each.label, each.about, "/?" + urlencode({"q": each.label})) for each in await guessed(text)
        ]
        return page(request, "jobs/meant.html", "meant", text=text, offers=offers)

    @get("/places", public=True)
    async def places(self, request: HTMXRequest) -> Response[str]:
        """Regions for the words in the region box, with the rest of the form kept in their links."""
        sent = request.query_params
        links = Links(read(sent).query, bool(sent.get("exact")), "")
        offers = [
            Offer(each.text, "", links.changed(region=code))
            for code, each in places((sent.get("region") or sent.get("q") or "")[:200])
        ]
        return page(request, "jobs/suggestions.html", "suggestions", offers=offers)

"""The filters of the search page: what may be chosen, with counts, and what is chosen, each to be taken away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nsmallest
from typing import Any

from litestar.datastructures.multi_dicts import MultiMixin
from markupsafe import Markup

from jobs.pages.search.links import Links
from jobs.words import EDUCATION, EMPLOYMENT_TYPES
from portal.html import rupiah, templates
from portal.places import provinces, regions
from training.vocabulary import vocabulary

RADII = (10, 20, 50, 100)
WAGES = (2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000, 5_000_000, 6_000_000, 8_000_000)
MANY = 5
"""Regions offered by name; anybody may write another."""


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    text: str
    href: str


@dataclass(frozen=True)
class Choice:
    text: str
    count: int
    href: str


class Filters:
    """`typed` and `errors` are what the form macros take."""

    def __init__(
        self,
        links: Links,
        facets: Mapping[str, Mapping[str, int]],
        sent: MultiMixin[str],
        problems: Mapping[str, str],
    ) -> None:
        query = links.query
        self.links = links
        self.facets = facets
        self.chips = list(self._chips())
        region = regions().get(query.region or "")
        regency = region if region and "." in region.code else None
        self.typed = {
            "region": regency.name if regency else sent.get("region", "") if "region" in problems else "",
            "province": links.province if regency else query.region or "",
            "radius_km": query.radius_km or "",
            "type": sorted(query.types),
            "education": "" if query.education is None else query.education,
            "wage_min": query.wage_min or "",
            "skills": ", ".join(_skill(id) for id in sorted(query.skills)),
        }
        self.errors = {"region": "Belum dikenali. Tulis seperti Kab. Bogor."} if "region" in problems else {}
        self.centre = region.name if region else "rumah" if query.origin else ""

    @cached_property
    def types(self) -> list[tuple[str, str, int]]:
        """Kinds of work that are on offer or chosen, with how many each would find."""
        counts, chosen = self.facets["type"], self.links.query.types
        return [
            (code, label, counts.get(code, 0))
            for code, label in EMPLOYMENT_TYPES.items()
            if counts.get(code) or code in chosen
        ]

    @cached_property
    def regions(self) -> list[Choice]:
        """Where most of what was found is, while no region is chosen."""
        if self.links.query.region:
            return []
        most = nsmallest(MANY, ((-count, code) for code, count in self.facets["region"].items()))
        return [
            Choice(regions()[code].name, -less, self.links.changed(region=code))
            for less, code in most
            if code in regions()
        ]

    def select(self, name: str, label: str, empty: str) -> Markup:
        """One of the long lists, which are most of what a page of results costs and nearly always the same."""
        return _rendered(name, label, tuple(self._options(name)), str(self.typed[name]), empty)

    def _options(self, name: str) -> Iterator[tuple[int | str, str]]:
        chosen = self.links.query.wage_min
        if name == "province":
            yield from _provinces()
        elif name == "education":
            yield from ((int(level), label) for level, label in EDUCATION.items())
        else:
            yield from ((wage, rupiah(wage)) for wage in sorted({*WAGES, *([chosen] if chosen else [])}))

    @property
    def radii(self) -> list[tuple[int | str, str]]:
        chosen = self.links.query.radius_km
        sizes = sorted({*RADII, *([chosen] if chosen else [])})
        return [("", "Berapa pun"), *((size, f"Sampai {size} km") for size in sizes)]

    def _chips(self) -> Iterator[Chip]:
        query, changed = self.links.query, self.links.changed
        if query.region:
            alone = query.radius_km is None or query.origin is not None
            without = {} if alone else {"radius_km": None}
            yield Chip(regions()[query.region].name, changed(region=None, **without))
        if query.radius_km:
            yield Chip(f"Sampai {query.radius_km} km", changed(radius_km=None))
        for code in sorted(query.types):
            yield Chip(EMPLOYMENT_TYPES[code], changed(types=query.types - {code}))
        if query.education is not None:
            yield Chip(f"Cukup {EDUCATION[query.education]}", changed(education=None))
        if query.wage_min:
            yield Chip(f"Mulai {rupiah(query.wage_min)}", changed(wage_min=None))
        for id in sorted(query.skills):
            yield Chip(_skill(id), changed(skills=query.skills - {id}))


@lru_cache(maxsize=500)
def _rendered(
    name: str, label: str, options: tuple[tuple[int | str, str], ...], chosen: str, empty: str
) -> Markup:
    ui: Any = templates.globals["ui"]
    select: Markup = ui.select(name, label, options, {name: chosen}, {}, empty=empty, form="search")
    return select


@cache
def _provinces() -> list[tuple[str, str]]:
    return sorted(((region.code, region.name) for region in provinces()), key=lambda pair: pair[1])


def _skill(id: str) -> str:
    return vocabulary().skills[id].label

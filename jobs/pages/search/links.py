"""Addresses of the search page: the same question with one thing changed."""

from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from jobs.index.asking import usual_sort
from jobs.index.port import Query, Sort
from portal.places import regions

PER_PAGE = 20


@lru_cache(maxsize=2_000)
def _quoted(value: str) -> str:
    """A page has thirty links, and they say nearly the same."""
    return quote_plus(value)


class Links:
    """The question of a page, and the address of each question beside it."""

    def __init__(self, query: Query, exact: bool, province: str) -> None:
        self.query = replace(query, exact=exact, per_page=PER_PAGE)
        if self.query.sort is Sort.RELEVANCE:
            self.query = replace(self.query, sort=usual_sort(self.query))
        region = regions().get(query.region or "")
        # Kept beside a regency so that the select still says what was chosen.
        self.province = province if region and region.province == province else ""

    def here(self) -> str:
        return self.to(self.query)

    def to(self, query: Query) -> str:
        """The address that asks `query`; nothing that is empty or usual stands in it."""
        said = (
            ("q", query.text),
            ("exact", "1" if query.exact else ""),
            ("region", query.region or ""),
            ("province", self.province if "." in (query.region or "") else ""),
            ("radius_km", str(query.radius_km or "")),
            *(("type", each) for each in sorted(query.types)),
            ("education", "" if query.education is None else str(query.education)),
            ("wage_min", str(query.wage_min or "")),
            *(("skills", each) for each in sorted(query.skills)),
            ("sort", "" if query.sort is usual_sort(query) else query.sort.value),
            ("page", str(query.page) if query.page > 1 else ""),
        )
        text = "&".join([f"{name}={_quoted(value)}" for name, value in said if value])
        return f"/?{text}" if text else "/"

    def changed(self, **values: Any) -> str:
        """The first page of the question with these fields of Query changed."""
        return self.to(replace(self.query, **{"page": 1, **values}))

    def page(self, number: int) -> str:
        return self.to(replace(self.query, page=number))

    @property
    def chosen_sort(self) -> str:
        """The order as the form sends it on; empty for the usual one, which other words may change."""
        return "" if self.query.sort is usual_sort(self.query) else self.query.sort.value

    def can_sort(self, sort: Sort) -> bool:
        """Nearest needs something to be near to."""
        return sort is not Sort.NEAREST or self.has_centre

    @property
    def has_centre(self) -> bool:
        return self.query.origin is not None or "." in (self.query.region or "")

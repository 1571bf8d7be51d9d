"""How the index is set up: settings as code, and the fingerprint that says whether a server still has them."""

from collections.abc import Sequence
from hashlib import sha256

from meilisearch_python_sdk.models.settings import (
    Faceting,
    Filter,
    FilterableAttributeFeatures,
    FilterableAttributes,
    LocalizedAttributes,
    MeilisearchSettings,
    Pagination,
    ProximityPrecision,
    TypoTolerance,
)

from jobs.index.meilisearch import tokens
from jobs.index.words import fingerprint as words_fingerprint
from training.vocabulary import while_words_last

WRITTEN_AS = 2
"""Goes up when documents are written differently under the same settings."""
MOST_HITS = 10_000
"""How deep pages go, and where counting says "more than". The last page of 2,000 costs ten times the first."""
MOST_FACETS = 2_000
"""Values counted of one facet: 514 regencies, some 1,500 skills."""
CUTOFF_MS = 10_000
"""A ranking that is cut short hands out the rest in any order: pages with doubles and gaps. So it never is; whoever
waits gives up by the client's timeout instead."""
SEARCHED = ["titled", "head", "trade", "body"]
"""Names of its trade that stand in its title; title, employer and place; names of its trade; everything else. Whatever
is met in an earlier one comes first."""
COUNTED = [
    "region",
    "province",
    "type",
    "occupation",
    "skills",
    "isco",
    "group",
    "times",
    "at",
    "licences",
    "novice",
]
COMPARED = ["id", "education", "closes", "wage_top"]
RANKING = ["sort", "words", "attributeRank", "published:desc", "id:desc"]


def settings() -> MeilisearchSettings:
    """Everything at once, so that the server indexes once.

    Typing mistakes are mended before the server is asked, so that a word that is right finds itself alone and totals
    are true; its own tolerance is off, which also leaves short codes alone. Synonyms are names
    within documents, because a list of 17,000 would be indexed anew with every word that is added. Stop words are
    dropped from questions, and found where nothing else is asked. Nothing is distinct: a vacancy is one document.
    """
    return MeilisearchSettings(
        searchable_attributes=SEARCHED,
        displayed_attributes=[
            *("id", "facts", "description", "hash", "state", "filled"),
            *("at", "_geo", "skills", "isco", "licences"),
        ],
        filterable_attributes=[
            _filterable(COUNTED, comparison=False),
            _filterable(COMPARED, comparison=True),
            _filterable(["rare"], comparison=False, facet_search=True),
            "_geo",
        ],
        sortable_attributes=["published", "day", "id", "wage_top", "_geo"],
        ranking_rules=RANKING,
        synonyms={},
        stop_words=[],
        typo_tolerance=TypoTolerance(enabled=False),
        faceting=Faceting(max_values_per_facet=MOST_FACETS, sort_facet_values_by={"*": "count"}),
        pagination=Pagination(max_total_hits=MOST_HITS),
        search_cutoff_ms=CUTOFF_MS,
        # How near words stand to each other would take as long to index as all the rest, and ranks nothing here.
        proximity_precision=ProximityPrecision.BY_ATTRIBUTE,
        localized_attributes=[LocalizedAttributes(locales=["ind"], attribute_patterns=["*"])],
    )


def _filterable(names: Sequence[str], comparison: bool, facet_search: bool = False) -> FilterableAttributes:
    features = FilterableAttributeFeatures(
        facet_search=facet_search, filter=Filter(equality=True, comparison=comparison)
    )
    return FilterableAttributes(attribute_patterns=list(names), features=features)


@while_words_last
def fingerprint() -> str:
    """Changes with the settings, and with the words that documents are written with."""
    called = sorted(
        f"{mark}={','.join(name.joined for name in found)}" for mark, found in tokens.names().items()
    )
    parts = [str(WRITTEN_AS), settings().model_dump_json(), words_fingerprint(), *called]
    return sha256("\n".join(parts).encode()).hexdigest()

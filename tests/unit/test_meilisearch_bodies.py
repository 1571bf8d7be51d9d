"""What is sent to a Meilisearch server is what the SDK's models know, so that a wrong name shows without a server."""

from datetime import date
from typing import Any

import pytest
from meilisearch_python_sdk.models.search import SearchParams
from meilisearch_python_sdk.models.settings import MeilisearchSettings

from jobs.index.meilisearch import asking, candidates, nearest, searching
from jobs.index.meilisearch.settings import (
    COMPARED,
    COUNTED,
    MOST_HITS,
    RANKING,
    SEARCHED,
    fingerprint,
    settings,
)
from jobs.index.meilisearch.understanding import Question, Term
from jobs.index.port import Query, Sort, Wanted
from portal.places import regencies

BOGOR = (-6.59, 106.79)
QUESTION = Question((Term("tukang"), Term("las", opens=True)))
QUERIES = [
    Query("tukang las"),
    Query(
        region="32",
        types=frozenset({"contract"}),
        education=20,
        wage_min=3_000_000,
        skills=frozenset({"las-smaw"}),
    ),
    Query(region="32.01", radius_km=30, sort=Sort.WAGE),
    Query(origin=BOGOR, radius_km=30, sort=Sort.NEWEST, page=10**12),
    Query(region='32" OR id > 0 OR region = "'),
]


def known(sent: SearchParams) -> dict[str, Any]:
    """Whether the model would read it back, and holds nothing it does not know."""
    body = sent.model_dump(by_alias=True, exclude_none=True)
    names = {field.alias for field in SearchParams.model_fields.values()}
    assert set(body) <= names
    assert SearchParams.model_validate(body) == sent
    return body


WANTED = Wanted(
    frozenset({"las-smaw", "k3-dasar"}),
    frozenset({"7212"}),
    BOGOR,
    30,
    frozenset({"day"}),
    frozenset({"sim-c"}),
)
COUNTS = {"k:las-smaw": 3, "k:k3-dasar": 9, "r:32.01": 20}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("question", [Question(), QUESTION])
def test_every_search_is_one_that_the_sdk_knows(query: Query, question: Question) -> None:
    sent = [searching.page_of("vacancies", query, question), *searching.others("vacancies", query, question)]
    for body in map(known, sent):
        assert body["matchingStrategy"] == "all" and body["locales"] == ["ind"]
        assert body["offset"] + body["limit"] <= MOST_HITS
        assert asking.still_open() in body["filter"]
        assert ("q" in body) is bool(question.terms)


def test_what_is_typed_into_a_filter_stays_a_text() -> None:
    assert asking.quoted('a" OR "b\\') == '"a\\" OR \\"b\\\\"'
    assert asking.conditions(QUERIES[-1]).all() == [asking.still_open(), asking.NOTHING], "no such region"
    assert asking.conditions(Query(skills=frozenset({'x"'}))).all()[-1] == 'skills IN ["x\\""]'


def test_candidates_are_asked_for_by_filters_and_nothing_that_tells_a_person() -> None:
    sent = candidates.sets(WANTED, COUNTS)
    assert len(sent) == 4, "near home and further away"
    for each in sent:
        assert each.limit <= 300
        assert f"closes >= {date.today().toordinal()}" in each.filter
    assert "description" not in candidates.SHOWN


def test_the_settings_are_ones_that_the_sdk_knows() -> None:
    body = settings().model_dump(by_alias=True, exclude_none=True)
    assert MeilisearchSettings.model_validate(body) == settings()
    assert body["rankingRules"] == RANKING and body["searchableAttributes"] == SEARCHED
    assert body["faceting"]["maxValuesPerFacet"] > len(regencies())
    assert body["typoTolerance"] == {"enabled": False}
    assert len(fingerprint()) == 64


def test_only_what_is_filterable_is_filtered() -> None:
    sent = [asking.conditions(query).all() for query in QUERIES]
    sent += [each.filter for each in candidates.sets(WANTED, COUNTS)]
    filterable = {*COUNTED, *COMPARED}
    for text in (text for filter in sent for text in filter):
        for part in text.strip("()").replace(" AND ", " OR ").split(" OR "):
            name = part.strip("() ").removeprefix("NOT ").split(" ")[0]
            assert name in filterable or name.startswith("_geoRadius"), part


def test_rings_are_cut_where_the_page_begins_and_ends() -> None:
    rings = [nearest.Ring(0, 3, ("a",)), nearest.Ring(1, 1, id=7), nearest.Ring(2, 5, ("b", "c"))]
    cut = [
        [(part.ring.km, part.first, part.count) for part in nearest.parts_of(rings, start, 4)]
        for start in (0, 4, 8, 12)
    ]
    assert cut == [[(0, 0, 3), (1, 0, 1)], [(2, 0, 4)], [(2, 4, 1)], []]

"""What the server holds of a vacancy: the whole document, and what it is found, counted and sorted by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from typing import Any

import msgspec

from jobs.index.documents import content_hash, decoded
from jobs.index.meilisearch.errors import BadDocument
from jobs.index.meilisearch.tokens import names, searchable, stem
from jobs.index.mending import may_be_wrong
from jobs.index.port import Document
from jobs.index.words import MOST_WORDS, trade_of, vocabulary_words, words
from jobs.words import EMPLOYMENT_TYPES
from portal.places import regions
from training.vocabulary import vocabulary

STATE = 0
"""Id of the one document that is no vacancy: it holds the fingerprint its neighbours were written with."""
DAY = 86_400_000_000
"""Microseconds."""
NEVER = date.max.toordinal()
NOWHERE = "-"
NUMBERS = ("wage_min", "wage_max", "education")


def stored(document: Document) -> dict[str, Any]:
    """Raises BadDocument for what a server would take and then never find, or refuse with all that is beside it."""
    _check(document)
    try:
        facts = msgspec.json.encode(replace(document, description="")).decode()
        hash = content_hash(document)
    except (msgspec.MsgspecError, UnicodeEncodeError, TypeError, ValueError) as problem:
        raise BadDocument(document.id, f"cannot be written as text: {problem}") from problem
    return {
        "id": document.id,
        "hash": hash,
        "facts": facts,
        "description": document.description,
        **_searched(document),
        **_filtered(document),
        **_place(document),
        "wage_top": document.wage_max or document.wage_min,
        "published": _microseconds(document.published_at),
        "day": _microseconds(document.published_at) // DAY,
    }


def read(hit: dict[str, Any]) -> Document:
    """The document as it was given; without its description where that was not asked for."""
    return decoded(hit["facts"], hit.get("description", ""))


def _searched(document: Document) -> dict[str, Any]:
    region = regions().get(document.region or "")
    place = [region.name, regions()[region.province].name] if region else []
    head = [words(text) for text in (document.title, document.employer, document.locality or "", *place)]
    said = {stem(word) for text in head for word in text}
    trade = names().get(f"o:{trade_of(document)}", ())
    called = {name.joined for skill in document.skills for name in names().get(f"k:{skill}", ())}
    body = [words(text)[:MOST_WORDS] for text in (*_labels(document), document.description)]
    return {
        "titled": [name.joined for name in trade if said.issuperset(name.stems)],
        "head": [searchable(text) for text in head if text],
        "trade": [name.joined for name in trade],
        "body": [*(searchable(text) for text in body if text), *sorted(called)],
        "rare": sorted(
            {word for text in head for word in text if may_be_wrong(word) and word not in vocabulary_words()}
        ),
    }


def _labels(document: Document) -> Iterator[str]:
    """What the codes of a vacancy are called, as `jobs.index.words.all_of` has it."""
    known = vocabulary()
    if trade := known.occupations.get(trade_of(document) or ""):
        yield trade.label
    yield EMPLOYMENT_TYPES.get(document.employment_type or "", "")
    yield from (known.skills[id].label for id in document.skills if id in known.skills)
    yield from (known.licences[id].label for id in document.licences if id in known.licences)


def _filtered(document: Document) -> dict[str, Any]:
    return {
        "region": document.region,
        "province": (document.region or "")[:2] or None,
        "type": document.employment_type,
        "education": document.education or 0,
        "occupation": document.occupation,
        "skills": list(document.skills),
        "isco": document.isco,
        "group": (document.isco or "")[:3] or None,
        "times": list(document.work_times or ()),
        "licences": list(document.licences),
        "novice": not document.experience_months,
        "closes": document.closes_on.toordinal() if document.closes_on else NEVER,
    }


def _place(document: Document) -> dict[str, Any]:
    """A vacancy in the middle of its region is found by the region's code; only others need a point of their own.

    Points are dear: all of them are written anew with every batch.
    """
    if document.latitude is None or document.longitude is None:
        return {"at": NOWHERE}
    region = regions().get(document.region or "")
    if region and (document.latitude, document.longitude) == (region.latitude, region.longitude):
        return {"at": region.code}
    return {"_geo": {"lat": document.latitude, "lng": document.longitude}}


def _check(document: Document) -> None:
    if not _whole(document.id) or document.id <= STATE:
        raise BadDocument(document.id, "its id is no positive number")
    for name in NUMBERS:
        value = getattr(document, name)
        if value is not None and not _whole(value):
            raise BadDocument(document.id, f"{name} is no whole number")
    if (document.latitude is None) != (document.longitude is None):
        raise BadDocument(document.id, "it has half a point on the map")
    if document.latitude is not None and document.longitude is not None:
        _check_point(document.id, document.latitude, document.longitude)
    for name in ("essential", "useful", "licences", "work_times"):
        if any(not isinstance(each, str) for each in getattr(document, name) or ()):
            raise BadDocument(document.id, f"{name} holds something that is no code")
    if document.published_at.tzinfo is None:
        raise BadDocument(document.id, "published_at has no time zone")


def _check_point(id: int, latitude: float, longitude: float) -> None:
    for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not isfinite(value)
            or abs(value) > most
        ):
            raise BadDocument(id, f"{name} {value} is not on the map")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _microseconds(moment: datetime) -> int:
    """Exact as a JSON number: below 2^53 until the year 2255."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond

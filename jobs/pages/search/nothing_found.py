"""When nothing is found: which filter to drop, with how many it would bring, and words that are near."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobs import index
from jobs.index.port import Query
from jobs.index.reading_text import Said, understood
from jobs.index.words import asked, telling
from jobs.pages.search.filters import RADII
from jobs.pages.search.links import Links
from jobs.pages.search.trades import named_in
from jobs.words import EDUCATION, EMPLOYMENT_TYPES
from portal.html import rupiah
from portal.places import regions
from training.vocabulary import vocabulary
from training.vocabulary.relatives import related

MOST_GAINS, MOST_WORDS, TRIED = 4, 5, 12
ALL = "semua saringan dihapus"


@dataclass(frozen=True)
class Gain:
    """So many vacancies `text` `what`, at `href`."""

    count: int
    text: str
    what: str
    href: str


@dataclass(frozen=True)
class Loosened:
    gains: list[Gain]
    words: list[Gain]


async def loosened(links: Links, corrected: str | None) -> Loosened:
    """Each way to ask for a little less, counted in one round trip; only those that find something."""
    query = replace(links.query, text=corrected or links.query.text, page=1)
    said = understood(query)
    ways = [*_ways(query), *_words(query, said)]
    near = await _near(said.query.text)
    names = [(label, replace(query, text=label)) for label in near]
    names += [(label, Query(label, origin=query.origin, per_page=query.per_page)) for label in near]
    counts = await index.current().count([each for *_, each in ways] + [each for _, each in names])
    gains = [
        Gain(count, text, what, links.to(each))
        for (text, what, each), count in zip(ways, counts, strict=False)
        if count
    ]
    # The same word found under the filters says more than found anywhere, so the first of a name holds.
    words: dict[str, Gain] = {}
    for (label, each), count in zip(names, counts[len(ways) :], strict=True):
        if count:
            words.setdefault(label, Gain(count, "", label, links.to(each)))
    # Dropping one filter is kinder than dropping all, even where it brings fewer.
    gains.sort(key=lambda gain: (gain.what == ALL, -gain.count))
    return Loosened(gains[:MOST_GAINS], [*words.values()][:MOST_WORDS])


def _ways(query: Query) -> Iterator[tuple[str, str, Query]]:
    """How it is said, what is loosened, and the question then."""
    if query.radius_km:
        wider = next((radius for radius in RADII if radius > query.radius_km), None)
        if wider:
            yield "bila jarak", f"sampai {wider} km", replace(query, radius_km=wider)
        yield "dengan jarak", "berapa pun", replace(query, radius_km=None)
    if query.region:
        name = regions()[query.region].name
        yield "tanpa wilayah", name, replace(query, region=None, radius_km=None)
    if query.types:
        names = ", ".join(EMPLOYMENT_TYPES[code] for code in sorted(query.types))
        yield "tanpa saringan", names, replace(query, types=frozenset())
    if query.education is not None:
        yield "tanpa saringan", f"Cukup {EDUCATION[query.education]}", replace(query, education=None)
    if query.wage_min:
        yield "tanpa saringan", f"Mulai {rupiah(query.wage_min)}", replace(query, wage_min=None)
    if query.skills:
        names = ", ".join(vocabulary().skills[id].label for id in sorted(query.skills))
        yield "tanpa saringan", names, replace(query, skills=frozenset())
    where = query.region or query.radius_km
    if sum(map(bool, (where, query.types, query.education is not None, query.wage_min, query.skills))) > 1:
        bare = Query(text=query.text, exact=query.exact, origin=query.origin, per_page=query.per_page)
        yield "bila", ALL, bare


def _words(query: Query, said: Said) -> Iterator[tuple[str, str, Query]]:
    """The same without something that was read out of the words, or without one of the others."""
    for piece in said.pieces:
        yield "tanpa", f"“{piece.typed}”", replace(query, text=piece.without)
    words = telling(asked(said.query.text))
    if len(words) > 1:
        for word in words:
            rest = " ".join(each for each in words if each != word)
            yield "tanpa kata", f"“{word}”", replace(query, text=said.with_words(rest))


async def _near(text: str) -> list[str]:
    """Names of trades that need the same skills as the one that was named; else what begins alike."""
    named = {id for ids in named_in(text) for id in ids}
    beside = [trade.label for id in sorted(named) for trade in related(id, TRIED) if trade.id not in named]
    if not beside and text:
        beside = [each.text for each in await index.current().suggest(text) if each.kind == "occupation"]
    return list(dict.fromkeys(beside))[:TRIED]

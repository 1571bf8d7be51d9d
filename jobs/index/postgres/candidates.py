"""What matching scores: the vacancies that share some of a person's rarest skills, or their trade."""

import math
from collections.abc import Iterator, Mapping
from itertools import accumulate

from piccolo.querystring import QueryString

from jobs.index.port import Hit, Wanted
from jobs.index.postgres.bounded import planned
from jobs.index.postgres.conditions import ALWAYS, FALSE, TRUE, Point, all_of, around, kilometres
from jobs.index.postgres.searching import read
from jobs.index.postgres.windows import Reading
from jobs.matching.parts import TRAVEL_KM
from jobs.matching.score import REACH, WEIGHTS, Name
from jobs.matching.seeker import TAU_SKILLS
from portal.conf import DB
from portal.places import distance_km
from training.vocabulary import vocabulary

RAREST = 14
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""
LOOKED_AT, OF_THE_TRADE, OF_SKILLS = 10_000, 3_000, 2_000
"""Among very many: the nearest vacancies that are looked at, and how many of the trade, and with the very rarest of the
skills, may lie further away."""
ASKED, SMALL = 1.0, 10_000
"""Share of a vacancy's skills that each makes up, times the skills it names; documents of an index that is not counted."""
TAU = TAU_SKILLS * math.log1p(100)

COUNTED = "SELECT word, documents FROM vacancy_word WHERE word = ANY({}) AND documents > 0 ORDER BY documents"
ALIKE = "SELECT id, skills, isco, latitude, longitude, published_at FROM vacancy_document WHERE {}"
FIND = """
SELECT facts::text FROM (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM (SELECT DISTINCT id, published_at, {} AS likeness FROM ({}) AS alike) AS told
        ORDER BY likeness DESC NULLS LAST, published_at DESC, id DESC LIMIT {}
    ) AS sorted
) AS best JOIN vacancy_document USING (id) ORDER BY place
"""


async def find(wanted: Wanted, reading: Reading | None) -> list[Hit]:
    """The likeliest first; a person of whom nothing is known gets what is near and new.

    `reading`: how far to read among very many documents.
    """
    origin = Point(*wanted.origin) if wanted.origin else None
    counts = await _counted(wanted)
    rare = [mark[2:] for mark in counts if mark.startswith("k:")][:RAREST]
    total = reading.sizes.total if reading else SMALL
    sets = [QueryString(ALIKE, each) for each in _sets(wanted, rare, counts, origin, reading)]
    alike = QueryString(" UNION ALL ".join("{}" for _ in sets), *sets)
    like = _likeness(wanted, rare, counts, origin, total)
    rows = await planned(QueryString(FIND, like, alike, wanted.limit))
    return [_hit(row["facts"], origin) for row in rows]


def _sets(
    wanted: Wanted, rare: list[str], counts: Mapping[str, int], origin: Point | None, reading: Reading | None
) -> Iterator[QueryString]:
    """Those near that share anything; and, where not all are looked at, those from further away that share most."""
    fitting = all_of(ALWAYS, _hours(wanted))
    if reading is None:
        yield all_of(fitting, _within(wanted, origin), _alike(wanted, rare))
        return
    total = reading.sizes.total
    yield all_of(fitting, _within(wanted, origin, reading, LOOKED_AT / total), _alike(wanted, rare))
    trades = sum(count for mark, count in counts.items() if mark.startswith("o:"))
    if trades:
        yield all_of(fitting, _within(wanted, origin, reading, OF_THE_TRADE / trades), _trade(wanted, 3))
    until = accumulate(counts[f"k:{skill}"] for skill in rare)
    rarest = [skill for skill, reached in zip(rare, until, strict=True) if reached <= OF_SKILLS]
    if rarest:
        yield all_of(fitting, _within(wanted, origin), QueryString("skills && {}::text[]", rarest))


def _within(
    wanted: Wanted, origin: Point | None, reading: Reading | None = None, part: float = 1.0
) -> QueryString:
    """As far as the person reaches, and no further than the nearest part of all documents; one circle, because each
    costs a distance for every row. The newest part, where nobody knows from where."""
    if origin is None:
        return (reading.newest_part(part) if reading else None) or TRUE
    nearest = reading.nearest_km(origin, part) if reading else None
    far = min((km for km in (wanted.reach_km, nearest) if km), default=None)
    return TRUE if far is None else around(origin, far)


async def _counted(wanted: Wanted) -> Mapping[str, int]:
    """How many documents ask for each of the skills, the rarest first, and how many are of each neighbouring trade."""
    groups = tuple(_groups(wanted))
    trades = [
        each.id for each in vocabulary().occupations.values() if groups and each.isco.startswith(groups)
    ]
    marks = [*(f"k:{skill}" for skill in sorted(wanted.skills)), *(f"o:{trade}" for trade in trades)]
    rows = await DB.run_querystring(QueryString(COUNTED, marks)) if marks else []
    return {row["word"]: row["documents"] for row in rows}


def _groups(wanted: Wanted) -> list[str]:
    return sorted({isco[:3] for isco in wanted.iscos})


def _alike(wanted: Wanted, rare: list[str]) -> QueryString:
    """Any of the rare skills, or a trade of the same ISCO sub-major group, which the score calls kindred."""
    if not wanted.skills and not wanted.iscos:
        return TRUE
    return QueryString("(skills && {}::text[] OR {})", rare, _trade(wanted, 2))


def _trade(wanted: Wanted, digits: int) -> QueryString:
    """Each beginning by itself: an index answers none of them by ANY."""
    groups = sorted({isco[:digits] for isco in wanted.iscos})
    each = [QueryString("isco LIKE {}", f"{group}%") for group in groups]
    return QueryString(f"({' OR '.join('{}' for _ in each)})", *each) if each else FALSE


def _hours(wanted: Wanted) -> QueryString:
    """Some part of the day suits, or nobody says which it is."""
    if wanted.hours is None:
        return TRUE
    return QueryString(
        "(work_times IS NULL OR cardinality(work_times) = 0 OR work_times && {}::text[])",
        sorted(wanted.hours),
    )


def _likeness(
    wanted: Wanted, rare: list[str], counts: Mapping[str, int], origin: Point | None, total: int
) -> QueryString:
    """Nearly the score's three heaviest parts (jobs.matching), so that the best are not lost to the limit: the rare
    skills, the rarer the more; the trade; the way."""
    weights = [math.log1p(ASKED * total / counts[f"k:{skill}"]) for skill in rare]
    shared = [
        QueryString("{}::float8 * ({} = ANY(skills))::integer", weight, skill)
        for weight, skill in zip(weights, rare, strict=True)
    ]
    likely = QueryString(" + ".join("{}" for _ in shared), *shared) if shared else QueryString("0")
    trade = QueryString(
        "CASE WHEN isco = ANY({}::text[]) THEN 1 WHEN left(isco, 3) = ANY({}::text[]) THEN 0.7 "
        "WHEN left(isco, 2) = ANY({}::text[]) THEN 0.4 ELSE 0 END",
        sorted(wanted.iscos),
        _groups(wanted),
        sorted({isco[:2] for isco in wanted.iscos}),
    )
    like = QueryString(
        "{}::float8 * (1 - exp(-({})::float8 / {}::float8)) + {}::float8 * ({})",
        *(WEIGHTS[Name.SKILLS], likely, TAU, WEIGHTS[Name.OCCUPATION], trade),
    )
    if origin is None:
        return like
    travel = wanted.reach_km / REACH if wanted.reach_km else TRAVEL_KM
    way = QueryString("coalesce(0.5 ^ ({} / {}::float8), 0)", kilometres(origin), max(1.0, travel))
    return QueryString("{} + {}::float8 * {}", like, WEIGHTS[Name.DISTANCE], way)


def _hit(facts: str, origin: Point | None) -> Hit:
    document = read(facts)
    if origin is None or document.latitude is None or document.longitude is None:
        return Hit(document, None)
    return Hit(document, distance_km(origin, Point(document.latitude, document.longitude)))

"""What matching scores: the vacancies that share some of a person's rarest skills, or their trade."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from math import cos, radians

from piccolo.querystring import QueryString

from jobs.index.likeness import OTHERS, TELLING, trades_of_groups, travel_of
from jobs.index.port import Hit, Wanted
from jobs.index.postgres.codes import code, codes
from jobs.index.postgres.conditions import ALWAYS, FALSE, KM_PER_DEGREE, TRUE, Point, all_of, box
from jobs.index.postgres.planning import planned
from jobs.index.postgres.searching import read
from jobs.index.postgres.windows import Reading
from jobs.matching.score import BEYOND, GATE, WEIGHTS, WORK_ENOUGH, Name
from portal.conf import DB
from portal.places import distance_km

RAREST = 14
"""Skills that decide whether a vacancy is looked at. Everybody shares "disiplin waktu"; it would retrieve everything."""
LOOKED_AT, OF_THE_TRADE, OF_SKILLS = 1_500, 3_000, 2_000
"""Among very many: the nearest vacancies that are looked at, and how many of the trade, and with the very rarest of the
skills, may lie further away."""

CROWDED = 2.0
"""Where so many times what is looked at lies in one place, the newest of it are."""
ONE, NOUGHT = QueryString("1"), QueryString("0")

COUNTED = "SELECT word, documents FROM vacancy_word WHERE word = ANY({}) AND documents > 0 ORDER BY documents"
ALIKE = "SELECT id, skills, isco, licences, latitude, longitude, published_at FROM vacancy_document WHERE {}"
FIND = """
SELECT facts::text FROM (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM (
            SELECT DISTINCT id, published_at, {} AS likeness FROM (
                SELECT id, published_at, {} AS skilled, {} AS trade, {} AS allowed, {} AS km FROM ({}) AS alike
            ) AS parts
        ) AS told
        ORDER BY likeness DESC, published_at DESC, id DESC LIMIT {}
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
    sets = [QueryString(ALIKE, each) for each in _sets(wanted, rare, counts, origin, reading)]
    alike = QueryString(" UNION ALL ".join("{}" for _ in sets), *sets)
    parts = (
        _skilled(wanted, rare),
        _same_trade(wanted),
        _allowed(wanted),
        _kilometres(origin) if origin else NOUGHT,
    )
    rows = await planned(QueryString(FIND, _likeness(wanted), *parts, alike, wanted.limit), "facts text")
    hits = _hits(rows, origin)
    # A box has corners.
    return [
        hit
        for hit in hits
        if not wanted.reach_km or hit.distance_km is None or hit.distance_km <= wanted.reach_km
    ]


def _sets(
    wanted: Wanted, rare: list[str], counts: Mapping[str, int], origin: Point | None, reading: Reading | None
) -> Iterator[QueryString]:
    """Those near that share anything; and, where not all are looked at, those from further away that share most."""
    fitting = all_of(ALWAYS, _hours(wanted))
    if reading is None:
        yield all_of(fitting, _within(wanted, origin), _alike(wanted, rare))
        return
    part = LOOKED_AT / reading.sizes.total
    yield all_of(fitting, _within(wanted, origin, reading, part), _alike(wanted, rare))
    if _is_all(wanted, origin, reading, part):
        return
    trades = sum(count for mark, count in counts.items() if mark.startswith("o:"))
    if trades:
        yield all_of(fitting, _within(wanted, origin, reading, OF_THE_TRADE / trades), _trade(wanted, 3))
    until = accumulate(counts[f"k:{skill}"] for skill in rare)
    rarest = [skill for skill, reached in zip(rare, until, strict=True) if reached <= OF_SKILLS]
    if rarest:
        yield all_of(fitting, _within(wanted, origin), QueryString("skills && {}::bigint[]", codes(rarest)))


def _within(
    wanted: Wanted, origin: Point | None, reading: Reading | None = None, part: float = 1.0
) -> QueryString:
    """As far as the person reaches, and no further than the nearest part of all documents; the newest of them where one
    city holds many times as many, and where nobody knows from where."""
    if origin is None:
        return (reading.newest_part(part) if reading else None) or TRUE
    if reading is None:
        return box(origin, wanted.reach_km) if wanted.reach_km else TRUE
    nearest, reached = reading.nearest(origin, part)
    newest = reading.newest_part(part / reached) if part < reached / CROWDED else None
    far = min((km for km in (wanted.reach_km, nearest) if km), default=None)
    return all_of(TRUE if far is None else box(origin, far), newest or TRUE)


def _is_all(wanted: Wanted, origin: Point | None, reading: Reading, part: float) -> bool:
    """Whether the nearest part holds whatever the person reaches, none of it left out for its age."""
    if origin is None or not wanted.reach_km:
        return False
    nearest, reached = reading.nearest(origin, part)
    return (nearest is None or nearest >= wanted.reach_km) and part >= reached / CROWDED


def _kilometres(origin: Point) -> QueryString:
    """On a flat map, right to one in a hundred as far as anybody travels; the exact one takes ten times as long."""
    return QueryString(
        "{}::float8 * sqrt((latitude - {}) ^ 2 + ((longitude - {}) * {}) ^ 2)",
        KM_PER_DEGREE,
        origin.latitude,
        origin.longitude,
        cos(radians(origin.latitude)),
    )


async def _counted(wanted: Wanted) -> Mapping[str, int]:
    """How many documents ask for each of the skills, the rarest first, and how many are of each neighbouring trade."""
    trades = [trade for group in _groups(wanted) for trade in trades_of_groups().get(group, ())]
    marks = [*(f"k:{skill}" for skill in sorted(wanted.skills)), *(f"o:{trade}" for trade in trades)]
    rows = await DB.run_querystring(QueryString(COUNTED, marks)) if marks else []
    return {row["word"]: row["documents"] for row in rows}


def _groups(wanted: Wanted) -> list[str]:
    return sorted({isco[:3] for isco in wanted.iscos})


def _alike(wanted: Wanted, rare: list[str]) -> QueryString:
    """Any of the rare skills, or a trade of the same ISCO sub-major group, which the score calls kindred."""
    if not wanted.skills and not wanted.iscos:
        return TRUE
    return QueryString("(skills && {}::bigint[] OR {})", codes(rare), _trade(wanted, 2))


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


def _skilled(wanted: Wanted, rare: list[str]) -> QueryString:
    """Nearly the skills part of the score."""
    told = [
        QueryString(
            "{}::float8 * ({} = ANY(skills))::integer", wanted.telling.get(skill, TELLING), code(skill)
        )
        for skill in rare
    ]
    return QueryString(f"1 - exp(-({' + '.join('{}' for _ in told)}))", *told) if told else NOUGHT


def _same_trade(wanted: Wanted) -> QueryString:
    """The occupation part of the score."""
    return QueryString(
        "CASE WHEN isco = ANY({}::text[]) THEN 1 WHEN left(isco, 3) = ANY({}::text[]) THEN 0.7 "
        "WHEN left(isco, 2) = ANY({}::text[]) THEN 0.4 ELSE 0 END",
        sorted(wanted.iscos),
        _groups(wanted),
        sorted({isco[:2] for isco in wanted.iscos}),
    )


def _allowed(wanted: Wanted) -> QueryString:
    """The score's rule for licences that the law demands."""
    if wanted.licences is None:
        return ONE
    return QueryString(
        "CASE WHEN licences <@ {}::text[] THEN 1 ELSE {}::float8 END", sorted(wanted.licences), GATE
    )


def _likeness(wanted: Wanted) -> QueryString:
    """The score's three heaviest parts and three of its rules (docs/matching.md), so that the best are not lost to the
    limit. Whatever the other parts may be is taken to be alike."""
    travel = travel_of(wanted)
    beyond = QueryString("{}::float8 ^ greatest(0, km / {}::float8 - 1)", BEYOND, travel)
    return QueryString(
        "coalesce(({}::float8 + {}::float8 * skilled + {}::float8 * trade + {}::float8 * 0.5 ^ (km / {}::float8)) "
        "* least(1, greatest(skilled, trade) / {}::float8) * allowed * {}, 0)",
        *(OTHERS, WEIGHTS[Name.SKILLS], WEIGHTS[Name.OCCUPATION], WEIGHTS[Name.DISTANCE], travel),
        WORK_ENOUGH,
        beyond if wanted.reach_km else ONE,
    )


def _hits(rows: Iterable[Mapping[str, str]], origin: Point | None) -> list[Hit]:
    """Most of them lie in the middle of a region, so each place is measured once."""
    away: dict[tuple[float, float], float] = {}
    hits = []
    for row in rows:
        document = read(row["facts"])
        far = None
        if origin and document.latitude is not None and document.longitude is not None:
            place = (document.latitude, document.longitude)
            far = away.get(place)
            if far is None:
                far = away[place] = distance_km(origin, Point(*place))
        hits.append(Hit(document, far))
    return hits

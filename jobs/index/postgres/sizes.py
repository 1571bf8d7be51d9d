"""How many documents there are of each kind: from it a search knows how far it has to read. Never exact, never decisive."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from piccolo.querystring import QueryString

from jobs.index.port import Query
from jobs.index.postgres.conditions import Point, codes_of, origin_of
from jobs.index.postgres.understanding import Held, Question, Term
from jobs.index.words import facts_asked
from portal.conf import DB
from portal.places import by_distance

# The counts are kept by every write; how ages and wages are spread is what the planner has noticed of them.
READ = QueryString("""
SELECT (SELECT json_object_agg(word, documents)::text FROM vacancy_word
        WHERE word ~>=~ 'e:' AND word ~<~ 'e;' OR word ~>=~ 'r:' AND word ~<~ 'r;' OR word ~>=~ 't:' AND word ~<~ 't;'
           OR word ~>=~ 'l:' AND word ~<~ 'l;' OR word ~>=~ 'w:' AND word ~<~ 'x;'
       ) AS counts,
       (SELECT histogram_bounds::text::timestamptz[] FROM pg_stats
        WHERE schemaname = current_schema() AND tablename = 'vacancy_document' AND attname = 'published_at') AS ages,
       wages.null_frac AS unpaid, wages.most_common_vals::text::integer[] AS common,
       wages.most_common_freqs AS shares, wages.histogram_bounds::text::integer[] AS wages
FROM (SELECT) AS one LEFT JOIN pg_stats AS wages
    ON schemaname = current_schema() AND tablename = 'vacancy_document' AND attname = 'wage_top'
""")
SKILL = 0.01
"""The share of vacancies that ask for one skill, unless it was looked up."""


@dataclass(frozen=True)
class Sizes:
    total: int
    counts: Mapping[str, int]
    """By mark: r:region, t:employment type, e:education, and those of `jobs.index.words.facts_of`."""
    ages: Sequence[datetime]
    """Equally many documents were published between each and the next; oldest first."""
    wages: Sequence[tuple[int, float]]
    """Highest first, with the share of documents that reach it."""

    def share(self, mark: str) -> float:
        return self.counts.get(mark, 0) / self.total if self.total else 0.0

    def in_regions(self, query: Query) -> float:
        if query.region is None and (query.radius_km is None or query.origin is None):
            return 1.0
        codes = codes_of(query)
        if query.radius_km is not None and (centre := origin_for(query)):
            codes = [code for code, km in self.around(centre) if km <= query.radius_km]
        return min(1.0, sum(self.share(f"r:{code}") for code in codes))

    def in_types(self, query: Query) -> float:
        return min(1.0, sum(self.share(f"t:{code}") for code in query.types)) if query.types else 1.0

    def in_education(self, query: Query) -> float:
        if query.education is None:
            return 1.0
        levels = [mark for mark in self.counts if mark.startswith("e:") and int(mark[2:]) <= query.education]
        return min(1.0, sum(map(self.share, levels)))

    def in_others(self, query: Query) -> float:
        reached = next((share for wage, share in self.wages if wage <= (query.wage_min or 0)), 1.0)
        facts = math.prod(min(1.0, sum(map(self.share, marks))) for marks in facts_asked(query))
        return (
            facts
            * (reached if query.wage_min else 1.0)
            * (min(1.0, SKILL * len(query.skills)) if query.skills else 1.0)
        )

    def of_words(self, question: Question) -> float:
        """The share of documents that hold every term, by its words, its trade or its skills."""
        return self._together([self._held(term, question, "o:", "k:").documents for term in question.terms])

    def called(self, question: Question, *kinds: str) -> float:
        """The share that are called so."""
        return self._together([self._held(term, question, *kinds).heads for term in question.terms])

    def named(self, question: Question) -> float:
        """The share that are called so and are of the trade that the words name."""
        trades = [
            sum(question.marked[mark].heads for mark in term.marks if mark.startswith("o:"))
            for term in question.terms
            if any(mark.startswith("o:") for mark in term.marks)
        ]
        return self._together([*(term.held.heads for term in question.terms), *trades])

    def around(self, centre: Point) -> list[tuple[str, float]]:
        return [(code, km) for code, km in by_distance(centre).items() if "." in code]

    def _held(self, term: Term, question: Question, *kinds: str) -> Held:
        marks = [question.marked[mark] for mark in term.marks if mark.startswith(kinds)] if kinds else []
        return Held(
            term.held.documents + sum(each.documents for each in marks),
            term.held.heads + sum(each.heads for each in marks),
        )

    def _together(self, counts: Sequence[int]) -> float:
        """Words of one question come together more often than by chance: each further one narrows less."""
        shares = sorted(min(1.0, count / self.total) for count in counts) if self.total else [0.0]
        return math.prod(share ** (0.5**place) for place, share in enumerate(shares))


def origin_for(query: Query) -> Point | None:
    """Where a radius is measured from."""
    return origin_of(Query(region=query.region)) if query.region else origin_of(query)


async def read() -> Sizes:
    [row] = await DB.run_querystring(READ)
    counts = msgspec.json.decode(row["counts"] or "{}", type=dict[str, int])
    total = sum(count for mark, count in counts.items() if mark.startswith("e:"))
    return Sizes(
        total,
        counts,
        row["ages"] or [],
        _ladder(row["common"] or [], row["shares"] or [], row["wages"] or [], row["unpaid"] or 0.0),
    )


def _ladder(
    common: list[int], shares: list[float], bounds: list[int], unpaid: float
) -> list[tuple[int, float]]:
    """The share of documents that reach each wage, from PostgreSQL's most common values and the histogram of the rest."""
    rest = max(0.0, 1 - unpaid - sum(shares)) / max(1, len(bounds) - 1)
    steps = [*zip(common, shares, strict=False), *((bound, rest) for bound in bounds)]
    ladder: list[tuple[int, float]] = []
    for wage, share in sorted(steps, reverse=True):
        ladder.append((wage, share + (ladder[-1][1] if ladder else 0.0)))
    return ladder

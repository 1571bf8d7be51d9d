"""Suggestions while somebody types: names kept in memory, and what the vacancies themselves are called."""

from collections import Counter
from collections.abc import Iterator

from piccolo.querystring import QueryString

from jobs.index.port import Query, Suggestion
from jobs.index.postgres.conditions import ALWAYS
from jobs.index.postgres.understanding import understand
from jobs.index.suggestions import SHORTEST, Found, named
from jobs.index.words import asked, words
from portal.conf import DB

SHARES = {"occupation": 4, "skill": 2, "place": 2, "employer": 2, "title": 2}
"""How many of each kind, in this order; a trade says most in the fewest letters."""
CONSIDERED = 24
# Titles and employers from some vacancies that are called so; which ones matters little.
FIND = """
SELECT word, documents, NULL AS title, NULL AS employer FROM vacancy_word WHERE word = ANY({})
UNION ALL
(SELECT NULL, 1, title, employer FROM vacancy_document WHERE {} AND head @@ {}::text::tsquery LIMIT 300)
"""


async def suggest(text: str, limit: int) -> list[Suggestion]:
    """What begins so; where nothing does, what begins as it was probably meant."""
    found = await _begin(text)
    if not found and len(text.strip()) >= SHORTEST:
        [question] = await understand([Query(text)])
        found = await _begin(question.corrected) if question.corrected else []
    return found[:limit]


async def _begin(text: str) -> list[Suggestion]:
    given = asked(text)
    if sum(map(len, given)) < SHORTEST:
        return []
    names = named(" ".join(given))
    considered = [
        each
        for kind in ("occupation", "skill", "place")
        for each in [found for found in names if found.name.suggestion.kind == kind][:CONSIDERED]
    ]
    *whole, last = given
    beginning = " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])
    rows = await DB.run_querystring(
        QueryString(FIND, [each.name.mark for each in considered], ALWAYS, beginning)
    )
    offered = {row["word"]: row["documents"] for row in rows if row["word"]}
    called = {
        kind: Counter(row[kind] for row in rows if row[kind] and _is_called(row[kind], given))
        for kind in ("employer", "title")
    }
    return list(_chosen(considered, offered, called))


def _is_called(name: str, given: list[str]) -> bool:
    known = words(name)
    return all(word in known for word in given[:-1]) and any(word.startswith(given[-1]) for word in known)


def _chosen(
    considered: list[Found], offered: dict[str, int], called: dict[str, Counter[str]]
) -> Iterator[Suggestion]:
    said: set[str] = set()
    for kind, share in SHARES.items():
        if kind in called:
            suggestions = [Suggestion(name, kind) for name, _ in called[kind].most_common(2 * share)]
        else:
            # Where two names begin alike, the one with more vacancies behind it helps more.
            fitting = [each for each in considered if each.name.suggestion.kind == kind]
            fitting.sort(key=lambda each: (each.rank[0], -offered.get(each.name.mark, 0), each.rank))
            suggestions = [each.name.suggestion for each in fitting]
        fresh = [each for each in suggestions if each.text.casefold() not in said][:share]
        said |= {each.text.casefold() for each in fresh}
        yield from fresh

"""Suggestions while somebody types: names kept in memory, and what the vacancies themselves are called."""

from collections import Counter

from piccolo.querystring import QueryString

from jobs.index.choosing import CONSIDERED, chosen, is_called
from jobs.index.port import Query, Suggestion
from jobs.index.postgres.conditions import ALWAYS
from jobs.index.postgres.understanding import understand
from jobs.index.suggestions import SHORTEST, named
from jobs.index.words import asked
from portal.conf import DB

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
        kind: Counter(row[kind] for row in rows if row[kind] and is_called(row[kind], given))
        for kind in ("employer", "title")
    }
    return list(chosen(considered, offered, called))

"""Names of work that many search for. Only names of the vocabulary are counted, and nothing of whoever typed them.

A name that the vocabulary knows is the name of no person, no place and no contact. Those that tell why somebody has a
caseworker ("konselor adiksi") are left out all the same, because strangers see the list.
"""

from collections.abc import Iterable
from time import monotonic

from piccolo.querystring import QueryString

from jobs.index.suggestions import SHORTEST
from jobs.index.words import FILLERS, asked, meanings, words
from portal.conf import DB
from portal.database import change, connection
from portal.disclosure import discloses
from training.vocabulary.proposing import proposable

MOST_SHOWN, MOST_BEGUN = 6, 3
"""So many below an empty box, and so many of those that begin as somebody types."""
MOST_KEPT = 200
LEAST = 5
"""Times within a month from which a name is popular; below it the list would show what one person looks for."""
MINUTES = 5
"""A name counts once in this time, so that one person in a hurry does not look like many."""
FRESH = 300.0
"""Seconds for which a process shows the same list."""
MOST_REMEMBERED = 5_000

COUNT = f"""
INSERT INTO search_count AS known (name, day)
SELECT $1, current_date
WHERE NOT EXISTS (
    SELECT FROM search_count WHERE name = $1 AND counted_at > now() - interval '{MINUTES} minutes'
)
ON CONFLICT (name, day) DO UPDATE SET times = known.times + 1, counted_at = now()
"""
POPULAR = f"""
SELECT name FROM search_count WHERE day > current_date - 30
GROUP BY name HAVING sum(times) >= {LEAST} ORDER BY sum(times) DESC, name LIMIT {MOST_KEPT}
"""
FORGET = "DELETE FROM search_count WHERE day < current_date - 90"

_counted: dict[str, float] = {}
"""name -> when this process counted it last; spares the database a write with nearly every search."""
_list: tuple[float, list[str]] = (0.0, [])


def countable(text: str) -> str | None:
    """The name that may be counted: all that a text says, but for words that say nothing, is one name of work."""
    name = " ".join(word for word in asked(text) if word not in FILLERS)
    known = name in meanings() and proposable(name) == name
    return name if known and not discloses(name) else None


async def count(text: str) -> None:
    """Counts a search that found something, if it is for work that has a name."""
    name = countable(text)
    now = monotonic()
    if name is None or now - _counted.get(name, -MINUTES * 60) < MINUTES * 60:
        return
    if len(_counted) >= MOST_REMEMBERED:
        _counted.clear()
    _counted[name] = now
    async with change(by=None):
        await connection().execute(COUNT, name)


async def shown() -> list[str]:
    """The most searched names of the last thirty days, most first."""
    return (await _popular())[:MOST_SHOWN]


async def begun(text: str) -> list[str]:
    """Popular names that begin as the text does and say more, most first; what is being typed is probably one of them."""
    typed = " ".join(words(text))
    if len(typed) < SHORTEST:
        return []
    return [name for name in await _popular() if name.startswith(typed) and name != typed][:MOST_BEGUN]


async def _popular() -> list[str]:
    global _list
    until, names = _list
    if monotonic() >= until:
        names = [row["name"] for row in await DB.run_querystring(QueryString(POPULAR))]
        _list = (monotonic() + FRESH, names)
    return names


def reconsider(names: Iterable[str] = ()) -> None:
    """Forgets what this process remembers of the list, and of these names."""
    global _list
    _list = (0.0, [])
    for name in names or list(_counted):
        _counted.pop(name, None)


async def forget() -> None:
    """Deletes what is older than ninety days; meant for every day."""
    async with change(by=None):
        await connection().execute(FORGET)

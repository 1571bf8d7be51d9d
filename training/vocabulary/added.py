"""The words this installation has added: read from the database now and then, laid over the files.

Everything that asks `vocabulary()` stays an ordinary function, because each process holds all words in memory. A web
process looks every half minute whether they changed (`follow`), the worker whenever it writes documents, and whoever
decides about a word at once; so a word that was joined is known everywhere within a minute. Commands that need no
database know the files alone.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from typing import Any

from piccolo.querystring import QueryString

from portal.conf import DB
from training.tables import WordKind
from training.vocabulary.reading import Skill, Vocabulary, shipped, use, vocabulary
from training.vocabulary.spelling import plain

log = logging.getLogger("training.vocabulary")

EVERY = 30.0
"""Seconds between two looks of a web process."""

VERSION = QueryString("SELECT count(*) AS words, max(id) AS last FROM vocabulary_word")
NAMES = QueryString("SELECT kind, word, entry FROM vocabulary_word ORDER BY id")
SKILLS = QueryString('SELECT id, label, english, "group", retired FROM skill WHERE local ORDER BY id')


@dataclass(frozen=True)
class Name:
    """A further name of an entry."""

    kind: WordKind
    word: str
    entry: str


def extended(files: Vocabulary, names: Iterable[Name], skills: Iterable[Skill], version: str) -> Vocabulary:
    """The files with these names and skills besides. A name that the files use themselves stays what it is there."""
    grown = {**{skill.id: skill for skill in skills}, **files.skills}
    taken: dict[WordKind, set[str]] = {
        WordKind.OCCUPATION: set(files.occupation_names) | shared_words(files),
        WordKind.SKILL: set(files.skill_names),
    }
    further: dict[tuple[WordKind, str], list[str]] = defaultdict(list)
    for name in names:
        if name.word not in taken[name.kind]:
            further[name.kind, name.entry].append(name.word)
    return replace(
        files,
        occupations=_named(files.occupations, WordKind.OCCUPATION, further),
        skills=_named(grown, WordKind.SKILL, further),
        version=version,
    )


def shared_words(words: Vocabulary) -> set[str]:
    """Plain words that name several occupations, so that none of them may claim one."""
    return {plain(word) for each in words.occupations.values() for word in each.ambiguous}


def _named(
    entries: dict[str, Any], kind: WordKind, further: dict[tuple[WordKind, str], list[str]]
) -> dict[str, Any]:
    return {
        id: replace(entry, aliases=(*entry.aliases, *further[kind, id])) if (kind, id) in further else entry
        for id, entry in entries.items()
    }


async def refresh() -> bool:
    """Brings this process up to the words in the database; whether there was anything new."""
    [row] = await DB.run_querystring(VERSION)
    version = f"{row['words']}.{row['last']}" if row["words"] else ""
    if version == vocabulary().version:
        return False
    names = [
        Name(WordKind(row["kind"]), row["word"], row["entry"]) for row in await DB.run_querystring(NAMES)
    ]
    skills = [Skill(**dict(row)) for row in await DB.run_querystring(SKILLS)]
    use(extended(shipped(), names, skills, version) if version else shipped())
    return True


@contextlib.asynccontextmanager
async def follow() -> AsyncIterator[None]:
    """Keeps a process that answers people up to the words, for as long as it runs."""
    following = asyncio.create_task(_keep_looking())
    try:
        yield
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


async def _keep_looking() -> None:
    while True:
        await look()
        await asyncio.sleep(EVERY)


async def look() -> None:
    """`refresh`, but what people search must not depend on it: the words known so far go on, and the next look may succeed."""
    try:
        await refresh()
    except Exception as problem:
        log.warning("The added words could not be read: %s", type(problem).__name__)

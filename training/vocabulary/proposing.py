"""Words that people type and the vocabulary does not know, counted so that an administrator sees which are missed."""

import re
from collections.abc import Iterable

from portal.database import change, connection
from portal.disclosure import ORDINARY, discloses
from portal.people import Actor
from portal.places import find_region
from training.tables import WordKind
from training.vocabulary.noise import ADVERT
from training.vocabulary.resolving import Via, occupations_for, skills_for
from training.vocabulary.spelling import plain

SHORTEST, LONGEST = 3, 40
"""Letters of what is worth asking about; longer texts are sentences."""
TYPED = re.compile(r"[^\W\d_]+(?:[ '-]+[^\W\d_]+)*")
"""Letters, and what joins words: no digits, no address, no number to call."""
PLAIN = re.compile(r"[a-z]+(?: [a-z]+){0,3}")
ONCE_IN = "1 minute"
"""A word counts once in this time, so that one person in a hurry does not look like many."""
MOST_SEARCHED = 20
"""New words from searches in that time; whoever sends nonsense by the thousand is not listened to."""
KEPT = "90 days"
"""How long a word from a search waits for somebody to type it again."""

NAMES = """
SELECT DISTINCT part FROM person, unnest(string_to_array(lower(name), ' ')) AS part WHERE part = ANY ($1::text[])
"""
PROPOSE = f"""
INSERT INTO word_proposal AS known (kind, word, typed, typed_at, made_at, proposed_by, state)
SELECT $1::varchar, given.word, 1, now(), now(), $3::integer, 'open' FROM unnest($2::varchar[]) AS given (word)
WHERE $3::integer IS NOT NULL
   OR EXISTS (SELECT FROM word_proposal AS held WHERE held.kind = $1::varchar AND held.word = given.word)
   OR {MOST_SEARCHED} > (
       SELECT count(*) FROM word_proposal WHERE proposed_by IS NULL AND made_at > now() - interval '{ONCE_IN}'
   )
ON CONFLICT (kind, word) DO UPDATE SET typed = known.typed + 1, typed_at = now()
WHERE known.typed_at < now() - interval '{ONCE_IN}'
"""
FORGET = f"""
DELETE FROM word_proposal
WHERE state = 'open' AND proposed_by IS NULL AND typed = 1 AND typed_at < now() - interval '{KEPT}'
"""


def proposable(text: str) -> str | None:
    """The plain form of a word that may be proposed: one to four words of Latin letters that name no place and give
    nobody away."""
    text = " ".join(text.split())
    if not SHORTEST <= len(text) <= LONGEST or not TYPED.fullmatch(text):
        return None
    word = plain(text)
    telling = " ".join(part for part in word.split() if part not in ADVERT)
    told = PLAIN.fullmatch(word) and telling and find_region(telling) is None
    return word if told and not discloses(text) else None


def recognised(text: str) -> bool:
    """Whether the vocabulary knows the text, or a name inside it, however unsure it is of the rest."""
    return any(each.sure or each.via is Via.ALIAS for each in (*occupations_for(text), *skills_for(text)))


async def propose(kind: WordKind, words: Iterable[str], *, by: Actor | None) -> None:
    """Counts words that nobody could resolve. `by` is who wrote them; None for a search, of which nobody is kept.

    What cannot be a word of work is left out, and so is whatever holds the name of somebody in the portal.
    """
    wanted = {word for text in words if (word := proposable(text))}
    if not wanted:
        return
    parts = {part for word in wanted for part in word.split()} - set(ORDINARY.split())
    async with change(by=by):
        names = {row["part"] for row in await connection().fetch(NAMES, sorted(parts))}
        safe = sorted(word for word in wanted if names.isdisjoint(word.split()))
        if safe:
            await connection().execute(PROPOSE, kind.value, safe, by.person if by else None)


async def notice_search(text: str) -> None:
    """Counts what somebody searched for and nothing was found, where the vocabulary knows nothing of it either.

    A searched word is taken for a trade, as most are.
    """
    if proposable(text) and not recognised(text):
        await propose(WordKind.OCCUPATION, [text], by=None)


async def forget() -> None:
    """Deletes words from searches that were typed once and never again; meant for every day."""
    async with change(by=None):
        await connection().execute(FORGET)

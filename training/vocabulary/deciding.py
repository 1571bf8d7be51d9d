"""What an administrator decides about a proposed word: another name of an entry, a new skill, or nothing."""

import re
from collections.abc import Iterable

from portal.audit import record
from portal.database import change, connection
from portal.people import Actor
from training.tables import Skill, VocabularyWord, WordKind, WordProposal, WordState
from training.vocabulary import added
from training.vocabulary.reading import vocabulary
from training.vocabulary.spelling import plain

LONGEST_ID = 60


class NotPossible(Exception):
    """The message says why, for whoever decided."""


class Changed(NotPossible):
    """Somebody else has decided about the word meanwhile."""


async def join(proposal: WordProposal, kind: WordKind, entry: str, *, by: Actor) -> None:
    """Makes the word a name of this entry, here and wherever it waited in a profile."""
    if problem := taken(kind, proposal.word, entry):
        raise NotPossible(problem)
    async with change(by=by):
        await _move(proposal, WordState.OPEN, WordState.JOINED, entry, by)
        await _name(kind, proposal.word, entry, by)
    await added.refresh()


async def accept(proposal: WordProposal, label: str, group: str, *, by: Actor) -> str:
    """Makes a new skill of the word; returns its id, which never changes."""
    known = vocabulary().skill_named(label)
    if known:
        raise NotPossible(f"“{label}” sudah ada sebagai {known.label}. Gabungkan saja.")
    if problem := taken(WordKind.SKILL, proposal.word, ""):
        raise NotPossible(problem)
    async with change(by=by):
        id = await _free_id(label)
        await _move(proposal, WordState.OPEN, WordState.ACCEPTED, id, by)
        await Skill(id=id, label=label, english=label, group=group, aliases=[], skkni=[], local=True).save()
        await _name(WordKind.SKILL, proposal.word, id, by)
    await added.refresh()
    return id


async def refuse(proposal: WordProposal, *, by: Actor) -> None:
    """It is no word of work. It is still counted, and may be decided anew."""
    async with change(by=by):
        await _move(proposal, WordState.OPEN, WordState.REFUSED, None, by)


async def reopen(proposal: WordProposal, *, by: Actor) -> None:
    """Takes back that the word was joined or refused. An accepted skill stays, because ids never change."""
    seen = WordState(proposal.state)
    if seen not in (WordState.JOINED, WordState.REFUSED):
        raise NotPossible("Keterampilan yang sudah diterima tidak bisa ditarik kembali.")
    async with change(by=by):
        await _move(proposal, seen, WordState.OPEN, None, by)
        if seen is WordState.JOINED:
            await VocabularyWord.delete().where(
                (VocabularyWord.word == proposal.word) & (VocabularyWord.entry == proposal.entry)
            )
    await added.refresh()


def taken(kind: WordKind, word: str, entry: str) -> str:
    """Why the word cannot name this entry, in a sentence; empty where it can."""
    words = vocabulary()
    occupation = kind is WordKind.OCCUPATION
    if occupation and word in added.shared_words(words):
        return f"“{word}” dipakai beberapa pekerjaan, jadi tidak bisa menjadi nama salah satunya saja."
    names = words.occupation_names if occupation else words.skill_names
    held = names.get(word)
    if held and held != entry:
        label = words.occupations[held].label if occupation else words.skills[held].label
        return f"“{word}” sudah berarti {label}."
    return ""


async def _move(proposal: WordProposal, seen: WordState, to: WordState, entry: str | None, by: Actor) -> None:
    moved = (
        await WordProposal.update({WordProposal.state: to, WordProposal.entry: entry}, force=True)
        .where((WordProposal.id == proposal.id) & (WordProposal.state == seen))
        .returning(WordProposal.id)
    )
    if not moved:
        raise Changed("Kata ini baru saja diputuskan orang lain.")
    await record(f"word:{proposal.id}", to, by=by, entry=entry)


async def _name(kind: WordKind, word: str, entry: str, by: Actor) -> None:
    row = VocabularyWord(kind=kind, word=word, entry=entry, added_by=by.person)
    fresh = (
        await VocabularyWord.insert(row)
        .on_conflict(target=(VocabularyWord.kind, VocabularyWord.word), action="DO NOTHING")
        .returning(VocabularyWord.id)
    )
    if not fresh:
        raise Changed(f"“{word}” baru saja menjadi nama yang lain.")
    await _understand(kind, word, entry, by)


async def _free_id(label: str) -> str:
    """The label as lower-case ASCII words with hyphens; a number follows where that is somebody's id already."""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(label)).strip("-")[: LONGEST_ID - 4].strip("-") or "keterampilan"
    rows = await Skill.select(Skill.id).where(Skill.id.like(f"{slug}%"))
    held = {row["id"] for row in rows} | vocabulary().skills.keys()
    return next(id for n in range(1, 1000) if (id := slug if n == 1 else f"{slug}-{n}") not in held)


# Where the word waited, and what becomes of it: $1 profiles, $2 the entry, $3 the spellings that meant it, $4 who decided.
WAITING = {
    WordKind.SKILL: "SELECT id, unknown_skills AS typed FROM profile WHERE unknown_skills <> '{}' FOR UPDATE",
    WordKind.OCCUPATION: "SELECT id, unknown_wishes AS typed FROM profile WHERE unknown_wishes <> '{}' FOR UPDATE",
}
UNDERSTOOD = {
    WordKind.SKILL: """
WITH meant AS (
    UPDATE profile SET unknown_skills = ARRAY(
        SELECT word FROM unnest(unknown_skills) WITH ORDINALITY AS each (word, place)
        WHERE word <> ALL ($3::varchar[]) ORDER BY place
    ) WHERE id = ANY ($1::integer[]) RETURNING id
)
INSERT INTO profile_skill (profile, skill, source, noted_by, noted_at)
SELECT id, $2, 'stated', $4, now() FROM meant ON CONFLICT (profile, skill) DO NOTHING
""",
    WordKind.OCCUPATION: """
UPDATE profile SET unknown_wishes = ARRAY(
    SELECT word FROM unnest(unknown_wishes) WITH ORDINALITY AS each (word, place)
    WHERE word <> ALL ($3::varchar[]) ORDER BY place
), wishes = CASE WHEN $2::varchar = ANY (wishes) THEN wishes ELSE array_append(wishes, $2::varchar) END, changed_at = now()
WHERE id = ANY ($1::integer[])
""",
}
UNNAMED = "SELECT id, title FROM experience WHERE occupation IS NULL FOR UPDATE"
WORKED = "UPDATE experience SET occupation = $2 WHERE id = ANY ($1::integer[])"


async def _understand(kind: WordKind, word: str, entry: str, by: Actor) -> None:
    """Profiles that held the word as it was typed now hold what it means, so that matching counts it at once."""
    held = connection()
    rows = await held.fetch(WAITING[kind])
    meant = {row["id"]: spelt for row in rows if (spelt := _spelt(row["typed"], word))}
    if meant:
        spellings = sorted({each for spelt in meant.values() for each in spelt})
        who = [by.person] if kind is WordKind.SKILL else []
        await held.execute(UNDERSTOOD[kind], list(meant), entry, spellings, *who)
        for profile in meant:
            await record(f"profile:{profile}", "word_understood", by=by, entry=entry)
    if kind is WordKind.OCCUPATION:
        rows = await held.fetch(UNNAMED)
        await held.execute(WORKED, [row["id"] for row in rows if plain(row["title"]) == word], entry)


def _spelt(typed: Iterable[str], word: str) -> list[str]:
    return [each for each in typed if plain(each) == word]

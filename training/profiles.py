"""A client's skills profile: what they bring, how we know it, and what they hope for."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from portal.audit import record
from portal.database import change, connection
from portal.people import Actor
from training.tables import (
    Certificate,
    CertificateKind,
    CertificateSkill,
    Experience,
    Profile,
    ProfileSkill,
    Source,
    WordKind,
)
from training.vocabulary.proposing import propose


@dataclass(frozen=True)
class Whole:
    """A profile with everything that belongs to it, as read by four queries."""

    id: int
    client: int
    education: int | None
    travel_km: int | None
    work_times: tuple[str, ...] | None
    employment_types: tuple[str, ...] | None
    wage_min: int | None
    wishes: tuple[str, ...] | None
    licences: tuple[str, ...] | None
    available_from: date | None
    unknown_skills: tuple[str, ...] = ()
    unknown_wishes: tuple[str, ...] = ()
    skills: dict[str, Source] = field(default_factory=dict)
    experience: tuple[dict[str, Any], ...] = ()
    certificates: tuple[dict[str, Any], ...] = ()
    """Rows with their skill ids under `skills`."""

    @property
    def empty(self) -> bool:
        return not (self.skills or self.experience or self.certificates or self.wishes)


def _frozen(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


async def of_client(client: int) -> Whole:
    """The client's profile, made empty when there is none yet."""
    rows = await Profile.select().where(Profile.client == client)
    if not rows:
        await Profile.insert(Profile(client=client)).on_conflict(target=Profile.client, action="DO NOTHING")
        rows = await Profile.select().where(Profile.client == client)
    [row] = rows
    profile = row["id"]
    skills = (
        await ProfileSkill.select(ProfileSkill.skill, ProfileSkill.source)
        .where(ProfileSkill.profile == profile)
        .order_by(ProfileSkill.id)
    )
    experience = await Experience.select().where(Experience.profile == profile).order_by(Experience.id)
    certificates = await Certificate.raw(
        "SELECT certificate.*, array_remove(array_agg(certificate_skill.skill ORDER BY certificate_skill.id), NULL) AS skills "
        "FROM certificate LEFT JOIN certificate_skill ON certificate_skill.certificate = certificate.id "
        "WHERE certificate.profile = {} GROUP BY certificate.id ORDER BY certificate.id",
        profile,
    )
    return Whole(
        id=profile,
        client=client,
        education=row["education"],
        travel_km=row["travel_km"],
        work_times=_frozen(row["work_times"]),
        employment_types=_frozen(row["employment_types"]),
        wage_min=row["wage_min"],
        wishes=_frozen(row["wishes"]),
        licences=_frozen(row["licences"]),
        available_from=row["available_from"],
        unknown_skills=tuple(row["unknown_skills"]),
        unknown_wishes=tuple(row["unknown_wishes"]),
        skills={each["skill"]: Source(each["source"]) for each in skills},
        experience=tuple(experience),
        certificates=tuple(certificates),
    )


async def describe(profile: Whole, facts: dict[str, Any], *, by: Actor) -> None:
    """Sets columns of Profile: education, travel_km, work_times, employment_types, wage_min, wishes, unknown_wishes,
    licences, available_from."""
    wishes = set(facts.get("unknown_wishes", ())) - set(profile.unknown_wishes)
    async with _changed(profile, "described", by):
        await propose(WordKind.OCCUPATION, wishes, by=by)
        await Profile.update({**facts, "changed_at": datetime.now(UTC)}, force=True).where(
            Profile.id == profile.id
        )


async def add_skills(profile: Whole, skills: Iterable[str], source: Source, *, by: Actor) -> None:
    """Adds skills known from `source`; a skill already known by stronger evidence keeps it."""
    async with _changed(profile, "skills_added", by):
        await _note(profile.id, skills, source, by)


async def remove_skills(profile: Whole, skills: Iterable[str], *, by: Actor) -> None:
    """Takes skills off; certificates that name them stay as they are."""
    async with _changed(profile, "skills_removed", by):
        await ProfileSkill.delete().where(
            (ProfileSkill.profile == profile.id) & ProfileSkill.skill.is_in(list(skills))
        )


# The row is changed where it stands, so that two people who add words at once both keep theirs.
KEEP = """
UPDATE profile SET unknown_skills = ARRAY(
    SELECT word FROM unnest(array_cat(unknown_skills, $2::varchar[])) WITH ORDINALITY AS each (word, place)
    GROUP BY word ORDER BY min(place)
) WHERE id = $1
"""
DROP = """
UPDATE profile SET unknown_skills = ARRAY(
    SELECT word FROM unnest(unknown_skills) WITH ORDINALITY AS each (word, place)
    WHERE word <> ALL ($2::varchar[]) ORDER BY place
) WHERE id = $1
"""


async def keep_unknown(profile: Whole, words: Iterable[str], *, by: Actor) -> None:
    """Keeps words for skills that the vocabulary does not know, as typed, each once, and proposes them for it."""
    words = list(words)
    async with _changed(profile, "words_kept", by):
        await connection().execute(KEEP, profile.id, words)
        await propose(WordKind.SKILL, words, by=by)


async def drop_unknown(profile: Whole, words: Iterable[str], *, by: Actor) -> None:
    """Forgets such words: it is known now what was meant, or that nothing was."""
    async with _changed(profile, "words_dropped", by):
        await connection().execute(DROP, profile.id, list(words))


async def learn(
    profile: Whole,
    *,
    stated: Iterable[str] = (),
    practised: Iterable[str] = (),
    unknown: Iterable[str] = (),
    meant: str = "",
    by: Actor,
) -> None:
    """What one form tells: skills named, skills used at work, words nobody knows, and an unknown word now understood."""
    stated, practised, unknown = list(stated), list(practised), list(unknown)
    async with change(by=by):
        if stated:
            await add_skills(profile, stated, Source.STATED, by=by)
        if practised:
            await add_skills(profile, practised, Source.EXPERIENCE, by=by)
        if unknown:
            await keep_unknown(profile, unknown, by=by)
        if meant:
            await drop_unknown(profile, [meant], by=by)


async def forget(profile: Whole, *, skills: Iterable[str] = (), word: str = "", by: Actor) -> None:
    """Takes off skills, and an unknown word that nobody meant."""
    skills = list(skills)
    async with change(by=by):
        if skills:
            await remove_skills(profile, skills, by=by)
        if word:
            await drop_unknown(profile, [word], by=by)


async def add_experience(profile: Whole, facts: dict[str, Any], *, by: Actor) -> None:
    """`facts`: title, occupation (id or None), kind, months."""
    async with _changed(profile, "experience_added", by):
        await Experience(profile=profile.id, **facts).save()


async def name_experience(profile: Whole, experience: int, occupation: str, *, by: Actor) -> None:
    """Says which occupation an experience was; its title stays as it was told."""
    async with _changed(profile, "experience_named", by):
        await Experience.update({Experience.occupation: occupation}).where(
            (Experience.profile == profile.id) & (Experience.id == experience)
        )


async def remove_experience(profile: Whole, experience: int, *, by: Actor) -> None:
    async with _changed(profile, "experience_removed", by):
        await Experience.delete().where((Experience.profile == profile.id) & (Experience.id == experience))


async def add_certificate(
    profile: Whole, facts: dict[str, Any], skills: Iterable[str], *, by: Actor
) -> Certificate:
    """A paper and the skills it proves, which the profile then has: certificate -> skill -> vacancy.

    `facts`: kind, title, scheme, issuer, number, hours, issued_on, expires_on; the first two must be there.
    """
    skills = tuple(dict.fromkeys(skills))
    source = Source.CERTIFIED if facts["kind"] == CertificateKind.COMPETENCE else Source.TRAINING
    async with _changed(profile, "certificate_added", by):
        certificate = Certificate(profile=profile.id, **facts)
        await certificate.save()
        if skills:
            await CertificateSkill.insert(
                *(CertificateSkill(certificate=certificate.id, skill=skill) for skill in skills)
            )
        await _note(profile.id, skills, source, by)
    return certificate


async def remove_certificate(profile: Whole, certificate: int, *, by: Actor) -> None:
    """Takes the paper off. Its skills stay, as stated: what somebody can do does not leave with a paper."""
    async with _changed(profile, "certificate_removed", by):
        proven = await CertificateSkill.select(CertificateSkill.skill).where(
            (CertificateSkill.certificate == certificate)
            & (CertificateSkill.certificate.profile == profile.id)
        )
        removed = (
            await Certificate.delete()
            .where((Certificate.id == certificate) & (Certificate.profile == profile.id))
            .returning(Certificate.id)
        )
        if removed and proven:
            await ProfileSkill.update({ProfileSkill.source: Source.STATED}).where(
                (ProfileSkill.profile == profile.id)
                & ProfileSkill.skill.is_in([row["skill"] for row in proven])
            )


# Sources are listed weakest first; a stronger one replaces a weaker one and never the other way round.
NOTE = """
INSERT INTO profile_skill (profile, skill, source, noted_by, noted_at)
SELECT $1, skill, $3, $4, now() FROM unnest($2::varchar[]) AS skill
ON CONFLICT (profile, skill) DO UPDATE SET source = excluded.source, noted_by = excluded.noted_by, noted_at = now()
WHERE array_position($5::varchar[], profile_skill.source) < array_position($5::varchar[], excluded.source)
"""


async def _note(profile: int, skills: Iterable[str], source: Source, by: Actor) -> None:
    wanted = list(dict.fromkeys(skills))
    strengths = [each.value for each in Source]
    await connection().execute(NOTE, profile, wanted, source.value, by.person, strengths)


@asynccontextmanager
async def _changed(profile: Whole, what: str, by: Actor) -> AsyncIterator[None]:
    """A change of this profile: one transaction, one event."""
    async with change(by=by):
        yield
        await record(f"profile:{profile.id}", what, by=by)

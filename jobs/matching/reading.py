"""From rows and documents to the facts that are compared."""

from collections.abc import Mapping
from typing import Protocol

from jobs.index.port import Document, Wanted
from jobs.matching.explanation import Labels
from jobs.matching.facts import Evidence, Occupation, Profile, Vacancy
from jobs.matching.score import REACH
from jobs.matching.seeker import ESSENTIAL, NEAREST, TAU_ASKED, Background, Seeker
from jobs.tables import PaperWhen
from jobs.words import EMPLOYMENT_TYPES, PAPERS
from portal.places import regions
from training.profiles import Whole
from training.tables import Source
from training.vocabulary import vocabulary, while_words_last
from training.vocabulary.likeness import near_skills


class Named(Protocol):
    @property
    def label(self) -> str: ...

    @property
    def english(self) -> str: ...


EVIDENCE = {
    Source.STATED: Evidence.STATED,
    Source.EXPERIENCE: Evidence.EXPERIENCE,
    Source.TRAINING: Evidence.TRAINING,
    Source.CERTIFIED: Evidence.CERTIFIED,
}


class Living(Protocol):
    """Where somebody lives: a client's row, or what was read of many at once."""

    @property
    def region(self) -> str | None: ...

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


def profile_of(client: Living, whole: Whole) -> Profile:
    """What matching may know of a client. What nobody asked them yet is None, and so is an empty list of skills."""
    home = home_of(client)
    months: dict[Occupation, int] = {}
    for row in whole.experience:
        if row["occupation"]:
            occupation = _occupation(row["occupation"])
            months[occupation] = months.get(occupation, 0) + row["months"]
    return Profile(
        skills={skill: EVIDENCE[source] for skill, source in whole.skills.items()} or None,
        occupations=months or None,
        wished=frozenset(map(_occupation, whole.wishes)) if whole.wishes else None,
        education=whole.education,
        licences=None if whole.licences is None else frozenset(whole.licences),
        latitude=home[0] if home else None,
        longitude=home[1] if home else None,
        travel_km=whole.travel_km,
        hours=frozenset(whole.work_times) if whole.work_times else None,
        employment_types=frozenset(whole.employment_types) if whole.employment_types else None,
        wage_min=whole.wage_min,
    )


def home_of(client: Living) -> tuple[float, float] | None:
    """Latitude and longitude of the finer place if there is one, else of the regency."""
    if client.latitude is not None and client.longitude is not None:
        return client.latitude, client.longitude
    region = regions().get(client.region or "")
    return (region.latitude, region.longitude) if region else None


def wanted_by(profile: Profile, limit: int = 150) -> Wanted:
    """What to retrieve for a profile; further than the person can travel, because a near miss is worth seeing."""
    own = [*(profile.occupations or ()), *(profile.wished or ())]
    origin = None
    if profile.latitude is not None and profile.longitude is not None:
        origin = (profile.latitude, profile.longitude)
    return Wanted(
        skills=frozenset(profile.skills or ()),
        iscos=frozenset(occupation.isco for occupation in own if occupation.isco),
        origin=origin,
        reach_km=REACH * profile.travel_km if profile.travel_km else None,
        hours=profile.hours,
        licences=profile.licences,
        telling=_telling(profile),
        limit=limit,
    )


def _telling(profile: Profile) -> dict[str, float]:
    """What each skill adds to L / tau for a vacancy that asks for as many as most do."""
    seeker = Seeker(profile, background())
    terms = seeker.terms(ESSENTIAL, TAU_ASKED)
    return {skill: terms[skill] / seeker.tau for skill in seeker.skills}


def facts_of(document: Document) -> Vacancy:
    """What matching may know of a vacancy."""
    return Vacancy(
        id=document.id,
        occupation=Occupation(document.isco, document.occupation) if document.isco else None,
        essential=frozenset(document.essential),
        useful=frozenset(document.useful),
        education=document.education,
        licences=frozenset(document.licences),
        latitude=document.latitude,
        longitude=document.longitude,
        hours=frozenset(document.work_times) if document.work_times else None,
        employment_type=document.employment_type,
        wage_min=document.wage_min,
        wage_max=document.wage_max,
        experience_months=document.experience_months,
        documents=frozenset(
            paper
            for paper, when in (("skck", document.skck), ("skbn", document.skbn))
            if when == PaperWhen.BEFORE_INTERVIEW
        ),
        published=document.published_at.date(),
        employer=document.employer,
    )


@while_words_last
def labels(language: str = "id") -> Labels:
    """What ids are called on screens of a language ("id" or "en"), inside a sentence."""
    words = vocabulary()

    def named(entries: Mapping[str, Named]) -> dict[str, str]:
        return {id: each.english if language == "en" else each.label for id, each in entries.items()}

    return Labels(
        skills=named(words.skills),
        licences=named(words.licences),
        documents=PAPERS,
        employment_types=EMPLOYMENT_TYPES if language == "id" else {},
        occupations=named(words.occupations),
        licence_notes={id: each.about for id, each in words.licences.items()} if language == "id" else {},
    )


@while_words_last
def background() -> Background:
    """Chance of a skill by how many occupations ask for it, and what is near to it, which the vocabulary itself tells."""
    words = vocabulary()
    counts: dict[str, int] = {}
    for occupation in words.occupations.values():
        for skill in (*occupation.essential, *occupation.useful):
            counts[skill] = counts.get(skill, 0) + 1
    near = {
        skill: {other: NEAREST * likeness for other, likeness in others.items()}
        for skill, others in near_skills().items()
    }
    return Background(size=max(1, len(words.skills)), counts=counts, near=near)


@while_words_last
def trades_of_skills() -> Mapping[str, frozenset[str]]:
    """The trades of the vocabulary that need each skill, essential or useful."""
    trades: dict[str, set[str]] = {}
    for occupation in vocabulary().occupations.values():
        for skill in (*occupation.essential, *occupation.useful):
            trades.setdefault(skill, set()).add(occupation.id)
    return {skill: frozenset(some) for skill, some in trades.items()}


def _occupation(id: str) -> Occupation:
    known = vocabulary().occupations.get(id)
    return Occupation(known.isco if known else None, id)

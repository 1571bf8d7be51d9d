"""A profile in words: what its page shows, and never more than its reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.html import on, rupiah
from portal.tables import Client
from training.parts import Part, home, parts
from training.profiles import Whole
from training.tables import Source
from training.vocabulary import vocabulary
from training.vocabulary.searching import near_occupations, near_skills
from training.words import (
    CERTIFICATE_KINDS,
    EDUCATION,
    EMPLOYMENT_TYPES,
    SOURCES,
    WORK_KINDS,
    WORK_TIMES,
    duration,
)

Pairs = list[tuple[str, str]]
"""(id, label)"""
MOST_SUGGESTED = 14


@dataclass(frozen=True)
class Unknown:
    """A word the vocabulary does not know, and what may have been meant."""

    word: str
    near: Pairs


@dataclass(frozen=True)
class Suggestion:
    """Skills of one occupation that the profile does not have yet. `field` is where ticking them goes."""

    occupation: str
    field: str
    skills: Pairs


@dataclass(frozen=True)
class Work:
    id: int
    title: str
    occupation: str
    """What it is called in the vocabulary; empty when that is not known, and then `near` may help."""
    near: Pairs
    facts: str


@dataclass(frozen=True)
class Paper:
    id: int
    title: str
    facts: list[tuple[str, str]]
    skills: str


@dataclass(frozen=True)
class Shown:
    parts: list[Part]
    home: str
    education: str
    licences: list[str]
    skills: list[tuple[str, list[str]]]
    """(how they are known, labels), strongest first."""
    removable: Pairs
    unknown: list[Unknown]
    suggestions: list[Suggestion]
    experience: list[Work]
    certificates: list[Paper]
    hopes: list[tuple[str, str]]
    unknown_wishes: list[Unknown]

    @property
    def filled(self) -> int:
        return sum(part.filled for part in self.parts)


def shown(client: Client, profile: Whole, *, to_staff: bool) -> Shown:
    """The profile for its client, or with what only staff may know."""
    words = vocabulary()
    return Shown(
        parts=parts(client, profile),
        home=home(client),
        education=EDUCATION.get(profile.education, "") if profile.education is not None else "",
        licences=[words.licences[id].label for id in profile.licences or () if id in words.licences],
        skills=_by_source(profile),
        removable=_labelled(
            skill for skill, source in profile.skills.items() if to_staff or source == Source.STATED
        ),
        unknown=[Unknown(word, _pairs(near_skills(word))) for word in profile.unknown_skills],
        suggestions=list(_suggestions(profile)),
        experience=[_work(row) for row in profile.experience],
        certificates=[_paper(row, to_staff) for row in profile.certificates],
        hopes=_hopes(profile),
        unknown_wishes=[Unknown(word, _pairs(near_occupations(word))) for word in profile.unknown_wishes],
    )


def wishes_as_typed(profile: Whole) -> str:
    """The wishes as the field shows them: labels, and the words nobody knows, one a line."""
    known = (vocabulary().occupations.get(id) for id in profile.wishes or ())
    return "\n".join([*(each.label for each in known if each), *profile.unknown_wishes])


def _by_source(profile: Whole) -> list[tuple[str, list[str]]]:
    labels = dict(_labelled(profile.skills))
    grouped = [
        (
            title,
            sorted(labels[id] for id, source in profile.skills.items() if source == code and id in labels),
        )
        for code, title in SOURCES.items()
    ]
    return [(title, skills) for title, skills in grouped if skills]


def _suggestions(profile: Whole) -> Iterable[Suggestion]:
    """Skills of work done and of work wished for; each skill is offered once."""
    words = vocabulary()
    done = dict.fromkeys(row["occupation"] for row in profile.experience if row["occupation"])
    offered = set(profile.skills)
    for field, ids in (("practised", done), ("skills", dict.fromkeys(profile.wishes or ()))):
        for id in ids:
            occupation = words.occupations.get(id)
            if occupation is None or (field == "skills" and id in done):
                continue
            fresh = [each for each in (*occupation.essential, *occupation.useful) if each not in offered]
            offered.update(fresh[:MOST_SUGGESTED])
            if fresh:
                yield Suggestion(occupation.label, field, _labelled(fresh[:MOST_SUGGESTED]))


def _work(row: dict[str, Any]) -> Work:
    known = vocabulary().occupations.get(row["occupation"] or "")
    return Work(
        id=row["id"],
        title=row["title"],
        occupation=known.label if known else "",
        near=[] if known else _pairs(near_occupations(row["title"])),
        facts=f"{WORK_KINDS[row['kind']]}, {duration(row['months'])}",
    )


def _paper(row: dict[str, Any], to_staff: bool) -> Paper:
    facts = [
        ("Jenis", CERTIFICATE_KINDS[row["kind"]]),
        ("Yang boleh ditampilkan" if to_staff else "Yang dilihat pemberi kerja", row["scheme"]),
        # Some issuers tell by their name alone why somebody was there, so it stays with staff.
        ("Penerbit (hanya petugas)", row["issuer"] if to_staff else ""),
        ("Nomor", row["number"]),
        ("Lama", f"{row['hours']} jam pelajaran" if row["hours"] else ""),
        ("Terbit", on(row["issued_on"])),
        ("Berlaku sampai", on(row["expires_on"])),
    ]
    return Paper(
        id=row["id"],
        title=row["title"],
        facts=[(word, value) for word, value in facts if value],
        skills=", ".join(label for _, label in _labelled(row["skills"])),
    )


def _hopes(profile: Whole) -> list[tuple[str, str]]:
    words = vocabulary()
    wishes = [words.occupations[id].label for id in profile.wishes or () if id in words.occupations]
    hopes = [
        ("Pekerjaan yang diinginkan", ", ".join([*wishes, *profile.unknown_wishes])),
        ("Jarak terjauh", f"{profile.travel_km} km" if profile.travel_km is not None else ""),
        ("Waktu kerja", ", ".join(WORK_TIMES.get(time, time) for time in profile.work_times or ())),
        (
            "Jenis kerja",
            ", ".join(EMPLOYMENT_TYPES.get(each, each) for each in profile.employment_types or ()),
        ),
        ("Upah per bulan", f"mulai {rupiah(profile.wage_min)}" if profile.wage_min else ""),
        ("Siap mulai", on(profile.available_from)),
    ]
    return [(word, value) for word, value in hopes if value]


def _labelled(ids: Iterable[str]) -> Pairs:
    known = vocabulary().skills
    return [(id, known[id].label) for id in ids if id in known]


def _pairs(entries: Iterable[Any]) -> Pairs:
    return [(entry.id, entry.label) for entry in entries]

"""A match as data: everything that a page, a script, a printed sheet or a caseworker's view needs to say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jobs.matching.explanation import Labels, Listener, Reason, for_client, for_staff, within
from jobs.matching.score import Match
from jobs.matching.words import WORDS

Openers = Mapping[str, Sequence[str]]
"""Skill id -> names of the courses at hand that teach it; or licence id -> those that lead to it."""
READ = {Listener.PERSON: for_client, Listener.STAFF: for_staff}


@dataclass(frozen=True, slots=True)
class Todo:
    """What somebody can do about one thing that lacks. `kind` is skill, licence or document; `courses` teach the skill or
    lead to the licence, and `lead` is the text without them, for where they stand by themselves."""

    kind: str
    id: str
    text: str
    courses: tuple[str, ...] = ()
    lead: str = ""


def todo(
    match: Match,
    labels: Labels,
    language: str = "id",
    openers: Openers | None = None,
    licensing: Openers | None = None,
) -> list[Todo]:
    """What to do about each thing that lacks: licences first, because they close the way; then essential skills, useful
    ones that a course at hand teaches, and papers. Without `openers` nobody knows which courses there are; `licensing`
    holds those that lead to a licence."""
    words = WORDS[language]
    licences = [_obtain(words, id, labels, licensing) for id in match.gates]
    if match.profile.skills is None:
        skills = []
    else:
        lacking = [*match.missing_essential, *(each.skill for each in match.near if each.essential)]
        lacking += [id for id in match.missing_useful if openers and openers.get(id)]
        skills = [_learn(words, id, labels, openers) for id in lacking]
    papers = [
        Todo("document", id, words["document"].format(names=labels.documents.get(id, id)))
        for id in sorted(match.vacancy.documents)
    ]
    return licences + skills + papers


def _said(words: Mapping[str, str], kind: str, name: str, note: str | None) -> str:
    return words[f"do {kind} for" if note else f"do {kind}"].format(name=within(name), note=note)


def _obtain(words: Mapping[str, str], id: str, labels: Labels, licensing: Openers | None) -> Todo:
    courses = tuple((licensing or {}).get(id, ()))
    lead = _said(words, "licence", labels.licences.get(id, id), labels.licence_notes.get(id))
    if not courses:
        return Todo("licence", id, lead)
    text = words["do licence at"].format(text=lead.rstrip("."), courses=", ".join(courses))
    return Todo("licence", id, text, courses, lead)


def _learn(words: Mapping[str, str], id: str, labels: Labels, openers: Openers | None) -> Todo:
    courses = tuple((openers or {}).get(id, ()))
    key = "do skill" if openers is None else "do skill at" if courses else "do skill nowhere"
    name = within(labels.skills.get(id, id))
    lead = words["do skill"].format(name=name) if courses else ""
    return Todo("skill", id, words[key].format(name=name, courses=", ".join(courses)), courses, lead)


def as_json(
    match: Match,
    labels: Labels,
    language: str = "id",
    listener: Listener = Listener.PERSON,
    openers: Openers | None = None,
    licensing: Openers | None = None,
) -> dict[str, Any]:
    """Only dicts, lists, texts, numbers and truth. For the person and their office alone: it tells the wage hoped for and
    what somebody keeps away from, so an employer's card (`for_card`) is never made from it. KeyError for the card."""
    say = READ[listener]
    words = WORDS[language]
    return {
        "vacancy": match.vacancy.id,
        "score": match.score,
        "parts": [
            {
                "name": part.name.value,
                "label": words[f"part {part.name}"],
                "value": part.value,
                "weight": part.weight_effective,
                "contribution": part.contribution,
            }
            for part in match.parts
        ],
        "skills": _skills(match, labels),
        "missing": _missing(match, labels),
        "gates": [{"id": id, "label": labels.licences.get(id, id)} for id in match.gates],
        "distance_km": match.distance_km,
        "reasons": [_reason(reason) for reason in say(match, labels, language)],
        "todo": [
            {"kind": each.kind, "id": each.id, "text": each.text, "courses": list(each.courses)}
            | {"lead": each.lead}
            for each in todo(match, labels, language, openers, licensing)
        ],
    }


def _skills(match: Match, labels: Labels) -> list[dict[str, Any]]:
    """Met and near in one list, the shares of which make one; `through` is the skill that comes near."""
    met = [
        {"id": each.skill, "evidence": each.evidence.name.lower(), "near": None, "through": None}
        | {"essential": each.essential, "share": each.share}
        for each in match.skills
    ]
    near = [
        {"id": each.skill, "evidence": None, "near": each.near, "through": each.held}
        | {"essential": each.essential, "share": each.share}
        for each in match.near
    ]
    return [{**each, "label": labels.skills.get(str(each["id"]), each["id"])} for each in met + near]


def _missing(match: Match, labels: Labels) -> list[dict[str, Any]]:
    lists = ((True, match.missing_essential), (False, match.missing_useful))
    return [
        {"id": id, "label": labels.skills.get(id, id), "essential": essential}
        for essential, ids in lists
        for id in ids
    ]


def _reason(reason: Reason) -> dict[str, Any]:
    return {"text": reason.text, "lacks": reason.lacks, "icon": reason.icon}

"""What one step more would open, in words, each with the course at hand that leads there."""

from typing import Any

from jobs import courses, matches
from jobs.matching.steps import Gain, Kind
from jobs.matching.trying import NextSkill
from jobs.pages.matches.wording import within
from portal.people import Actor
from portal.tables import Client, Role
from training import profiles
from training.vocabulary import vocabulary

NEXT_SKILLS = 3


async def openings(
    client: Client, whole: profiles.Whole, found: matches.Overview, by: Actor
) -> dict[str, list[dict[str, Any]]]:
    """`gains` and `next_skills` for a template; the courses of all of them are found by one query."""
    staff = by.role != Role.CLIENT
    leading = await _leading(client, whole, found)

    def linked(kind: str, id: str) -> dict[str, Any]:
        return {"courses": courses.links(leading.get((kind, id), [])[:1], client.id, staff=staff)}

    return {
        "gains": [_gain(each, staff, whole) | linked("licence", each.step.id) for each in found.gains],
        "next_skills": [
            _next_skill(each) | linked("skill", each.skill)
            for each in _learnable_first(found.next_skills, leading, whole)
        ],
    }


async def _leading(client: Client, whole: profiles.Whole, found: matches.Overview) -> courses.Leading:
    """Courses at hand for the skills to learn next and the licences that open most: one query, and none where there is
    nothing to learn."""
    skills = [each.skill for each in found.next_skills]
    licences = [each.step.id for each in found.gains if each.step.kind is Kind.LICENCE]
    return await courses.leading_to(client, whole.travel_km, skills, licences)


def _learnable_first(
    found: list[NextSkill], leading: courses.Leading, whole: profiles.Whole
) -> list[NextSkill]:
    """What a course within reach teaches comes first, else in their own order; the first few."""

    def order(each: NextSkill) -> bool:
        return not courses.in_reach(leading.get(("skill", each.skill), []), whole.travel_km)

    return sorted(found, key=order)[:NEXT_SKILLS]


def _next_skill(each: NextSkill) -> dict[str, Any]:
    """`count`, `id`, `skill`, and `near`: what the person can already that it goes with, or empty."""
    skills = vocabulary().skills
    skill, near = skills.get(each.skill), skills.get(each.near or "")
    return {
        "count": each.opens,
        "skill": within(skill.label) if skill else each.skill,
        "near": within(near.label) if near else "",
        "id": each.skill,
    }


def _gain(gain: Gain, staff: bool, whole: profiles.Whole) -> dict[str, Any]:
    """`count`, the sentence in two parts of which the second is the step itself, and how it is tried on."""
    step, who = gain.step, "klien" if staff else "Anda"
    if step.kind is Kind.LICENCE:
        known = vocabulary().licences.get(step.id)
        said = (f"lowongan bila {who} punya", known.label if known else step.id)
        field, value = "licence", step.id
    else:
        said = ("lowongan bila jarak sampai", f"{step.km} km")
        field, value = "km", str(step.km - (whole.travel_km or 0))
    return {"count": gain.count, "said": said[0], "step": said[1], "field": field, "value": value}

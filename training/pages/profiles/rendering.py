"""Draws a profile's page, whole or in blocks, for staff or for the client."""

from collections.abc import Iterable, Mapping
from typing import Any

from litestar import Response
from litestar.plugins.htmx import HTMXRequest

from portal.html import go, page, wants_fragment
from portal.once import new_key
from portal.people import Actor
from portal.places import province_options
from portal.tables import Client, Person, Role
from training import profiles
from training.forms import (
    CertificateForm,
    EducationForm,
    ExperienceForm,
    HomeForm,
    HopesForm,
    SkillsForm,
)
from training.pages.profiles.shown import shown, wishes_as_typed
from training.profiles import Whole
from training.vocabulary import vocabulary
from training.words import CERTIFICATE_KINDS, EDUCATION, EMPLOYMENT_TYPES, WORK_KINDS, WORK_TIMES

Answer = Response[Any]
TELLING = ("experience", "certificates", "hopes")
"""What is known of these parts decides which skills are suggested."""
LICENCES = [(each.id, each.label) for each in vocabulary().licences.values()]
OPTIONS: dict[str, list[tuple[Any, Any]]] = {
    "regions": list(province_options()),
    "education": list(EDUCATION.items()),
    "driving": [(id, label) for id, label in LICENCES if id.startswith("sim-")],
    "licences": [(id, label) for id, label in LICENCES if not id.startswith("sim-")],
    "work_kinds": list(WORK_KINDS.items()),
    "units": [("months", "bulan"), ("years", "tahun")],
    "certificate_kinds": list(CERTIFICATE_KINDS.items()),
    "work_times": list(WORK_TIMES.items()),
    "employment_types": list(EMPLOYMENT_TYPES.items()),
}


def address(actor: Actor, client: Client) -> str:
    """Where this person sees the profile."""
    return "/me/profile" if actor.role == Role.CLIENT else f"/clients/{client.id}/profile"


async def render(
    request: HTMXRequest,
    client: Client,
    *blocks: str,
    status: int = 200,
    typed: dict[str, dict[str, Any]] | None = None,
    errors: dict[str, dict[str, str]] | None = None,
    said: str = "",
) -> Answer:
    """`typed` and `errors` are those of the parts that were sent and refused."""
    profile = await profiles.of_client(client.id)
    staff = request.user.is_staff
    typed = _typed(client, profile) | (typed or {})
    return page(
        request,
        "training/profile.html",
        *blocks,
        status=status,
        profile=shown(client, profile, to_staff=staff),
        client_name=await _name(client) if staff and not wants_fragment(request) else "",
        client_page=f"/clients/{client.id}",
        staff=staff,
        address=address(request.user, client),
        options=OPTIONS,
        typed=typed,
        ticked=_labels(vocabulary().skills, typed["skills"].get("skills", [])),
        proved=_labels(vocabulary().skills, typed["certificates"].get("skills", [])),
        wished=_labels(vocabulary().occupations, typed["hopes"].get("wished", [])),
        errors={part: {} for part in typed} | (errors or {}),
        key=new_key(),
        said=said,
        beside=blocks[1:],
    )


async def refused(
    request: HTMXRequest, client: Client, part: str, typed: dict[str, Any], errors: dict[str, str]
) -> Answer:
    """The part again with all that is wrong, and all that was typed."""
    return await render(request, client, part, status=422, typed={part: typed}, errors={part: errors})


async def saved(request: HTMXRequest, client: Client, part: str, said: str) -> Answer:
    """The part as it is now: as a block for htmx, else by way of a redirect, so that reloading sends nothing again."""
    if not wants_fragment(request):
        return go(request, f"{address(request.user, client)}#{part}", said=said)
    also = ("skills",) if part in TELLING else ()
    return await render(request, client, part, *also, "progress", "said", said=said)


def _typed(client: Client, profile: Whole) -> dict[str, dict[str, Any]]:
    """What each form shows before anybody typed."""
    return {
        "home": HomeForm.typed_from(client),
        "education": EducationForm.typed_from(profile),
        "skills": SkillsForm.typed_from({}),
        "experience": ExperienceForm.typed_from({"unit": "months"}),
        "certificates": CertificateForm.typed_from({}),
        "hopes": HopesForm.typed_from(profile) | {"wishes": wishes_as_typed(profile)},
    }


def _labels(known: Mapping[str, Any], ids: Iterable[str]) -> list[tuple[str, str]]:
    """What was ticked in a form that came back, so that it is there to be sent again."""
    return [(id, known[id].label) for id in ids if id in known]


async def _name(client: Client) -> str:
    [row] = await Person.select(Person.name).where(Person.id == client.person)
    return row["name"]

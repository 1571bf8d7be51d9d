"""Aftercare offices and who belongs to them."""

import re
from typing import Any

from portal import audit
from portal.database import change
from portal.people import IN_FORCE, Actor
from portal.tables import Organisation, OrganisationKind, Region

# An office's name stands on its clients' screens and in invitations.
TELLING = re.compile(
    r"rehab|pasca|bnn|narkotik|narkoba|napza|adiksi|pecandu|pemulihan|rumah damping|lapas|rawat", re.I
)

OFFICES = f"""
SELECT organisation.id, organisation.name, region.name AS region,
       count(DISTINCT membership.person) FILTER (WHERE membership.role = 'staff') AS staff,
       count(DISTINCT membership.person) FILTER (WHERE membership.role = 'client') AS clients
FROM organisation
LEFT JOIN region ON region.code = organisation.region
LEFT JOIN membership ON membership.organisation = organisation.id AND {IN_FORCE}
WHERE organisation.kind = 'office'
GROUP BY organisation.id, region.name
ORDER BY organisation.name
"""

MEMBERS = f"""
SELECT membership.id, membership.role, membership.since, membership.until, person.name,
       person.password IS NULL AS waiting
FROM membership JOIN person ON person.id = membership.person
WHERE membership.organisation = {{}} AND membership.role IN ('staff', 'administrator') AND {IN_FORCE}
ORDER BY person.name
"""


async def overview() -> list[dict[str, Any]]:
    """Every office: id, name, region, and how many staff and clients it has today."""
    return await Organisation.raw(OFFICES)


async def find(office: int) -> Organisation | None:
    return await Organisation.objects().get(
        (Organisation.id == office) & (Organisation.kind == OrganisationKind.OFFICE)
    )


async def members(office: int) -> list[dict[str, Any]]:
    """Staff and administrators of an office today; `waiting` until they have accepted their invitation."""
    return await Organisation.raw(MEMBERS, office)


def telling(name: str) -> bool:
    """Whether an office's name would tell a bystander what the office is for."""
    return bool(TELLING.search(name))


async def add(name: str, region: str | None, *, by: Actor | None) -> int:
    """A new office with a neutral name; returns its id. `region` is a Kemendagri code."""
    if telling(name):
        raise ValueError("The name of an office must not tell what it is for.")
    async with change(by=by):
        office = Organisation(kind=OrganisationKind.OFFICE, name=name, region=region)
        await office.save()
        await audit.record(f"organisation:{office.id}", "office_added", by=by, region=region)
    return office.id


async def region_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every regency under the name of its province, as `ui.select` takes them."""
    rows = await Region.select(Region.code, Region.name, Region.province).order_by(Region.name)
    names = {row["code"]: row["name"] for row in rows if row["code"] == row["province"]}
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in names}
    for row in rows:
        if row["code"] != row["province"]:
            groups[row["province"]].append((row["code"], row["name"]))
    return [(names[code], groups[code]) for code in groups]

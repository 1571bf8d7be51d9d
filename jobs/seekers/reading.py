"""What is known of many clients at once, in the shape in which it is known of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.querystring import QueryString

from portal.conf import DB
from training.profiles import Whole
from training.tables import Source

# Papers are left out: their skills stand in the profile already, with their evidence, and nothing else of them is scored.
READ = """
SELECT client.id, client.region, client.latitude, client.longitude, profile.id AS profile, profile.education,
       profile.travel_km, profile.work_times, profile.employment_types, profile.wage_min, profile.wishes, profile.licences,
       profile.available_from,
       array(SELECT skill || ' ' || source FROM profile_skill WHERE profile = profile.id ORDER BY id) AS skills,
       array(SELECT occupation FROM experience WHERE profile = profile.id AND occupation IS NOT NULL ORDER BY id) AS trades,
       array(SELECT months FROM experience WHERE profile = profile.id AND occupation IS NOT NULL ORDER BY id) AS months
FROM client JOIN profile ON profile.client = client.id WHERE client.id = ANY({}::integer[])
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A client as matching knows them: no name, no contact. `whole` holds neither certificates nor unnamed experience."""

    id: int
    region: str | None
    latitude: float | None
    longitude: float | None
    whole: Whole


async def known(clients: Sequence[int]) -> list[Known]:
    """These clients, in the order asked for."""
    rows = {row["id"]: row for row in await DB.run_querystring(QueryString(READ, list(clients)))}
    return [_known(rows[id]) for id in clients if id in rows]


def _known(row: dict[str, Any]) -> Known:
    skills = dict(each.split(" ") for each in row["skills"])
    experience = tuple(
        {"occupation": occupation, "months": months, "title": ""}
        for occupation, months in zip(row["trades"], row["months"], strict=True)
    )
    return Known(
        row["id"],
        row["region"],
        row["latitude"],
        row["longitude"],
        Whole(
            id=row["profile"],
            client=row["id"],
            education=row["education"],
            travel_km=row["travel_km"],
            work_times=_frozen(row["work_times"]),
            employment_types=_frozen(row["employment_types"]),
            wage_min=row["wage_min"],
            wishes=_frozen(row["wishes"]),
            licences=_frozen(row["licences"]),
            available_from=row["available_from"],
            skills={skill: Source(source) for skill, source in skills.items()},
            experience=experience,
        ),
    )


def _frozen(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)

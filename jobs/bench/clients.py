"""Clients who do not exist, as unevenly spread over trades and regions as vacancies are, for measuring."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import asyncpg

from jobs.bench.market import PROVINCES
from portal.places import regencies
from training.tables import Source
from training.vocabulary import vocabulary

OFFICES = 40
SOURCES = {Source.STATED: 50, Source.EXPERIENCE: 25, Source.TRAINING: 15, Source.CERTIFIED: 10}
LEVELS = {0: 3, 10: 12, 20: 30, 30: 48, 40: 4, 50: 3}
LICENCES = {"sim-c": 0.55, "sim-a": 0.2, "sim-b1": 0.03}
CONSENTING = 0.3
"""Share that lets partners find their blind card."""
COLUMNS = {
    "person": ("id", "name", "made_at"),
    "client": ("id", "person", "office", "caseworker", "born_on", "region", "contact_note", "opened_on"),
    "profile": (
        *(
            "id",
            "client",
            "education",
            "travel_km",
            "work_times",
            "employment_types",
            "wage_min",
            "wishes",
            "licences",
        ),
        *("unknown_skills", "unknown_wishes", "changed_at"),
    ),
    "profile_skill": ("profile", "skill", "source", "noted_at"),
    "experience": ("profile", "occupation", "title", "kind", "months"),
    "consent": ("client", "purpose", "text_version", "channel", "given_at", "given_by", "agreement"),
}


@dataclass
class Seeker:
    region: str
    born_on: date
    education: int
    travel_km: int | None
    work_times: list[str] | None
    wage_min: int | None
    licences: list[str]
    wishes: list[str] = field(default_factory=list)
    skills: dict[str, str] = field(default_factory=dict)
    experience: dict[str, int] = field(default_factory=dict)
    consents: bool = False


def generated(count: int, seed: int = 11) -> Iterator[Seeker]:
    """The same clients for the same seed. Each knows about half of one or two trades, and two things besides."""
    random = Random(seed)
    # The order in which jobs.bench.vacancies shuffles trades, so that the common ones are common on both sides.
    trades = [each for each in vocabulary().occupations.values() if not each.retired]
    Random(7).shuffle(trades)
    weights = [1 / (place + 4) for place in range(len(trades))]
    places = list(regencies())
    place_weights = [PROVINCES.get(region.province, 1) * (3 if region.is_city else 1) for region in places]
    every_skill = list(vocabulary().skills)
    for _ in range(count):
        own = random.choices(trades, weights, k=random.choice((1, 1, 2)))
        [place] = random.choices(places, place_weights)
        [level] = random.choices(list(LEVELS), list(LEVELS.values()))
        seeker = Seeker(
            region=place.code,
            born_on=date(2006, 1, 1) - timedelta(days=random.randint(0, 35 * 365)),
            education=level,
            travel_km=random.choice((None, 10, 15, 20, 25, 40, 60)),
            work_times=random.choice((None, ["day"], ["day", "evening"], ["day", "evening", "night"])),
            wage_min=random.choice((None, 2_500_000, 3_000_000, 3_500_000, 4_500_000)),
            licences=[id for id, share in LICENCES.items() if random.random() < share],
            wishes=[own[0].id] if random.random() < 0.5 else [],
            consents=random.random() < CONSENTING,
        )
        named = {skill for trade in own for skill in trade.essential if random.random() < 0.6}
        named |= {skill for trade in own for skill in trade.useful if random.random() < 0.2}
        for skill in sorted(named | set(random.sample(every_skill, 2))):
            [source] = random.choices(list(SOURCES), list(SOURCES.values()))
            seeker.skills[skill] = source.value
        for trade in own:
            if random.random() < 0.7:
                seeker.experience[trade.id] = random.randint(1, 96)
        yield seeker


async def fill(connection: asyncpg.Connection, count: int, seed: int = 11) -> list[int]:
    """Writes them by COPY, spread over offices that are made for them; returns the offices' ids."""
    offices = [
        row["id"]
        for row in await connection.fetch(
            "INSERT INTO organisation (kind, name, region, made_at) SELECT 'office', 'Kantor ' || n, '32.01', now() "
            "FROM generate_series(1, $1) AS n RETURNING id",
            OFFICES,
        )
    ]
    [start] = await connection.fetch(
        "SELECT (SELECT coalesce(max(id), 0) FROM person) AS person, (SELECT coalesce(max(id), 0) FROM client) AS client, "
        "(SELECT coalesce(max(id), 0) FROM profile) AS profile, now() AS now"
    )
    now, person, client, profile = (start[name] for name in ("now", "person", "client", "profile"))
    rows: dict[str, list[tuple]] = {table: [] for table in COLUMNS}
    for number, each in enumerate(generated(count, seed), start=1):
        ids = (person + number, client + number, profile + number)
        rows["person"].append((ids[0], f"Pencari kerja {number}", now))
        rows["client"].append(
            (
                ids[1],
                ids[0],
                offices[number % OFFICES],
                ids[0],
                each.born_on,
                each.region,
                "",
                date(2025, 1, 1),
            )
        )
        rows["profile"].append(
            (
                *(ids[2], ids[1], each.education, each.travel_km, each.work_times, None, each.wage_min),
                *(each.wishes or None, each.licences, [], [], now),
            )
        )
        rows["profile_skill"] += [(ids[2], skill, source, now) for skill, source in each.skills.items()]
        rows["experience"] += [(ids[2], id, id, "employed", months) for id, months in each.experience.items()]
        if each.consents:
            rows["consent"].append((ids[1], "blind_card", "1", "own", now, ids[0], ""))
    for table, columns in COLUMNS.items():
        await connection.copy_records_to_table(table, columns=columns, records=rows[table])
    for table in ("person", "client", "profile"):
        await connection.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    return offices

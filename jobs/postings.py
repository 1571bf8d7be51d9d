"""A vacancy with all that its page shows, read by one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs.index.port import Document
from jobs.tables import Vacancy, VacancyState, Way
from portal.people import Actor
from portal.places import regions
from portal.tables import Role
from training.vocabulary import vocabulary

READ = """
SELECT vacancy.*, partner.organisation, partner.address, partner.verified_at IS NOT NULL AS verified,
       ARRAY(SELECT skill FROM vacancy_skill WHERE vacancy = vacancy.id AND need = 'essential' ORDER BY id) AS essential,
       ARRAY(SELECT skill FROM vacancy_skill WHERE vacancy = vacancy.id AND need = 'useful' ORDER BY id) AS useful,
       (SELECT count(*) FROM application WHERE application.vacancy = vacancy.id AND state = 'hired') AS hired
FROM vacancy LEFT JOIN partner ON partner.id = vacancy.partner WHERE vacancy.id = {}
"""


# Columns that a document calls by the same name.
ALIKE = (
    *("id", "title", "description", "locality", "employment_type", "hours", "education", "experience_months"),
    *("way", "source", "skck", "skbn"),
)


@dataclass(frozen=True, slots=True)
class Posting:
    """What a vacancy's page says. `document` is what matching compares, wages in it only where they are shown."""

    id: int
    document: Document
    state: VacancyState
    organisation: int | None
    """The partner's organisation; None for a vacancy from a file."""
    verified: bool
    qualification: str
    apply_at: str
    employer_pays_papers: bool
    positions: int
    """All that were announced; the document says how many are left."""
    workplace: str
    """The partner's address, known only to those it invites."""

    @property
    def open(self) -> bool:
        """Whether strangers may read it and clients apply."""
        closes_on = self.document.closes_on
        return self.state == VacancyState.PUBLISHED and (closes_on is None or closes_on >= date.today())

    @property
    def direct(self) -> bool:
        return self.document.way == Way.DIRECT

    @property
    def region(self) -> str:
        """Cibinong, Kab. Bogor"""
        known = regions().get(self.document.region or "")
        return ", ".join(filter(None, (self.document.locality, known.name if known else None)))

    def belongs_to(self, actor: Actor | None) -> bool:
        """Whether the actor may read it closed to others: the employer who posted it, and staff unless it is a draft."""
        if actor is None:
            return False
        own = actor.role == Role.EMPLOYER and actor.organisation == self.organisation
        return own or (actor.is_staff and self.state != VacancyState.DRAFT)


async def read(vacancy: int) -> Posting | None:
    """The vacancy whatever its state; who may see it is for the page to say."""
    rows = await Vacancy.raw(READ, vacancy)
    return _posting(rows[0]) if rows else None


def _posting(row: dict[str, Any]) -> Posting:
    return Posting(
        id=row["id"],
        document=_document(row),
        state=VacancyState(row["state"]),
        organisation=row["organisation"],
        verified=row["verified"],
        qualification=row["qualification"],
        apply_at=row["apply_at"].strip(),
        employer_pays_papers=row["employer_pays_papers"],
        positions=row["positions"],
        workplace=row["address"] or "",
    )


def _document(row: dict[str, Any]) -> Document:
    occupation = vocabulary().occupations.get(row["occupation"] or "")
    region = regions().get(row["region"] or "")
    finer = row["latitude"] is not None and row["longitude"] is not None
    times = row["work_times"]
    return Document(
        **{name: row[name] for name in ALIKE},
        employer=row["employer_name"],
        positions=max(0, row["positions"] - row["hired"]),
        occupation=row["occupation"],
        isco=occupation.isco if occupation else None,
        region=row["region"],
        latitude=row["latitude"] if finer else region.latitude if region else None,
        longitude=row["longitude"] if finer else region.longitude if region else None,
        work_times=None if times is None else tuple(times),
        wage_min=row["wage_min"] if row["wage_shown"] else None,
        wage_max=row["wage_max"] if row["wage_shown"] else None,
        essential=tuple(row["essential"]),
        useful=tuple(row["useful"]),
        licences=tuple(row["licences"]),
        published_at=row["published_at"] or row["made_at"],
        closes_on=row["closes_on"],
    )

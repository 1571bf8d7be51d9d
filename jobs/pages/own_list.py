"""An employer's vacancies as their list shows them."""

from datetime import date
from typing import Any

from piccolo.query.functions.aggregate import Count

from jobs.applications import OPEN
from jobs.pages.showing import BADGES, closing
from jobs.tables import Application, Vacancy, VacancyState
from jobs.words import VACANCY_STATES
from partners.tables import Partner
from portal.places import regions

PER_PAGE = 50
DONE = frozenset({VacancyState.CLOSED, VacancyState.FILLED})


async def vacancies_of(partner: Partner, number: int) -> tuple[list[dict[str, Any]], int]:
    """One page of the partner's vacancies, the latest change first and what is done last, and how many there are."""
    own = Vacancy.partner == partner.id
    total = await Vacancy.count().where(own)
    columns = (
        Vacancy.id, Vacancy.title, Vacancy.state, Vacancy.region, Vacancy.positions, Vacancy.closes_on,
    )  # fmt: skip
    rows = (
        await Vacancy.select(*columns)
        .where(own)
        .order_by(Vacancy.changed_at, ascending=False)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    counts = await _open_applications([row["id"] for row in rows]) if rows else {}
    today = date.today()
    for row in rows:
        region = regions().get(row["region"] or "")
        row |= {"applications": counts.get(row["id"], 0), "place": region.name if region else ""}
        row |= {"label": VACANCY_STATES[row["state"]], "badge": BADGES[row["state"]]}
        row["closing"] = closing(row["closes_on"], today) if row["state"] == VacancyState.PUBLISHED else ""
    return sorted(rows, key=lambda row: row["state"] in DONE), total


async def _open_applications(ids: list[int]) -> dict[int, int]:
    """vacancy -> how many applications still wait for an answer or are under way."""
    rows = (
        await Application.select(Application.vacancy, Count(alias="number"))
        .where(Application.vacancy.is_in(ids), Application.state.is_in([state.value for state in OPEN]))
        .group_by(Application.vacancy)
    )
    return {row["vacancy"]: row["number"] for row in rows}

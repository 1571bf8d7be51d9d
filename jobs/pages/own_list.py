"""An employer's vacancies as their list shows them."""

from datetime import date
from typing import Any

from piccolo.query.functions.aggregate import Count

from jobs.pages.showing import BADGES, closing
from jobs.tables import Application, State, Vacancy, VacancyState
from jobs.words import VACANCY_STATES
from partners.tables import Partner
from portal.places import regions

PER_PAGE = 50
UNANSWERED = frozenset({State.SENT, State.IN_REVIEW})
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
    counts = await _applications([row["id"] for row in rows]) if rows else {}
    today = date.today()
    for row in rows:
        region = regions().get(row["region"] or "")
        row |= counts[row["id"]] | {"place": region.name if region else ""}
        row |= {"label": VACANCY_STATES[row["state"]], "badge": BADGES[row["state"]]}
        row["closing"] = closing(row["closes_on"], today) if row["state"] == VacancyState.PUBLISHED else ""
    return sorted(rows, key=lambda row: row["state"] in DONE), total


async def _applications(ids: list[int]) -> dict[int, dict[str, int]]:
    """vacancy -> how many applications it has (`applications`), and how many wait for an answer (`waiting`)."""
    rows = (
        await Application.select(Application.vacancy, Application.state, Count(alias="number"))
        .where(Application.vacancy.is_in(ids))
        .group_by(Application.vacancy, Application.state)
    )
    counts = {id: {"applications": 0, "waiting": 0} for id in ids}
    for row in rows:
        counts[row["vacancy"]]["applications"] += row["number"]
        counts[row["vacancy"]]["waiting"] += row["number"] if row["state"] in UNANSWERED else 0
    return counts

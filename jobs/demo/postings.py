"""What partners post, and what came from a file: drafted, reviewed, published, returned, closed."""

from datetime import timedelta
from functools import partial

from jobs import vacancies
from jobs.demo import reading
from jobs.demo.cast import Cast
from jobs.demo.reading import IMPORTED, Told
from jobs.demo.timeline import Timeline
from jobs.imports.importing import bring_in
from jobs.imports.reading import read
from jobs.imports.row import Row
from jobs.tables import Vacancy, VacancyState
from portal.clients import home
from portal.people import Actor

# What the files call as the table does.
ALIKE = (
    *("title", "occupation", "description", "qualification", "hours", "work_times", "education"),
    *("experience_months", "licences", "skck", "skbn", "employer_pays_papers", "positions"),
)
SOURCE = "bursa-contoh"
IMPORTED_AGO = 17
REVIEWED = 13
"""How many of the imported vacancies somebody has reviewed, one a day; the others wait."""


def plan(timeline: Timeline, cast: Cast) -> None:
    """Every vacancy of the files, from its draft to where it stands today."""
    for name, told in reading.vacancies().items():
        _plan_posting(timeline, cast, name, told)
    timeline.at(IMPORTED_AGO, partial(_import, cast))
    imported = [f"{SOURCE}/{row.source_id}" for row in read(IMPORTED) if isinstance(row, Row)]
    for number, name in enumerate(imported[:REVIEWED], start=1):
        timeline.at(IMPORTED_AGO - number, partial(_review, cast, name, VacancyState.PUBLISHED))


def _plan_posting(timeline: Timeline, cast: Cast, name: str, told: Told) -> None:
    """`published` and `closed` are days ago, and so is `made`, which a published vacancy need not tell."""
    made = told.get("made") or told["published"] + 3
    timeline.at(made, partial(_draft, timeline, cast, name, told))
    if told.get("state") == VacancyState.DRAFT:
        return
    timeline.at(made, partial(_move_as_employer, cast, name, VacancyState.IN_REVIEW))
    if "published" in told:
        timeline.at(told["published"], partial(_review, cast, name, VacancyState.PUBLISHED))
    if told.get("state") == VacancyState.RETURNED:
        timeline.at(made - 1, partial(_review, cast, name, VacancyState.RETURNED, told["note"]))
    if told.get("state") == VacancyState.CLOSED:
        timeline.at(told["closed"], partial(_move_as_employer, cast, name, VacancyState.CLOSED))


async def _draft(timeline: Timeline, cast: Cast, name: str, told: Told) -> None:
    facts = {column: told[column] for column in ALIKE if column in told}
    facts |= {column: facts[column].strip() for column in ("description", "qualification") if column in facts}
    wage_min, wage_max = told["wage"]
    facts |= {
        **home(told["region"], told.get("locality", "")),
        "employment_type": told["type"],
        "wage_min": wage_min,
        "wage_max": wage_max,
        "closes_on": timeline.today + timedelta(days=told["closes"]),
    }
    by = _employer(cast, name)
    cast.vacancies[name] = await vacancies.post(facts, told["essential"], told["useful"], by=by)


async def _move_as_employer(cast: Cast, name: str, to: VacancyState) -> None:
    await vacancies.move(cast.vacancies[name], to, by=_employer(cast, name))


async def _review(cast: Cast, name: str, to: VacancyState, note: str = "") -> None:
    await vacancies.move(cast.vacancies[name], to, by=cast.administrator, note=note)


async def _import(cast: Cast) -> None:
    await bring_in(read(IMPORTED))
    for vacancy in await Vacancy.objects().where(Vacancy.source == SOURCE):
        cast.vacancies[f"{SOURCE}/{vacancy.source_id}"] = vacancy


def _employer(cast: Cast, name: str) -> Actor:
    return cast.employers[name.split("/")[0]]

"""An employer's own vacancies: the list, the form, and what can be done with one that is out."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.plugins.htmx import HTMXRequest

from jobs import readiness, vacancies
from jobs.pages.own_list import PER_PAGE, vacancies_of
from jobs.pages.showing import BADGES, closing, shown, skills_of, wage_question
from jobs.pages.vacancy_choices import LABELS, choices, offered_skills
from jobs.pages.vacancy_forms import MoveForm, Save, VacancyForm, missed_words, typed_from
from jobs.tables import Vacancy, VacancyState
from jobs.words import VACANCY_STATES
from partners.tables import Partner
from portal.access import only
from portal.database import change
from portal.html import go, page
from portal.once import new_key, once
from portal.tables import Role
from training.tables import Need, WordKind
from training.vocabulary.proposing import propose

SUGGEST = "skills"
"""Value of the button that only shows which skills go with the occupation."""
FRESH = {"experience_unit": "years", "positions": "1", "way": "portal", "wage_shown": "on"} | {
    "skck": "never",
    "skbn": "never",
}
SAID = {
    VacancyState.DRAFT: "Draf tersimpan.",
    VacancyState.IN_REVIEW: "Terkirim. Petugas meninjau lowongan ini sebelum terbit.",
    VacancyState.CLOSED: "Lowongan ditutup.",
    VacancyState.FILLED: "Lowongan ditandai terisi.",
    VacancyState.PUBLISHED: "Lowongan terbit lagi.",
}


async def own_partner(request: HTMXRequest) -> Partner:
    partner = await Partner.objects().get(Partner.organisation == request.user.organisation)
    if partner is None:
        raise NotFoundException("Akun ini belum terhubung dengan mitra.")
    return partner


async def own_vacancy(partner: NamedDependency[Partner], vacancy_id: FromPath[int]) -> Vacancy:
    """Needs the partner first: dependencies that do not need each other run at once, and one connection cannot."""
    vacancy = await Vacancy.objects().get((Vacancy.id == vacancy_id) & (Vacancy.partner == partner.id))
    if vacancy is None:
        raise NotFoundException("Lowongan ini tidak ada.")
    return vacancy


class OwnVacancies(Controller):
    path = "/partner/vacancies"
    guards = [only(Role.EMPLOYER)]
    dependencies = {"partner": Provide(own_partner)}

    @get()
    async def index(
        self, request: HTMXRequest, partner: NamedDependency[Partner], number: FromQuery[int] = 1
    ) -> Response[str]:
        rows, total = await vacancies_of(partner, max(1, min(number, 10_000)))
        return page(
            request,
            "jobs/own_vacancies.html",
            rows=rows,
            total=total,
            number=number,
            pages=-(-total // PER_PAGE),
            address_of="/partner/vacancies?number={}".format,
            verified=partner.verified_at is not None,
        )

    @get("/new")
    async def new(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[str]:
        return _form_page(request, partner, typed=VacancyForm.typed_from({}) | FRESH)

    @post("/new")
    async def create(self, request: HTMXRequest, partner: NamedDependency[Partner]) -> Response[Any]:
        sent = await request.form()
        form, typed, errors = VacancyForm.of(sent)
        if sent.get("to") == SUGGEST:
            return _form_page(request, partner, typed=typed, key=typed["once"], part="skills")
        if form is None:
            await propose(WordKind.SKILL, missed_words(typed), by=request.user)
            return _form_page(request, partner, typed=typed, errors=errors, key=typed["once"], status=422)

        async def make() -> str:
            essential, useful = form.skills(Need.ESSENTIAL), form.skills(Need.USEFUL)
            vacancy = await vacancies.post(form.facts(), essential, useful, by=request.user)
            if form.to == Save.IN_REVIEW:
                await vacancies.move(vacancy, VacancyState.IN_REVIEW, by=request.user)
            return f"/partner/vacancies/{vacancy.id}"

        address = await once(form.once, make, by=request.user)
        return go(request, address, said=SAID[VacancyState(form.to)])


class OwnVacancy(Controller):
    path = "/partner/vacancies/{vacancy_id:int}"
    guards = [only(Role.EMPLOYER)]
    dependencies = {"partner": Provide(own_partner), "vacancy": Provide(own_vacancy)}

    @get()
    async def show(
        self, request: HTMXRequest, partner: NamedDependency[Partner], vacancy: NamedDependency[Vacancy]
    ) -> Response[str]:
        return await _own_page(request, partner, vacancy)

    @post()
    async def save(
        self, request: HTMXRequest, partner: NamedDependency[Partner], vacancy: NamedDependency[Vacancy]
    ) -> Response[Any]:
        sent = await request.form()
        form, typed, errors = VacancyForm.of(sent)
        if vacancy.state not in vacancies.EDITABLE:
            return await _own_page(request, partner, vacancy, stale=True)
        if sent.get("to") == SUGGEST:
            return _form_page(request, partner, vacancy, typed=typed, part="skills")
        if form is None:
            await propose(WordKind.SKILL, missed_words(typed), by=request.user)
            return _form_page(request, partner, vacancy, typed=typed, errors=errors, status=422)
        try:
            async with change(by=request.user):
                await vacancies.hold(vacancy, form.seen)
                essential, useful = form.skills(Need.ESSENTIAL), form.skills(Need.USEFUL)
                await vacancies.edit(vacancy, form.facts(), essential, useful, by=request.user)
                await _move_along(vacancy, form.to, request)
        except vacancies.NotPossible:
            await vacancy.refresh()
            if vacancy.state not in vacancies.EDITABLE:
                return await _own_page(request, partner, vacancy, stale=True)
            # Nothing typed is lost: the form comes back, and the next press of the button replaces what is new.
            typed["seen"] = vacancy.changed_at.isoformat()
            return _form_page(request, partner, vacancy, typed=typed, stale=True, status=409)
        return go(request, f"/partner/vacancies/{vacancy.id}", said=SAID[VacancyState(form.to)])

    @post("/moves")
    async def move(
        self, request: HTMXRequest, partner: NamedDependency[Partner], vacancy: NamedDependency[Vacancy]
    ) -> Response[Any]:
        form, _, _ = MoveForm.of(await request.form())
        if form is None:
            raise ClientException("Langkah ini tidak dikenal.")
        if form.to == VacancyState.IN_REVIEW and vacancy.state in vacancies.EDITABLE:
            typed = typed_from(vacancy, await skills_of(vacancy))
            if errors := readiness.obstacles(vacancy.to_dict(), date.today()):
                return _form_page(request, partner, vacancy, typed=typed, errors=errors, status=422)
        try:
            async with change(by=request.user):
                await vacancies.hold(vacancy, form.seen)
                await vacancies.move(vacancy, form.to, by=request.user)
        except vacancies.NotPossible:
            await vacancy.refresh()
            return await _own_page(request, partner, vacancy, stale=True)
        return go(request, f"/partner/vacancies/{vacancy.id}", said=SAID.get(form.to, "Tersimpan."))


async def _move_along(vacancy: Vacancy, to: Save, request: HTMXRequest) -> None:
    """Sends it for review, or takes it back from there; what staff returned stays returned until it is sent again."""
    wanted = VacancyState(to)
    if vacancy.state != wanted and wanted in vacancies.moves_open_to(request.user, vacancy.state):
        await vacancies.move(vacancy, wanted, by=request.user)


async def _own_page(
    request: HTMXRequest, partner: Partner, vacancy: Vacancy, stale: bool = False
) -> Response[str]:
    """The form while the vacancy can be edited, else the vacancy with what can be done with it."""
    status = 409 if stale else 200
    skills = await skills_of(vacancy)
    if vacancy.state in vacancies.EDITABLE:
        typed = typed_from(vacancy, skills)
        return _form_page(request, partner, vacancy, typed=typed, stale=stale, status=status)
    return page(
        request,
        "jobs/own_vacancy.html",
        "vacancy",
        status=status,
        vacancy=vacancy,
        shown=shown(vacancy, skills),
        moves=[to.value for to in vacancies.moves_open_to(request.user, vacancy.state)],
        label=VACANCY_STATES[vacancy.state],
        badge=BADGES[vacancy.state],
        closing=closing(vacancy.closes_on, date.today()),
        stale=stale,
    )


def _form_page(
    request: HTMXRequest,
    partner: Partner,
    vacancy: Vacancy | None = None,
    *,
    typed: dict[str, Any],
    errors: dict[str, str] | None = None,
    key: str = "",
    stale: bool = False,
    part: str = "vacancy",
    status: int = 200,
) -> Response[str]:
    today = date.today()
    todo = readiness.obstacles(vacancy.to_dict(), today) if vacancy and not errors else {}
    return page(
        request,
        "jobs/vacancy_form.html",
        part,
        status=status,
        vacancy=vacancy,
        action=f"/partner/vacancies/{vacancy.id}" if vacancy else "/partner/vacancies/new",
        key="" if vacancy else key or new_key(),
        typed=typed,
        errors=errors or {},
        labels=LABELS,
        todo={LABELS[field]: sentence for field, sentence in todo.items()},
        question=wage_question(vacancy, partner.size, today) if vacancy else "",
        stale=stale,
        verified=partner.verified_at is not None,
        state_label=VACANCY_STATES[vacancy.state] if vacancy else "",
        badge=BADGES[vacancy.state] if vacancy else "",
        options=choices(),
        offered=offered_skills(typed),
        today=today,
    )


ROUTES: list = [OwnVacancies, OwnVacancy]

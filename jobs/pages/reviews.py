"""Staff review vacancies: what waits, oldest first, and one in full with what there is to decide."""

from datetime import UTC, date, datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest
from piccolo.query.functions.aggregate import Count

from jobs import reviews, vacancies
from jobs.pages.showing import BADGES, shown, skills_of, wage_question
from jobs.pages.vacancy_choices import LABELS, choices, offered_skills
from jobs.pages.vacancy_forms import MoveForm, WordsForm, missed_words
from jobs.tables import Vacancy, VacancyState
from jobs.words import VACANCY_STATES
from portal.access import STAFF
from portal.forms import REQUIRED, number_in
from portal.html import go, page
from portal.places import regions
from training.tables import Need, WordKind
from training.vocabulary import vocabulary
from training.vocabulary.proposing import propose
from training.vocabulary.resolving import occupations_for

PER_PAGE = 50
TABS: dict[str, tuple[str, VacancyState]] = {
    "waiting": ("Menunggu", VacancyState.IN_REVIEW),
    "returned": ("Dikembalikan", VacancyState.RETURNED),
    "published": ("Terbit", VacancyState.PUBLISHED),
    "closed": ("Ditutup", VacancyState.CLOSED),
}
SAID = {
    VacancyState.PUBLISHED: "Lowongan sudah terbit.",
    VacancyState.RETURNED: "Lowongan dikembalikan dengan catatan Anda.",
    VacancyState.CLOSED: "Lowongan ditutup.",
    VacancyState.IN_REVIEW: "Lowongan kembali menunggu ditinjau.",
}


async def reviewed_vacancy(vacancy_id: FromPath[int]) -> Vacancy:
    known = Vacancy.state.is_in([state.value for state in reviews.REVIEWED])
    vacancy = await Vacancy.objects().get((Vacancy.id == vacancy_id) & known)
    if vacancy is None:
        raise NotFoundException("Lowongan ini tidak ada.")
    return vacancy


class Reviews(Controller):
    path = "/reviews"
    guards = [STAFF]

    @get()
    async def index(self, request: HTMXRequest) -> Response[str]:
        # `state` is a name of the framework's own, so the address is read here; what it cannot mean is left out.
        asked = request.query_params
        chosen = asked.get("state", "")
        chosen = chosen if chosen in TABS else "waiting"
        at = number_in(asked.get("number", "")) or 1
        of = number_in(asked.get("partner", ""))
        counts = await _counts(of)
        extra = f"&partner={of}" if of else ""
        return page(
            request,
            "jobs/reviews.html",
            "reviews",
            rows=await _listed(TABS[chosen][1], of, at),
            chosen=chosen,
            number=at,
            pages=-(-counts.get(TABS[chosen][1], 0) // PER_PAGE),
            address_of=f"/reviews?state={chosen}{extra}&number={{}}".format,
            tabs=[
                {
                    "href": f"/reviews?state={name}{extra}",
                    "label": label,
                    "count": counts.get(of_state, 0),
                    "current": name == chosen,
                }
                for name, (label, of_state) in TABS.items()
            ],
            waiting=counts.get(VacancyState.IN_REVIEW, 0),
            partner=of,
        )


class Review(Controller):
    path = "/reviews/{vacancy_id:int}"
    guards = [STAFF]
    dependencies = {"vacancy": Provide(reviewed_vacancy)}

    @get()
    async def show(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[str]:
        return await _page(request, vacancy)

    @post("/moves")
    async def move(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[Any]:
        form, typed, errors = MoveForm.of(await request.form())
        if form is None and "to" in errors:
            raise ClientException("Langkah ini tidak dikenal.")
        if form and form.to == VacancyState.RETURNED and not form.note:
            errors["note"] = f"{REQUIRED} Mitra perlu tahu apa yang harus diperbaiki."
        if form is None or errors:
            return await _page(request, vacancy, typed=typed, errors=errors, status=422)
        try:
            await reviews.decide(vacancy, form.to, seen=form.seen, note=form.note, by=request.user)
        except reviews.Hindered as hindrance:
            return await _page(request, vacancy, errors={"publish": str(hindrance)}, status=422)
        except vacancies.NotPossible:
            await vacancy.refresh()
            return await _page(request, vacancy, typed=typed, stale=True, status=409)
        return go(request, "/reviews", said=SAID[form.to])

    @post("/words")
    async def mend(self, request: HTMXRequest, vacancy: NamedDependency[Vacancy]) -> Response[Any]:
        sent = await request.form()
        form, typed, errors = WordsForm.of(sent)
        if sent.get("to") == "skills":
            return await _page(request, vacancy, typed=typed)
        if form is None:
            await propose(WordKind.SKILL, missed_words(typed), by=request.user)
            return await _page(request, vacancy, typed=typed, errors=errors, status=422)
        try:
            await reviews.mend(
                vacancy,
                form.occupation or None,
                form.region or None,
                form.skills(Need.ESSENTIAL),
                form.skills(Need.USEFUL),
                seen=str(sent.get("seen", "")),
                by=request.user,
            )
        except vacancies.NotPossible:
            await vacancy.refresh()
            return await _page(request, vacancy, typed=typed, stale=True, status=409)
        return go(request, f"/reviews/{vacancy.id}", said="Tersimpan.")


async def _page(
    request: HTMXRequest,
    vacancy: Vacancy,
    *,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    stale: bool = False,
    status: int = 200,
) -> Response[str]:
    skills = await skills_of(vacancy)
    partner = await reviews.partner_of(vacancy)
    today = date.today()
    own = {"occupation": vacancy.occupation or "", "region": vacancy.region or "", "note": ""} | {
        "essential": skills[Need.ESSENTIAL],
        "useful": skills[Need.USEFUL],
        "more_essential": "",
        "more_useful": "",
        "title": vacancy.title,
    }
    typed = own | (typed or {})
    findings = reviews.look_over(vacancy, skills, partner, today)
    return page(
        request,
        "jobs/review.html",
        "review",
        status=status,
        vacancy=vacancy,
        shown=shown(vacancy, skills),
        partner=partner,
        findings=findings,
        question=wage_question(vacancy, partner.size if partner else None, today),
        moves=[to.value for to in reviews.moves_open_to(request.user, vacancy)],
        mendable=vacancy.state in reviews.MENDABLE,
        state_label=VACANCY_STATES[vacancy.state],
        badge=BADGES[vacancy.state],
        typed=typed,
        errors=errors or {},
        labels={name: LABELS[name] for name in errors or {} if name in LABELS},
        stale=stale,
        likely="" if vacancy.occupation else _likely(vacancy.title),
        options=choices(),
        offered=offered_skills(typed),
    )


def _likely(title: str) -> str:
    """What the title may mean, where nobody has said yet; a suggestion that staff weigh."""
    occupations = vocabulary().occupations
    meant = [occupations[each.id].label for each in occupations_for(title, limit=3)]
    return f"Dari namanya mungkin: {', '.join(meant)}." if meant else ""


async def _counts(partner: int | None) -> dict[str, int]:
    counted = Vacancy.select(Vacancy.state, Count(alias="number")).group_by(Vacancy.state)
    if partner:
        counted = counted.where(Vacancy.partner == partner)
    return {row["state"]: row["number"] for row in await counted}


async def _listed(state: VacancyState, partner: int | None, number: int) -> list[dict[str, Any]]:
    """One page; what waits comes oldest first, the rest newest first."""
    waiting = state == VacancyState.IN_REVIEW
    listed = Vacancy.select(
        Vacancy.id,
        Vacancy.title,
        Vacancy.employer_name,
        Vacancy.source,
        Vacancy.region,
        Vacancy.occupation,
        Vacancy.made_at,
        Vacancy.partner,
        Vacancy.partner.verified_at.as_alias("verified_at"),
    ).where(Vacancy.state == state)
    if partner:
        listed = listed.where(Vacancy.partner == partner)
    rows = (
        await listed.order_by(Vacancy.made_at, Vacancy.id, ascending=waiting)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    now = datetime.now(UTC)
    for row in rows:
        region = regions().get(row["region"] or "")
        row["place"] = region.name if region else ""
        row["days"] = (now - row["made_at"]).days
    return rows


ROUTES: list = [Reviews, Review]

"""Recording a course, and mending what was recorded."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal.access import LARGEST_ID, STAFF
from portal.html import go, page
from portal.once import new_key, once
from portal.people import Actor
from portal.places import province_options
from portal.tables import Organisation, OrganisationKind, Role
from training import programmes
from training.programme_forms import Cost, ProgrammeForm, Starts, typed_from, unknown_words
from training.tables import Programme, WordKind
from training.vocabulary import vocabulary
from training.vocabulary.proposing import propose
from training.words import CERTIFICATE_KINDS, PROVIDER_KINDS

LABELS: dict[str, str] = {
    "office": "Kantor",
    "title": "Nama pelatihan",
    "provider_kind": "Jenis penyelenggara",
    "provider": "Penyelenggara",
    "region": "Kabupaten atau kota",
    "locality": "Kecamatan atau desa",
    "address": "Alamat",
    "about": "Isi pelatihan",
    "gives": "Keterampilan",
    "certificate_kind": "Jenis sertifikat",
    "certificate": "Nama sertifikat",
    "licence": "Surat izin",
    "starts": "Mulai",
    "begins_on": "Tanggal mulai",
    "ends_on": "Tanggal selesai",
    "hours": "Jam pelajaran",
    "weeks": "Lama",
    "seats": "Kuota",
    "cost": "Biaya",
    "amount": "Besarnya biaya",
    "how": "Cara mendaftar",
}
PAST = "Tanggal ini sudah lewat. Periksa tahunnya, atau pilih “kapan saja”."
NO_OFFICE = "Pilih kantor dari daftar."


async def own_programme(request: HTMXRequest, programme_id: FromPath[int]) -> Programme:
    """One this person looks after; another office's may be read, and is not there to be changed."""
    programme = await programmes.editable_by(request.user).where(Programme.id == programme_id).first()
    if programme is None:
        raise NotFoundException("Pelatihan ini tidak ada, atau dicatat kantor lain.")
    return programme


class NewProgramme(Controller):
    path = "/programmes/new"
    guards = [STAFF]

    @get()
    async def new(self, request: HTMXRequest) -> Response[str]:
        fresh = {"starts": Starts.ON.value, "cost": Cost.FREE.value, "office": str(request.user.organisation)}
        return await form_page(request, ProgrammeForm.typed_from({}) | fresh, {}, new_key())

    @post()
    async def add(self, request: HTMXRequest) -> Response[Any]:
        form, typed, errors = ProgrammeForm.of(await request.form())
        office = await _office(typed["office"], request.user)
        if form and form.starts == Starts.ON and form.begins_on and form.begins_on < date.today():
            errors["begins_on"] = PAST
        if office is None:
            errors["office"] = NO_OFFICE
        if form is None or office is None or errors:
            await propose(WordKind.SKILL, unknown_words(typed), by=request.user)
            return await form_page(request, typed, errors, typed["once"] or new_key(), status=422)

        async def make() -> str:
            programme = await programmes.add(form.facts(), form.all_skills(), office=office, by=request.user)
            return f"/programmes/{programme.id}"

        return go(request, await once(form.once, make, by=request.user), said="Pelatihan tercatat.")


class ProgrammeDetails(Controller):
    path = "/programmes/{programme_id:int}/details"
    guards = [STAFF]
    dependencies = {"programme": Provide(own_programme)}

    @get()
    async def show(self, request: HTMXRequest, programme: NamedDependency[Programme]) -> Response[str]:
        typed = typed_from(programme, await programmes.skills_of(programme.id))
        return await form_page(request, typed, {}, programme=programme)

    @post(status_code=200)
    async def edit(self, request: HTMXRequest, programme: NamedDependency[Programme]) -> Response[Any]:
        form, typed, errors = ProgrammeForm.of(await request.form())
        if form is None:
            await propose(WordKind.SKILL, unknown_words(typed), by=request.user)
            return await form_page(request, typed, errors, programme=programme, status=422)
        try:
            await programmes.edit(programme, form.facts(), form.all_skills(), form.seen, by=request.user)
        except programmes.Changed:
            await programme.refresh()
            # Nothing typed is lost: the form comes back, and the next press of the button replaces what is new.
            typed["seen"] = programme.changed_at.isoformat()
            return await form_page(request, typed, {}, programme=programme, stale=True, status=409)
        return go(request, f"/programmes/{programme.id}", said="Pelatihan tersimpan.")


async def _office(typed: str, by: Actor) -> int | None:
    """Whose the new course is: the reader's own office; for administrators the one chosen, None where there is none."""
    if by.role != Role.ADMINISTRATOR or not typed:
        return by.organisation
    chosen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    known = Organisation.kind == OrganisationKind.OFFICE
    if 0 < chosen <= LARGEST_ID and await Organisation.exists().where(known & (Organisation.id == chosen)):
        return chosen
    return None


async def _offices(by: Actor) -> list[tuple[str, str]]:
    if by.role != Role.ADMINISTRATOR:
        return []
    rows = (
        await Organisation.select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.OFFICE)
        .order_by(Organisation.name)
    )
    return [(str(row["id"]), row["name"]) for row in rows]


async def form_page(
    request: HTMXRequest,
    typed: dict[str, Any],
    errors: dict[str, str],
    key: str = "",
    *,
    programme: Programme | None = None,
    stale: bool = False,
    status: int = 200,
) -> Response[str]:
    """To record a course (`key`) or to edit `programme`."""
    known = vocabulary().skills
    return page(
        request,
        "training/programme_form.html",
        status=status,
        programme=programme,
        action=f"/programmes/{programme.id}/details" if programme else "/programmes/new",
        typed=typed,
        errors=errors,
        labels=LABELS,
        key=key,
        stale=stale,
        ticked=[(id, known[id].label) for id in typed["skills"] if id in known],
        offices=[] if programme else await _offices(request.user),
        regions=province_options(),
        provider_kinds=list(PROVIDER_KINDS.items()),
        certificate_kinds=list(CERTIFICATE_KINDS.items()),
        licences=[(id, each.label) for id, each in vocabulary().licences.items()],
    )


ROUTES: list = [NewProgramme, ProgrammeDetails]

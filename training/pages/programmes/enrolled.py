"""The steps of a client's way to a course that staff take: registering, not going after all, and finishing with a paper."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal.access import STAFF
from portal.html import go, page
from portal.once import new_key, once
from portal.tables import Client
from training import enrolments, programmes
from training.forms import CertificateForm, split_words
from training.pages.profiles.pages import entries
from training.programme_forms import MoveForm
from training.tables import CertificateKind, Enrolment, EnrolmentState, Programme
from training.vocabulary import vocabulary
from training.vocabulary.searching import tell_skills, without_meant
from training.words import CERTIFICATE_KINDS

SAID = {
    EnrolmentState.INTERESTED: "Tercatat: klien tertarik.",
    EnrolmentState.REGISTERED: "Tercatat: klien sudah didaftarkan.",
    EnrolmentState.ENDED: "Tercatat: klien tidak jadi ikut.",
}
LABELS = {
    "kind": "Jenis",
    "title": "Nama sertifikat",
    "scheme": "Yang boleh ditampilkan",
    "issuer": "Penerbit",
    "number": "Nomor",
    "hours": "Lama pelatihan",
    "issued_on": "Terbit",
    "expires_on": "Berlaku sampai",
    "proves": "Keterampilan lain",
    "skills": "Keterampilan yang dibuktikan",
}


class FinishForm(CertificateForm, kw_only=True):
    """What a finished course gave: the paper, the skills it proves, and the licence beside it."""

    licence: bool = False
    without: bool = False
    """There is no paper; the skills were learnt all the same."""


async def visible_enrolment(request: HTMXRequest, enrolment_id: FromPath[int]) -> Enrolment:
    enrolment = await enrolments.visible_to(request.user).where(Enrolment.id == enrolment_id).first()
    if enrolment is None:
        raise NotFoundException("Catatan pelatihan ini tidak ada di kantor Anda.")
    return enrolment


class Enrolments(Controller):
    path = "/enrolments/{enrolment_id:int}"
    guards = [STAFF]
    dependencies = {"enrolment": Provide(visible_enrolment)}

    @post("/moves", status_code=200)
    async def move(self, request: HTMXRequest, enrolment: NamedDependency[Enrolment]) -> Response[Any]:
        form, _, _ = MoveForm.of(await request.form())
        if form is None or form.to == EnrolmentState.FINISHED:
            raise ClientException("Langkah ini tidak dikenal.")
        back = f"/programmes/{enrolment.programme}"
        if enrolment.state != form.seen:
            # A second tap finds it done already; another's step is shown before anything else is done.
            done = enrolment.state == form.to
            return go(
                request, back, said=SAID[form.to] if done else "Keadaannya baru saja berubah. Periksa lagi."
            )
        try:
            await enrolments.move(enrolment, form.to, by=request.user)
        except enrolments.NotPossible as problem:
            return go(request, back, said=str(problem))
        return go(request, back, said=SAID[form.to])

    @get("/certificate")
    async def ask(self, request: HTMXRequest, enrolment: NamedDependency[Enrolment]) -> Response[Any]:
        if enrolment.state != EnrolmentState.REGISTERED:
            return go(request, f"/programmes/{enrolment.programme}")
        programme = await _programme(enrolment)
        taught = await programmes.skills_of(programme.id)
        return await form_page(
            request, enrolment, programme, taught, _suggested(programme, taught), {}, new_key()
        )

    @post("/certificate", status_code=200)
    async def finish(self, request: HTMXRequest, enrolment: NamedDependency[Enrolment]) -> Response[Any]:
        form, typed, errors = FinishForm.of(await request.form())
        programme = await _programme(enrolment)
        taught = await programmes.skills_of(programme.id)
        if form is None:
            key = typed["once"] or new_key()
            return await form_page(request, enrolment, programme, taught, typed, errors, key, status=422)
        known, unknown = tell_skills(split_words(form.proves))
        unknown = without_meant(unknown, entries(vocabulary().skills, form.skills))
        if unknown:
            errors = {
                "proves": f"Belum ada di daftar: {', '.join(unknown[:5])}. Coba kata lain, atau hapus dulu."
            }
            key = typed["once"] or new_key()
            return await form_page(request, enrolment, programme, taught, typed, errors, key, status=422)

        async def make() -> str:
            licence = programme.licence if form.licence else None
            skills = list(dict.fromkeys([*form.skills, *known]))
            facts = None if form.without else form.facts()
            await enrolments.finish(enrolment, facts, skills, licence, by=request.user)
            return f"/clients/{enrolment.client}/profile"

        try:
            address = await once(form.once, make, by=request.user)
        except enrolments.NotPossible as problem:
            return go(request, f"/programmes/{enrolment.programme}", said=str(problem))
        return go(request, address, said="Pelatihan selesai. Hasilnya sudah ada di profil.")


async def _programme(enrolment: Enrolment) -> Programme:
    programme = await Programme.objects().get(Programme.id == enrolment.programme)
    assert programme
    return programme


def _suggested(programme: Programme, taught: list[str]) -> dict[str, Any]:
    """The form as the course itself says it; whoever holds the paper in their hand mends what differs."""
    ended = programme.ends_on if programme.begins_on else None
    return FinishForm.typed_from(
        {
            "kind": programme.certificate_kind or CertificateKind.TRAINING,
            "title": programme.certificate or programme.title,
            "issuer": programme.provider,
            "hours": programme.hours,
            "issued_on": ended if ended and ended <= date.today() else None,
            "skills": taught,
            "licence": bool(programme.licence),
        }
    )


async def form_page(
    request: HTMXRequest,
    enrolment: Enrolment,
    programme: Programme,
    taught: list[str],
    typed: dict[str, Any],
    errors: dict[str, str],
    key: str,
    status: int = 200,
) -> Response[str]:
    [row] = await Client.select(Client.person.name.as_alias("name")).where(Client.id == enrolment.client)
    known = vocabulary().skills
    licence = vocabulary().licences.get(programme.licence or "")
    return page(
        request,
        "training/finish.html",
        status=status,
        enrolment=enrolment,
        programme=programme,
        who=row["name"],
        skills=[(id, known[id].label) for id in dict.fromkeys([*taught, *typed["skills"]]) if id in known],
        licence=licence.label if licence else "",
        kinds=list(CERTIFICATE_KINDS.items()),
        typed=typed,
        errors=errors,
        labels=LABELS,
        key=key,
    )


ROUTES: list = [Enrolments]

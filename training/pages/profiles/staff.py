"""The profile's page for staff, who write what counts as evidence."""

from litestar import post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from portal import clients
from portal.access import STAFF
from portal.once import once
from portal.pages.clients import visible_client
from portal.tables import Client
from training import profiles
from training.forms import (
    CertificateForm,
    EducationForm,
    ExperienceForm,
    HomeForm,
    NamingForm,
    split_words,
)
from training.pages.profiles.pages import ProfilePages, entries
from training.pages.profiles.rendering import Answer, address, refused, saved
from training.vocabulary import vocabulary
from training.vocabulary.searching import tell_occupations, tell_skills, without_meant


class StaffProfile(ProfilePages):
    path = "/clients/{client_id:int}/profile"
    guards = [STAFF]
    dependencies = {"client": Provide(visible_client)}

    @post("/home")
    async def settle(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = HomeForm.of(await request.form())
        if form is None:
            return await refused(request, client, "home", typed, errors)
        await clients.edit(client, region=form.region, locality=form.locality, by=request.user)
        await client.refresh()
        return await saved(request, client, "home", "Tempat tinggal tersimpan.")

    @post("/education")
    async def educate(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = EducationForm.of(await request.form())
        if form is None:
            return await refused(request, client, "education", typed, errors)
        facts = {"education": form.education, "licences": form.licences}
        await profiles.describe(await profiles.of_client(client.id), facts, by=request.user)
        return await saved(request, client, "education", "Pendidikan dan lisensi tersimpan.")

    @post("/experience")
    async def add_experience(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = ExperienceForm.of(await request.form())
        if form is None:
            return await refused(request, client, "experience", typed, errors)
        occupations, _ = tell_occupations([form.title])
        facts = {
            "title": form.title,
            "occupation": occupations[0] if occupations else None,
            "kind": form.kind,
            "months": form.months,
        }

        async def make() -> str:
            await profiles.add_experience(await profiles.of_client(client.id), facts, by=request.user)
            return address(request.user, client)

        await once(form.once, make, by=request.user)
        return await saved(request, client, "experience", "Pengalaman ditambahkan.")

    @post("/experience/{experience_id:int}/occupation")
    async def name_experience(
        self, request: HTMXRequest, client: NamedDependency[Client], experience_id: FromPath[int]
    ) -> Answer:
        profile = await profiles.of_client(client.id)
        if experience_id not in [row["id"] for row in profile.experience]:
            raise NotFoundException("Pengalaman ini sudah tidak ada.")
        form, typed, errors = NamingForm.of(await request.form())
        if form is None:
            return await refused(request, client, "experience", typed, errors)
        await profiles.name_experience(profile, experience_id, form.occupation, by=request.user)
        return await saved(request, client, "experience", "Tersimpan.")

    @post("/experience/{experience_id:int}/removal")
    async def remove_experience(
        self, request: HTMXRequest, client: NamedDependency[Client], experience_id: FromPath[int]
    ) -> Answer:
        profile = await profiles.of_client(client.id)
        await profiles.remove_experience(profile, experience_id, by=request.user)
        return await saved(request, client, "experience", "Pengalaman dihapus.")

    @post("/certificates")
    async def add_certificate(self, request: HTMXRequest, client: NamedDependency[Client]) -> Answer:
        form, typed, errors = CertificateForm.of(await request.form())
        if form is None:
            return await refused(request, client, "certificates", typed, errors)
        known, unknown = tell_skills(split_words(form.proves))
        unknown = without_meant(unknown, entries(vocabulary().skills, form.skills))

        async def make() -> str:
            profile = await profiles.of_client(client.id)
            await profiles.add_certificate(profile, form.facts(), [*known, *form.skills], by=request.user)
            if unknown:
                await profiles.keep_unknown(profile, unknown, by=request.user)
            return address(request.user, client)

        await once(form.once, make, by=request.user)
        return await saved(request, client, "certificates", "Sertifikat ditambahkan.")

    @post("/certificates/{certificate_id:int}/removal")
    async def remove_certificate(
        self, request: HTMXRequest, client: NamedDependency[Client], certificate_id: FromPath[int]
    ) -> Answer:
        profile = await profiles.of_client(client.id)
        await profiles.remove_certificate(profile, certificate_id, by=request.user)
        return await saved(
            request, client, "certificates", "Sertifikat dihapus. Keterampilannya tetap tercatat."
        )

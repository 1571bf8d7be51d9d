"""Evidence grows and never shrinks by itself."""

import pytest

from tests import builders
from training import profiles
from training.tables import CertificateKind, Source

pytestmark = pytest.mark.anyio


async def test_a_certificate_gives_its_skills_and_a_statement_never_weakens_them() -> None:
    staff = await builders.staff()
    client = await builders.client(staff, skills=["komunikasi"])
    profile = await profiles.of_client(client.client)
    paper = {"kind": CertificateKind.COMPETENCE, "title": "Pelayanan"}
    await profiles.add_certificate(profile, paper, ["komunikasi", "teliti"], by=staff)
    await profiles.add_skills(profile, ["komunikasi", "kerja-tim"], Source.STATED, by=staff)
    again = await profiles.of_client(client.client)
    assert again.skills == {
        "komunikasi": Source.CERTIFIED,
        "teliti": Source.CERTIFIED,
        "kerja-tim": Source.STATED,
    }
    assert again.certificates[0]["skills"] == ["komunikasi", "teliti"]


async def test_a_paper_taken_off_leaves_its_skills_as_stated() -> None:
    staff = await builders.staff()
    profile = await profiles.of_client((await builders.client(staff)).client)
    await profiles.add_certificate(
        profile, {"kind": CertificateKind.TRAINING, "title": "Kursus"}, ["teliti"], by=staff
    )
    known = await profiles.of_client(profile.client)
    await profiles.remove_certificate(known, known.certificates[0]["id"], by=staff)
    assert (await profiles.of_client(profile.client)).skills == {"teliti": Source.STATED}


async def test_nobody_takes_a_paper_off_another_profile() -> None:
    staff = await builders.staff()
    one = await profiles.of_client((await builders.client(staff)).client)
    other = await profiles.of_client((await builders.client(staff)).client)
    await profiles.add_certificate(
        one, {"kind": CertificateKind.TRAINING, "title": "Kursus"}, ["teliti"], by=staff
    )
    known = await profiles.of_client(one.client)
    await profiles.remove_certificate(other, known.certificates[0]["id"], by=staff)
    assert (await profiles.of_client(one.client)).certificates

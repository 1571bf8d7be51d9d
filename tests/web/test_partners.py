"""Staff register, verify and invite partners; a partner looks after its own words."""

import re
from typing import Any

import pytest

from partners.tables import Partner
from portal.tables import Event, Membership, Organisation, Person, Role
from tests import builders
from tests.web.conftest import once_of

pytestmark = pytest.mark.anyio

WHOLE: dict[str, Any] = {
    "name": "PT Roti Contoh",
    "region": "32.73",
    "industry": "C",
    "size": "larger",
    "nib": "1234567890123",
    "phone": "022-7654321",
    "address": "Jl. Melati 3",
    "about": "Membuat roti sejak pagi.",
}


async def unverified() -> Partner:
    partner = await builders.partner("PT Belum Dikenal")
    await Partner.update({Partner.verified_at: None}, force=True).where(Partner.id == partner.id)
    await partner.refresh()
    return partner


async def organisation_of(partner: Partner) -> Organisation:
    found = await Organisation.objects().get(Organisation.id == partner.organisation)
    assert found
    return found


async def test_staff_register_a_partner_once_for_two_taps(browser) -> None:
    visitor = await browser(await builders.staff())
    key = once_of((await visitor.get("/partners/new")).text)
    answers = [await visitor.form("/partners/new", {**WHOLE, "once": key}) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    [partner] = await Partner.objects()
    assert (partner.industry, partner.size, partner.nib, partner.verified_at) == (
        "C",
        "larger",
        "1234567890123",
        None,
    )
    organisation = await organisation_of(partner)
    assert (organisation.name, organisation.region, organisation.phone) == (
        "PT Roti Contoh",
        "32.73",
        "+62227654321",
    )
    assert "Belum diverifikasi" in (await visitor.get(f"/partners/{partner.id}")).text


async def test_everything_wrong_is_told_at_once_and_kept(browser) -> None:
    wrong = {**WHOLE, "name": "", "region": "32", "industry": "Z", "nib": "12 34", "phone": "nol delapan"}
    answer = await (await browser(await builders.staff())).form("/partners/new", wrong)
    assert answer.status_code == 422 and await Partner.count() == 0
    assert "Perbaiki 5 hal" in answer.text
    assert 'value="12 34"' in answer.text and 'value="nol delapan"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 121),
        ("nib", "9" * 400),
        ("nib", "12345678901²³"),
        ("industry", "'; DROP TABLE partner; --"),
        ("size", "huge"),
        ("about", "x" * 2001),
        ("region", "99.99"),
    ],
)
async def test_hostile_values_are_answered_with_a_sentence(browser, field: str, value: str) -> None:
    answer = await (await browser(await builders.staff())).form("/partners/new", {**WHOLE, field: value})
    assert answer.status_code == 422 and await Partner.count() == 0


async def test_nul_and_html_do_no_harm(browser) -> None:
    visitor = await browser(await builders.staff())
    sent = {**WHOLE, "name": "PT\x00 <script>alert(1)</script>", "about": "<img src=x onerror=alert(1)>"}
    answer = await visitor.form("/partners/new", sent)
    read = (await visitor.get(answer.headers["location"])).text
    assert "<script>alert" not in read and "<img src=x" not in read and "&lt;script&gt;" in read


async def test_verifying_notes_who_and_when_and_the_first_stays(browser) -> None:
    partner, first, second = await unverified(), await builders.staff(), await builders.staff()
    for actor in (first, second):
        answer = await (await browser(actor)).form(f"/partners/{partner.id}/verification")
        assert answer.status_code == 303
    await partner.refresh()
    assert partner.verified_at and partner.verified_by == first.person
    assert await Event.count().where(Event.subject == f"partner:{partner.id}") == 1
    read = (await (await browser(second)).get(f"/partners/{partner.id}")).text
    assert first.name in read and "Verifikasi mitra" not in read


async def test_an_invitation_shows_its_link_once_and_leads_to_the_partner(browser) -> None:
    partner = await builders.partner()
    visitor = await browser(await builders.staff())
    key = once_of((await visitor.get(f"/partners/{partner.id}")).text)
    sent = {"name": "Sari Contoh", "email": "Sari@Contoh.id", "once": key}
    answer = await visitor.form(f"/partners/{partner.id}/invitations", sent)
    link = re.search(r'value="(https?://[^"]+/invitations/[^"]+)"', answer.text)
    assert answer.status_code == 200 and link and answer.headers["cache-control"] == "no-store"
    assert "/invitations/" not in (await visitor.get(f"/partners/{partner.id}")).text.replace(
        f"/partners/{partner.id}/invitations", ""
    )
    person = await Person.objects().get(Person.email == "sari@contoh.id")
    assert person and await Membership.exists().where(
        (Membership.person == person.id)
        & (Membership.role == Role.EMPLOYER)
        & (Membership.organisation == partner.organisation)
    )


async def test_two_taps_invite_one_person_and_both_show_a_link(browser) -> None:
    partner = await builders.partner()
    visitor = await browser(await builders.staff())
    key = once_of((await visitor.get(f"/partners/{partner.id}")).text)
    for _ in range(2):
        answer = await visitor.form(f"/partners/{partner.id}/invitations", {"name": "Sari", "once": key})
        assert "Undangan siap" in answer.text
    assert await Person.count().where(Person.name == "Sari") == 1


async def test_a_lost_link_is_replaced_for_members_of_this_partner_only(browser) -> None:
    partner, stranger = await builders.partner(), await builders.employer(await builders.partner("PT Lain"))
    member = await builders.employer(partner)
    visitor = await browser(await builders.staff())
    answer = await visitor.form(f"/partners/{partner.id}/members/{member.person}/links")
    assert "Undangan siap" in answer.text
    assert (await visitor.form(f"/partners/{partner.id}/members/{stranger.person}/links")).status_code == 404


async def test_a_wrong_invitation_is_told_and_kept(browser) -> None:
    partner = await builders.partner()
    answer = await (await browser(await builders.staff())).form(
        f"/partners/{partner.id}/invitations", {"name": "", "email": "bukan surel"}
    )
    assert answer.status_code == 422 and 'value="bukan surel"' in answer.text


async def test_the_list_shows_who_is_to_be_verified_first_and_counts_vacancies(browser, queries) -> None:
    verified = await builders.partner("Aneka Logam")
    await builders.vacancy(verified)
    await unverified()
    visitor = await browser(await builders.staff())
    queries.clear()
    text = (await visitor.get("/partners")).text
    assert len(queries) <= 3
    assert text.index("PT Belum Dikenal") < text.index("Aneka Logam")
    assert re.search(r'data-label="Lowongan terbit" class="num">1<', text)


@pytest.mark.parametrize(
    "query", ["q=%25%25", "q=%00", "q=" + "x" * 999, "number=99999999999", "number=-1", "show=%5C"]
)
async def test_the_list_takes_anything_in_its_address(browser, query: str) -> None:
    await builders.partner()
    assert (await (await browser(await builders.staff())).get(f"/partners?{query}")).status_code == 200


async def test_a_partner_changes_its_own_words_and_nothing_else(browser) -> None:
    partner = await builders.partner()
    visitor = await browser(await builders.employer(partner))
    answer = await visitor.form(
        "/partner",
        {
            "about": "Bengkel las.",
            "address": "Jl. Baru 1",
            "phone": "0251 123456",
            "name": "PT Palsu",
            "verified_at": "now",
        },
    )
    assert answer.status_code == 303
    await partner.refresh()
    organisation = await organisation_of(partner)
    assert (partner.about, partner.address) == ("Bengkel las.", "Jl. Baru 1")
    assert (organisation.name, organisation.phone) == ("CV Logam Contoh", "+62251123456")


async def test_a_partners_wrong_phone_is_told_and_kept(browser) -> None:
    answer = await (await browser(await builders.employer())).form(
        "/partner", {"phone": "12", "about": "Kami"}
    )
    assert answer.status_code == 422 and 'value="12"' in answer.text and "Kami</textarea>" in answer.text


async def test_partners_are_for_staff_and_ones_own_page_for_employers(browser) -> None:
    partner = await builders.partner()
    employer, staff = await builders.employer(partner), await builders.staff()
    for path in ("/partners", "/partners/new", f"/partners/{partner.id}"):
        assert (await (await browser(employer)).get(path)).status_code == 403
        assert (await (await browser(staff)).get(path)).status_code == 200
    assert (await (await browser(employer)).get("/partner")).status_code == 200
    assert (await (await browser(staff)).get("/partner")).status_code == 403
    assert (await (await browser(staff)).get("/partners/2000000000")).status_code == 404


async def test_staff_correct_what_they_registered_and_the_vacancies_carry_the_new_name(browser) -> None:
    partner = await builders.partner("CV Logam Cotnoh")
    vacancy = await builders.vacancy(partner)
    visitor = await browser(await builders.staff())
    form = {"name": "CV Logam Contoh", "region": "32.71", "industry": "C", "size": "larger", "nib": ""}
    wrong = await visitor.form(f"/partners/{partner.id}/details", {**form, "nib": "12"})
    assert wrong.status_code == 422 and "NIB terdiri atas 13 angka." in wrong.text
    answer = await visitor.form(f"/partners/{partner.id}/details", form)
    assert answer.status_code == 303 and answer.headers["location"] == f"/partners/{partner.id}"
    page = (await visitor.get(f"/partners/{partner.id}")).text
    assert "CV Logam Contoh" in page and "Kota Bogor" in page and "Usaha menengah atau besar" in page
    await vacancy.refresh()
    assert vacancy.employer_name == "CV Logam Contoh"


async def test_a_verification_can_be_taken_back_and_what_is_published_stays(browser) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner)
    staff = await builders.staff()
    visitor = await browser(staff)
    for _ in range(2):
        answer = await visitor.form(f"/partners/{partner.id}/verification/ending", {})
        assert answer.status_code == 303
    page = (await visitor.get(f"/partners/{partner.id}")).text
    assert "Belum diverifikasi" in page and "Verifikasi mitra" in page
    await vacancy.refresh()
    assert vacancy.state == "published"
    events = await Event.select(Event.action).where(Event.subject == f"partner:{partner.id}")
    assert [each["action"] for each in events] == ["unverified"]

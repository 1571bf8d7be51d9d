"""A partner employer: a vacancy on its way to those who look for it, and candidates on theirs to the work."""

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, CheckPage, OpenPage, SignIn

pytestmark = pytest.mark.anyio
TITLE = "Tukang las pagar panggilan"
SOON = (date.today() + timedelta(days=30)).isoformat()
MOST_LOOKS = 50
"""So often a page is read again until the search has caught up."""


async def test_what_an_employer_posts_and_staff_publish_is_found_by_a_stranger(
    open_page: OpenPage, sign_in: SignIn, look: CheckPage
) -> None:
    employer, staff, stranger = await open_page(), await open_page(size=DESKTOP), await open_page()
    await sign_in(employer, "employer")
    await employer.get_by_role("navigation", name="Utama").get_by_role("link", name="Lowongan").click()
    await employer.get_by_role("link", name="Pasang lowongan").click()
    await post_with_mistakes_first(employer, look)
    assert not await found(stranger, TITLE)

    await sign_in(staff, "staff")
    await staff.goto("/reviews")
    await staff.get_by_role("link", name=TITLE).click()
    await expect(staff.get_by_text("Mitra terverifikasi")).to_be_visible()
    await look(staff)
    await staff.get_by_role("button", name="Terbitkan").click()
    await expect(staff.get_by_role("status").get_by_text("terbit")).to_be_visible()

    for _ in range(MOST_LOOKS):
        if await found(stranger, TITLE):
            break
    await stranger.get_by_role("link", name=TITLE).click()
    await expect(stranger.get_by_role("heading", name=TITLE)).to_be_visible()
    await expect(stranger.get_by_role("link", name="Masuk untuk melamar").first).to_be_visible()
    await look(stranger)
    await employer.goto("/partner/vacancies")
    row = employer.get_by_role("listitem").filter(has=employer.get_by_role("link", name=TITLE, exact=True))
    await expect(row.get_by_text("Terbit", exact=True)).to_be_visible()


async def post_with_mistakes_first(page: Page, look: CheckPage) -> None:
    await page.get_by_label("Nama jabatan").fill(TITLE)
    await page.get_by_label("Uraian pekerjaan").fill("Mengelas pagar dan kanopi di rumah pelanggan.")
    await page.get_by_label("Persyaratan").fill("Laki-laki, usia maksimal 30 tahun.")
    await page.get_by_label("Upah terendah sebulan").fill("5.500.000")
    await page.get_by_label("Upah tertinggi sebulan").fill("4.500.000")
    async with page.expect_response("**/partner/vacancies/new") as answered:
        await page.get_by_role("button", name="Kirim untuk ditinjau").click()
    assert (await answered.value).status == 422
    told = page.get_by_role("alert")
    for words in (
        "Batas usia tidak boleh",
        "Jenis kelamin tidak boleh",
        "Upah tertinggi lebih kecil",
        "Kabupaten atau kota",
    ):
        await expect(told).to_contain_text(words)
    await expect(page.get_by_label("Persyaratan")).to_have_value("Laki-laki, usia maksimal 30 tahun.")
    await expect(page.get_by_label("Upah terendah sebulan")).to_have_value(re.compile(r"5\.?500\.?000"))
    await look(page)

    await page.get_by_label("Persyaratan").fill("Terbiasa memakai alat pelindung diri.")
    await page.get_by_label("Upah tertinggi sebulan").fill("6.000.000")
    await page.get_by_label("Batas lamaran").fill(SOON)
    await page.get_by_label("Kabupaten atau kota").select_option(label="Kab. Bogor")
    await page.get_by_label("Hubungan kerja").select_option(label="Kontrak")
    await page.get_by_role("button", name="Tampilkan keterampilan jabatan ini").click()
    await page.get_by_role("group", name="Keterampilan wajib").get_by_label("SMAW").first.check()
    await look(page)
    await page.get_by_role("button", name="Kirim untuk ditinjau").click()
    await expect(page.get_by_text("Petugas sedang membacanya.")).to_be_visible()
    await look(page)


async def found(stranger: Page, title: str) -> bool:
    """Whether a search for it has it now."""
    await stranger.goto("/?q=las+pagar+panggilan")
    return await stranger.get_by_role("link", name=title).count() > 0


async def test_an_employer_learns_a_name_with_the_invitation_refuses_kindly_and_hires(
    open_page: OpenPage, sign_in: SignIn, look: CheckPage
) -> None:
    page = await open_page()
    await sign_in(page, "employer")
    await expect(page.get_by_role("heading", name="lamaran menunggu jawaban")).to_be_visible()
    inbox = await page.locator("main").inner_text()
    await look(page)

    row = candidate(page, "terbiasa memasang rangka di ketinggian")
    number = await row.get_by_role("link", name="Kandidat").inner_text()
    await row.get_by_role("link", name="Undang wawancara").click()
    await page.get_by_label("Jam", exact=True).fill("10:30")
    await page.get_by_label("Tempat", exact=True).fill("Bengkel Cibinong. Temui Pak Hartono.")
    await page.get_by_role("button", name="Kirim undangan").click()
    await expect(page.get_by_role("alert")).to_contain_text("Pilih tanggal wawancara.")
    await expect(page.get_by_label("Jam", exact=True)).to_have_value("10:30")
    await expect(page.get_by_label("Tempat", exact=True)).to_have_value(
        "Bengkel Cibinong. Temui Pak Hartono."
    )
    await look(page)
    await page.get_by_label("Tanggal", exact=True).fill(SOON)
    await page.get_by_role("button", name="Kirim undangan").click()
    await expect(row.get_by_text("Wawancara", exact=True)).to_be_visible()

    await refuse(page, candidate(page, "Baru selesai pelatihan 160 JP"), look)

    await page.get_by_role("navigation", name="Keadaan lamaran").get_by_role("link", name="Wawancara").click()
    await (
        candidate(page, "terbiasa memasang rangka di ketinggian")
        .get_by_role("link", name=number, exact=True)
        .click()
    )
    identity = page.locator("#identity")
    name = await identity.get_by_role("heading").inner_text()
    assert name and not [part for part in name.split() if part in inbox]
    assert name not in await page.title()
    await look(page)
    await tap_twice(page.get_by_role("button", name="Tawarkan pekerjaan"), "Sudah ditawari", "Terima bekerja")
    await page.get_by_role("button", name="Terima bekerja").click()
    await expect(page.get_by_role("heading", name="Diterima bekerja")).to_be_visible()
    await expect(identity.get_by_role("heading", name=name)).to_be_visible()
    await look(page)


TAP_AGAIN = """([words, x, y]) => addEventListener("htmx:afterSettle", () => {
    const next = [...document.querySelectorAll("button")].find((each) => each.innerText.trim() === words);
    next.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y}));
    document.body.dataset.tapped = next.innerText.trim();
}, {once: true})"""


async def tap_twice(button: Locator, then: str, put_there: str) -> None:
    """A double tap whose second half comes with the answer: it must not press what was put in the button's place."""
    # In the middle of the screen no toast lies on it.
    await button.evaluate("(button) => button.scrollIntoView({block: 'center'})")
    page, place = button.page, await button.bounding_box()
    assert place
    where = (place["x"] + 20, place["y"] + place["height"] / 2)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    await page.evaluate(TAP_AGAIN, [put_there, *where])
    await page.mouse.click(*where)
    await expect(page.locator("body")).to_have_attribute("data-tapped", put_there)
    await expect(page.get_by_role("heading", name=then)).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name=then)).to_be_visible()
    assert len(sent) == 1


def candidate(page: Page, note: str) -> Locator:
    """The card with these words in its note."""
    return page.get_by_role("listitem").and_(page.locator(".candidate")).filter(has_text=note)


async def refuse(page: Page, row: Locator, look: CheckPage) -> None:
    """With a reason, words that follow it, and a line of one's own."""
    await row.get_by_role("link", name="Belum terpilih").click()
    kind = row.get_by_label("Pesan untuk kandidat")
    await row.get_by_label("Pengalaman belum cukup").check()
    await expect(kind).to_have_value(re.compile("lebih lama berpengalaman"))
    await kind.fill(f"{await kind.input_value()} Semangat, ya.")
    await row.get_by_label("Catatan untuk tim sendiri").fill("Ajak lagi bila ada lowongan pembantu las.")
    await look(page)
    await row.get_by_role("button", name="Kirim jawaban").click()
    await expect(row.get_by_role("button", name="Urungkan jawaban")).to_be_visible()

"""A caseworker beside a client who has no phone: from the first talk to the first check whether the work lasts."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, CheckPage, OpenPage, SignIn

pytestmark = pytest.mark.anyio
TODAY = date.today().isoformat()
SOON = (date.today() + timedelta(days=3)).isoformat()
VACANCY = "Tukang las konstruksi"
PARTS = 6


@dataclass
class Staff:
    """The caseworker's browser, whom they are with, and how every page is judged."""

    page: Page
    client: str
    look: CheckPage

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def part(self, heading: str) -> Locator:
        """A part of the profile."""
        return self.page.get_by_role("region", name=heading, exact=True)

    async def open_client(self) -> None:
        await self.page.get_by_role("navigation", name="Utama").get_by_role("link", name="Klien").click()
        await self.page.get_by_role("link", name=self.client, exact=True).click()
        await expect(self.page.get_by_role("heading", name=self.client)).to_be_visible()

    async def save(self, button: str, filled: int) -> None:
        await self.button(button).click()
        await expect(self.page.get_by_text(f"{filled} dari {PARTS} bagian terisi")).to_be_visible()
        await self.look(self.page)


@pytest.mark.parametrize(
    ("javascript", "client"),
    [(True, "Intan Permatasari"), (False, "Surya Darmawan")],
    ids=["with JavaScript", "without JavaScript"],
)
async def test_staff_bring_a_client_without_a_phone_to_work_and_see_that_it_lasts(
    javascript: bool, client: str, open_page: OpenPage, sign_in: SignIn, look: CheckPage
) -> None:
    page = await open_page(javascript=javascript, size=DESKTOP)
    theirs, employer = await open_page(javascript=javascript), await open_page(javascript=javascript)
    await sign_in(page, "staff")
    staff = Staff(page, client, look)
    await register(staff)
    await build_the_profile(staff)
    await give_a_code(staff, theirs)
    await propose(staff, theirs)
    await apply_on_behalf(staff, theirs)
    await sign_in(employer, "employer")
    await hire(employer, client)
    await see_the_placement(staff)
    await record_that_it_lasts(staff)


async def register(staff: Staff) -> None:
    page = staff.page
    await page.get_by_role("navigation", name="Utama").get_by_role("link", name="Klien").click()
    await page.get_by_role("link", name="Daftarkan klien").first.click()
    await page.get_by_label("Nama", exact=True).fill(staff.client)
    await page.get_by_label("Nomor HP").fill("12")
    async with page.expect_response("**/clients/new") as answered:
        await staff.button("Daftarkan klien").click()
    assert (await answered.value).status == 422
    told = page.get_by_role("alert")
    for label in ("Tanggal lahir", "Nomor HP"):
        await expect(told.get_by_role("link", name=label)).to_be_visible()
    await expect(page.get_by_label("Nama", exact=True)).to_have_value(staff.client)
    await staff.look(page)
    await page.get_by_label("Nomor HP").fill("")
    await page.get_by_label("Tanggal lahir").fill("1994-04-04")
    await page.get_by_label("Kabupaten atau kota").select_option(label="Kab. Bogor")
    await page.get_by_label("Kecamatan, kota kecil, atau desa").fill("Cibinong")
    await staff.button("Daftarkan klien").click()
    await expect(page.get_by_role("heading", name=staff.client)).to_be_visible()
    await staff.look(page)


async def build_the_profile(staff: Staff) -> None:
    await staff.page.get_by_role("region", name="Profil").get_by_role("link", name="Profil").click()
    await expect(staff.page.get_by_role("heading", name=f"Profil {staff.client}")).to_be_visible()
    await staff.save("Simpan tempat tinggal", 1)

    part = staff.part("Pendidikan dan lisensi")
    await part.get_by_label("Pendidikan", exact=True).select_option(label="SMP")
    await part.get_by_label("SIM C").check()
    await staff.save("Simpan pendidikan dan lisensi", 2)

    part = staff.part("Keterampilan")
    await part.get_by_label("Tambah keterampilan").fill(
        "las listrik, gerinda, baca gambar kerja, terbang ke bulan"
    )
    await staff.save("Tambahkan", 3)
    await expect(part).to_contain_text("las SMAW (las listrik)", ignore_case=True)
    await expect(part).to_contain_text("“terbang ke bulan” belum dikenal")
    await part.get_by_role("button", name="Hapus “terbang ke bulan”").click()
    await expect(part.get_by_text("“terbang ke bulan” belum dikenal")).to_have_count(0)

    part = staff.part("Pengalaman")
    await part.get_by_label("Pekerjaan", exact=True).fill("tukang las")
    await part.get_by_label("Harian atau borongan").check()
    await part.get_by_label("Lama", exact=True).fill("2")
    await part.get_by_label("Satuan").select_option(label="tahun")
    await staff.save("Simpan pengalaman", 4)
    await expect(part.get_by_role("heading", name="tukang las")).to_be_visible()

    part = staff.part("Sertifikat")
    await part.get_by_text("Tambah sertifikat").click()
    await part.get_by_label("Sertifikat pelatihan").check()
    await part.get_by_label("Nama sertifikat").fill("Las SMAW dasar")
    await part.get_by_label("Keterampilan yang dibuktikan").fill("las listrik")
    await staff.save("Simpan sertifikat", 5)
    await expect(part.get_by_role("heading", name="Las SMAW dasar")).to_be_visible()

    part = staff.part("Harapan")
    await part.get_by_label("Pekerjaan yang diinginkan").fill("tukang las")
    await part.get_by_label("Jarak terjauh").fill("25")
    await part.get_by_label("Pagi").check()
    await part.get_by_label("Kontrak").check()
    await part.get_by_label("Upah per bulan, paling sedikit").fill("3.500.000")
    await staff.save("Simpan harapan", 6)


async def give_a_code(staff: Staff, theirs: Page) -> None:
    await staff.open_client()
    await staff.look(staff.page)
    await staff.button("Buat kode masuk").click()
    code = await staff.page.locator(".code [aria-hidden]").inner_text()
    await staff.look(staff.page)
    await theirs.goto("/session/new")
    await theirs.get_by_label("Kode masuk", exact=True).fill(code.lower())
    await theirs.get_by_role("button", name="Masuk dengan kode").click()
    await expect(theirs.get_by_role("heading", name="Cocok untuk Anda")).to_be_visible()
    await expect(theirs.get_by_role("link", name=VACANCY, exact=True)).to_be_visible()


async def propose(staff: Staff, theirs: Page) -> None:
    page = staff.page
    await staff.open_client()
    # What comes next for a client is a button of its own, called otherwise.
    await page.locator("main a[href$='/matches']").first.click()
    await staff.look(page)
    await page.get_by_role("link", name=f"Usulkan {VACANCY}").click()
    await staff.look(page)
    await page.get_by_label("Pesan untuk klien").fill("Bengkelnya dekat rumah. Bagaimana menurut Anda?")
    await staff.button("Usulkan").click()
    await expect(page.get_by_text("Usulan terkirim.")).to_be_visible()
    await theirs.reload()
    proposed = theirs.get_by_role("region", name="Diusulkan pendamping")
    await expect(proposed.get_by_role("link", name=VACANCY, exact=True)).to_be_visible()
    await expect(proposed).to_contain_text("Bengkelnya dekat rumah.")
    await staff.look(theirs)


async def apply_on_behalf(staff: Staff, theirs: Page) -> None:
    page = staff.page
    await page.get_by_role("link", name=f"Lamarkan {VACANCY}").first.click()
    await staff.button("Kirim lamaran").click()
    await expect(page.get_by_role("alert")).to_contain_text("Pilih bagaimana klien menyetujuinya.")
    await staff.look(page)
    await page.get_by_label("Hadir langsung").check()
    await page.get_by_label("Tanggal setuju").fill(TODAY)
    await page.get_by_label("Persetujuan klien").fill("Kartu dibacakan, klien berkata: kirim saja.")
    await page.get_by_label("Segera").check()
    await page.get_by_label("Catatan singkat").fill(note_of(staff.client))
    await staff.button("Kirim lamaran").click()
    await expect(page.get_by_text("Lamaran terkirim.")).to_be_visible()
    await staff.look(page)
    await theirs.get_by_role("navigation", name="Utama").get_by_role("link", name="Lamaran").click()
    await theirs.get_by_role("link", name=VACANCY).click()
    await expect(theirs.get_by_text("Kartu dibacakan, klien berkata: kirim saja.")).to_be_visible()


def note_of(client: str) -> str:
    """What marks this client's card in the inbox without naming them."""
    return f"Saya bisa mulai kapan saja dan terbiasa bekerja dalam regu {len(client)} orang."


async def hire(page: Page, client: str) -> None:
    row = page.locator("li.candidate").filter(has_text=note_of(client))
    await row.get_by_role("link", name="Kandidat").click()
    await expect(page.get_by_text("Kartu dibacakan")).to_have_count(0)
    await page.get_by_role("link", name="Undang wawancara").click()
    await page.get_by_label("Tanggal", exact=True).fill(SOON)
    await page.get_by_role("button", name="Kirim undangan").click()
    await expect(page.get_by_role("heading", name=client)).to_be_visible()
    # By keyboard, for a tap this soon after another one in the same place is held to be its other half.
    await page.get_by_role("button", name="Tawarkan pekerjaan").press("Enter")
    await expect(page.get_by_role("heading", name="Sudah ditawari")).to_be_visible()
    await page.get_by_role("button", name="Terima bekerja").press("Enter")
    await expect(page.get_by_role("heading", name="Diterima bekerja")).to_be_visible()


async def see_the_placement(staff: Staff) -> None:
    page = staff.page
    await staff.open_client()
    await page.get_by_role("region", name="Pekerjaan").get_by_role("link", name=VACANCY).click()
    await expect(page.get_by_role("heading", name=VACANCY)).to_be_visible()
    for day in (7, 30, 90, 180):
        await expect(page.get_by_role("listitem").filter(has_text=f"Cek kerja {day} hari")).to_be_visible()
    await staff.look(page)


async def record_that_it_lasts(staff: Staff) -> None:
    page = staff.page
    await page.get_by_role("navigation", name="Utama").get_by_role("link", name="Hari ini").click()
    soon = page.get_by_role("region", name=re.compile("7 hari ke depan"))
    await expect(soon.locator("li.due").filter(has_text=staff.client)).to_contain_text("Cek kerja 7 hari")
    await staff.look(page)
    await page.get_by_role("link", name=f"Catat {staff.client}").click()
    form = page.get_by_role("form", name=f"Catat cek kerja {staff.client}")
    await form.get_by_role("button", name="Simpan, lanjut ke berikutnya").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await staff.look(page)
    await form.get_by_label("Masih bekerja").check()
    await form.get_by_label("Klien", exact=True).check()
    await form.get_by_role("button", name="Simpan, lanjut ke berikutnya").click()
    done = page.get_by_role("region", name="Sudah Anda catat hari ini").get_by_role("listitem")
    await expect(done.filter(has_text=staff.client)).to_contain_text("Cek kerja 7 hari, dari klien")
    await staff.look(page)

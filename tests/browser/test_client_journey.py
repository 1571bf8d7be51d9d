"""A client on a phone: what fits, a search with mistakes in it, an application, second thoughts."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import CheckPage, OpenPage, SignIn

pytestmark = pytest.mark.anyio
NAME, PHONE_NUMBER = "Fajar Maulana", "0812-0000-0001"
NOTE = "Saya terbiasa mengelas kanopi dan mau belajar yang belum bisa."


@pytest.mark.parametrize(
    ("javascript", "kind", "wanted", "other"),
    [
        (True, "Kontrak", "Tukang las konstruksi", "Tukang las argon stainless"),
        (False, "Karyawan tetap", "Tukang las argon stainless", "Tukang las konstruksi"),
    ],
    ids=["with JavaScript", "without JavaScript"],
)
async def test_a_client_finds_a_vacancy_applies_takes_it_back_and_sends_it_again(
    javascript: bool,
    kind: str,
    wanted: str,
    other: str,
    open_page: OpenPage,
    sign_in: SignIn,
    look: CheckPage,
) -> None:
    page = await open_page(javascript=javascript)
    await sign_in(page, "client")
    await read_what_fits(page)
    await look(page)
    await page.get_by_role("link", name="Cari", exact=True).click()
    await search(page, "tukng las", "tukang las")
    await look(page)
    await sift(page, kind)
    await expect(page.get_by_role("link", name=wanted)).to_be_visible()
    await expect(page.get_by_role("link", name=other)).to_have_count(0)
    await look(page)
    await page.get_by_role("link", name=wanted).click()
    await read_the_card(page)
    await look(page)
    await send_with_a_mistake_first(page, look)
    await expect(page.get_by_role("heading", name="Lamaran terkirim")).to_be_visible()
    await look(page)
    await find_among_applications(page, wanted, "Menunggu jawaban")
    await look(page)
    await page.get_by_role("link", name=wanted).click()
    await withdraw(page)
    await look(page)
    await find_among_applications(page, wanted, "Selesai")
    await page.get_by_role("link", name=wanted).click()
    await page.get_by_role("button", name="Kirim lagi lamaran ini").click()
    await expect(page.get_by_role("heading", name="Lamaran terkirim")).to_be_visible()
    await find_among_applications(page, wanted, "Menunggu jawaban")


async def read_what_fits(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Cocok untuk Anda")).to_be_visible()
    best = page.locator(".vacancy", has=page.get_by_role("link", name="Tukang las konstruksi", exact=True))
    reasons = best.locator(".reasons li")
    await expect(reasons.filter(has_text="3 dari 4 keterampilan")).to_be_visible()
    await expect(
        reasons.filter(has_text="Sertifikat las posisi tegak dan atas kepala (3G 4G) sesuai")
    ).to_be_visible()
    await expect(reasons.filter(has_text="Belum ada: las GMAW")).to_be_visible()


async def search(page: Page, typed: str, understood: str) -> None:
    await page.get_by_role("searchbox", name="Cari lowongan").fill(typed)
    await page.get_by_role("button", name="Cari", exact=True).click()
    await expect(page.get_by_text(f"Menampilkan hasil untuk “{understood}”")).to_be_visible()


async def sift(page: Page, kind: str) -> None:
    """Around Bogor, and only this kind of work."""
    await page.get_by_role("link", name="Saring", exact=True).click()
    await page.get_by_label("Kota atau kabupaten").fill("Kab. Bogor")
    await page.get_by_role("group", name="Jenis pekerjaan").get_by_label(kind).check()
    await page.get_by_role("button", name=re.compile("Tampilkan .* lowongan")).click()
    chosen = page.get_by_role("list", name="Saringan aktif")
    await expect(chosen.get_by_role("link", name="Kab. Bogor")).to_be_visible()
    await expect(chosen.get_by_role("link", name=kind)).to_be_visible()


async def read_the_card(page: Page) -> None:
    """What the employer will see says what somebody can do, and not who they are."""
    card = page.get_by_role("region", name="Yang dilihat pemberi kerja").get_by_role("article")
    await expect(card).to_contain_text("menggerinda dan memotong dengan gerinda")
    await expect(card).to_contain_text("Las SMAW 3G (LSP Las, BNSP)")
    words = await card.inner_text()
    assert not [word for word in (*NAME.split(), "0812", "Cibinong") if word in words]


async def send_with_a_mistake_first(page: Page, look: CheckPage) -> None:
    await page.get_by_role("link", name="Lamar", exact=True).click()
    await page.get_by_label("Segera").check()
    await page.get_by_label("Catatan singkat").fill(f"{NOTE} Telepon saya di {PHONE_NUMBER}.")
    await page.get_by_label("Saya setuju").check()
    async with page.expect_response(lambda answer: answer.url.endswith("/applications")) as answered:
        await page.get_by_role("button", name="Kirim lamaran").click()
    assert (await answered.value).status == 422
    told = page.get_by_role("alert")
    await expect(told).to_contain_text("Hapus nomor telepon dari catatan.")
    await expect(told).to_be_focused()
    await expect(page.get_by_label("Catatan singkat")).to_have_value(
        f"{NOTE} Telepon saya di {PHONE_NUMBER}."
    )
    await expect(page.get_by_label("Segera")).to_be_checked()
    await look(page)
    await page.get_by_label("Catatan singkat").fill(NOTE)
    await page.get_by_role("button", name="Kirim lamaran").click()


async def find_among_applications(page: Page, title: str, group: str) -> None:
    await page.get_by_role("navigation", name="Utama").get_by_role("link", name="Lamaran").click()
    await expect(page.get_by_role("region", name=group).get_by_role("link", name=title)).to_be_visible()


async def withdraw(page: Page) -> None:
    await page.get_by_text("Batalkan lamaran", exact=True).click()
    await page.get_by_label("Alasan").fill("Mau bicara dulu dengan keluarga.")
    await page.get_by_role("button", name="Ya, batalkan").click()
    await expect(page.get_by_role("heading", name="Lamaran dibatalkan")).to_be_visible()

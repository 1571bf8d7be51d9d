"""A vacancy's page: for strangers, for clients, and for those who may look before it is published."""

from datetime import date, timedelta

import pytest

from jobs.tables import Application, OutsideApplication, State, VacancyState
from portal.tables import Client, Notice
from tests import builders
from tests.web.conftest import once_of

pytestmark = pytest.mark.anyio


def card_key(html: str) -> str:
    return html.split('name="card" value="')[1].split('"')[0]


async def filled(visitor, vacancy, **more) -> dict[str, str]:
    """The form as a client sends it who read the page and ticked what has to be ticked."""
    html = (await visitor.get(f"/vacancies/{vacancy.id}")).text
    return {"start": "now", "agree": "yes", "once": once_of(html), "card": card_key(html), **more}


async def test_a_stranger_reads_all_about_the_work_and_nothing_about_who_uses_the_portal(browser) -> None:
    vacancy = await builders.vacancy(essential=["las-smaw"], skck="before_interview", locality="Cibinong")
    answer = await (await browser()).get(f"/vacancies/{vacancy.id}")
    assert answer.status_code == 200
    for said in (
        "Tukang las konstruksi",
        "Rp4.900.000",
        "Cibinong, Kab. Bogor",
        "SKCK",
        "Masuk untuk melamar",
    ):
        assert said in answer.text
    for unsaid in ("Mengapa cocok", "Yang dilihat pemberi kerja", "Kandidat", "pendamping", "klien"):
        assert unsaid not in answer.text


async def test_the_page_for_strangers_takes_one_query(browser, queries) -> None:
    vacancy, visitor = await builders.vacancy(essential=["las-smaw"]), await browser()
    queries.clear()
    await visitor.get(f"/vacancies/{vacancy.id}")
    assert len(queries) == 1, queries


async def test_the_page_for_a_client_takes_eleven_queries(browser, queries) -> None:
    vacancy, visitor = await builders.vacancy(essential=["las-smaw"]), await browser(await builders.client())
    queries.clear()
    await visitor.get(f"/vacancies/{vacancy.id}")
    assert len(queries) == 11, queries


@pytest.mark.parametrize("state", [state for state in VacancyState if state != VacancyState.PUBLISHED])
async def test_what_is_not_published_is_there_for_its_employer_and_staff_alone(browser, state) -> None:
    partner = await builders.partner()
    vacancy = await builders.vacancy(partner, state=state)
    seen = {}
    for name, actor in {
        "stranger": None,
        "client": await builders.client(),
        "other employer": await builders.employer(),
        "employer": await builders.employer(partner),
        "staff": await builders.staff(),
    }.items():
        seen[name] = (await (await browser(actor)).get(f"/vacancies/{vacancy.id}")).status_code
    # A draft is its writer's own until it is sent for review.
    staff = 404 if state == VacancyState.DRAFT else 200
    assert seen == {"stranger": 404, "client": 404, "other employer": 404, "employer": 200, "staff": staff}


async def test_closed_expired_and_unknown_vacancies_are_the_same_page(browser) -> None:
    stranger = await browser()
    closed = await builders.vacancy(state=VacancyState.CLOSED)
    expired = await builders.vacancy(closes_on=date.today() - timedelta(days=1))
    texts = {(await stranger.get(f"/vacancies/{id}")).text for id in (closed.id, expired.id, 99_999_999)}
    assert len(texts) == 1


async def test_signing_in_leads_back_to_the_vacancy_one_came_from(browser) -> None:
    vacancy = await builders.vacancy()
    html = (await (await browser()).get(f"/vacancies/{vacancy.id}")).text
    back = f"/session/new?next=/vacancies/{vacancy.id}"
    assert html.count(f'href="{back}"') >= 2 and 'href="/session/new"' not in html


async def test_a_client_who_applied_still_reads_a_closed_vacancy(browser) -> None:
    client, vacancy = await builders.client(), await builders.vacancy()
    visitor = await browser(client)
    await visitor.form(f"/vacancies/{vacancy.id}/applications", await filled(visitor, vacancy))
    await type(vacancy).update({"state": "closed"}, force=True).where(type(vacancy).id == vacancy.id)
    answer = await visitor.get(f"/vacancies/{vacancy.id}")
    assert answer.status_code == 200 and "Lihat lamaran" in answer.text


async def test_a_client_sees_why_it_fits_and_sends_the_card_they_saw(browser) -> None:
    client = await builders.client(skills=["las-smaw"], profile={"education": 20})
    vacancy = await builders.vacancy(essential=["las-smaw", "las-gmaw"])
    visitor = await browser(client)
    html = (await visitor.get(f"/vacancies/{vacancy.id}")).text
    assert (
        "Mengapa cocok" in html and "1 dari 2 keterampilan" in html and "Yang dilihat pemberi kerja" in html
    )
    answer = await visitor.form(
        f"/vacancies/{vacancy.id}/applications", await filled(visitor, vacancy, note="Saya siap belajar.")
    )
    sent = await Application.objects().get(Application.client == client.client)
    assert answer.status_code == 303 and answer.headers["location"] == f"/applications/{sent.id}"
    assert (sent.note, sent.starts, sent.number, sent.state) == (
        "Saya siap belajar.",
        "segera",
        1,
        State.SENT,
    )
    [row] = await Application.select(Application.card).output(load_json=True)
    assert row["card"]["education"] == "SMP" and row["card"]["available"] == "segera"


async def test_a_bad_form_says_everything_at_once_and_loses_nothing(browser) -> None:
    vacancy, visitor = (
        await builders.vacancy(),
        await browser(await builders.client(name="Zubaidah Wulandari")),
    )
    await visitor.get(f"/vacancies/{vacancy.id}")
    note = "Saya Zubaidah, hubungi 0812 0000 0000 <ya>"
    answer = await visitor.form(
        f"/vacancies/{vacancy.id}/applications", {"note": note, "start": "day"}, htmx=True
    )
    assert answer.status_code == 422 and "<!doctype" not in answer.text
    assert "Perbaiki 3 hal" in answer.text and "Hapus nomor telepon dan nama dari catatan." in answer.text
    assert "Pilih tanggal Anda siap mulai." in answer.text and "Centang ini" in answer.text
    assert "hubungi 0812 0000 0000 &lt;ya&gt;" in answer.text
    assert not await Application.exists()


@pytest.mark.parametrize(
    "note", ["Saya dari rehabilitasi.", "mantan B.N.N", "lihat wa.me/6281", "tulis ke a@b.id"]
)
async def test_a_note_that_discloses_is_not_sent(browser, note) -> None:
    vacancy, visitor = await builders.vacancy(), await browser(await builders.client())
    answer = await visitor.form(
        f"/vacancies/{vacancy.id}/applications", await filled(visitor, vacancy, note=note)
    )
    assert answer.status_code == 422 and "dari catatan." in answer.text and "<!doctype" in answer.text
    assert not await Application.exists()


async def test_a_card_that_changed_meanwhile_is_read_again_before_it_is_sent(browser) -> None:
    client, vacancy = (
        await builders.client(skills=["las-smaw"]),
        await builders.vacancy(essential=["las-smaw"]),
    )
    visitor = await browser(client)
    form = await filled(visitor, vacancy)
    await Client.update({Client.region: builders.SURABAYA}).where(Client.id == client.client)
    answer = await visitor.form(f"/vacancies/{vacancy.id}/applications", form)
    assert answer.status_code == 422 and "Kartu Anda berubah" in answer.text
    assert not await Application.exists()


async def test_two_taps_make_one_application(browser) -> None:
    vacancy, visitor = await builders.vacancy(), await browser(await builders.client())
    form = await filled(visitor, vacancy)
    taps = [
        await visitor.form(f"/vacancies/{vacancy.id}/applications", form, htmx=htmx) for htmx in (False, True)
    ]
    assert taps[0].headers["location"] == taps[1].headers["HX-Redirect"]
    assert await Application.count() == 1
    assert (
        await Notice.count().where(Notice.kind == "application_received") == 0
    )  # This vacancy has no members yet.


@pytest.mark.parametrize(
    "born_on, column, said",
    [
        (date.today() - timedelta(days=365 * 17), None, "mulai umur 18 tahun"),
        (date(1995, 5, 5), "paused_on", "sedang dijeda"),
        (date(1995, 5, 5), "closed_on", "Pendampingan sudah selesai"),
    ],
)
async def test_who_cannot_apply_now_reads_a_kind_sentence_instead_of_the_form(
    browser, born_on, column, said
) -> None:
    client, vacancy = await builders.client(born_on=born_on), await builders.vacancy()
    if column:
        await Client.update({column: date.today()}, force=True).where(Client.id == client.client)
    visitor = await browser(client)
    html = (await visitor.get(f"/vacancies/{vacancy.id}")).text
    assert said in html and "Kirim lamaran" not in html and "Mengapa cocok" not in html
    answer = await visitor.form(f"/vacancies/{vacancy.id}/applications", {"start": "now", "agree": "yes"})
    assert answer.status_code in (409, 422) and not await Application.exists()


async def test_applying_directly_is_the_only_way_shown_and_can_be_marked_and_unmarked(browser) -> None:
    vacancy = await builders.vacancy(way="direct", apply_at="https://contoh.test/lamar?x=1")
    stranger = await browser()
    html = (await stranger.get(f"/vacancies/{vacancy.id}")).text
    assert 'href="https://contoh.test/lamar?x=1" rel="noopener noreferrer nofollow"' in html
    assert "Saya sudah melamar" not in html and "Masuk untuk melamar" not in html
    visitor = await browser(await builders.client())
    assert "Saya sudah melamar" in (await visitor.get(f"/vacancies/{vacancy.id}")).text
    for _ in range(2):
        await visitor.form(f"/vacancies/{vacancy.id}/outside-applications")
    assert await OutsideApplication.count() == 1
    assert "Anda menandai sudah melamar" in (await visitor.get(f"/vacancies/{vacancy.id}")).text
    await visitor.form(f"/vacancies/{vacancy.id}/outside-applications/ending")
    assert await OutsideApplication.count() == 0


async def test_a_direct_way_is_never_a_script_or_an_application(browser) -> None:
    vacancy = await builders.vacancy(way="direct", apply_at="javascript:alert(1)")
    visitor = await browser(await builders.client())
    assert 'href="javascript:' not in (await visitor.get(f"/vacancies/{vacancy.id}")).text
    answer = await visitor.form(f"/vacancies/{vacancy.id}/applications", {"start": "now", "agree": "yes"})
    assert answer.status_code in (409, 422) and not await Application.exists()


async def test_only_clients_apply(browser) -> None:
    vacancy = await builders.vacancy()
    for actor in (await builders.employer(), await builders.staff()):
        answer = await (await browser(actor)).form(f"/vacancies/{vacancy.id}/applications", {"start": "now"})
        assert answer.status_code == 403

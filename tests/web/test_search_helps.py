"""What the search page reads out of typed words, how it marks them, and the searches it counts of nobody."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from jobs import fitting, popular
from jobs.index import current, use
from jobs.index.port import Hit, Marked, Query, Result
from portal.database import change, connection
from portal.people import Actor
from portal.tables import Client
from tests import builders
from tests.web.test_search import KASIR, LAS, published, titles
from training.vocabulary import plain, vocabulary

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def nothing_is_popular() -> Iterator[None]:
    popular.reconsider()
    yield
    popular.reconsider()


async def test_what_was_read_is_shown_and_each_piece_can_be_taken_back(browser: Callable[..., Any]) -> None:
    await published(LAS, KASIR, {**KASIR, "title": "Kasir kantin", "wage_min": 2_000_000, "wage_max": None})
    visitor = await browser()
    html = (await visitor.get("/?q=loker+kasir+surabaya+gaji+3+juta")).text
    assert titles(html) == ["Kasir toko"]
    chips = re.findall(r'<a class="chip on" href="([^"]+)">([^<]+) <svg', html)
    assert [text for _, text in chips] == ["Kota Surabaya", "Mulai Rp3.000.000"]
    less = (await visitor.get(chips[1][0].replace("&amp;", "&"))).text
    assert sorted(titles(less)) == ["Kasir kantin", "Kasir toko"] and 'value="loker kasir surabaya"' in less


async def test_words_may_be_taken_as_words(browser: Callable[..., Any]) -> None:
    await published({**KASIR, "title": "Kasir Surabaya Raya", "region": builders.BANDUNG}, KASIR)
    html = (await (await browser()).get("/?q=surabaya&exact=1")).text
    assert "Kasir Surabaya Raya" in titles(html) and "Dari kata Anda" not in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kasir sim c", "SIM C"),
        ("tanpa pengalaman", "Tanpa pengalaman"),
        ("loker lulusan smp", "Cukup SMP"),
        ("kasir part time", "Paruh waktu"),
        ("satpam shift malam", "Waktu kerja: malam"),
        ("kasir dekat depok", "Kota Depok, sampai 30 km"),
    ],
)
async def test_everything_that_is_read_has_a_name(browser: Callable[..., Any], text: str, said: str) -> None:
    await published(LAS)
    assert f">{said} <svg" in (await (await browser()).get("/", params={"q": text})).text


async def test_nothing_found_offers_to_leave_out_what_was_read(browser: Callable[..., Any]) -> None:
    await published(KASIR)
    html = (await (await browser()).get("/?q=kasir+jogja")).text
    assert titles(html) == [] and "tanpa <strong>“jogja”</strong>" in html


async def test_hits_that_hold_less_than_was_asked_are_said_to(browser: Callable[..., Any]) -> None:
    await published(LAS)
    html = (await (await browser()).get("/?q=tukang+las+helikopter")).text
    assert titles(html) == ["Tukang las"] and "Belum ada lowongan dengan semua kata itu." in html


async def test_a_row_marks_what_was_asked_for(browser: Callable[..., Any]) -> None:
    await published(LAS)
    before = current()
    [hit] = (await before.search(Query("las"))).hits
    snippet = Marked("Rangka <las> baja", ((8, 11),))

    class Marking(type(before)):  # type: ignore[misc]
        async def search(self, query: Query) -> Result:
            facets: dict[str, dict[str, int]] = {"region": {}, "type": {}, "education": {}}
            title = Marked("Tukang las", ((7, 10),)) if query.text == "las" else Marked("Tukang las")
            return Result([Hit(hit.document, None, title, snippet)], 1, facets)

    use(Marking())
    try:
        html = (await (await browser()).get("/?q=las")).text
        other = (await (await browser()).get("/?q=baja")).text
    finally:
        use(before)
    assert "Tukang <mark>las</mark></a>" in html and "Rangka" not in html, "the title says it all"
    assert "Rangka &lt;<mark>las</mark>&gt; baja" in other


async def counted() -> dict[str, int]:
    async with change(by=None):
        rows = await connection().fetch(
            "SELECT name, sum(times)::integer AS n FROM search_count GROUP BY name"
        )
    return {row["name"]: row["n"] for row in rows}


async def test_a_name_of_work_is_counted_once_in_some_minutes_and_of_nobody(
    browser: Callable[..., Any],
) -> None:
    await published(LAS, KASIR)
    visitor, client = await browser(), await browser(await builders.client())
    for each in (visitor, client):
        await each.get("/?q=loker+tukang+las+dong")
        popular.reconsider()  # As if another process served the next one.
    await visitor.get("/?q=tukang+las+dekat+rumah+bu+Siti")
    assert await counted() == {"tukang las": 1}
    async with change(by=None):
        columns = await connection().fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'search_count'"
        )
    assert {row[0] for row in columns} == {"name", "day", "times", "counted_at"}


async def test_a_search_without_hits_is_not_counted(browser: Callable[..., Any]) -> None:
    await published(KASIR)
    await (await browser()).get("/?q=tukang+las")
    assert await counted() == {}


async def test_only_what_many_search_for_is_shown_and_only_before_a_search(
    browser: Callable[..., Any],
) -> None:
    await published(LAS, KASIR)
    async with change(by=None):
        await connection().execute(
            "INSERT INTO search_count (name, day, times) VALUES ('tukang las', current_date, 4), "
            "('tukang las', current_date - 3, 2), ('barista', current_date, 4), ('kasir', current_date - 40, 99)"
        )
    visitor = await browser()
    html = (await visitor.get("/")).text
    assert "Sering dicari" in html and '<a class="chip" href="/?q=tukang+las">tukang las</a>' in html
    assert "barista" not in html and "q=kasir" not in html
    assert "Sering dicari" not in (await visitor.get("/?q=las")).text


async def test_counts_are_forgotten_after_ninety_days() -> None:
    async with change(by=None):
        await connection().execute(
            "INSERT INTO search_count (name, day) VALUES ('kasir', current_date - 91), ('barista', current_date - 89)"
        )
    await popular.forget()
    assert await counted() == {"barista": 1}


async def test_what_many_search_for_and_begins_as_typed_is_suggested_first(
    browser: Callable[..., Any],
) -> None:
    await published(LAS, KASIR)
    async with change(by=None):
        await connection().execute(
            "INSERT INTO search_count (name, day, times) VALUES ('tukang taman', current_date, 6), "
            "('tukang las', current_date, 9), ('kasir', current_date, 20), ('tukang cat', current_date, 4)"
        )
    visitor = await browser()

    async def offered(text: str) -> list[str]:
        html = (await visitor.get("/suggestions", params={"q": text})).text
        return [plain(each) for each in re.findall(r'class="chip" href="/\?q=[^"]*">([^<]+?) ?<', html)]

    assert (await offered("tukang"))[:2] == ["tukang las", "tukang taman"]
    assert len(set(await offered("tuk"))) == len(await offered("tuk")), "nothing is offered twice"
    assert (await offered("tuk"))[0] == "tukang las"
    assert await offered("k") == [], "one letter begins too much"


FOUR = list(vocabulary().occupations["tukang-las"].essential[:4])
WELDING = {**LAS, "title": "Las pagar", "essential": FOUR, "region": builders.BOGOR}


async def welder() -> Actor:
    return await builders.client(skills=FOUR, profile={"travel_km": 30})


async def test_a_client_may_sort_by_what_fits_them_under_all_filters(browser: Callable[..., Any]) -> None:
    far = {**WELDING, "title": "Las kapal", "region": builders.SURABAYA}
    daily = {
        **WELDING,
        "title": "Las harian",
        "employment_type": "daily",
        "essential": [*FOUR[:1], "komunikasi"],
    }
    await published(KASIR, far, daily, WELDING)
    client = await browser(await welder())
    html = (await client.get("/")).text
    assert '<a href="/?sort=fit">Paling cocok untuk Anda</a>' in html
    assert titles((await client.get("/?sort=fit")).text) == [
        "Las pagar",
        "Las harian",
        "Las kapal",
        "Kasir toko",
    ]
    html = (await client.get("/?sort=fit&type=daily")).text
    assert titles(html) == ["Las harian", "Kasir toko"] and "2 lowongan" in html
    assert '<a href="/?type=daily&amp;sort=fit" aria-current="true">' in html
    assert titles((await client.get("/?q=las&sort=fit")).text) == ["Las pagar", "Las harian", "Las kapal"]


async def test_who_has_told_nothing_is_asked_for_a_profile(browser: Callable[..., Any]) -> None:
    await published(KASIR, WELDING)
    html = (await (await browser(await builders.client())).get("/?sort=fit")).text
    assert 'Isi dulu <a href="/me/profile">profil keterampilan</a>' in html
    assert sorted(titles(html)) == ["Kasir toko", "Las pagar"]


async def test_what_a_client_has_set_aside_comes_last(browser: Callable[..., Any]) -> None:
    await published(KASIR, WELDING)
    client = await browser(await welder())
    address = "/?sort=fit"
    first = (await client.get(address)).text
    id = re.findall(r'<a href="/vacancies/(\d+)">Las pagar', first)[0]
    await client.form("/matches/aside", {"vacancy": id, "reason": "other"})
    assert titles((await client.get(address)).text) == ["Kasir toko", "Las pagar"]


async def test_a_list_by_fit_says_how_many_it_compared_and_ends_there(
    browser: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "READ", 21)
    await published(*({**WELDING, "title": f"Las {n}"} for n in range(23)))
    client = await browser(await welder())
    first, second, third = [(await client.get(f"/?sort=fit&page={n}")).text for n in (1, 2, 3)]
    shown = titles(first) + titles(second)
    assert len(shown) == len(set(shown)) == 21 and "membandingkan 21 lowongan yang paling dekat" in first
    assert titles(third) == [] and "sudah lewat dari yang terakhir" in third


@pytest.mark.parametrize("who", ["stranger", "paused", "employer"])
async def test_nobody_else_is_offered_that_order(browser: Callable[..., Any], who: str) -> None:
    await published(KASIR, WELDING)
    actor = None if who == "stranger" else await (builders.employer() if who == "employer" else welder())
    if actor and actor.client:
        await Client.update({Client.paused_on: date.today()}).where(Client.id == actor.client)
    visitor = await browser(actor) if actor else await browser()
    assert "Paling cocok untuk Anda" not in (await visitor.get("/")).text
    answer = await visitor.get("/?sort=fit")
    assert answer.status_code == 200 and "Urutan harus salah satu dari relevance, newest" in answer.text
    assert sorted(titles(answer.text)) == ["Kasir toko", "Las pagar"]
    assert (await visitor.get("/api/v1/vacancies?sort=fit")).status_code == 400


async def test_which_index_answers_is_told_to_nobody(browser: Callable[..., Any]) -> None:
    await published(LAS)
    for address in ("/", "/?q=las", "/?q=zzzz"):
        answer = await (await browser()).get(address)
        said = (answer.text + str(answer.headers)).casefold()
        assert "meilisearch" not in said and "postgres" not in said


async def test_no_searches_are_kept_in_cookies(browser: Callable[..., Any]) -> None:
    await published(LAS)
    visitor = await browser()
    html = (await visitor.get("/?q=tukang+las")).text
    assert not any("las" in str(value) for value in visitor.cookies.values())
    assert re.search(r'<div id="recent" hidden>', html), "without script there is none"

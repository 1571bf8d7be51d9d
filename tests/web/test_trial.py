"""Coba satu langkah: an answer at once, with and without script, and nothing kept until it is asked for."""

import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

from jobs import index
from jobs.pages.matches import trying
from portal.people import Actor
from tests import builders
from tests.web.test_matches import FOUR, Index, under
from training.tables import Profile, ProfileSkill

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def everything(monkeypatch: pytest.MonkeyPatch) -> Index:
    fake = Index()
    monkeypatch.setattr(index, "current", lambda: fake)
    return fake


@pytest.fixture
async def client() -> Actor:
    staff = await builders.staff()
    client = await builders.client(staff, skills=FOUR[:1], profile={"travel_km": 15, "licences": []})
    await builders.vacancy(essential=FOUR, title="Las kanopi")
    await builders.vacancy(essential=FOUR[:1], title="Las keliling", licences=["sim-c"])
    await builders.vacancy(essential=FOUR[:1], title="Las Depok", region="32.76")
    return client


async def read(browser: Any, actor: Actor, query: str, status: int = 200, **more: Any) -> str:
    """What the page says of a form with these fields."""
    fields = dict(parse_qsl(query))
    answer = await (await browser(actor)).form("/matches/trial", fields, **more)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.mark.parametrize(
    ("query", "said", "title"),
    [
        (f"skill={FOUR[1]}", "+1 lowongan", "Las kanopi"),
        ("licence=sim-c", "+1 lowongan", "Las keliling"),
        ("km=20", "+1 lowongan", "Las Depok"),
    ],
)
async def test_a_step_says_how_many_more_and_which(
    client: Actor, browser: Any, query: str, said: str, title: str
) -> None:
    html = await read(browser, client, query)
    assert said in html and title in html
    fragment = await read(browser, client, query, htmx=True)
    assert fragment.strip().startswith("<section") and said in fragment and title in fragment
    part, whole = (
        re.sub(r'(_csrf_token|once)" value="[^"]+"', "", text) for text in (fragment.strip(), html)
    )
    assert part in whole, "what is swapped in is what the page would hold"


async def test_nothing_is_kept_until_it_is_asked_for(client: Actor, browser: Any) -> None:
    visitor = await browser(client)
    await visitor.form("/matches/trial", {"skill": FOUR[1], "km": "5"})
    assert await ProfileSkill.count() == 1
    answer = await visitor.form("/matches/trial/adoption", {"skill": FOUR[1], "km": "5"})
    assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    [profile] = await Profile.select(Profile.travel_km).where(Profile.client == client.client)
    assert profile["travel_km"] == 20 and await ProfileSkill.count() == 2
    assert "Las kanopi" in (await visitor.get("/matches")).text


async def test_a_second_tap_does_not_add_the_kilometres_again(client: Actor, browser: Any) -> None:
    key = re.search(r'name="once" value="([^"]+)"', await read(browser, client, "km=5"))
    assert key
    visitor = await browser(client)
    for _ in range(2):
        answer = await visitor.form("/matches/trial/adoption", {"km": "5", "once": key[1]})
        assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    [profile] = await Profile.select(Profile.travel_km).where(Profile.client == client.client)
    assert profile["travel_km"] == 20


async def test_a_licence_is_for_staff_to_record(client: Actor, browser: Any) -> None:
    html = await read(browser, client, "licence=sim-c")
    assert "Simpan ke profil" not in html and "Tunjukkan kepada pendamping" in html
    refused = await (await browser(client)).form("/matches/trial/adoption", {"licence": "sim-c"})
    assert refused.status_code == 422
    visitor = await browser(await builders.administrator())
    address = f"/clients/{client.client}/trial"
    assert "Simpan ke profil" in (await visitor.form(address, {"licence": "sim-c"})).text
    assert (await visitor.form(f"{address}/adoption", {"licence": "sim-c"})).status_code == 303
    [profile] = await Profile.select(Profile.licences).where(Profile.client == client.client)
    assert profile["licences"] == ["sim-c"]


async def test_words_are_understood_and_unknown_ones_are_said(client: Actor, browser: Any) -> None:
    html = await read(browser, client, "skill=xyzzyplugh", status=422)
    assert "belum dikenal" in html and 'value="xyzzyplugh"' in html
    assert "+" in await read(browser, client, "skill=las+listrik")


async def test_words_that_may_mean_several_skills_offer_them_and_keep_the_rest(
    client: Actor, browser: Any
) -> None:
    html = await read(browser, client, "skill=las&km=20", status=422)
    assert "Pilih yang dimaksud" in html and '<input type="hidden" name="km" value="20">' in html
    [first, *_] = re.findall(r'type="submit" name="skill" value="([^"]+)"', html)
    said = await read(browser, client, f"skill={first}&km=20")
    assert "bila Anda bisa" in said and "menempuh 35 km" in said
    assert trying.UNKNOWN.count("“") == 2
    for words in re.findall("“(.+?)”", trying.UNKNOWN):
        assert "lowongan</strong> bila" in await read(browser, client, f"skill={words}")


async def test_whoever_comes_by_a_link_reads_the_skill_and_not_its_id(client: Actor, browser: Any) -> None:
    html = await read(browser, client, "skill=las-gmaw")
    assert 'value="Las GMAW (MIG/MAG)"' in html


@pytest.mark.parametrize("query", ["km=abc", "km=-5", "km=99999", "licence=%00", "skill=" + "a" * 200, ""])
async def test_whatever_the_form_or_the_address_holds_the_page_answers(
    client: Actor, browser: Any, query: str
) -> None:
    visitor = await browser(client)
    sent = await visitor.form("/matches/trial", dict(parse_qsl(query)))
    assert sent.status_code in (200, 422) and "Coba satu langkah" in sent.text
    got = await visitor.get(f"/matches/trial?{query}")
    assert got.status_code == 200 and "Coba satu langkah" in got.text


async def test_the_list_offers_steps_and_next_skills_to_try(client: Actor, browser: Any) -> None:
    html = (await (await browser(client)).get("/matches")).text
    assert "SIM C" in under(html, "Tambah peluang Anda")
    skills = under(html, "Keterampilan berikutnya")
    assert "dekat dengan" in skills
    action, name, value = re.findall(r'action="([^"]+)".*?name="(skill)" value="([^"]+)"', skills, re.S)[0]
    visitor = await browser(client)
    assert "lowongan</strong> bila Anda bisa" in (await visitor.form(action, {name: value})).text


async def test_what_is_tried_stands_in_no_address(client: Actor, browser: Any) -> None:
    """Neither typed words nor, beside a client's number, which skill or licence somebody lacks."""
    staff = await browser(await builders.administrator())
    pages = [
        await (await browser(client)).get("/matches"),
        await staff.get(f"/clients/{client.client}/matches"),
        await staff.form(f"/clients/{client.client}/trial", {"skill": "las listrik", "licence": "sim-c"}),
    ]
    for answer in pages:
        assert answer.status_code == 200
        assert "trial?" not in answer.text and "trial%3F" not in answer.text
        for form in re.findall(r"<form[^>]*trial[^>]*>", answer.text):
            assert 'method="post"' in form and "hx-get" not in form
    tried = await staff.form(f"/clients/{client.client}/trial", {"skill": "las listrik"}, htmx=True)
    assert not {"HX-Push-Url", "HX-Replace-Url", "Location"} & set(tried.headers)
    assert "+" in tried.text and "bila klien bisa" in tried.text

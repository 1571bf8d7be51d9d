"""Coba satu langkah: an answer at once, with and without script, and nothing kept until it is asked for."""

import re
from typing import Any

import pytest

from jobs import index
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


async def read(browser: Any, actor: Actor, query: str, **more: Any) -> str:
    answer = await (await browser(actor)).get(f"/matches/trial?{query}", **more)
    assert answer.status_code == 200, answer.text
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
    fragment = await read(browser, client, query, headers={"HX-Request": "true"})
    assert fragment.strip().startswith("<section") and said in fragment and title in fragment
    part, whole = (
        re.sub(r'(_csrf_token|once)" value="[^"]+"', "", text) for text in (fragment.strip(), html)
    )
    assert part in whole, "what is swapped in is what the page would hold"


async def test_nothing_is_kept_until_it_is_asked_for(client: Actor, browser: Any) -> None:
    visitor = await browser(client)
    await visitor.get(f"/matches/trial?skill={FOUR[1]}&km=5")
    assert await ProfileSkill.count() == 1
    answer = await visitor.form("/matches/trial", {"skill": FOUR[1], "km": "5"})
    assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    [profile] = await Profile.select(Profile.travel_km).where(Profile.client == client.client)
    assert profile["travel_km"] == 20 and await ProfileSkill.count() == 2
    assert "Las kanopi" in (await visitor.get("/matches")).text


async def test_a_second_tap_does_not_add_the_kilometres_again(client: Actor, browser: Any) -> None:
    key = re.search(r'name="once" value="([^"]+)"', await read(browser, client, "km=5"))
    assert key
    visitor = await browser(client)
    for _ in range(2):
        answer = await visitor.form("/matches/trial", {"km": "5", "once": key[1]})
        assert answer.status_code == 303 and answer.headers["location"] == "/matches"
    [profile] = await Profile.select(Profile.travel_km).where(Profile.client == client.client)
    assert profile["travel_km"] == 20


async def test_a_licence_is_for_staff_to_record(client: Actor, browser: Any) -> None:
    html = await read(browser, client, "licence=sim-c")
    assert "Simpan ke profil" not in html and "Tunjukkan kepada pendamping" in html
    refused = await (await browser(client)).form("/matches/trial", {"licence": "sim-c"})
    assert refused.status_code == 422
    visitor = await browser(await builders.administrator())
    address = f"/clients/{client.client}/trial"
    assert "Simpan ke profil" in (await visitor.get(f"{address}?licence=sim-c")).text
    assert (await visitor.form(address, {"licence": "sim-c"})).status_code == 303
    [profile] = await Profile.select(Profile.licences).where(Profile.client == client.client)
    assert profile["licences"] == ["sim-c"]


async def test_words_are_understood_and_unknown_ones_are_said(client: Actor, browser: Any) -> None:
    assert "belum dikenal" in await read(browser, client, "skill=xyzzyplugh")
    assert "+" in await read(browser, client, "skill=las")


async def test_whoever_comes_by_a_link_reads_the_skill_and_not_its_id(client: Actor, browser: Any) -> None:
    html = await read(browser, client, "skill=las-gmaw")
    assert 'value="Las GMAW (MIG/MAG)"' in html


@pytest.mark.parametrize("query", ["km=abc", "km=-5", "km=99999", "licence=%00", "skill=" + "a" * 200, ""])
async def test_whatever_the_address_holds_the_page_answers(client: Actor, browser: Any, query: str) -> None:
    assert "Coba satu langkah" in await read(browser, client, query)


async def test_the_list_offers_steps_and_next_skills_as_links_to_try(client: Actor, browser: Any) -> None:
    html = (await (await browser(client)).get("/matches")).text
    assert "SIM C" in under(html, "Tambah peluang Anda")
    skills = under(html, "Keterampilan berikutnya")
    assert "/matches/trial?skill=" in skills and "dekat dengan" in skills

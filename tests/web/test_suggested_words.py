"""Trades and skills offered below the fields where they are typed, and trades beside a search."""

import asyncio
import threading
from typing import Any

import pytest

from jobs.index import drain
from jobs.pages.search import trades
from tests import builders
from tests.web.conftest import once_of
from training import profiles
from training.vocabulary import vocabulary
from training.vocabulary.resolving import Candidate, Via

pytestmark = pytest.mark.anyio
OJOL = vocabulary().occupations["ojek-online"]


async def test_a_trade_word_shows_the_trade_behind_it(browser: Any) -> None:
    visitor = await browser(await builders.client(await builders.staff()))
    params = {"of": "wishes", "wishes": "tukang las\nojol"}
    answer = await visitor.get("/vocabulary/occupations", params=params, headers={"HX-Request": "true"})
    lower = OJOL.label[0].lower() + OJOL.label[1:]
    assert f"ojol: {lower}" in answer.text and 'name="wished" value="ojek-online"' in answer.text
    assert "tukang-las" not in answer.text and "<html" not in answer.text


async def test_without_script_trades_are_looked_up_on_a_page(browser: Any) -> None:
    visitor = await browser(await builders.client(await builders.staff()))
    answer = await visitor.get("/vocabulary/occupations", params={"q": "ojol"})
    assert "<html" in answer.text and OJOL.about in answer.text
    assert "belum dikenal" in (await visitor.get("/vocabulary/occupations", params={"q": "zurna"})).text


async def test_what_was_ticked_stays_while_typing_goes_on(browser: Any) -> None:
    visitor = await browser(await builders.employer())
    params = {"of": "more_useful", "more_useful": "gerinda", "useful": ["las-smaw", "tidak-ada"]}
    answer = await visitor.get("/vocabulary/skills", params=params, headers={"HX-Request": "true"})
    assert 'name="useful" value="las-smaw" checked' in answer.text
    assert 'id="more_useful-suggestions"' in answer.text and "tidak-ada" not in answer.text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("welder", "Dibaca sebagai <strong>Tukang las</strong>."),
        ("montir", "Belum jelas. Mungkin: "),
        ("zurna qolbi", ""),
        ("", ""),
    ],
)
async def test_a_title_says_how_it_is_read(browser: Any, title: str, said: str) -> None:
    visitor = await browser(await builders.employer())
    params = {"of": "title", "title": title}
    answer = await visitor.get("/vocabulary/occupations", params=params, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and said in answer.text
    assert said or "</p>" in answer.text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    "text", ["", "x" * 10_000, "' OR 1=1; --", "<script>alert(1)</script>", "🎺", "тест", "%_*&|!"]
)
@pytest.mark.parametrize("page", ["/vocabulary/occupations", "/vocabulary/skills"])
async def test_hostile_words_are_only_words(browser: Any, page: str, text: str) -> None:
    visitor = await browser(await builders.employer())
    for params in ({"q": text}, {"of": "title", "title": text}, {"of": text, "wishes": text, "wished": text}):
        answer = await visitor.get(page, params=params, headers={"HX-Request": "true"})
        assert answer.status_code == 200 and "<script>alert" not in answer.text


async def test_a_ticked_trade_is_a_wish_and_explains_what_was_typed(browser: Any) -> None:
    client = await builders.client(await builders.staff())
    visitor = await browser(client)
    await visitor.form("/me/profile/hopes", {"wishes": "montir\nzurna qolbi", "wished": "mekanik-motor"})
    profile = await profiles.of_client(client.client or 0)
    assert profile.wishes == ("mekanik-motor",) and profile.unknown_wishes == ("zurna qolbi",)


async def test_a_trade_that_is_not_in_the_list_cannot_be_ticked(browser: Any) -> None:
    visitor = await browser(await builders.client(await builders.staff()))
    data = {"wishes": "las", "wished": ["tidak-ada", "tukang-las"]}
    answer = await visitor.form("/me/profile/hopes", data)
    assert answer.status_code == 422 and "Pilih dari daftar." in answer.text
    assert 'name="wished" value="tukang-las" checked' in answer.text


async def test_a_ticked_skill_explains_the_beginning_that_was_typed(browser: Any) -> None:
    visitor = await browser(await builders.employer())
    fresh = once_of((await visitor.get("/partner/vacancies/new")).text)
    data = {"once": fresh, "title": "Juru las", "more_essential": "las", "to": "draft"}
    assert (await visitor.form("/partner/vacancies/new", data)).status_code == 422
    answer = await visitor.form("/partner/vacancies/new", {**data, "essential": "las-smaw"})
    assert answer.status_code == 303


# ---- beside a search ----


async def test_a_word_of_several_trades_asks_which_was_meant(browser: Any) -> None:
    html = (await (await browser()).get("/", params={"q": "montir"})).text
    assert "Maksud Anda?" in html and vocabulary().occupations["mekanik-motor"].label in html


async def test_a_trade_that_was_found_shows_those_near_to_it(browser: Any) -> None:
    await builders.vacancy(title="Tukang las", occupation="tukang-las")
    await drain.rebuild()
    html = (await (await browser()).get("/", params={"q": "tukang las", "type": "permanent"})).text
    assert "Maksud Anda" not in html
    html = (await (await browser()).get("/", params={"q": "tukang las"})).text
    assert "Pekerjaan yang dekat" in html and "Helper las" in html


async def test_a_vacancy_shows_the_trades_near_to_it(browser: Any) -> None:
    vacancy = await builders.vacancy(title="Apa saja", occupation="tukang-las")
    html = (await (await browser()).get(f"/vacancies/{vacancy.id}")).text
    assert "Pekerjaan yang dekat" in html and "/?q=Helper+las" in html
    other = await builders.vacancy(title="Apa saja", occupation=None)
    assert "Pekerjaan yang dekat" not in (await (await browser()).get(f"/vacancies/{other.id}")).text


async def test_words_that_name_nothing_can_be_asked_by_meaning(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = await browser()
    html = (await visitor.get("/", params={"q": "zurna qolbi"})).text
    assert 'href="/suggestions/meant?q=zurna+qolbi"' in html
    likely = [
        Candidate("barista", 0.4, Via.MEANING, False),
        Candidate("tukang-las", 0.01, Via.MEANING, False),
    ]
    monkeypatch.setattr(trades, "occupations_meant", lambda *_: likely)
    answer = await visitor.get("/suggestions/meant", params={"q": "zurna qolbi"})
    assert "Barista" in answer.text and "/?q=Barista" in answer.text and "Tukang las" not in answer.text
    monkeypatch.setattr(trades, "occupations_meant", lambda *_: [])
    answer = await visitor.get("/suggestions/meant", params={"q": "zurna"}, headers={"HX-Request": "true"})
    assert "belum mengenal" in answer.text and "<html" not in answer.text


async def test_meaning_is_weighed_in_a_thread_and_names_answer_when_many_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = []

    def weigh(*_: Any) -> list[Candidate]:
        threads.append(threading.current_thread())
        return [Candidate("barista", 0.4, Via.MEANING, False)]

    monkeypatch.setattr(trades, "occupations_meant", weigh)
    assert [each.id for each in await trades.guessed("ngocok kopi susu")] == ["barista"]
    assert threads != [threading.current_thread()]
    monkeypatch.setattr(trades, "_waiting", asyncio.Semaphore(0))
    assert "mekanik-motor" in [each.id for each in await trades.guessed("montir")] and len(threads) == 1


async def test_what_is_described_and_not_named_is_found_by_meaning(browser: Any) -> None:
    answer = await (await browser()).get(
        "/suggestions/meant", params={"q": "yang ngangkutin karung di pasar"}
    )
    assert vocabulary().occupations["kuli-panggul"].label in answer.text

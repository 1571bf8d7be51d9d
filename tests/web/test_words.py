"""Words people type and the vocabulary does not know: counted, decided by administrators, known the same minute."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from jobs.index import drain
from jobs.index.words import meant
from portal.tables import Role
from tests import builders
from training import profiles
from training.tables import (
    Experience,
    ProfileSkill,
    Skill,
    VocabularyWord,
    WordKind,
    WordProposal,
    WordState,
)
from training.vocabulary import added, deciding, loading, proposing, shipped, vocabulary
from training.vocabulary.reading import use
from training.vocabulary.resolving import occupation_of, skill_of, skills_for
from training.vocabulary.searching import skills_like, tell_skills

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def files_alone() -> AsyncIterator[None]:
    """What a test adds goes with its transaction, also from this process's memory."""
    yield
    use(shipped())


async def proposed(word: str, kind: WordKind = WordKind.SKILL, typed: int = 1) -> WordProposal:
    row = WordProposal(kind=kind, word=word, typed=typed)
    await row.save()
    return row


async def words() -> dict[str, int]:
    return {row["word"]: row["typed"] for row in await WordProposal.select()}


async def later() -> None:
    await WordProposal.raw("UPDATE word_proposal SET typed_at = typed_at - interval '2 minutes'")


# ---- counting ----


async def test_an_unknown_skill_of_a_profile_is_proposed_by_who_wrote_it(browser: Any) -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker)
    visitor = await browser(caseworker)
    await visitor.form(f"/clients/{client.client}/profile/skills", {"q": "Ngulik Zurna, las listrik"})
    [row] = await WordProposal.select()
    assert (row["word"], row["kind"], row["proposed_by"]) == ("ngulik zurna", "skill", caseworker.person)


async def test_an_unknown_wish_of_a_client_is_proposed_once_however_often_the_form_is_saved(
    browser: Any,
) -> None:
    client = await builders.client(await builders.staff())
    visitor = await browser(client)
    for _ in range(2):
        await visitor.form("/me/profile/hopes", {"wishes": "juru zurna\ntukang las"})
        await later()
    [row] = await WordProposal.select()
    assert (row["word"], row["kind"], row["typed"]) == ("juru zurna", "occupation", 1)


async def test_an_unknown_skill_of_a_vacancy_is_proposed(browser: Any) -> None:
    employer = await builders.employer()
    visitor = await browser(employer)
    answer = await visitor.form("/partner/vacancies/new", {"title": "Juru las", "more_useful": "main zurna"})
    assert answer.status_code == 422
    assert await words() == {"main zurna": 1}


async def test_a_search_that_found_nothing_is_counted_without_who_searched(browser: Any) -> None:
    client = await builders.client(await builders.staff())
    visitor = await browser(client)
    assert (await visitor.get("/", params={"q": "zurna qolbi"})).status_code == 200
    [row] = await WordProposal.select()
    assert (row["word"], row["kind"], row["proposed_by"]) == ("zurna qolbi", "occupation", None)


async def test_a_word_counts_once_a_minute(browser: Any) -> None:
    visitor = await browser()
    for _ in range(3):
        await visitor.get("/", params={"q": "zurna"})
    assert await words() == {"zurna": 1}
    await later()
    await visitor.get("/", params={"q": "Zurna"})
    assert await words() == {"zurna": 2}


async def test_a_word_the_vocabulary_knows_is_not_proposed_because_no_vacancy_has_it(browser: Any) -> None:
    visitor = await browser()
    for text in ("tukang las", "montir", "las pagar besi", "loker bogor"):
        await visitor.get("/", params={"q": text})
    assert await words() == {}


@pytest.mark.parametrize(
    "text",
    ["zu", "zurna 08123456789", "zurna@contoh.test", "zurna.com", "a" * 41, "satu zurna dua zurna tiga", "🎺🎺🎺", "зурна",
     "<b>zurna</b>", "zurna; DROP TABLE person", "rehab zurna", "jogja"],
)  # fmt: skip
async def test_what_is_no_plain_word_is_not_proposed(text: str) -> None:
    assert proposing.proposable(text) is None


async def test_a_search_for_somebody_in_the_portal_is_not_kept(browser: Any) -> None:
    await builders.staff(name="Zulkarnain Qolbi")
    await (await browser()).get("/", params={"q": "zulkarnain"})
    assert await words() == {}


async def test_nonsense_by_the_thousand_is_not_listened_to() -> None:
    for number in range(proposing.MOST_SEARCHED + 5):
        word = "zurna" + chr(ord("a") + number) * 3
        await proposing.propose(WordKind.OCCUPATION, [word], by=None)
    assert len(await words()) == proposing.MOST_SEARCHED


async def test_a_word_searched_once_is_forgotten_after_a_season() -> None:
    caseworker = await builders.staff()
    await proposing.propose(WordKind.OCCUPATION, ["zurna"], by=None)
    await proposing.propose(WordKind.SKILL, ["main zurna"], by=caseworker)
    await WordProposal.raw("UPDATE word_proposal SET typed_at = now() - interval '91 days'")
    await proposing.forget()
    assert await words() == {"main zurna": 1}


# ---- the page ----


async def test_administrators_see_open_words_most_typed_first(browser: Any) -> None:
    await proposed("zurna", WordKind.OCCUPATION, typed=3)
    await proposed("las zurna", typed=9)
    await WordProposal(kind="skill", word="lama", state="refused").save()
    visitor = await browser(await builders.administrator())
    html = (await visitor.get("/words")).text
    assert 0 < html.index("las zurna") < html.index(">zurna") and ">lama" not in html
    assert "9 kali dicari orang" in html and 'value="skill:' in html
    assert "las zurna" not in (await visitor.get("/words?kind=occupation")).text
    assert ">lama" in (await visitor.get("/words?state=decided")).text
    assert "/words" in html[: html.index("<main")], "the navigation leads here"


@pytest.mark.parametrize(
    "address", ["/words?page=999999999999", "/words?page=x&kind=y&state=z", "/words?page=-1"]
)
async def test_an_odd_address_of_the_list_is_a_list(browser: Any, address: str) -> None:
    visitor = await browser(await builders.administrator())
    assert (await visitor.get(address)).status_code == 200


async def decide(browser: Any, row: WordProposal, **data: str) -> Any:
    visitor = await browser(await builders.administrator())
    return await visitor.form(f"/words/{row.id}/decisions", data)


async def test_a_word_joined_by_a_button_is_a_name_at_once(browser: Any) -> None:
    row = await proposed("ngazurna")
    assert skill_of("ngazurna") is None
    before = skills_like("ngazurna")
    answer = await decide(browser, row, to="join", entry="skill:las-smaw")
    assert answer.status_code == 303
    await row.refresh()
    assert (row.state, row.entry) == (WordState.JOINED, "las-smaw")
    found = skill_of("ngazurna")
    assert found and found.id == "las-smaw" and before != skills_like("ngazurna")
    assert meant(["ngazurna"]) == {"ngazurna": frozenset({"k:las-smaw"})}
    assert tell_skills(["Ngazurna"]) == (["las-smaw"], [])


async def test_a_word_is_joined_to_what_the_words_mean(browser: Any) -> None:
    row = await proposed("juru zurna", WordKind.OCCUPATION)
    answer = await decide(browser, row, to="join", kind="occupation", name="juru las")
    assert answer.status_code == 303
    found = occupation_of("dibutuhkan juru zurna area bogor")
    assert found and found.id == "tukang-las"


async def test_a_search_finds_vacancies_by_a_joined_word(browser: Any) -> None:
    vacancy = await builders.vacancy(title="Pekerja bengkel", occupation="tukang-las")
    await drain.rebuild()
    visitor = await browser()
    assert f"/vacancies/{vacancy.id}" not in (await visitor.get("/", params={"q": "ngazurna"})).text
    [row] = await WordProposal.objects()
    await decide(browser, row, to="join", entry="occupation:tukang-las")
    assert f"/vacancies/{vacancy.id}" in (await visitor.get("/", params={"q": "ngazurna"})).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to": "join"}, "Tulis nama yang dimaksud."),
        ({"to": "join", "kind": "occupation", "name": "montir"}, "Belum jelas yang mana."),
        ({"to": "join", "entry": "skill:tidak-ada"}, "Tulis nama yang dimaksud."),
        ({"to": "accept", "label": "Zurna"}, "Pilih kelompoknya."),
        ({"to": "accept", "label": "", "group": "las-logam"}, "Tulis namanya"),
        ({"to": "accept", "label": "Zurna, qolbi", "group": "las-logam"}, "Tulis tanpa koma"),
        ({"to": "accept", "label": "Las listrik", "group": "las-logam"}, "Gabungkan saja."),
        ({"to": "entah"}, "Pilih salah satu keputusan."),
        ({"to": "join", "kind": "skill", "name": "x" * 500}, "Paling banyak 120 huruf."),
    ],
)  # fmt: skip
async def test_a_decision_that_is_not_sound_is_explained(
    browser: Any, data: dict[str, str], sentence: str
) -> None:
    row = await proposed("zurna")
    answer = await decide(browser, row, **data)
    assert answer.status_code == 422 and sentence in answer.text
    await row.refresh()
    assert row.state == WordState.OPEN


@pytest.mark.parametrize("word", ["montir", "barista"])
async def test_a_name_that_others_have_is_not_taken_from_them(browser: Any, word: str) -> None:
    row = await proposed(word, WordKind.OCCUPATION)
    answer = await decide(browser, row, to="join", entry="occupation:tukang-las")
    assert answer.status_code == 422 and f"“{word}”" in answer.text
    assert not await VocabularyWord.exists()


async def test_a_word_decided_meanwhile_is_not_decided_again(browser: Any) -> None:
    row = await proposed("zurna")
    assert (await decide(browser, row, to="refuse")).status_code == 303
    answer = await decide(browser, row, to="join", entry="skill:las-smaw")
    assert answer.status_code == 409 and "baru saja diputuskan" in answer.text
    assert skill_of("zurna") is None


async def test_an_accepted_skill_is_there_under_an_id_of_its_own(browser: Any) -> None:
    row = await proposed("main zurna")
    answer = await decide(browser, row, to="accept", label="Meniup zurna", group="umum")
    assert answer.status_code == 303
    skill = vocabulary().skills["meniup-zurna"]
    assert (skill.label, skill.group) == ("Meniup zurna", "umum")
    assert skill_of("main zurna") == skill_of("meniup zurna") == skill
    assert await Skill.exists().where(Skill.id == "meniup-zurna", Skill.local.eq(True))


async def test_a_second_skill_of_nearly_the_same_name_gets_another_id() -> None:
    administrator = await builders.administrator()
    first = await deciding.accept(await proposed("zurna"), "Zurna", "umum", by=administrator)
    second = await deciding.accept(await proposed("zurna plus"), "Zurna +", "umum", by=administrator)
    assert (first, second) == ("zurna", "zurna-2")


async def test_loading_the_files_leaves_accepted_skills_alone() -> None:
    id = await deciding.accept(await proposed("zurna"), "Zurna", "umum", by=await builders.administrator())
    await loading.load(shipped())
    [row] = await Skill.select(Skill.retired, Skill.label).where(Skill.id == id)
    assert row == {"retired": False, "label": "Zurna"}


async def test_an_accepted_skill_gives_way_to_a_label_the_files_come_to_use() -> None:
    label = shipped().skills["las-smaw"].label
    await Skill.update({Skill.label: "dulu"}).where(Skill.id == "las-smaw")
    await Skill(id="zurna", label=label, english=label, group="umum", local=True).save()
    await loading.load(shipped())
    [row] = await Skill.select(Skill.label).where(Skill.id == "zurna")
    assert row["label"] == f"{label} (zurna)"


async def test_a_join_can_be_taken_back(browser: Any) -> None:
    row = await proposed("zurna")
    await decide(browser, row, to="join", entry="skill:las-smaw")
    assert (await decide(browser, row, to="reopen")).status_code == 303
    await row.refresh()
    assert row.state == WordState.OPEN and row.entry is None and skill_of("zurna") is None


async def test_an_accepted_skill_is_never_taken_back(browser: Any) -> None:
    row = await proposed("zurna")
    await decide(browser, row, to="accept", label="Zurna", group="umum")
    answer = await decide(browser, row, to="reopen")
    assert answer.status_code == 422 and skill_of("zurna")


# ---- what was waiting for it ----


async def test_profiles_that_held_the_word_hold_the_skill_now() -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker)
    profile = await profiles.of_client(client.client or 0)
    await profiles.keep_unknown(profile, ["Ngulik-Zurna", "lainnya saja"], by=caseworker)
    [row] = await WordProposal.objects().where(WordProposal.word == "ngulik zurna")
    await deciding.join(row, WordKind.SKILL, "las-smaw", by=await builders.administrator())
    now = await profiles.of_client(client.client or 0)
    assert now.skills == {"las-smaw": "stated"} and now.unknown_skills == ("lainnya saja",)


async def test_wishes_and_work_that_held_the_word_hold_the_trade_now() -> None:
    caseworker = await builders.staff()
    client = await builders.client(caseworker)
    profile = await profiles.of_client(client.client or 0)
    await profiles.describe(profile, {"unknown_wishes": ["Juru Zurna"]}, by=caseworker)
    facts = {"title": "juru zurna", "occupation": None, "kind": "employed", "months": 6}
    await profiles.add_experience(profile, facts, by=caseworker)
    [row] = await WordProposal.objects().where(WordProposal.word == "juru zurna")
    await deciding.join(row, WordKind.OCCUPATION, "tukang-las", by=await builders.administrator())
    now = await profiles.of_client(client.client or 0)
    assert now.wishes == ("tukang-las",) and now.unknown_wishes == ()
    [work] = await Experience.select(Experience.occupation)
    assert work["occupation"] == "tukang-las"
    assert not await ProfileSkill.exists()


# ---- other processes ----


async def test_another_process_learns_the_word_when_it_looks() -> None:
    await VocabularyWord(kind="skill", word="zurna", entry="las-smaw").save()
    assert skill_of("zurna") is None
    assert await added.refresh() is True
    assert skill_of("zurna") == vocabulary().skills["las-smaw"]
    assert await added.refresh() is False


async def test_looking_takes_one_statement_while_nothing_is_new(queries: list[str]) -> None:
    await added.refresh()
    assert len(queries) == 1


async def test_a_name_the_files_come_to_use_stays_theirs() -> None:
    await VocabularyWord(kind="skill", word="las listrik", entry="teliti").save()
    await VocabularyWord(kind="occupation", word="montir", entry="tukang-las").save()
    await added.refresh()
    found = skill_of("las listrik")
    assert found and found.id == "las-smaw" and occupation_of("montir") is None
    assert skills_for("las listrik")[0].id == "las-smaw"


async def test_the_decision_is_an_event_without_the_word(browser: Any) -> None:
    from portal.tables import Event

    row = await proposed("zurna")
    await decide(browser, row, to="join", entry="skill:las-smaw")
    [event] = await Event.select().where(Event.subject == f"word:{row.id}")
    assert event["action"] == "joined" and "zurna" not in str(event["details"])


@pytest.mark.parametrize("role", [Role.CLIENT, Role.EMPLOYER, Role.STAFF])
async def test_nobody_else_decides(browser: Any, role: Role) -> None:
    row = await proposed("zurna")
    caseworker = await builders.staff()
    actor = {
        Role.CLIENT: await builders.client(caseworker),
        Role.EMPLOYER: await builders.employer(),
        Role.STAFF: caseworker,
    }[role]
    visitor = await browser(actor)
    assert (await visitor.get("/words")).status_code == 403
    assert (await visitor.form(f"/words/{row.id}/decisions", {"to": "refuse"})).status_code == 403

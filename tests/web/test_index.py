"""What any vacancy index promises, held against every implementation at hand."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from jobs.index.documents import content_hash
from jobs.index.meilisearch import MeilisearchIndex
from jobs.index.port import Document, Query, Sort, VacancyIndex, Wanted
from jobs.index.postgres import PostgresIndex
from portal.places import regions
from tests import meilisearch_server

pytestmark = pytest.mark.anyio

POSTGRES: dict[str, Callable[[], VacancyIndex]] = {
    "postgres": PostgresIndex,
    "postgres without memory": lambda: PostgresIndex(remembered=0),
    "postgres as over very many": lambda: PostgresIndex(remembered=0, exact_up_to=0),
}
BOGOR, KOTA_BOGOR, DEPOK, BANDUNG, SURABAYA = "32.01", "32.71", "32.76", "32.73", "35.78"
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
NUMBER = count(1_000)


@pytest.fixture(scope="session")
def meilisearch(worker_id: str) -> MeilisearchIndex:
    """One index for all tests of a worker; each test finds it empty."""
    url, key = meilisearch_server.address() or pytest.skip(meilisearch_server.said())
    return MeilisearchIndex(url, key, index=f"contract_{worker_id}", timeout=30)


@pytest.fixture(params=[*POSTGRES, "meilisearch"])
async def index(request: pytest.FixtureRequest) -> VacancyIndex:
    if request.param == "meilisearch":
        found: MeilisearchIndex = request.getfixturevalue("meilisearch")
        if not (await found.health()).current:
            await found.rebuild(batches())
        await found.remove(await found.hashes())
        return found
    other = POSTGRES[request.param]()
    await other.rebuild(batches())
    return other


async def batches(*given: Sequence[Document]) -> AsyncIterator[Sequence[Document]]:
    for each in given:
        yield each


def document(title: str = "Tukang las konstruksi", **more: Any) -> Document:
    id = more.pop("id", next(NUMBER))
    region = regions().get(more.get("region", BOGOR) or "")
    values: dict[str, Any] = {
        "employer": "CV Logam Contoh",
        "description": "Mengerjakan rangka baja untuk gudang.",
        "occupation": None,
        "isco": None,
        "region": BOGOR,
        "locality": None,
        "latitude": region.latitude if region else None,
        "longitude": region.longitude if region else None,
        "employment_type": "contract",
        "hours": "",
        "work_times": None,
        "wage_min": None,
        "wage_max": None,
        "education": None,
        "experience_months": 0,
        "essential": (),
        "useful": (),
        "licences": (),
        "positions": 1,
        "way": "portal",
        "source": "",
        "published_at": NOON + timedelta(seconds=id),
        "closes_on": None,
        "skck": "never",
        "skbn": "never",
    }
    return Document(id=id, title=title, **{**values, **more})


async def ids(index: VacancyIndex, text: str = "", **more: Any) -> list[int]:
    return [hit.document.id for hit in (await index.search(Query(text, **more))).hits]


async def titles(index: VacancyIndex, text: str = "", **more: Any) -> list[str]:
    return [hit.document.title for hit in (await index.search(Query(text, **more))).hits]


async def test_a_document_comes_back_as_it_was_given(index: VacancyIndex) -> None:
    given = document(
        essential=("las-smaw", "k3-dasar"),
        useful=("baca-gambar-kerja",),
        licences=("sim-c",),
        work_times=("day", "night"),
        wage_min=3_000_000,
        wage_max=4_000_000,
        education=20,
        closes_on=date(2099, 1, 1),
        locality="Cibinong",
    )
    await index.upsert([given])
    [hit] = (await index.search(Query())).hits
    assert hit.document == given
    assert (await index.health()).ok and (await index.health()).documents == 1


async def test_what_it_holds_can_be_compared_with_the_database(index: VacancyIndex) -> None:
    given = [
        document(id=1, closes_on=date(2099, 1, 1), wage_min=3_000_000),
        document(id=2, locality="Cibinong"),
    ]
    await index.upsert(given)
    assert await index.hashes() == {each.id: content_hash(each) for each in given}


async def test_all_words_must_be_met_wherever_they_stand(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Tukang las", id=1, description="Di bengkel pagar"),
            document("Kepala bengkel", id=2, description="Memimpin tukang las"),
            document("Tukang kayu", id=3, description="Membuat pintu"),
        ]
    )
    assert sorted(await ids(index, "tukang las bengkel")) == [1, 2]
    assert await ids(index, "las kayu", exact=True) == []


async def test_where_nothing_holds_all_words_what_holds_most_is_said_to_be_less(index: VacancyIndex) -> None:
    await index.upsert([document("Tukang las", id=1), document("Juru ketik", id=2, description="Surat")])
    found = await index.search(Query("tukang las helikopter"))
    assert [hit.document.id for hit in found.hits] == [1] and found.relaxed
    assert not (await index.search(Query("tukang las"))).relaxed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kasir surabaya", [3]),
        ("kasir di jogja", []),
        ("kasir gaji 4 juta", [4]),
        ("gaji di atas 3,5jt", [4]),
        ("kasir tanpa pengalaman", [4, 2, 1]),
        ("lulusan smp kasir", [3, 2, 1]),
        ("kasir sim c", [1]),
        ("kasir paruh waktu", [2]),
        ("part time", [2]),
        ("kasir shift malam", [1]),
        ("ada loker kasir gak kak, yang harian lepas", [3]),
    ],
)
async def test_what_is_said_besides_the_work_narrows(
    index: VacancyIndex, text: str, found: list[int]
) -> None:
    await index.upsert(
        [
            document("Kasir", id=1, licences=("sim-c",), work_times=("night",)),
            document("Kasir", id=2, employment_type="part_time"),
            document("Kasir", id=3, region=SURABAYA, experience_months=12, employment_type="daily"),
            document("Kasir", id=4, wage_min=4_000_000, education=30),
        ]
    )
    assert await ids(index, text) == found
    assert await index.count([Query(text)]) == [len(found)]


async def test_a_filter_is_not_contradicted_by_words(index: VacancyIndex) -> None:
    await index.upsert([document("Kasir Surabaya", id=1), document("Kasir", id=2, region=SURABAYA)])
    assert await ids(index, "kasir surabaya", region=BOGOR) == [1]
    assert sorted(await ids(index, "kasir surabaya", exact=True)) == [1, 2]


async def test_words_in_the_title_come_before_words_in_the_text(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Barista", id=1),
            document("Pramusaji", id=2, description="Membantu barista"),
            document("Barista senior", id=3),
            document("Kasir", id=4, description="Menggantikan barista"),
        ]
    )
    assert await ids(index, "barista") == [3, 1, 4, 2]


async def test_titles_of_the_trade_that_is_named_come_before_other_titles_with_its_words(
    index: VacancyIndex,
) -> None:
    await index.upsert(
        [
            document("Tukang las pagar", id=1, occupation="tukang-las"),
            document("Welder", id=2, occupation="tukang-las"),
            document("Tukang ketok dan las bodi", id=3, occupation="tukang-ketok"),
            document("Pembantu", id=4, description="Membantu tukang las"),
        ]
    )
    assert await ids(index, "tukang las") == [1, 3, 2, 4]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tukng las", "tukang las"),
        ("montir mtor", "montir motor"),
        ("mnotir motor", "montir motor"),
        ("TUKANF LAS", "tukang las"),
        ("penjhait", "penjahit"),
        ("kasr", "kasir"),
        ("pramusahi restoran", "pramusaji restoran"),
        ("operatr produkso", "operator produksi"),
    ],
)
async def test_typing_mistakes_are_mended_word_by_word(index: VacancyIndex, typed: str, meant: str) -> None:
    names = ["Tukang las", "Montir motor", "Penjahit", "Kasir", "Pramusaji restoran", "Operator produksi"]
    await index.upsert([document(name) for name in names])
    result = await index.search(Query(typed))
    assert result.corrected == meant
    assert result.hits[0].document.title.casefold() == meant
    exact = await index.search(Query(typed, exact=True))
    assert (exact.total, exact.corrected) == (0, None)


@pytest.mark.parametrize("typed", ["las", "SIM C", "AC", "k3", "b1", "ob"])
async def test_short_words_and_codes_are_left_alone(index: VacancyIndex, typed: str) -> None:
    await index.upsert(
        [
            document("Tukang gas", description="Kos disediakan"),
            document("Sopir", description="Punya SIM B"),
            document("Acara", description="Membawa b2 dan k2"),
        ]
    )
    result = await index.search(Query(typed))
    assert (result.total, result.corrected) == (0, None)


async def test_a_licence_is_found_by_its_code(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Kurir", id=1, licences=("sim-c",)),
            document("Sopir", id=2, licences=("sim-a",)),
            document("Calon kurir", id=3),
        ]
    )
    assert await ids(index, "SIM C") == [1]
    assert await ids(index, "sim a") == [2]


async def test_the_last_word_finds_longer_ones(index: VacancyIndex) -> None:
    await index.upsert([document("Pramusaji", id=1), document("Kasir", id=2)])
    assert await ids(index, "pramu") == [1]
    assert (await index.search(Query("pramu kasir"))).relaxed, "only the last word may be a beginning"


async def test_words_that_say_nothing_do_not_narrow(index: VacancyIndex) -> None:
    await index.upsert([document("Barista", id=1, region=BANDUNG)])
    assert await ids(index, "lowongan kerja barista di Bandung") == [1]


async def test_a_word_is_found_by_its_stem(index: VacancyIndex) -> None:
    await index.upsert([document("Operator", id=1, description="Menjahit kemeja")])
    assert await ids(index, "jahitan") == [1]


@pytest.mark.parametrize(
    ("typed", "occupation", "title"),
    [
        ("ojol", "ojek-daring", "Pengemudi roda dua"),
        ("welder", "tukang-las", "Pekerja bengkel pagar"),
        ("montir motor", "montir-motor", "Teknisi roda dua"),
        ("dibutuhkan montir motor bogor", "montir-motor", "Teknisi roda dua"),
    ],
)
async def test_what_people_call_a_trade_finds_its_vacancies(
    index: VacancyIndex, typed: str, occupation: str, title: str
) -> None:
    from training.vocabulary import vocabulary

    named = vocabulary().occupation_named(typed.removeprefix("dibutuhkan ").removesuffix(" bogor"))
    assert named, f"{typed} is nobody's name"
    await index.upsert([document(title, id=1, occupation=named.id, isco=named.isco), document("Kasir")])
    assert await ids(index, typed) == [1]


async def test_what_people_call_a_skill_finds_vacancies_that_ask_for_it(index: VacancyIndex) -> None:
    await index.upsert([document("Pekerja", id=1, essential=("las-smaw",)), document("Kasir")])
    assert await ids(index, "las busur manual") == [1]


async def test_accents_and_case_make_no_difference(index: VacancyIndex) -> None:
    await index.upsert([document("Kafé ÉLITE", id=1)])
    assert await ids(index, "kafe elite") == [1] and await ids(index, "KAFÉ") == [1]


async def test_each_filter_narrows_exactly(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document(
                "A", id=1, employment_type="daily", education=20, wage_max=4_000_000, essential=("las-smaw",)
            ),
            document(
                "B", id=2, employment_type="contract", education=None, wage_min=3_000_000, region=BANDUNG
            ),
            document(
                "C", id=3, employment_type="permanent", education=40, region=SURABAYA, useful=("k3-dasar",)
            ),
            document("D", id=4, employment_type=None, region=None),
        ]
    )
    assert await ids(index, region=BOGOR) == [1]
    assert await ids(index, region="32") == [2, 1]
    assert await ids(index, region="99.99") == []
    assert await ids(index, types=frozenset({"daily", "permanent"})) == [3, 1]
    assert await ids(index, education=20) == [4, 2, 1]
    assert await ids(index, education=0) == [4, 2]
    assert await ids(index, wage_min=3_500_000) == [1]
    assert await ids(index, wage_min=3_000_000) == [2, 1]
    assert await ids(index, skills=frozenset({"k3-dasar", "las-smaw", "no-such"})) == [3, 1]
    assert await ids(index, "A", region=BOGOR, education=10) == []


async def test_facets_stay_true_under_the_other_filters(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Las", region=BOGOR, employment_type="daily", education=20),
            document("Las", region=BOGOR, employment_type="contract", education=None),
            document("Las", region=BANDUNG, employment_type="daily", education=30),
            document("Kayu", region=BANDUNG, employment_type="daily"),
        ]
    )
    free = await index.search(Query("las"))
    assert free.total == 3
    assert free.facets == {
        "region": {BOGOR: 2, BANDUNG: 1},
        "type": {"daily": 2, "contract": 1},
        "education": {"0": 1, "20": 1, "30": 1},
    }
    daily = await index.search(Query("las", types=frozenset({"daily"}), region=BOGOR))
    assert daily.total == 1
    assert daily.facets == {
        "region": {BOGOR: 1, BANDUNG: 1},
        "type": {"daily": 1, "contract": 1},
        "education": {"20": 1},
    }
    chosen = await index.count([Query("las", region=code) for code in (BOGOR, BANDUNG)])
    assert chosen == [2, 1]


async def test_a_radius_counts_from_the_region_or_from_the_origin(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Near", id=1, region=KOTA_BOGOR),
            document("Finer", id=2, region=BOGOR, latitude=-6.36, longitude=106.82, locality="Citayam"),
            document("Far", id=3, region=SURABAYA),
            document("Nowhere", id=4, region=None),
        ]
    )
    kota = regions()[KOTA_BOGOR]
    home = (kota.latitude, kota.longitude)
    assert await ids(index, region=KOTA_BOGOR, radius_km=5) == [1]
    assert await ids(index, origin=home, radius_km=60) == [2, 1]
    assert await ids(index, origin=home, region=SURABAYA, radius_km=10) == [3]
    assert await ids(index, radius_km=5) == [4, 3, 2, 1], "a radius around nothing does not narrow"
    hits = (await index.search(Query(origin=home, sort=Sort.NEAREST))).hits
    assert [hit.document.id for hit in hits] == [1, 2, 3, 4]
    assert [round(hit.distance_km) if hit.distance_km is not None else None for hit in hits] == [
        0,
        26,
        658,
        None,
    ]


async def test_a_province_reaches_over_its_border_with_a_radius(index: VacancyIndex) -> None:
    await index.upsert(
        [document(id=1, region="31.74"), document(id=2, region=DEPOK), document(id=3, region=SURABAYA)]
    )
    assert await ids(index, region="32") == [2]
    assert await ids(index, region="32", radius_km=40) == [2, 1]


async def test_sorting(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Las", id=1, wage_min=3_000_000, wage_max=5_000_000),
            document("Pagar", id=2, description="Las pagar", wage_min=4_000_000),
            document("Las", id=3),
        ]
    )
    assert await ids(index, "las") == [3, 1, 2]
    assert await ids(index, "las", sort=Sort.NEWEST) == [3, 2, 1]
    assert await ids(index, "las", sort=Sort.WAGE) == [1, 2, 3]
    assert await ids(index, "las", sort=Sort.NEAREST) == [3, 1, 2], "nearest to nowhere is the most relevant"


async def test_paging_reaches_the_end_without_doubles_or_gaps(index: VacancyIndex) -> None:
    same = NOON
    await index.upsert(
        [document("Kasir", id=n, published_at=same, wage_min=3_000_000) for n in range(1, 108)]
    )
    for sort in Sort:
        seen: list[int] = []
        for page in range(1, 13):
            result = await index.search(Query("kasir", sort=sort, page=page, per_page=10))
            assert result.total == 107
            seen += [hit.document.id for hit in result.hits]
        assert sorted(seen) == list(range(1, 108)), sort
    assert (await index.search(Query(page=10**12))).hits == []


async def test_ten_thousand_documents_are_paged_to_the_end(index: VacancyIndex) -> None:
    given = [
        document("Kasir", id=n, description="Toko", region=BOGOR if n % 2 else DEPOK)
        for n in range(1, 10_001)
    ]
    assert await index.rebuild(batches(given[:4_000], given[4_000:])) == 10_000
    for text in ("", "kasir"):
        seen: list[int] = []
        first = await index.search(Query(text))
        for page in range(1, 11):
            result = await index.search(Query(text, page=page, per_page=1_000))
            assert result.at_least or result.total == 10_000
            seen += [hit.document.id for hit in result.hits]
        # Over very many the pages end where counting does, which is said.
        listed = 10_000 if not first.at_least or len(seen) > first.total else first.total
        assert seen == list(range(10_000, 10_000 - listed, -1)), "newest first"
    assert (await index.search(Query("kasir", page=11, per_page=1_000))).hits == []
    [counted] = await index.count([Query("kasir", region=DEPOK)])
    assert counted == 5_000 or (first.at_least and counted == first.total)


async def test_as_many_are_counted_as_are_listed(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document("Tukang las", id=1, occupation="tukang-las"),
            document("Welder", id=2, occupation="tukang-las"),
            document("Montir motor", id=3, occupation="montir-motor", description="Las knalpot"),
            document("Pembantu", id=4, description="Membantu tukang las di Bogor"),
        ]
    )
    for text in ("tukang las", "las", "welder", "tukang", "tukang las bogor", "montir", "las busur"):
        result = await index.search(Query(text))
        assert result.total == len(result.hits) == sum(result.facets["education"].values()), text
        # What is found only by dropping words is no answer to what was asked, so it does not count.
        assert await index.count([Query(text)]) == [0 if result.relaxed else result.total]


async def test_what_nobody_knows_is_asked_for_in_vain_and_nothing_breaks(index: VacancyIndex) -> None:
    await index.upsert([document("Las", id=1, employment_type="contract", essential=("las-smaw",))])
    odd = 'no "such" \\ thing'
    assert await ids(index, types=frozenset({odd})) == []
    assert await ids(index, skills=frozenset({odd})) == []
    assert await ids(index, skills=frozenset({odd, "las-smaw"})) == [1]
    assert await ids(index, region=odd) == []
    assert await index.candidates(Wanted(skills=frozenset({odd}), iscos=frozenset({"0000"}))) == []


async def test_what_is_closed_or_past_its_day_never_comes(index: VacancyIndex) -> None:
    today = date.today()
    await index.upsert(
        [
            document("Las", id=1, closes_on=today - timedelta(days=2)),
            document("Las", id=2, closes_on=today + timedelta(days=1)),
            document("Las", id=3),
        ]
    )
    assert await ids(index, "las") == [3, 2] == await ids(index)
    assert {hit.document.id for hit in await index.candidates(Wanted())} == {2, 3}


async def test_a_change_is_seen_at_once_and_words_left_behind_are_forgotten(index: VacancyIndex) -> None:
    await index.upsert([document("Juru gravura", id=1), document("Juru gravura", id=2)])
    assert await ids(index, "gravura") == [2, 1]
    await index.upsert([document("Juru ketik", id=2)])
    assert await ids(index, "gravura") == [1] and await ids(index, "ketik") == [2]
    await index.remove([1, 404])
    assert await ids(index, "gravura") == [] and await ids(index) == [2]
    assert (await index.search(Query("gravurra"))).corrected is None
    await index.upsert([document("Las", id=2, region=BANDUNG), document("Kayu", id=2, region=BANDUNG)])
    assert await titles(index) == ["Kayu"], "the last of two documents with one id holds"


async def test_a_rebuild_replaces_everything(index: VacancyIndex) -> None:
    await index.upsert([document("Las", id=1)])
    assert await index.rebuild(batches([document("Kayu", id=2)], [document("Cat", id=3)])) == 2
    assert await ids(index) == [3, 2]
    assert (await index.health()).current


HOSTILE = [
    "'",
    '"las',
    "las & !kayu | (:*",
    "-obras",
    "a:* <-> b",
    "\\",
    "%_",
    "'; DROP TABLE vacancy_document; --",
    "{} {0} $1 %s",
    "\x00las\x00",
    "\ud800",
    "🔧🔨",
    "溶接工",
    "لحام",
    "o:tukang-las",
    "s:las",
    "x" * 2_000,
    "las " * 500,
    " ".join(f"kata{n}" for n in range(300)),
    "\n\t\r ",
    "c++ c#",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_nothing_that_people_type_is_syntax(index: VacancyIndex, text: str) -> None:
    await index.upsert(
        [document("Tukang las", id=1, description=text.replace("\x00", "").replace("\ud800", ""))]
    )
    for sort in Sort:
        result = await index.search(Query(text, sort=sort))
        assert result.total in (0, 1)
    assert await index.count([Query(text), Query(text, exact=True)])
    assert isinstance(await index.suggest(text), list)


async def test_marks_of_the_index_cannot_be_typed(index: VacancyIndex) -> None:
    await index.upsert([document("Pekerja", id=1, occupation="tukang-las", isco="7212")])
    assert await ids(index, "o:tukang-las kayu", exact=True) == []


async def test_text_without_words_asks_for_nothing(index: VacancyIndex) -> None:
    await index.upsert([document(id=1)])
    assert await ids(index, "!!! 🔧") == [1]


async def test_candidates_share_rare_skills_or_the_trade(index: VacancyIndex) -> None:
    everybody = [document(id=n, essential=("komunikasi",), isco="5230") for n in range(1, 30)]
    await index.upsert(
        [
            *everybody,
            document(id=50, essential=("las-smaw", "komunikasi"), isco="7212"),
            document(id=51, isco="7212"),
            document(id=52, isco="7213"),
            document(id=53, isco="7212", region=SURABAYA),
            document(id=54, isco="9999"),
        ]
    )
    wanted = Wanted(skills=frozenset({"las-smaw"}), iscos=frozenset({"7212"}))
    assert (await index.candidates(wanted))[0].document.id == 50
    assert {hit.document.id for hit in await index.candidates(wanted)} == {50, 51, 52, 53}
    home = (regions()[BOGOR].latitude, regions()[BOGOR].longitude)
    near = Wanted(skills=wanted.skills, iscos=wanted.iscos, origin=home, reach_km=100)
    found = await index.candidates(near)
    assert {hit.document.id for hit in found} == {50, 51, 52}
    assert all(hit.distance_km is not None and hit.document.description == "" for hit in found)
    assert len(await index.candidates(Wanted(skills=frozenset({"komunikasi"}), limit=7))) == 7
    assert len(await index.candidates(Wanted(limit=5))) == 5


async def test_candidates_that_the_law_bars_somebody_from_come_behind_their_equals(
    index: VacancyIndex,
) -> None:
    await index.upsert(
        [
            *(document(id=n, isco="8322", licences=("sim-b1",)) for n in range(10, 40)),
            document(id=5, isco="8322", licences=("sim-a",)),
            document(id=6, isco="8322"),
        ]
    )
    holder = Wanted(iscos=frozenset({"8322"}), licences=frozenset({"sim-a", "sim-c"}), limit=2)
    assert {hit.document.id for hit in await index.candidates(holder)} == {5, 6}
    none = replace(holder, licences=frozenset(), limit=32)
    first, *others = [hit.document.id for hit in await index.candidates(none)]
    # Lawful or not, they are shown: a licence that lacks says what would open the work.
    assert first == 6 and len(others) == 31
    untold = replace(holder, licences=None, limit=40)
    assert len(await index.candidates(untold)) == 32


async def test_candidates_suit_the_hours_somebody_can_work(index: VacancyIndex) -> None:
    await index.upsert(
        [
            document(id=1, isco="7212", work_times=("day", "evening")),
            document(id=2, isco="7212", work_times=("night",)),
            document(id=3, isco="7212", work_times=None),
            document(id=4, isco="7212", work_times=()),
        ]
    )
    by_day = Wanted(iscos=frozenset({"7212"}), hours=frozenset({"day"}))
    assert {hit.document.id for hit in await index.candidates(by_day)} == {1, 3, 4}
    at_any = Wanted(iscos=frozenset({"7212"}))
    assert {hit.document.id for hit in await index.candidates(at_any)} == {1, 2, 3, 4}
    at_night = Wanted(hours=frozenset({"evening", "night"}))
    assert {hit.document.id for hit in await index.candidates(at_night)} == {1, 2, 3, 4}


async def test_suggestions_say_what_stands_behind_a_word(index: VacancyIndex) -> None:
    await index.upsert([document("Ojol malam", employer="PT Ojol Jaya")])
    found = await index.suggest("ojo")
    assert (found[0].text, found[0].kind) == ("ojol", "occupation") and found[0].detail
    assert {(each.text, each.kind) for each in found} >= {
        ("Ojol malam", "title"),
        ("PT Ojol Jaya", "employer"),
    }
    assert [each.text for each in await index.suggest("kab. bog")] == ["Kab. Bogor"]
    assert any(each.kind == "skill" for each in await index.suggest("las flux"))
    assert (await index.suggest("tukng la"))[0].kind == "occupation"
    assert await index.suggest("x") == []
    assert len(await index.suggest("tu", limit=3)) == 3


async def test_hits_say_where_the_words_stand(index: VacancyIndex) -> None:
    said = "Kami mencari orang. " * 20 + "Bisa mengelas <pagar> & pintu. " + "Rapi dan jujur. " * 20
    await index.upsert(
        [document("Tukang LAS pagar", id=1, description=said), document("Karyawan", id=2, description=said)]
    )
    [first] = (await index.search(Query("las pagar"))).hits
    assert first.title and first.snippet is None, "the title says it"
    assert [first.title.text[start:end] for start, end in first.title.marks] == ["LAS", "pagar"]
    _, second = (await index.search(Query("pagar"))).hits
    assert second.title and second.title.marks == () and (hit := second).snippet
    assert "pagar" in {hit.snippet.text[start:end] for start, end in hit.snippet.marks}
    assert len(hit.snippet.text) < 300 and hit.snippet.text.startswith("… ")
    for bare in (await index.search(Query())).hits:
        assert bare.title is None and bare.snippet is None

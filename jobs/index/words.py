"""The words a vacancy is found by, taken from documents and from questions in the same way.

Text is only ever words here: whatever people type, nothing in it is syntax to an index.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain, islice

from jobs.index.port import Document, Query
from jobs.words import EMPLOYMENT_TYPES
from portal.places import regions
from training.vocabulary import Vocabulary, plain, shipped, vocabulary, while_words_last
from training.vocabulary.resolving import occupation_of

LONGEST_WORD = 60
MOST_WORDS = 3_000
"""Of one document; an advert of ten pages does not become a page of the index."""
MOST_ASKED = 12
"""Words of one question; whoever pastes a whole advert is looked up by its beginning."""
FILLERS = frozenset(
    [
        "ada",
        "agan",
        "agar",
        "aja",
        "apa",
        "area",
        "assalamualaikum",
        "atau",
        "bagi",
        "bang",
        "bisa",
        "boleh",
        "bos",
        "bro",
        "bs",
        "buat",
        "butuh",
        "butuhin",
        "cari",
        "cariin",
        "cepat",
        "daerah",
        "daftar",
        "dan",
        "dari",
        "deh",
        "dekat",
        "deket",
        "dengan",
        "dgn",
        "di",
        "dibutuhkan",
        "dicari",
        "dicariin",
        "dong",
        "ga",
        "gaji",
        "gajinya",
        "gak",
        "gan",
        "gimana",
        "gue",
        "halo",
        "hiring",
        "info",
        "infonya",
        "ingin",
        "ini",
        "itu",
        "jd",
        "jg",
        "job",
        "juga",
        "kah",
        "kak",
        "kakak",
        "kalau",
        "kalo",
        "kami",
        "ke",
        "kerja",
        "kerjaan",
        "kerjaannya",
        "kita",
        "ko",
        "kok",
        "lagi",
        "lah",
        "lamar",
        "langsung",
        "lg",
        "lokasi",
        "loker",
        "lokernya",
        "lowker",
        "lowkernya",
        "lowongan",
        "lowongannya",
        "maaf",
        "mas",
        "masih",
        "masuk",
        "mau",
        "mbak",
        "melamar",
        "mencari",
        "min",
        "mohon",
        "ngelamar",
        "ngga",
        "nggak",
        "nih",
        "nya",
        "nyari",
        "nyarinya",
        "oleh",
        "pada",
        "pak",
        "para",
        "pekerjaan",
        "penempatan",
        "pengen",
        "permisi",
        "pingin",
        "posisi",
        "punya",
        "saja",
        "sama",
        "saya",
        "sebagai",
        "segera",
        "sekitar",
        "seorang",
        "seputar",
        "siapa",
        "sih",
        "sis",
        "sy",
        "tanya",
        "td",
        "tdk",
        "tolong",
        "tuh",
        "untuk",
        "upah",
        "urgent",
        "utk",
        "vacancies",
        "vacancy",
        "wilayah",
        "ya",
        "yah",
        "yang",
        "yg",
    ]
)
"""Said in every second question and in every advert, so they tell nothing apart."""
MARKS = "o k l w x"
"""Kinds of marks that documents are written with."""
LONGEST_NAME = 6
"""Words of a trade's or a skill's name."""


def words(text: str) -> list[str]:
    """The plain words of a text in their order."""
    found = plain(text).split()
    return found if len(text) <= LONGEST_WORD else [word[:LONGEST_WORD] for word in found]


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The same of a name that comes again and again: of a trade, a skill, a place, an employer."""
    return tuple(words(name))


def asked(text: str) -> list[str]:
    """The words of a question, each once, fillers included."""
    return list(islice(dict.fromkeys(words(text[:2_000])), MOST_ASKED))


def telling(given: list[str]) -> list[str]:
    """Those that narrow; all of them if none does."""
    return [word for word in given if word not in FILLERS] or given


def head_of(document: Document) -> list[str]:
    """What a vacancy is called, who offers it and where."""
    region = regions().get(document.region or "")
    place = [region.name, regions()[region.province].name] if region else []
    return _distinct(
        words(document.title), *map(name_words, (document.employer, document.locality or "", *place))
    )


def all_of(document: Document) -> list[str]:
    """The head, the names of its trade, skills and licences, and what the description says."""
    known = vocabulary()
    occupation = known.occupations.get(document.occupation or "")
    skills = (known.skills[id].label for id in document.skills if id in known.skills)
    licences = (known.licences[id].label for id in document.licences if id in known.licences)
    names = (
        occupation.label if occupation else "",
        EMPLOYMENT_TYPES.get(document.employment_type or "", ""),
        *skills,
        *licences,
    )
    return _distinct(head_of(document), *map(name_words, names), words(document.description))


def trade_of(document: Document) -> str | None:
    """The trade it is filed under, else the one that its title surely names."""
    return document.occupation or _trade_named(document.title)


@lru_cache(maxsize=20_000)
def _trade_named(title: str) -> str | None:
    trade = occupation_of(title)
    return trade.id if trade else None


def facts_of(document: Document) -> list[str]:
    """What it asks for and is asked for besides words, as marks: `l:` a licence, `w:` a part of the day, `x:0` no
    experience."""
    marks = [f"l:{licence}" for licence in document.licences]
    marks += [f"w:{time}" for time in document.work_times or ()]
    return marks if document.experience_months else [*marks, "x:0"]


def facts_asked(query: Query) -> list[list[str]]:
    """Of each list of marks a vacancy must have one."""
    lists = [
        [f"l:{licence}" for licence in sorted(query.licences)],
        [f"w:{time}" for time in sorted(query.work_times)],
        ["x:0"] if query.novice else [],
    ]
    return [marks for marks in lists if marks]


def _distinct(*said: Iterable[str]) -> list[str]:
    return list(islice(dict.fromkeys(chain.from_iterable(said)), MOST_WORDS))


@while_words_last
def meanings() -> Mapping[str, frozenset[str]]:
    """Every plain name -> what it stands for: `o:` with an occupation's id, `k:` with a skill's.

    A word that several trades share stands for all of them.
    """
    known = vocabulary()
    found: dict[str, set[str]] = defaultdict(set)
    for name, id in known.occupation_names.items():
        found[name].add(f"o:{id}")
    for occupation in known.occupations.values():
        for name in occupation.ambiguous:
            found[plain(name)].add(f"o:{occupation.id}")
    for name, id in known.skill_names.items():
        found[name].add(f"k:{id}")
    return {name: frozenset(marks) for name, marks in found.items() if name}


@while_words_last
def wide_meanings() -> Mapping[str, frozenset[str]]:
    """The same, and with a trade those that are called so and more: with "kasir" also "kasir restoran"."""
    found = {name: set(marks) for name, marks in meanings().items()}
    for occupation in vocabulary().occupations.values():
        parts = plain(occupation.label).split()
        for end in range(1, len(parts)):
            name = " ".join(parts[:end])
            if any(mark.startswith("o:") for mark in meanings().get(name, ())):
                found[name].add(f"o:{occupation.id}")
    return {name: frozenset(marks) for name, marks in found.items()}


def meant(given: list[str], *, wide: bool = False) -> dict[str, frozenset[str]]:
    """For each word the trades and skills that it names, alone or together with its neighbours.

    Inside "montir motor", which names a trade, "motor" alone names nothing: the longest name holds.
    """
    found: dict[str, frozenset[str]] = {}
    named = wide_meanings() if wide else meanings()
    for start in range(len(given)):
        for end in range(min(len(given), start + LONGEST_NAME), start, -1):
            marks = named.get(" ".join(given[start:end]))
            if marks and any(word not in found for word in given[start:end]):
                for word in given[start:end]:
                    found.setdefault(word, marks)
                break
    return found


@while_words_last
def vocabulary_words() -> Mapping[str, int]:
    """Words that are right even while no vacancy holds them, with how many names of trades, skills, licences and
    places hold them."""
    return _counted(vocabulary())


@cache
def fingerprint() -> str:
    """Changes when documents of the same vacancies would be written differently.

    Words that were added here are not in it: they are names, and documents hold labels and ids.
    """
    known = shipped()
    labels = [f"{trade.id}={trade.label}" for trade in known.occupations.values()]
    labels += [f"{skill.id}={skill.label}" for skill in known.skills.values()]
    return sha256("\n".join([MARKS, *sorted(labels), *sorted(_counted(known))]).encode()).hexdigest()


def _counted(known: Vocabulary) -> Mapping[str, int]:
    names = [
        *known.occupation_names,
        *known.skill_names,
        *(name for licence in known.licences.values() for name in (licence.label, *licence.aliases)),
        *(region.name for region in regions().values()),
    ]
    return Counter(word for name in names for word in set(words(name)))

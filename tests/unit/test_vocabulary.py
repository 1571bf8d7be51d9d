"""The vocabulary files keep their promises; this is the one check of their content."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from training.vocabulary import plain, read, vectors, vocabulary
from training.vocabulary.evidence import texts_weighed
from training.vocabulary.reading import Occupation

WORDS = vocabulary()
OCCUPATIONS = list(WORDS.occupations.values())
SKILLS = list(WORDS.skills.values())


def test_there_are_words_enough() -> None:
    assert len(OCCUPATIONS) >= 250 and len(SKILLS) >= 1_500


@pytest.mark.parametrize("ids", [list(WORDS.occupations), list(WORDS.skills), list(WORDS.licences)])
def test_ids_are_slugs(ids: list[str]) -> None:
    assert [id for id in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) or len(id) > 60] == []


def test_every_link_leads_to_a_skill() -> None:
    assert {s for o in OCCUPATIONS for s in (*o.essential, *o.useful)} - set(WORDS.skills) == set()


def test_every_licence_is_known() -> None:
    assert {each for o in OCCUPATIONS for each in o.licences} - set(WORDS.licences) == set()


def test_no_skill_is_an_orphan() -> None:
    linked = {s for o in OCCUPATIONS for s in (*o.essential, *o.useful)}
    assert [s.id for s in SKILLS if s.id not in linked and s.group != "umum"] == []


def test_every_occupation_names_8_to_25_skills_once() -> None:
    def wrong(o: Occupation) -> bool:
        skills = (*o.essential, *o.useful)
        return not 8 <= len(skills) <= 25 or len(set(skills)) != len(skills) or len(o.essential) < 3

    assert [o.id for o in OCCUPATIONS if wrong(o)] == []


def test_codes_have_the_shape_of_isco_08_and_kbji_2014() -> None:
    shapes = [
        o.id
        for o in OCCUPATIONS
        if not re.fullmatch(r"\d{4}", o.isco) or not re.fullmatch(r"\d{4}(\.\d{2})?", o.kbji)
    ]
    assert shapes == [] and [o.id for o in OCCUPATIONS if o.kbji[:4] != o.isco] == []


def test_every_code_exists_in_the_classification() -> None:
    """The codes alone, as facts of KBJI 2014 (BPS and Kemnaker), which shares its groups with ISCO-08."""
    with open(Path(__file__).parent / "kbji2014_codes.csv", encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert {o.kbji for o in OCCUPATIONS} - known == set()


def test_no_name_decides_two_ways() -> None:
    claims = defaultdict(set)
    for o in OCCUPATIONS:
        for name in {plain(o.label), *map(plain, o.aliases)}:
            claims[name].add(o.id)
    assert {name: ids for name, ids in claims.items() if len(ids) > 1} == {}


def test_an_ambiguous_word_says_so_in_all_its_trades() -> None:
    shared = defaultdict(set)
    for o in OCCUPATIONS:
        for word in map(plain, o.ambiguous):
            shared[word].add(o.id)
    names = {plain(name) for o in OCCUPATIONS for name in (o.label, *o.aliases)}
    assert {word for word, ids in shared.items() if len(ids) < 2 or word in names} == set()


def test_no_skill_has_a_twin() -> None:
    claims = defaultdict(set)
    for s in SKILLS:
        for name in {plain(s.label), *map(plain, s.aliases)}:
            claims[name].add(s.id)
    assert {name: ids for name, ids in claims.items() if len(ids) > 1} == {}


def test_every_occupation_is_reached_by_each_of_its_names() -> None:
    lost = [
        (o.id, name)
        for o in OCCUPATIONS
        for name in (o.label, *o.aliases)
        if WORDS.occupation_named(name) != o
    ]
    assert lost == []


def test_every_skill_is_reached_by_each_of_its_names() -> None:
    assert [(s.id, n) for s in SKILLS for n in (s.label, *s.aliases) if WORDS.skill_named(n) != s] == []


def test_names_are_written_for_the_screen() -> None:
    entries = [*OCCUPATIONS, *SKILLS]
    assert [s.id for s in SKILLS if "," in s.label] == []
    assert [e.id for e in entries if any(not plain(a) for a in e.aliases)] == []


def test_the_shipped_vectors_are_of_what_the_files_say() -> None:
    texts, kept = texts_weighed(WORDS), set(vectors.shipped().hashes.tolist())
    said = set(vectors.hashed(texts).tolist())
    # What is lacking is encoded anew by every process that needs it, half a millisecond each.
    assert (len(said - kept), len(kept - said)) == (0, 0), "Run: portal vocabulary vectors"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for folder in ("occupations", "skills"):
        (tmp_path / folder).mkdir()
    (tmp_path / "licences.toml").write_text("")
    (tmp_path / "skills" / "las.toml").write_text('title = "Las"\n[skills]\nlas = { lable = "Las" }\n')
    with pytest.raises(ValueError, match=r"las\.toml: las: "):
        read(tmp_path)

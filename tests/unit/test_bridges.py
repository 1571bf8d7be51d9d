"""Files of other lists: what is read of them, what surely means an entry of ours, and what is said of bad ones."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.commands.bridges import group
from training.bridges import matching
from training.bridges.reading import Unreadable, sheets
from training.tables import Scheme, WordKind
from training.vocabulary import vocabulary

WORDS = vocabulary()
WELDER = WORDS.occupations["tukang-las"]
UNIT = next(code for skill in WORDS.skills.values() for code in skill.skkni)
SKILL_OF_UNIT = next(skill.id for skill in WORDS.skills.values() if UNIT in skill.skkni)

OCCUPATIONS = f"""conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,code
Occupation,http://esco/1,7212,welder,"metal welder
welding operative",7212.1
Occupation,http://esco/2,7212,laser beam welder,"laser operative
welder",7212.2
Occupation,http://esco/3,2654,{WELDER.english},,2654.1
Occupation,http://esco/4,7212,,,7212.3
"""
SKILLS = """conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels
KnowledgeSkillCompetence,http://esco/s1,skill/competence,sector-specific,customer service,
KnowledgeSkillCompetence,http://esco/s2,knowledge,cross-sector,zurna playing,customer service
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def entries(found: matching.Found) -> dict[str, str | None]:
    return {each.code: each.entry for each in found.bridges}


def test_an_occupation_of_esco_is_ours_by_group_and_name(file: Path) -> None:
    found = matching.esco(sheets(written(file, OCCUPATIONS)), WORDS)
    assert entries(found) == {"http://esco/1": "tukang-las", "http://esco/2": None, "http://esco/3": None}
    assert {each.kind for each in found.bridges} == {WordKind.OCCUPATION}
    assert [str(fault) for fault in found.faults] == ["file.csv, row 5: the title is empty."]


def test_a_skill_of_esco_is_ours_by_its_own_label_only(file: Path) -> None:
    found = matching.esco(sheets(written(file, SKILLS)), WORDS)
    assert entries(found) == {"http://esco/s1": "pelayanan-pelanggan", "http://esco/s2": None}


def test_the_zip_of_esco_is_read_without_its_collections(tmp_path: Path) -> None:
    path = tmp_path / "esco.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("occupations_en.csv", "\ufeff" + OCCUPATIONS)
        packed.writestr("v1/skills_en.csv", SKILLS)
        packed.writestr(
            "ISCOGroups_en.csv", "conceptType,conceptUri,code,preferredLabel\nISCOGroup,http://x,7212,y\n"
        )
        packed.writestr("readme.txt", "hello")
    assert len(matching.esco(sheets(path), WORDS).bridges) == 5


def test_a_code_of_kbji_is_ours_where_one_trade_has_it(file: Path) -> None:
    codes = [trade.kbji for trade in WORDS.occupations.values()]
    sole = next(trade for trade in WORDS.occupations.values() if codes.count(trade.kbji) == 1)
    code = sole.kbji.replace(".", "")
    written(file, f"kode;judul\n{code};Judul lain\n7;Pekerja Pengolahan\n7A12;Aneh\n9999.99;Tidak Ada\n;x\n")
    found = matching.kbji(sheets(file), WORDS, 2014)
    assert entries(found) == {sole.kbji: sole.id, "9999.99": None}
    assert {each.scheme for each in found.bridges} == {Scheme.KBJI_2014}
    assert [(fault.row, fault.reason[:8]) for fault in found.faults] == [(4, "“7A12” i"), (6, "the code")]


def test_a_code_that_several_trades_share_is_left_to_the_title(file: Path) -> None:
    codes = [trade.kbji for trade in WORDS.occupations.values()]
    shared = next(trade for trade in WORDS.occupations.values() if codes.count(trade.kbji) > 1)
    for title, entry in ((shared.label, shared.id), ("Judul lain", None)):
        found = matching.kbji(sheets(written(file, f"code,title\n{shared.kbji},{title}\n")), WORDS, 2014)
        assert entries(found) == {shared.kbji: entry}


def test_another_edition_of_kbji_is_matched_by_title_within_the_group(file: Path) -> None:
    text = (
        f"code,title\n{WELDER.isco}.77,{WELDER.label}\n{WELDER.isco}.78,Judul Lain\n1111.01,{WELDER.label}\n"
    )
    found = matching.kbji(sheets(written(file, text)), WORDS, 2026)
    assert entries(found) == {f"{WELDER.isco}.77": "tukang-las", f"{WELDER.isco}.78": None, "1111.01": None}
    assert {each.scheme for each in found.bridges} == {Scheme.KBJI_2026}


def test_a_unit_of_skkni_is_ours_by_its_code(file: Path) -> None:
    text = f"kode_unit,judul_unit,nomor_skkni\n{UNIT.lower()},Apa saja,Nomor 1\nM.99ZZZ00.001.1,Lain,Nomor 1\nlas,Salah,\n"
    found = matching.skkni(sheets(written(file, text)), WORDS)
    assert entries(found) == {UNIT: SKILL_OF_UNIT, "M.99ZZZ00.001.1": None}
    assert [fault.row for fault in found.faults] == [4]


def test_documents_of_skkni_are_kept_by_their_number(file: Path) -> None:
    text = "judul_skkni,nomor_skkni,sektor,bidang,tahun\nSKKNI Las,Nomor 7 Tahun 2025,X,Y,2025\n"
    assert entries(matching.skkni(sheets(written(file, text)), WORDS)) == {"Nomor 7 Tahun 2025": None}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x00\x00 broken", "is no CSV text"),
        (b"a,b\n1,2\n", "lacks the columns of KBJI"),
        (b'code,title\n7212,"' + b"x" * 1_100_000, "breaks off at line"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=said):
        matching.kbji(sheets(file), WORDS, 2014)


def test_a_row_with_too_many_values_is_named_and_the_rest_is_read(file: Path) -> None:
    text = "code,title\n7212.01,Tukang las, listrik\n7212.02,Tukang las gas\n"
    found = matching.kbji(sheets(written(file, text)), WORDS, 2014)
    assert [each.code for each in found.bridges] == ["7212.02"]
    assert "row 2: 3 values for 2 columns" in str(found.faults[0])


def test_a_file_from_an_old_spreadsheet_is_read(file: Path) -> None:
    file.write_bytes("code;title\n7212.01;Tukang las – “listrik”\n".encode("cp1252"))
    assert matching.kbji(sheets(file), WORDS, 2014).bridges[0].label == "Tukang las – “listrik”"


def test_the_command_says_what_would_happen_without_a_database(file: Path) -> None:
    written(file, OCCUPATIONS)
    said = CliRunner().invoke(group, ["esco", str(file), "--dry-run"])
    assert said.exit_code == 0 and "row 5: the title is empty." in said.output
    assert "Would be kept: 3 codes; 1 of them surely mean" in said.output
    figures = json.loads(CliRunner().invoke(group, ["esco", str(file), "--dry-run", "--json"]).output)
    assert figures == {
        "codes": 3,
        "matched": 1,
        "failed": [{"file": "file.csv", "row": 5, "reason": "the title is empty."}],
    }


@pytest.mark.parametrize("scheme", ["esco", "kbji", "skkni"])
def test_the_command_fails_with_a_sentence_when_nothing_can_be_read(scheme: str, file: Path) -> None:
    said = CliRunner().invoke(group, [scheme, str(file), "--json"])
    assert said.exit_code == 1 and "is not there" in json.loads(said.output)["failed"][0]["reason"]

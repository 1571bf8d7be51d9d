"""Files of vacancies, as people and catalogues send them, become rows or reasons; nothing is raised."""

import json
import re
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.imports import dates, money, terms
from jobs.imports import reading as reading_module
from jobs.imports.catalogue import PLACES
from jobs.imports.columns import COLUMNS
from jobs.imports.reading import read
from jobs.imports.row import WHOLE_FILE, Row, Unreadable
from jobs.imports.text import is_formula, names, plain
from portal.settings import ROOT

HEADER = "judul;perusahaan;kota;jenis;upah_min;upah_maks;keterampilan;pendidikan;tanggal_terbit;tanggal_tutup;jumlah"
WELDER = "Tukang las;CV Baja;Kab. Bekasi;PKWT;Rp3.500.000;4,5 juta;las SMAW|gerinda;SMK;2025-11-21;21 Desember 2025;3"

HIT = {
    "id": "a1",
    "title": "Barista",
    "skills": ["Latte art", "Kasir"],
    "city_name": "KOTA BANDUNG",
    "company_name": "PT Kopi Pagi",
    "industry_name": "Makanan dan minuman",
    "job_function_name": "Pelayanan",
    "job_type_name": "Full time",
    "published_at": 1763683200,
    "show_salary": False,
    "min_salary_amount": 3200000,
    "max_salary_amount": 3800000,
    "gender": "female",
    "max_age": 25,
    "something_new": {"title": "not a vacancy", "city_name": "x"},
}
DETAIL = {
    "id": 77,
    "title": "Operator &amp; teknisi",
    "description": "<p>Merawat mesin.</p><ul><li>Shift pagi</li><li>Lembur</li></ul><script>alert(1)</script>",
    "qualification": "Jujur\nTeliti",
    "quota": 4,
    "skills": [{"id": 1, "name": "Perawatan mesin"}, {"id": 2, "name": "Listrik dasar"}],
    "employer": {"id": 5, "company": {"name": "PT Mesin Kita", "industry": {"name": "Manufaktur"}}},
    "region": {
        "village": {"name": "Sukaresmi"},
        "city": {"name": "Kab. Bekasi", "code": "32.16"},
        "province": {"name": "Jawa Barat"},
    },
    "job_type": {"id": 2, "name": "Contract"},
    "job_function": {"name": "Produksi"},
    "min_education": {"name": "SMA/sederajat", "level": 30},
    "published_at": "2025-11-21T08:00:00+07:00",
    "expires_at": 1766361600000,
    "min_salary": 0,
    "max_salary": None,
    "gender": "male",
    "min_age": 18,
    "marital_status": "single",
    "physical_condition": "normal",
}


def read_text(
    folder: Path, text: str, name: str = "lowongan.csv", encoding: str = "utf-8"
) -> list[Row | Unreadable]:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return list(read(path))


def read_json(folder: Path, document: object) -> list[Row | Unreadable]:
    return read_text(folder, json.dumps(document), "lowongan.json")


def read_sheet(folder: Path, *rows: list[object], top: int = 0, left: int = 0) -> list[Row | Unreadable]:
    path = folder / "lowongan.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        workbook.add_worksheet("Petunjuk").write(0, 0, "Isi lembar berikutnya.")
        sheet = workbook.add_worksheet("Lowongan")
        for number, row in enumerate(rows, start=top):
            sheet.write_row(number, left, row)
    return list(read(path))


def only_row(found: list[Row | Unreadable]) -> Row:
    assert len(found) == 1, found
    assert isinstance(found[0], Row), found
    return found[0]


def only_reason(found: list[Row | Unreadable], number: int) -> str:
    assert len(found) == 1, found
    assert isinstance(found[0], Unreadable), found
    assert found[0].number == number
    return found[0].reason


def cell(folder: Path, column: str, value: str) -> Row | Unreadable:
    quoted = value.replace('"', '""')
    return read_text(folder, f'judul;perusahaan;{column}\nTukang las;CV Baja;"{quoted}"\n')[0]


# CSV


def test_a_row_of_our_documented_columns_is_read_whole(tmp_path):
    row = only_row(read_text(tmp_path, f"{HEADER}\n{WELDER}\n"))
    assert row == Row(
        number=2,
        source_id=row.source_id,
        source="berkas",
        title="Tukang las",
        employer="CV Baja",
        industry="",
        job_function="",
        employment_type="contract",
        skills=("las SMAW", "gerinda"),
        city="Kab. Bekasi",
        region_code="32.16",
        description="",
        qualification="",
        quota=3,
        wage_min=3_500_000,
        wage_max=4_500_000,
        wage_shown=True,
        education=30,
        published_at=datetime(2025, 11, 21, tzinfo=dates.JAKARTA),
        closes_on=date(2025, 12, 21),
        apply_url="",
        address="",
    )


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    text = f'judul;perusahaan;kota\n"Tukang las";"Baja, Jaya; dan {delimiter} anak";Malang\n'
    text = text.replace("judul;perusahaan;kota", delimiter.join(["judul", "perusahaan", "kota"]))
    text = text.replace('";"', f'"{delimiter}"').replace('";Malang', f'"{delimiter}Malang')
    row = only_row(read_text(tmp_path, text))
    assert (row.title, row.region_code) == ("Tukang las", "35.73")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_spreadsheets_write_are_read(tmp_path, encoding):
    row = only_row(read_text(tmp_path, "judul,perusahaan\nBarista,Café “Pagi”\n", encoding=encoding))
    assert row.employer == "Café “Pagi”"


def test_english_column_names_and_lines_above_the_header_are_understood(tmp_path):
    text = "Daftar lowongan November\n\nTitle,Company,City,Type,Min Salary,Skills\nCook,PT Rasa,South Jakarta,Full time,4000000,masak; potong\n"
    row = only_row(read_text(tmp_path, text))
    assert (row.number, row.title, row.region_code, row.employment_type) == (4, "Cook", "31.74", "permanent")
    assert (row.wage_min, row.skills) == (4_000_000, ("masak", "potong"))


def test_sep_lines_of_excel_name_the_delimiter(tmp_path):
    assert only_row(read_text(tmp_path, "sep=;\njudul;kota\nKurir;Solo\n")).region_code == "33.72"


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    text = 'judul;kota;deskripsi\nA;Solo;"dua\nbaris"\n\n;Solo;tanpa judul\nB;Solo;x\n'
    found = read_text(tmp_path, text)
    assert [entry.number for entry in found] == [2, 4, 5]
    assert found[0].description == "dua\nbaris"
    assert found[1] == Unreadable(4, "Judul lowongan kosong.")


def test_a_broken_row_is_named_and_the_others_are_read(tmp_path):
    found = read_text(tmp_path, "judul,perusahaan,kota\nA,CV Baja, Jaya,Solo\nB,CV Kayu,Solo\n")
    assert isinstance(found[0], Unreadable)
    assert "4 sel" in found[0].reason
    assert found[1].title == "B"


def test_every_fault_of_a_row_is_named_at_once(tmp_path):
    reason = only_reason(
        read_text(tmp_path, f"{HEADER}\n;X;Solo;PKWT;murah;;;;kemarin;31/02/2026;banyak\n"), 2
    )
    for word in ("Judul", "upah_min", "tanggal_terbit", "tanggal_tutup", "jumlah", "“murah”"):
        assert word in reason


def test_a_quote_that_is_never_closed_is_reported(tmp_path):
    found = read_text(tmp_path, 'judul;kota\nA;Solo\n"B;Solo\n' + "C;Solo\n" * 30_000)
    assert found[0].title == "A"
    assert isinstance(found[1], Unreadable)
    assert "kutip" in found[1].reason


def test_sex_age_and_marital_status_never_enter(tmp_path):
    text = "judul;perusahaan;jenis_kelamin;usia_maks;status_kawin;gender\nKasir;Toko;Wanita;dua puluh;Belum kawin;P\n"
    row = only_row(read_text(tmp_path, text))
    assert not any(word in repr(row) for word in ("Wanita", "dua puluh", "kawin"))
    words = {"age", "gender", "sex", "marital", "usia", "umur", "kelamin", "kawin"}
    assert words.isdisjoint(re.findall(r"[a-z]+", f"{COLUMNS} {PLACES}"))


def test_the_same_vacancy_without_an_id_keeps_its_id_in_another_file(tmp_path):
    first = only_row(read_text(tmp_path, "judul;kota\nKurir;Solo\n"))
    second = only_row(read_text(tmp_path, "kota,judul\nSolo,KURIR\n", "lain.csv"))
    other = only_row(read_text(tmp_path, "kota,judul\nMalang,Kurir\n", "lain.csv"))
    assert first.source_id == second.source_id != other.source_id


# XLSX


def test_a_workbook_is_read_with_its_own_dates_and_numbers(tmp_path):
    found = read_sheet(
        tmp_path,
        ["Judul", "Kota", "Upah Min.", "Tanggal Tutup", "Terbit", "Kode", "Kode wilayah", "Jumlah"],
        ["Kurir", "", 2750000, date(2026, 1, 31), 45982, 123, 32.1, 2],
        top=3,
        left=2,
    )
    row = only_row(found)
    assert (row.number, row.wage_min, row.closes_on, row.quota) == (5, 2_750_000, date(2026, 1, 31), 2)
    assert (row.source_id, row.region_code) == ("123", "32.10")
    assert row.published_at == datetime(2025, 11, 21, tzinfo=dates.JAKARTA)


def test_a_formula_in_a_workbook_is_named_and_its_result_not_taken(tmp_path):
    found = read_sheet(
        tmp_path,
        ["judul", "kota", "usia"],
        ["Kurir", "Solo", "=18+7"],
        ["=cmd|' /C calc'!A0", "Solo"],
        ["Sopir", '=HYPERLINK("https://contoh.id";"Solo")'],
        ["=1+1"],
        top=1,
        left=1,
    )
    assert [type(entry) for entry in found] == [Row, Unreadable, Unreadable, Unreadable]
    assert [entry.number for entry in found] == [3, 4, 5, 6]
    assert "judul: sel berisi rumus (“=cmd" in found[1].reason
    assert "kota: sel berisi rumus" in found[2].reason


def test_a_workbook_without_header_or_cut_in_half_is_one_reason(tmp_path):
    assert "judul" in only_reason(read_sheet(tmp_path, ["nama", "umur"], ["A", 3]), WHOLE_FILE)
    read_sheet(tmp_path, ["judul", "kota"], ["A", "Solo"])
    path = tmp_path / "lowongan.xlsx"
    path.write_bytes(path.read_bytes()[:-400])
    assert "rusak" in only_reason(list(read(path)), WHOLE_FILE)


def test_a_zip_that_is_no_workbook_or_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "lowongan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "halo")
    assert "rusak" in only_reason(list(read(path)), WHOLE_FILE)
    monkeypatch.setattr("jobs.imports.sheets.MOST_UNPACKED", 3)
    assert "terlalu besar" in only_reason(list(read(path)), WHOLE_FILE)


def test_a_cell_at_the_far_corner_of_a_sheet_is_a_reason_and_not_the_end_of_the_memory(tmp_path):
    path = tmp_path / "lowongan.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["judul", "kota"])
        sheet.write(1_048_575, 16_383, "x")
    # In a process of its own, because the reader would take this one with it.
    code = (
        f"from pathlib import Path; from jobs.imports.reading import read; print(*read(Path({str(path)!r})))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0 and "terlalu besar" in ran.stdout


def test_a_cell_of_megabytes_is_not_looked_at(tmp_path):
    began = time.monotonic()
    for text in ("<a " * 400_000, "\u0301\u0316" * 100_000):
        row = {"title": "Tukang las", "company_name": "CV A", "city_name": text}
        assert "kota: teks terlalu panjang" in only_reason(read_json(tmp_path, [row]), 1)
    assert time.monotonic() - began < 10


# JSON


def test_a_search_hit_is_read(tmp_path):
    row = only_row(read_json(tmp_path, [HIT]))
    assert (row.number, row.source, row.source_id, row.title) == (1, "karirhub", "a1", "Barista")
    assert (row.employer, row.industry, row.job_function) == (
        "PT Kopi Pagi",
        "Makanan dan minuman",
        "Pelayanan",
    )
    assert (row.employment_type, row.skills) == ("permanent", ("Latte art", "Kasir"))
    assert (row.city, row.region_code) == ("KOTA BANDUNG", "32.73")
    assert (row.wage_min, row.wage_max, row.wage_shown) == (3_200_000, 3_800_000, False)
    assert row.published_at == datetime(2025, 11, 21, tzinfo=UTC)
    assert "female" not in repr(row)


def test_a_detail_is_read(tmp_path):
    row = only_row(read_json(tmp_path, DETAIL))
    assert (row.source_id, row.title, row.employer, row.industry) == (
        "77",
        "Operator & teknisi",
        "PT Mesin Kita",
        "Manufaktur",
    )
    assert row.description == "Merawat mesin.\n\n- Shift pagi\n\n- Lembur"
    assert (row.qualification, row.quota) == ("Jujur\nTeliti", 4)
    assert row.skills == ("Perawatan mesin", "Listrik dasar")
    assert (row.city, row.region_code) == ("Kab. Bekasi, Jawa Barat", "32.16")
    assert (row.employment_type, row.education) == ("contract", 30)
    assert row.published_at == datetime(2025, 11, 21, 1, tzinfo=UTC)
    assert row.closes_on == date(2025, 12, 22)
    assert (row.wage_min, row.wage_max, row.wage_shown) == (None, None, True)
    assert not any(word in repr(row) for word in ("male", "single", "normal"))


@pytest.mark.parametrize(
    ("employer", "region"),
    [
        ({"employer": {"name": "CV Baja"}}, {"region": {"name": "Kota Malang", "code": "3573"}}),
        ({"employer": {"company": {"name": "CV Baja"}}}, {"city": {"name": "KOTA MALANG", "code": "35.73"}}),
        ({"company": {"name": "CV Baja"}}, {"region": {"city": {"name": "x", "code": "35.73"}}}),
        (
            {"company_name": "CV Baja"},
            {"region": {"name": "Klojen", "code": "35.73.02", "city": {"name": "Kota Malang"}}},
        ),
    ],
)
def test_employer_and_region_are_found_where_a_detail_may_hold_them(tmp_path, employer, region):
    row = only_row(read_json(tmp_path, {"id": 1, "title": "Las", **employer, **region}))
    assert (row.employer, row.region_code) == ("CV Baja", "35.73")


def test_a_bps_code_gives_way_to_the_name(tmp_path):
    # 1107 is Aceh Barat at BPS, and 11.07 is Pidie at Kemendagri.
    detail = {"id": 1, "title": "Las", "region": {"name": "Kab. Aceh Barat", "code": "1107"}}
    assert only_row(read_json(tmp_path, detail)).region_code == "11.05"
    assert only_row(read_json(tmp_path, {**detail, "region": {"code": "1107"}})).region_code is None


@pytest.mark.parametrize(
    "document",
    [
        [HIT, DETAIL],
        {"data": [HIT, DETAIL], "meta": {"total": 2, "title": "Hasil"}},
        {"status": 200, "result": {"page": {"items": [HIT, DETAIL], "facets": [{"id": 1, "name": "SMA"}]}}},
        {"hits": {"hits": [{"_id": "1", "_source": HIT}, {"_id": "2", "_source": DETAIL}]}},
        [{"data": [HIT]}, {"data": [DETAIL]}],
        {"pages": [{"rows": [HIT, DETAIL]}]},
        {"first": {"data": HIT}, "second": {"data": DETAIL}},
    ],
)
def test_vacancies_are_found_at_any_depth(tmp_path, document):
    found = read_json(tmp_path, document)
    assert [entry.number for entry in found] == [1, 2]
    assert [entry.title for entry in found] == ["Barista", "Operator & teknisi"]


def test_what_is_no_vacancy_in_a_list_of_them_is_named(tmp_path):
    found = read_json(
        tmp_path,
        {"data": [HIT, {"id": 3, "company_name": "X"}, None, "teks", {**HIT, "title": None}, DETAIL]},
    )
    assert [type(entry).__name__ for entry in found] == ["Row", *["Unreadable"] * 4, "Row"]
    assert "Judul" in found[1].reason
    assert "bukan lowongan" in found[2].reason
    assert "Judul" in found[4].reason


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "rusak pada baris 1"),
        ("[]", "Tidak ada lowongan"),
        ('{"data": [], "message": "ok"}', "Tidak ada lowongan"),
        ("[" * 50_000 + "]" * 50_000, "terlalu dalam"),
        ('{"a":' * 700 + "1" + "}" * 700, "dalam"),
        ('[{"title": "A", "quota": ' + "9" * 5000 + "}]", "angka yang terlalu panjang"),
    ],
)
def test_a_document_without_vacancies_is_one_reason(tmp_path, text, word):
    assert word in only_reason(read_text(tmp_path, text, "lowongan.json"), WHOLE_FILE)


def test_lone_surrogates_and_control_characters_do_not_reach_the_database(tmp_path):
    row = only_row(
        read_text(tmp_path, '[{"title": "Las\\u0000 \\ud800listrik", "company_name": "A\\u0007B"}]', "x.json")
    )
    assert (row.title, row.employer) == ("Las ?listrik", "AB")
    row.title.encode()


# The file as a whole


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("lowongan.pdf", b"%PDF-1.7", "tidak didukung"),
        ("lowongan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tidak didukung"),
        ("lowongan", b"judul;kota\n", "tidak didukung"),
        ("lowongan.csv", b"", "kosong"),
        ("lowongan.json", b" \n", "kosong"),
        ("lowongan.xlsx", b"judul;kota\nA;Solo\n", "bukan XLSX"),
        ("lowongan.csv", b"PK\x03\x04rest", "bukan CSV"),
        ("lowongan.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bukan CSV"),
        ("lowongan.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "berkas"),
        ("lowongan.csv", b"judul;kota\nA\x81\x8d;Solo\n", "Pengodean"),
        ("lowongan.json", b'[{"title": "Caf\xe9", "quota": 1}]', "Pengodean"),
        ("lowongan.csv", b"nama;umur\nA;3\n", "judul kolom"),
        ("lowongan.csv", b"judul;kota\n", "tanpa lowongan"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_reason(tmp_path, name, content, word):
    path = tmp_path / name
    path.write_bytes(content)
    assert word in only_reason(list(read(path)), WHOLE_FILE)


def test_a_missing_file_and_a_folder_are_reasons(tmp_path):
    assert "tidak ditemukan" in only_reason(list(read(tmp_path / "tiada.csv")), WHOLE_FILE)
    (tmp_path / "map.csv").mkdir()
    assert "tidak ditemukan" in only_reason(list(read(tmp_path / "map.csv")), WHOLE_FILE)


def test_a_file_beyond_the_limit_is_read_so_far_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "MOST_ROWS", 2_000)
    found = read_text(tmp_path, "judul;kota\n" + "Kurir;Solo\n" * 4_000)
    assert len(found) == 2_001
    assert all(isinstance(entry, Row) for entry in found[:-1])
    assert found[-1] == Unreadable(
        WHOLE_FILE,
        "Berkas berisi lebih dari 2.000 lowongan; sisanya tidak dibaca. Bagi menjadi beberapa berkas.",
    )


def test_the_first_row_comes_before_the_last_is_read(tmp_path):
    path = tmp_path / "lowongan.csv"
    path.write_text("judul;kota\n" + "Kurir;Solo\n" * 100_000, encoding="utf-8")
    rows = read(path)
    assert next(rows).number == 2
    rows.close()


def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_module, "MOST_BYTES", 3)
    assert "lebih besar" in only_reason(read_text(tmp_path, "judul;kota\nA;B\n"), WHOLE_FILE)


# Formulas


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        " =1+1",
        '=HYPERLINK("http://x";"y")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "-A1*2",
        "+A1",
        "-SUM(A1:A9)",
    ],
)
def test_a_cell_with_a_formula_is_reported(tmp_path, text):
    found = cell(tmp_path, "deskripsi", text)
    assert isinstance(found, Unreadable)
    assert "Kolom deskripsi: sel berisi rumus" in found.reason
    assert "sel berisi rumus" in read_json(tmp_path, [{**HIT, "title": text}])[0].reason
    assert "sel berisi rumus" in read_json(tmp_path, [{**HIT, "skills": ["las", text]}])[0].reason
    assert "sel berisi rumus" in read_json(tmp_path, [{**HIT, "description": f"<p>{text}</p>"}])[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "- Jujur dan rajin",
        "-",
        "+62 812-3456-7890",
        "@warung.kopi",
        "-5",
        "+ uang makan (harian)",
        "- Bisa Excel (dasar) | Word",
    ],
)
def test_dashes_phones_and_accounts_are_no_formulas(text):
    assert not is_formula(text)


def test_a_formula_in_a_number_is_one_fault_and_not_two(tmp_path):
    found = cell(tmp_path, "upah_min", "=A1")
    assert found.reason.count("Kolom") == 1


# Values


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Rp3.500.000", 3_500_000),
        ("Rp 3.500.000,-", 3_500_000),
        ("Rp. 3.500.000,00 / bulan", 3_500_000),
        ("IDR 3,500,000.00", 3_500_000),
        ("3,5 juta", 3_500_000),
        ("3.5jt", 3_500_000),
        ("4 juta per bulan", 4_000_000),
        ("3.500 ribu", 3_500_000),
        ("900rb", 900_000),
        ("3500000", 3_500_000),
        (3500000, 3_500_000),
        (3500000.0, 3_500_000),
        (0, None),
        ("", None),
        ("-", None),
        ("Nego", None),
        ("UMR", None),
        (None, None),
    ],
)
def test_money_is_read_as_rupiah_a_month(value, expected):
    assert money.rupiah(value) == expected


@pytest.mark.parametrize(
    "value", ["murah", "3,5", "-5", -3500000, "150.000 per hari", "3.50.000", 10**12, float("inf"), True]
)
def test_money_that_may_mean_anything_is_refused(value):
    with pytest.raises(ValueError):
        money.rupiah(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp3.000.000 - Rp4.000.000", (3_000_000, 4_000_000)),
        ("3 - 4,5 juta", (3_000_000, 4_500_000)),
        ("3000000 s/d 4000000", (3_000_000, 4_000_000)),
        ("Rp3.000.000", (3_000_000, None)),
        ("kompetitif", (None, None)),
    ],
)
def test_one_wage_column_may_hold_both_ends(tmp_path, text, expected):
    row = cell(tmp_path, "gaji", text)
    assert (row.wage_min, row.wage_max) == expected


def test_a_least_wage_above_the_most_is_reported(tmp_path):
    assert "lebih besar" in only_reason(read_text(tmp_path, "judul;upah_min;upah_maks\nA;5 juta;4 juta\n"), 2)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-21",
        "2025-11-21 00:00:00",
        "2025-11-20T17:00:00Z",
        "21 November 2025",
        "Jumat, 21 Nov 2025",
        "21-Nov-2025",
        "21/11/2025",
        "21.11.2025 09.00 WIB",
        "21-11-2025",
        1763658000,
        1763658000000,
        "1763658000",
        45982,
        45982.0,
        "45982",
        date(2025, 11, 21),
        datetime(2025, 11, 21),
    ],
)
def test_dates_are_read_in_every_usual_way(value):
    assert dates.day_or_moment(value).astimezone(dates.JAKARTA).date() == date(2025, 11, 21)


@pytest.mark.parametrize(
    "value",
    [
        "kemarin",
        "11/21/2025",
        "31/02/2025",
        "21/11/25",
        "21 Foo 2025",
        5,
        1e30,
        float("nan"),
        "1899-01-01",
        True,
    ],
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError):
        dates.day_or_moment(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Full time", "permanent"),
        ("Penuh waktu", "permanent"),
        ("PKWTT", "permanent"),
        ("Karyawan tetap", "permanent"),
        ("Perjanjian kerja waktu tidak tertentu", "permanent"),
        ("Contract", "contract"),
        ("PKWT", "contract"),
        ("Pegawai tidak tetap", "contract"),
        ("Full time (kontrak 1 tahun)", "contract"),
        ("Perjanjian kerja waktu tertentu", "contract"),
        ("Harian lepas", "daily"),
        ("Daily Worker", "daily"),
        ("Part-time", "part_time"),
        ("part_time", "part_time"),
        ("Paruh waktu", "part_time"),
        ("Magang", "apprenticeship"),
        ("Internship", "apprenticeship"),
        ("Mitra", "partnership"),
        ("Kemitraan", "partnership"),
        ("Borongan", "piecework"),
        ("Freelance", None),
        ("", None),
    ],
)
def test_kinds_of_contract_become_our_codes(text, code):
    assert terms.employment_type(text) == code


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("SD", 10),
        ("SMP / MTs", 20),
        ("SMA/sederajat", 30),
        ("SMK", 30),
        ("Min. SMA/SMK - S1", 30),
        ("D-3", 40),
        ("Diploma III", 40),
        ("Sarjana (S1)", 50),
        ("D4/S1", 50),
        (30, 30),
        ("40", 40),
        ("Semua jenjang", None),
        ("", None),
        (None, None),
    ],
)
def test_education_becomes_the_least_level_asked(value, level):
    assert terms.education(value) == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://contoh.id/lamar?x=1", "https://contoh.id/lamar?x=1"),
        ("www.contoh.id/lamar", "https://www.contoh.id/lamar"),
        ("hrd@contoh.co.id", "hrd@contoh.co.id"),
        ("+62 812-3456-7890", "+62 812-3456-7890"),
        ("-", ""),
    ],
)
def test_ways_to_apply_are_links_mail_or_phone(tmp_path, text, expected):
    assert cell(tmp_path, "tautan", text).apply_url == expected


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://", "datang saja", "ftp://contoh.id", 'https://a"><b']
)
def test_other_ways_to_apply_are_reported(tmp_path, text):
    assert "https://" in cell(tmp_path, "tautan", text).reason


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Gaji < 5 juta & > 3 juta", "Gaji < 5 juta & > 3 juta"),
        ("A<br>B<br/>C", "A\nB\nC"),
        ("&lt;p&gt;Halo&lt;/p&gt;", "Halo"),
        ("<![if !supportLists]>Halo<![endif]>", "Halo"),
        ("<b>Satu</b> <i>dua", "Satu dua"),
        ("<style>p{}</style>Isi", "Isi"),
        ("baris satu\r\nbaris dua", "baris satu\nbaris dua"),
    ],
)
def test_html_becomes_text(html, text):
    assert plain(html) == text


def test_skills_are_parted_and_named_once():
    assert names("las;  Gerinda | LAS;;-") == ("LAS", "Gerinda")
    assert names("las, gerinda") == ("las", "gerinda")
    assert names(["Las, listrik", " "]) == ("Las, listrik",)


def test_texts_that_are_too_long_are_reported(tmp_path):
    assert "terlalu panjang" in only_reason(read_text(tmp_path, f"judul;kota\n{'x' * 201};Solo\n"), 2)


# Anything at all

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*HIT, *DETAIL, "data", "name"]), inner, max_size=8)
    ),
    max_leaves=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(anything)
def test_no_json_document_raises(tmp_path, document):
    for entry in read_json(tmp_path, [{**HIT, "more": document}, document]):
        assert isinstance(entry, Row | Unreadable)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.sampled_from(["csv", "xlsx", "json", "tsv"]),
    st.sampled_from([b"", b"judul;kota\n", b"PK\x03\x04", b"[{"]),
    st.binary(max_size=200),
)
def test_no_bytes_raise(tmp_path, suffix, start, content):
    path = tmp_path / f"lowongan.{suffix}"
    path.write_bytes(start + content)
    for entry in read(path):
        assert isinstance(entry, Row | Unreadable)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=11, max_size=11))
def test_no_cells_raise(tmp_path, cells):
    quoted = ";".join('"' + text.replace('"', '""') + '"' for text in cells)
    path = tmp_path / "lowongan.csv"
    path.write_bytes(f"{HEADER}\n{quoted}\n".encode("utf-8", "replace"))
    for entry in read(path):
        assert isinstance(entry, Row | Unreadable)

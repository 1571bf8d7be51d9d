"""Rows of CSV and XLSX files, as the fields of our documented columns."""

import codecs
import csv
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse

from python_calamine import CalamineError, load_workbook

from jobs.imports.columns import fields_of
from jobs.imports.row import Raw, Unreadable, UnreadableFile

HEADER_WITHIN = 20
"""The header is looked for in so many rows: reports often put a title and a date above the table."""
MOST_UNPACKED = 300_000_000
"""Bytes. A workbook is read into memory, and a small zip can unpack to anything."""
MOST_CELLS = 20_000_000
"""From the first to the farthest, empty or not: a sheet is held in memory whole, and one cell at its far corner is enough
to make it larger than any memory."""
TOO_LARGE = "Buku kerja terlalu besar. Bagi menjadi beberapa berkas."
BROKEN_WORKBOOK = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, ParseError),
    # What zipfile raises for entries that are missing, cut off, encrypted or packed in a way it does not know.
    *(KeyError, EOFError, OSError, RuntimeError, ValueError),
)
NO_HEADER = (
    "Baris judul kolom tidak ditemukan. Baris itu harus memuat kolom “judul” dan kolom lain, "
    "misalnya “perusahaan” dan “kota”."
)

LONGEST_CELL = 131_072
"""Characters, the csv module's own limit."""


def read_csv(path: Path) -> Iterator[tuple[int, Raw] | Unreadable]:
    """Row by row, in memory that does not grow with the file. The row number counts as a spreadsheet does."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter([file.readline(1 << 16) for _ in range(HEADER_WITHIN)])
        file.seek(0)
        yield from _read_table(_csv_rows(file, delimiter))


def _csv_rows(lines: Iterable[str], delimiter: str) -> Iterator[Sequence[object] | str]:
    """The cells of each row, or a sentence about a row that cannot be parted into cells."""
    # The limit is the whole process's and others raise it; a quote never closed must end here, not swallow the file.
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield "Baris tidak terbaca: ada tanda kutip yang tidak ditutup atau sel yang terlalu panjang."


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 by their marks or their bytes, otherwise cp1252, the code page of Indonesian Windows."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _first_that_decodes(path, "utf-16")
    if b"\0" in start:
        # Text in the Latin alphabet without a mark: the zeros are all on one side.
        zero_first, zero_second = start[0::2].count(0), start[1::2].count(0)
        return _first_that_decodes(path, "utf-16-be" if zero_first > zero_second else "utf-16-le")
    return _first_that_decodes(path, "utf-8-sig", "cp1252")


def _first_that_decodes(path: Path, *encodings: str) -> str:
    for encoding in encodings:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while part := file.read(1 << 20):
                    if "\0" in part:
                        raise UnreadableFile(
                            "Isi berkas bukan teks. Simpan tabel sebagai CSV (UTF-8) atau XLSX."
                        )
            return encoding
        except UnicodeError:
            continue
    raise UnreadableFile(
        "Pengodean huruf berkas tidak dikenali. Simpan tabel sebagai “CSV UTF-8”, lalu coba lagi."
    )


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that makes a header of one of the first lines; the comma when none does."""
    for line in lines:
        if match := re.fullmatch(r'"?sep=([;,\t])"?\s*', line):
            return match[1]
        for delimiter in ";,\t":
            if fields_of(next(csv.reader([line.strip("\ufeff")], delimiter=delimiter), [])):
                return delimiter
    return ","


def read_xlsx(path: Path) -> Iterator[tuple[int, Raw] | Unreadable]:
    """The rows of the first sheet that has a header. Cells with a formula are named, never their last result taken."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableFile(TOO_LARGE)
            workbook = load_workbook(str(path))
            for index, name in enumerate(workbook.sheet_names):
                formulas = _formulas(archive, name)
                sheet = workbook.get_sheet_by_index(index)
                if any(fields_of(row) for row in itertools.islice(sheet.iter_rows(), HEADER_WITHIN)):
                    left = (sheet.start or (0, 0))[1]
                    yield from _read_table(_with_formulas(sheet.iter_rows(), formulas, left))
                    return
    except BROKEN_WORKBOOK as error:
        raise UnreadableFile(
            "Berkas XLSX rusak atau terkunci kata sandi. Simpan ulang lalu coba lagi."
        ) from error
    raise UnreadableFile(NO_HEADER)


def _formulas(archive: zipfile.ZipFile, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> formula, both from 0. Calamine gives only the results, so the sheet's XML is read for them.

    Raises UnreadableFile for a sheet that reaches too far, which Calamine would die of.
    """
    target = None
    for _, element in iterparse(archive.open("xl/workbook.xml")):
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            target = next(value for key, value in element.items() if key.endswith("}id"))
    found: dict[int, dict[int, str]] = {}
    for _, relation in iterparse(archive.open("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == target:
            path = relation.get("Target", "").removeprefix("/")
            with archive.open(path if path.startswith("xl/") else f"xl/{path}") as xml:
                for row, column, formula in _formula_cells(xml):
                    found.setdefault(row, {})[column] = formula
    return found


def _formula_cells(xml: IO[bytes]) -> Iterator[tuple[int, int, str]]:
    height = width = 1
    for _, element in iterparse(xml):
        if element.tag.endswith("}c"):
            formula = next((part for part in element if part.tag.endswith("}f")), None)
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", element.get("r", ""))
            if place:
                row, column = int(place[2]), _column(place[1])
                height, width = max(height, row), max(width, column)
                if formula is not None:
                    yield row - 1, column - 1, f"={formula.text or ''}"
        elif element.tag.endswith("}row"):
            height = max(height, int(element.get("r", "0")))
            element.clear()
        if height * width > MOST_CELLS:
            raise UnreadableFile(TOO_LARGE)


def _column(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _with_formulas(
    rows: Iterable[Sequence[object]], formulas: Mapping[int, Mapping[int, str]], left: int
) -> Iterator[Sequence[object]]:
    """The rows with each formula in place of its last result. `left` is the column at which the rows begin."""
    height = 0
    for height, row in enumerate(rows, start=1):
        yield _overlaid(row, formulas.get(height - 1, {}), left)
    # Calamine ends a sheet at its last result; rows of formulas that were never calculated come behind it.
    for index in range(height, max(formulas, default=-1) + 1):
        yield _overlaid((), formulas.get(index, {}), left)


def _overlaid(row: Sequence[object], formulas: Mapping[int, str], left: int) -> Sequence[object]:
    if not formulas:
        return row
    cells = [*row, *[""] * (max(formulas) - left + 1 - len(row))]
    for column, formula in formulas.items():
        cells[column - left] = formula
    return cells


def _read_table(rows: Iterable[Sequence[object] | str]) -> Iterator[tuple[int, Raw] | Unreadable]:
    """The rows below the header as fields; empty rows are passed over, but counted."""
    fields: list[str | None] | None = None
    for number, row in enumerate(rows, start=1):
        if fields is None:
            fields = None if isinstance(row, str) else fields_of(row)
            if fields is None and number >= HEADER_WITHIN:
                break
        elif isinstance(row, str):
            yield Unreadable(number, row)
        elif any(_filled(cell) for cell in row):
            yield _fields_in(number, fields, row)
    if fields is None:
        raise UnreadableFile(NO_HEADER)


def _fields_in(
    number: int, fields: Sequence[str | None], row: Sequence[object]
) -> tuple[int, Raw] | Unreadable:
    if any(_filled(cell) for cell in row[len(fields) :]):
        return Unreadable(
            number,
            f"Baris ini berisi {len(row)} sel, padahal judul kolomnya {len(fields)}. "
            "Teks yang memuat pemisah kolom perlu diapit tanda kutip.",
        )
    raw: dict[str, object] = {}
    for field, cell in zip(fields, row, strict=False):
        # Where two columns hold the same field, the first that is filled counts.
        if field and _filled(cell):
            raw.setdefault(field, cell)
    return number, raw


def _filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))

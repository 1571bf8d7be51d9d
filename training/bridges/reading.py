"""Rows of a CSV file whoever wrote it: its encoding, its separator, and the columns it must have."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SEPARATORS = ",;\t|"
LARGEST_FIELD = 1_000_000
LARGEST_FILE = 500_000_000
"""Bytes, unpacked. ESCO's largest file has 21 million."""


class Unreadable(Exception):
    """The message says what is wrong with the file, and what was expected."""


@dataclass(frozen=True)
class Fault:
    file: str
    row: int
    """Line of a spreadsheet: the header is row 1."""
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


@dataclass(frozen=True)
class Row:
    number: int
    values: Mapping[str, str]

    def first(self, names: Sequence[str]) -> str:
        """The value of the first of these columns that the file has."""
        return next((self.values[name] for name in names if name in self.values), "")


@dataclass
class Sheet:
    """One CSV file: its name, its columns in lower case, and its rows."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def has(self, *choices: Sequence[str]) -> bool:
        """Whether each choice of column names is there by one of its names."""
        return all(any(name in self.columns for name in names) for names in choices)


def sheets(path: Path) -> Iterator[Sheet]:
    """Every CSV file that `path` is, or holds as a folder or a zip. Raises Unreadable."""
    for name, content in _files(path):
        yield _sheet(name, content)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        found = [each for each in sorted(path.iterdir()) if each.suffix.lower() == ".csv"]
        yield from ((each.name, _content(each)) for each in found)
    elif not path.is_file():
        raise Unreadable(f"{path} is not there.")
    elif zipfile.is_zipfile(path):
        yield from _packed(path)
    else:
        yield path.name, _content(path)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"{path.name} cannot be read: {problem.strerror}.") from problem


def _packed(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as packed:
            for each in packed.infolist():
                if not each.filename.lower().endswith(".csv"):
                    continue
                if each.file_size > LARGEST_FILE:
                    raise Unreadable(
                        f"{each.filename} in {path.name} is larger than {LARGEST_FILE // 1_000_000} MB."
                    )
                yield Path(each.filename).name, packed.read(each)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as problem:
        raise Unreadable(f"{path.name} is no zip file that can be unpacked: {problem}.") from problem


def _sheet(name: str, content: bytes) -> Sheet:
    text = _text(name, content)
    csv.field_size_limit(LARGEST_FIELD)
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    sheet = Sheet(name)
    try:
        for number, line in enumerate(lines, 1):
            values = [value.strip() for value in line]
            if number == 1:
                sheet.columns = [value.lower() for value in values]
            elif len(values) > len(sheet.columns):
                reason = f"{len(values)} values for {len(sheet.columns)} columns; is a value with “{separator}” unquoted?"
                sheet.faults.append(Fault(name, number, reason))
            elif any(values):
                sheet.rows.append(Row(number, dict(zip(sheet.columns, values, strict=False))))
    except csv.Error as problem:
        raise Unreadable(f"{name} breaks off at line {lines.line_num}: {problem}.") from problem
    if not any(sheet.columns):
        raise Unreadable(f"{name} is empty.")
    return sheet


def _text(name: str, content: bytes) -> str:
    if b"\x00" in content[:4096]:
        raise Unreadable(f"{name} is no CSV text. Save the sheet as CSV (UTF-8) and try again.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets on Windows still save so by default.
        return content.decode("cp1252", errors="replace")

"""Reads a file of vacancies (CSV, XLSX, or Karirhub's JSON) into rows, and names every row it could not read."""

from collections.abc import Iterator
from pathlib import Path

from jobs.imports.catalogue import SOURCE, read_catalogue
from jobs.imports.normalising import normalise
from jobs.imports.row import WHOLE_FILE, Row, Unreadable, UnreadableFile
from jobs.imports.sheets import read_csv, read_xlsx

MOST_ROWS = 50_000
MOST_BYTES = 100_000_000
FILE_SOURCE = "berkas"
"""The source of rows of a table that names none."""
READERS = {".csv": read_csv, ".tsv": read_csv, ".txt": read_csv, ".xlsx": read_xlsx, ".json": read_catalogue}


def read(path: Path) -> Iterator[Row | Unreadable]:
    """The vacancies of a file in its order, each a Row, or an Unreadable with its reasons.

    Nothing is raised for what is in the file: a file that cannot be read at all, or not to its end, is an Unreadable
    with number 0. At most 50,000 rows are read and said so; a CSV file is never held in memory.
    """
    try:
        reader = READERS[_kind(path)]
        source = SOURCE if reader is read_catalogue else FILE_SOURCE
        count = 0
        for count, found in enumerate(reader(path), start=1):
            if count > MOST_ROWS:
                raise UnreadableFile(
                    f"Berkas berisi lebih dari {MOST_ROWS // 1000}.000 lowongan; sisanya tidak dibaca. "
                    "Bagi menjadi beberapa berkas."
                )
            yield found if isinstance(found, Unreadable) else normalise(*found, source)
        if count == 0:
            raise UnreadableFile("Berkas hanya berisi judul kolom, tanpa lowongan.")
    except UnreadableFile as error:
        yield Unreadable(WHOLE_FILE, str(error))
    except RecursionError:
        yield Unreadable(WHOLE_FILE, "Susunan berkas terlalu dalam untuk dibaca.")
    except OSError:
        yield Unreadable(WHOLE_FILE, "Berkas tidak dapat dibuka. Periksa nama dan izinnya.")


def _kind(path: Path) -> str:
    """The suffix that tells the reader; UnreadableFile where the content is plainly something else."""
    suffix = path.suffix.casefold()
    if suffix not in READERS:
        raise UnreadableFile("Jenis berkas ini tidak didukung. Pakai CSV, XLSX, atau JSON.")
    if not path.is_file():
        raise UnreadableFile("Berkas tidak ditemukan. Periksa nama dan foldernya.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableFile(
            f"Berkas lebih besar dari {MOST_BYTES // 1_000_000} MB. Bagi menjadi beberapa berkas."
        )
    with path.open("rb") as file:
        start = file.read(8)
    if not start.strip():
        raise UnreadableFile("Berkas kosong.")
    is_zip = start.startswith(b"PK\x03\x04")
    if is_zip != (suffix == ".xlsx") or start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            f"Isi berkas bukan {suffix[1:].upper()} seperti namanya. Simpan ulang sebagai CSV atau XLSX, lalu coba lagi."
        )
    return suffix

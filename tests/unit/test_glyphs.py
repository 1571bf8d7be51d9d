"""Nothing is printed as an empty box: what the sheets' font cannot draw is left out of them."""

import re
import struct
from pathlib import Path

import pytest
import typst

from jobs.sheets.glyphs import KEPT, NOTHING, all_drawable, drawable
from tests.unit.test_sheet import paper, title_of
from training.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Tukang las", "Tukang las"),
        ("☕ Barista 😀 Kopi 🇮🇩", "Barista Kopi"),
        ("Toko 👨‍👩‍👧‍👦❤️ Jaya", "Toko Jaya"),
        ("𝐋𝐚𝐬 Ｋａｗａｔ", "Las Kawat"),
        ("PT Šílá «Ñandú» – 12 m² ≥ 5", "PT Šílá «Ñandú» – 12 m² ≥ 5"),
        ("😀😀", NOTHING),
        ("\u202e\ufeff", NOTHING),
        ("", ""),
        ("dua\nbaris", "dua\nbaris"),
    ],
)
def test_what_has_no_glyph_is_left_out(typed: str, printed: str) -> None:
    assert drawable(typed) == printed


def test_every_text_of_a_sheet_is_looked_at_and_nothing_else() -> None:
    told = {"a": ["😀 satu", {"b": "dua 🚀"}], "c": 1.5, "d": None, "e": ("x🎉",)}
    assert all_drawable(told) == {"a": ["satu", {"b": "dua"}], "c": 1.5, "d": None, "e": ["x"]}


def test_a_title_with_emoji_is_printed_without_them() -> None:
    assert title_of(paper("🔥 Tukang las 😀")) == "Mengapa cocok: Tukang las"


def test_what_the_vocabulary_names_is_printed_as_it_is() -> None:
    words = vocabulary()
    labels = [
        each.label for some in (words.skills, words.occupations, words.licences) for each in some.values()
    ]
    assert [label for label in labels if drawable(label) != label] == []


def test_the_font_draws_all_that_is_kept() -> None:
    kept = {code for code in range(0x20, 0x3000) if KEPT.fullmatch(chr(code))}
    for name in ("Libertinus Serif Regular", "Libertinus Serif Bold"):
        assert kept - glyphs_of(name) == set(), name


def glyphs_of(name: str) -> set[int]:
    """The characters of a font inside the wheel of Typst (OpenType 1.9: `cmap`, formats 4 and 12)."""
    data = next((Path(typst.__file__).parent).glob("_typst*")).read_bytes()
    for found in re.finditer(rb"OTTO", data):
        start = found.start()
        [count] = struct.unpack_from(">H", data, start + 4)
        if not 4 <= count <= 40:
            continue
        entries = [struct.unpack_from(">4sIII", data, start + 12 + 16 * at) for at in range(count)]
        tables = {tag: start + offset for tag, _, offset, _ in entries}
        if b"cmap" in tables and b"name" in tables and max(tables.values()) < len(data):
            names = data[tables[b"name"] : tables[b"name"] + 8_000]
            # The full name stands between two others; "Bold" alone would be the bold italic's too.
            if f"{name}".encode("utf-16-be") in names and "Italic".encode("utf-16-be") not in names:
                return _cmap(data, tables[b"cmap"])
    raise AssertionError(f"{name} is not in the wheel")


def _cmap(data: bytes, at: int) -> set[int]:
    [count] = struct.unpack_from(">H", data, at + 2)
    found: set[int] = set()
    for number in range(count):
        _, _, offset = struct.unpack_from(">HHI", data, at + 4 + 8 * number)
        table = at + offset
        [form] = struct.unpack_from(">H", data, table)
        if form == 12:
            [groups] = struct.unpack_from(">I", data, table + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", data, table + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif form == 4:
            segments = struct.unpack_from(">H", data, table + 6)[0] // 2
            last_ones = struct.unpack_from(f">{segments}H", data, table + 14)
            first_ones = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
            for first, last in zip(first_ones, last_ones, strict=True):
                found.update(range(first, last + 1))
    return found

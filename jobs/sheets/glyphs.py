"""What the fonts of the sheets can draw. The rest, emoji above all, would print as an empty box, so it is left out."""

import re
import unicodedata
from typing import Any

# Of Libertinus Serif, in which every sheet is set, whole stretches of what people here write: Latin with its accents, Greek,
# Cyrillic, dashes, quotes, signs of money and of sums. A test reads the font itself and holds this to it.
DRAWN = (
    "\u0020-\u007e\u00a0-\u02e4\u0300-\u034e\u0388-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u04c4"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u2010-\u2027\u2030-\u2037\u2039-\u203e\u20ac\u2116\u2122\u2190-\u2199\u2212\u2248"
    "\u2260\u2264\u2265"
)
KEPT = re.compile(f"[\\n{DRAWN}]+")
NOTHING = "…"
"""Stands for a text of which nothing can be drawn: its place is then not taken for a mistake of the sheet."""


def drawable(text: str) -> str:
    """The text without what has no glyph. Letters in disguise (𝐋𝐚𝐬, Ｌａｓ) become the plain ones that they are read as."""
    if KEPT.fullmatch(text) or not text:
        return text
    kept = "".join(
        each if KEPT.fullmatch(each) else _plain(each) for each in unicodedata.normalize("NFC", text)
    )
    return re.sub(r" {2,}", " ", kept).strip() or NOTHING


def _plain(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if KEPT.fullmatch(plain) else ""


def all_drawable(told: Any) -> Any:
    """The same in every text of what is told, however deep; keys stay as they are."""
    if isinstance(told, str):
        return drawable(told)
    if isinstance(told, dict):
        return {key: all_drawable(value) for key, value in told.items()}
    return [all_drawable(each) for each in told] if isinstance(told, list | tuple) else told

"""Text as files hold it: cleaned of markup, and never a formula."""

import re
from html import unescape
from html.parser import HTMLParser

NOT_STATED = {
    "",
    "-",
    "–",
    "--",
    "n/a",
    "na",
    "null",
    "none",
    "tidak ada",
    "nego",
    "negosiasi",
    "negotiable",
} | {
    "kompetitif",
    "competitive",
    "dirahasiakan",
    "confidential",
    "umr",
    "umk",
    "ump",
}


def text_of(value: object) -> str:
    """Any single value as text without control characters, which PostgreSQL or a page could not hold."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]", "", text).replace("\xa0", " ").strip()


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text as a formula (CWE-1236) when it is written out again.

    Everything after "=" is one. After + - @ only what calculates, refers or calls: "- Jujur", "+62 812 3456",
    "-" and "@warung.kopi" are what people write.
    """
    text = text.lstrip()
    if text.startswith("="):
        return True
    calls = r"[+\-@][\w.$]*\("
    sums = r"[+\-@]\s*[\d.,]+\s*[+*^]"
    refers = r"[+\-@]\$?[A-Z]{1,3}\$?\d{1,7}(?:$|[+\-*/^&:!])"
    commands = r"[+\-@][^\n]*\w\|\s*'"
    return re.match(f"{calls}|{sums}|{refers}|{commands}", text) is not None


class _Words(HTMLParser):
    """Collects the text of a piece of HTML: blocks on lines of their own, list items with a dash, no scripts."""

    BLOCKS = {
        "p",
        "div",
        "br",
        "ul",
        "ol",
        "li",
        "tr",
        "table",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
    SILENT = {"script", "style"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.words.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in self.SILENT))
        if tag in self.BLOCKS - {"br"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # Line breaks in the source of HTML mean nothing; those of tags do.
            self.words.append(re.sub(r"\s+", " ", data))


def plain(value: object) -> str:
    """Text without markup: HTML is reduced to its words, other text keeps its lines; at most one empty line between."""
    text = text_of(value)
    # Word writes "<![if ...]>", on which Python's parser raises AssertionError.
    text = re.sub(r"<!\[(?:[^>]{0,80}\]>)?", "", text)
    # Catalogues also hold HTML that was escaped once more, which only shows after the first reading.
    for _ in range(2):
        if re.search(r"<[a-zA-Z!/][^<>]*>", text):
            words = _Words()
            words.feed(text)
            words.close()
            text = "".join(words.words)
        elif re.search(r"&(?:[a-zA-Z]{2,8}|#x?[0-9a-fA-F]{1,6});", text):
            text = unescape(text)
    lines = [" ".join(line.split()) for line in text_of(text).split("\n")]
    kept = [line for line in lines if line != "-"] if len(lines) > 1 else lines
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def names(value: object) -> tuple[str, ...]:
    """Names apart from each other, each once: a list, or text parted by ; or | or lines (by commas where it has none)."""
    if isinstance(value, list | tuple):
        parts = [text_of(part) for part in value]
    else:
        text = text_of(value)
        parts = re.split(r"[;|\n]" if re.search(r"[;|\n]", text) else ",", text)
    found = {part.casefold(): part for part in (" ".join(plain(part).split()) for part in parts)}
    return tuple(part for key, part in found.items() if key not in NOT_STATED)

"""What is served as a file: nothing changed unseen, nothing too heavy, nothing a strict content policy would refuse."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted(
    path for app in ("portal", "partners", "training", "jobs") for path in (ROOT / app).rglob("*.html")
)
VENDORED = re.findall(
    r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \| `([0-9a-f]{64})` \|",
    (STATIC / "vendor" / "README.md").read_text(),
    re.MULTILINE,
)
STYLE_SHEET_BUDGET = 15 * 1024
# With the page itself and its headers, a first visit stays below 60 KB.
EVERYTHING_BUDGET = 40 * 1024


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_vendored_files_are_the_ones_in_the_table() -> None:
    assert {
        name: sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name, _ in VENDORED
    } == dict(VENDORED)


def test_every_vendored_file_is_in_the_table() -> None:
    present = {path.name for path in (STATIC / "vendor").iterdir()} - {"README.md"}
    assert present == {name for name, _ in VENDORED}


def test_style_sheet_keeps_its_budget() -> None:
    assert compressed(STATIC / "bina.css") <= STYLE_SHEET_BUDGET


def test_a_first_visit_keeps_its_budget() -> None:
    files = ("bina.css", "bina.js", "icons.svg", "vendor/htmx.min.js")
    assert sum(compressed(STATIC / name) for name in files) <= EVERYTHING_BUDGET


def test_both_dark_blocks_say_the_same() -> None:
    blocks = re.findall(r'data-theme="(?:light"\]\)|dark"\]) \{([^}]*)\}', (STATIC / "bina.css").read_text())
    by_system, by_choice = (re.findall(r"[\w-]+: [^;]+;", block) for block in blocks)
    assert by_system == by_choice


def test_every_token_used_is_defined() -> None:
    sheet = (STATIC / "bina.css").read_text()
    pictures = (STATIC / "icons.svg").read_text()
    used = set(re.findall(r"var\((--[\w-]+)", sheet + pictures))
    assert used <= set(re.findall(r"(--[\w-]+):", sheet))


def test_layers_come_in_their_order() -> None:
    sheet = (STATIC / "bina.css").read_text()
    assert re.findall(r"^@layer (\w+) \{", sheet, re.MULTILINE) == [
        "reset",
        "base",
        "layout",
        "components",
        "pages",
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize(
    "forbidden",
    [
        r"<[^>]*\sstyle\s*=",
        r"<style\b",
        r"<[^>]*\son[a-z]+\s*=",
        r"hx-on\b",
        r"<script\b(?![^>]*\ssrc=)",
        r"javascript:",
        r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
        r"\|\s*safe\b",
    ],
)
def test_templates_carry_no_inline_style_or_script(path: Path, forbidden: str) -> None:
    assert re.findall(forbidden, path.read_text(), re.IGNORECASE) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_named_in_a_template_exists(path: Path) -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
    named = set(re.findall(r"ui\.icon\(['\"](\w+)", path.read_text()))
    assert named <= drawn


def test_the_page_of_components_shows_every_icon() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text())) - {"rail"}
    page = (ROOT / "portal" / "templates" / "components.html").read_text()
    shown = re.search(r"for name in \(([^)]*)\)", page)
    assert shown is not None and set(re.findall(r"'(\w+)'", shown[1])) == drawn

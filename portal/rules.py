"""Rules of the code that a machine can check: who may import whom, no table without its migration, plain templates."""

import ast
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from portal.database import APPS
from portal.settings import ROOT

BELOW: dict[str, set[str]] = {
    "portal": set(),
    "partners": {"portal"},
    "training": {"portal"},
    "jobs": {"portal", "partners", "training"},
}
"""What each app may import besides itself: an app knows those below it, and never those above."""
TOP = ("portal/app.py", "portal/__main__.py", "portal/commands/")
"""Here the apps are put together, so here each may be imported, and nothing below may import these."""
TOP_MODULES = ("portal.app", "portal.__main__", "portal.commands")

TAG = re.compile(r"<[a-zA-Z][^<>]*>")
IN_TAG = {
    r"\sstyle\s*=": "an inline style, which the content policy refuses",
    r"\son[a-z]+\s*=": "an inline handler, which the content policy refuses",
    r"^<style\b": "an inline style sheet, which the content policy refuses",
    r"^<script\b(?![^>]*\ssrc=)": "an inline script, which the content policy refuses",
    r"^<(?!form\b)(?![^>]*\sformaction\s*=)[^>]*\shx-(?:post|put|patch|delete)\s*=": "a changing request outside a <form>, which needs JavaScript",
    r"^<(?!a\b|form\b)[^>]*\shx-get\s*=(?![^>]*\shx-trigger)": "hx-get on something that is neither link nor form, which needs JavaScript",
}
UNSAFE = re.compile(r"\|\s*safe\b|{%-?\s*autoescape\s+false")


def foreign_imports(root: Path = ROOT) -> list[str]:
    """Imports that go the wrong way, each as "file:line: ..."."""
    return [
        f"{path.relative_to(root)}:{line}: {app} must not import {name}"
        for app in APPS
        for path in sorted((root / app).rglob("*.py"))
        if not str(path.relative_to(root)).startswith(TOP)
        for name, line in _imports(path)
        if not _allowed(app, name)
    ]


def _allowed(app: str, name: str) -> bool:
    if any(name == top or name.startswith(f"{top}.") for top in TOP_MODULES):
        return False
    head = name.split(".")[0]
    return head not in APPS or head == app or head in BELOW[app]


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Full names of imported modules and of what is taken from them, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


async def unmigrated() -> list[str]:
    """Apps whose tables differ from what their migrations build; needs no database."""
    from piccolo.apps.migrations.commands.new import AutoMigrationManager
    from piccolo.conf.apps import Finder

    changed = []
    for app in APPS:
        with redirect_stdout(io.StringIO()):
            # The manager asks whether a column was renamed; "n" makes it an added and a dropped one.
            found = await AutoMigrationManager(auto_input="n").get_alter_statements(
                Finder().get_app_config(app_name=app)
            )
        changed += [f"{app}: {statement}" for kind in found for statement in kind.statements]
    return changed


def template_faults(root: Path = ROOT) -> list[str]:
    """What templates must not contain, each as "file:line: ..."."""
    faults = []
    for app in APPS:
        for path in sorted((root / app).rglob("*.html")):
            text = path.read_text()
            named = str(path.relative_to(root))
            faults += [f"{named}:{_line(text, at)}: {what}" for at, what in _faults(text)]
    return faults


def _faults(text: str) -> Iterator[tuple[int, str]]:
    # Expressions may hold > and quotes; blanked out, tags can be found, and lines and places stay what they were.
    plain = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
    for tag in TAG.finditer(plain):
        for pattern, what in IN_TAG.items():
            if re.search(pattern, tag[0], re.IGNORECASE):
                yield tag.start(), what
    uncommented = re.sub(r"{#.*?#}", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
    for unsafe in UNSAFE.finditer(uncommented):
        yield unsafe.start(), "text that is not escaped"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1

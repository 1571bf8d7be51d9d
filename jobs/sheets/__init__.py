"""Sheets for paper: what a page tells, as a PDF, typeset without a network and without the fonts of the machine."""

import json
from pathlib import Path
from typing import Any

import typst
from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from jobs.sheets.glyphs import all_drawable

FOLDER = Path(__file__).parent / "papers"
"""Holds sheets and nothing else, see `typeset`."""
AT_ONCE = 1
"""So many are typeset at a time in a process; whoever asks meanwhile waits, and pages are answered beside it."""
_turns: RunVar[CapacityLimiter] = RunVar("turns")


async def pdf(name: str, told: dict[str, Any]) -> bytes:
    """The sheet called `name`, typeset in a thread."""
    try:
        turns = _turns.get()
    except LookupError:
        turns = CapacityLimiter(AT_ONCE)
        _turns.set(turns)
    return await to_thread.run_sync(typeset, name, told, limiter=turns)


def typeset(name: str, told: dict[str, Any]) -> bytes:
    """The sheet called `name` as a PDF. What is told reaches it as data, never as markup, so nothing that somebody typed
    is run; and were it run, it could read no file but the sheets themselves, which are all that lies below the root."""
    text = json.dumps(all_drawable(told), ensure_ascii=False).encode("utf-8", "replace").decode()
    return typst.compile(
        FOLDER / f"{name}.typ",
        root=FOLDER,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": text},
    )

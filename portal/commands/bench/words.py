"""The measurement of `portal bench vocabulary`: how well texts are resolved, and at what cost."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from portal.settings import ROOT
from training.bench import baselines
from training.bench.labelled import Half, Labelled, of_half, skill_phrases, titles
from training.bench.scoring import Answering, answering, scores
from training.vocabulary import vocabulary
from training.vocabulary.meant import occupations_meant, skills_meant

OURS = "resolver"
LEVELS = {"hit@1": 0.90, "hit@1_sure": 0.97, "not_sure": 0.15}
"""For occupations on the test half; the last is the most that may be left open, the others the least."""


def measure(halves: Sequence[Half], tell: Callable[[str], None]) -> dict[str, Any]:
    """Figures by what was asked, half and method; those of one process's speed; the levels where the test half is read."""
    words = vocabulary()
    asked = {
        "occupations": (titles(), occupations_meant, baselines.of_occupations(words)),
        "skills": (skill_phrases(), skills_meant, baselines.of_skills(words)),
    }
    figures: dict[str, Any] = {}
    for name, (texts, resolve, entries) in asked.items():
        tell(f"Resolving {name} ...")
        methods = {OURS: answering(resolve), **baselines.all_of(entries)}
        figures[name] = {half.value: _compared(of_half(texts, half), methods) for half in halves}
    tell("Measuring speed ...")
    figures["speed"] = speed()
    if Half.TEST in halves:
        figures["levels"] = levels(figures["occupations"][Half.TEST.value])
    return figures


def _compared(texts: list[Labelled], methods: dict[str, Answering]) -> dict[str, dict[str, float]]:
    return {name: scores(texts, method) for name, method in methods.items()}


def levels(compared: dict[str, dict[str, float]]) -> dict[str, dict[str, Any]]:
    """What was wanted, what was reached, and whether that is enough."""
    ours = compared[OURS]
    others = max(figures["hit@1"] for name, figures in compared.items() if name != OURS)
    judged = {
        name: {
            "wanted": wanted,
            "reached": ours[name],
            "met": ours[name] <= wanted if name == "not_sure" else ours[name] >= wanted,
        }
        for name, wanted in LEVELS.items()
    }
    return judged | {
        "above_baselines": {"wanted": others, "reached": ours["hit@1"], "met": ours["hit@1"] > others}
    }


def speed() -> dict[str, Any]:
    """Measured in a process of its own, whose memory holds nothing else."""
    ran = subprocess.run(
        [sys.executable, "-m", "training.bench.speed"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(json.loads(ran.stdout))


def in_words(figures: dict[str, Any]) -> str:
    """A table for people."""
    lines = []
    for kind in ("occupations", "skills"):
        for half, methods in figures[kind].items():
            texts = next(iter(methods.values()))["texts"]
            lines.append(f"{kind}, {half} ({texts} texts){'':<6}hit@1  hit@5  not sure  hit@1 among the sure")
            lines += [
                f"  {name:<30} {each['hit@1']:.3f}  {each['hit@5']:.3f}  {each['not_sure']:>8.3f}  {each['hit@1_sure']:.3f}"
                for name, each in methods.items()
            ]
    lines += [f"{name}: {value}" for name, value in figures["speed"].items()]
    lines += [
        f"level {name} {each['wanted']}: {each['reached']} ({'met' if each['met'] else 'not met'})"
        for name, each in figures.get("levels", {}).items()
    ]
    return "\n".join(lines)

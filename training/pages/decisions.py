"""The form in which an administrator decides what a proposed word is, and what it may mean."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from portal.disclosure import discloses
from portal.forms import Form
from training.tables import WordKind
from training.vocabulary import vocabulary
from training.vocabulary.resolving import occupation_of, occupations_for, skill_of, skills_for

NEAR = 3


class Decision(StrEnum):
    JOIN = "join"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REOPEN = "reopen"


class DecisionForm(Form, kw_only=True):
    """What the word is. It is joined to `entry` ("skill:las-smaw"), or to what `name` means as a `kind`."""

    messages: ClassVar[dict[str, str]] = {
        "to": "Pilih salah satu keputusan.",
        "kind": "Pilih pekerjaan atau keterampilan.",
        "label": "Tulis namanya, 3 sampai 60 huruf.",
    }
    to: Decision
    entry: Annotated[str, Meta(max_length=80)] = ""
    kind: WordKind = WordKind.OCCUPATION
    name: Annotated[str, Meta(max_length=120)] = ""
    label: Annotated[str, Meta(min_length=3, max_length=60)] | None = None
    group: Annotated[str, Meta(max_length=60)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("to") == Decision.JOIN and meant(values) is None:
            yield "name", _unsure(values) if values.get("name") else "Tulis nama yang dimaksud."
        if values.get("to") == Decision.ACCEPT:
            label = values.get("label") or ""
            if not label:
                yield "label", cls.messages["label"]
            elif "," in label or discloses(label):
                yield "label", "Tulis tanpa koma, tanpa kontak, dan tanpa kata yang membuka riwayat orang."
            if values.get("group") not in vocabulary().groups:
                yield "group", "Pilih kelompoknya."


def meant(values: dict[str, Any]) -> tuple[WordKind, str] | None:
    """The entry that a form names: by a button, or by words that surely mean one."""
    words = vocabulary()
    kind, _, id = values.get("entry", "").partition(":")
    if (kind == WordKind.OCCUPATION and id in words.occupations) or (
        kind == WordKind.SKILL and id in words.skills
    ):
        return WordKind(kind), id
    name, wanted = values.get("name", ""), values.get("kind", WordKind.OCCUPATION)
    if wanted == WordKind.SKILL:
        found: Any = words.skill_named(name) or skill_of(name)
    else:
        found = words.occupation_named(name) or occupation_of(name)
    return (WordKind(wanted), found.id) if name and found else None


def _unsure(values: dict[str, Any]) -> str:
    near = [label for _, label in near_entries(values["name"], WordKind(values["kind"]), only_kind=True)]
    return "Belum jelas yang mana. " + (f"Mungkin: {', '.join(near)}." if near else "Coba nama lain.")


def near_entries(word: str, kind: WordKind, only_kind: bool = False) -> list[tuple[str, str]]:
    """("skill:las-smaw", label) of what the word may mean; the kind it was typed as comes first."""
    words = vocabulary()
    found: dict[WordKind, list[tuple[str, str]]] = {
        WordKind.OCCUPATION: [
            (f"occupation:{each.id}", words.occupations[each.id].label)
            for each in occupations_for(word, NEAR)
            if not words.occupations[each.id].retired
        ],
        WordKind.SKILL: [
            (f"skill:{each.id}", words.skills[each.id].label)
            for each in skills_for(word, NEAR)
            if not words.skills[each.id].retired
        ],
    }
    other = [] if only_kind else [pair for each, pairs in found.items() if each != kind for pair in pairs]
    return [*found[kind], *other]

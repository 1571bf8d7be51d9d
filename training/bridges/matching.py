"""Which entry of ours a code of another list surely means; None wherever that takes a guess."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from training.bridges.reading import Fault, Row, Sheet, Unreadable
from training.tables import Scheme, WordKind
from training.vocabulary import Occupation, Skill, Vocabulary, plain

LONGEST_CODE = 120
ESCO_CODE, ESCO_LABEL = ("concepturi", "uri"), ("preferredlabel",)
ESCO_COLUMNS = "conceptUri, preferredLabel, altLabels, and iscoGroup for occupations"
KBJI_CODE = ("code", "kode", "kode_kbji", "kbji", "kode jabatan")
KBJI_TITLE = ("title", "judul", "judul_jabatan", "nama", "nama_jabatan", "jabatan")
UNIT_CODE, UNIT_TITLE = ("kode_unit", "kode unit", "kode"), ("judul_unit", "judul unit", "judul")
DOCUMENT_CODE, DOCUMENT_TITLE = ("nomor_skkni", "nomor skkni", "nomor"), ("judul_skkni", "judul skkni")
KBJI = re.compile(r"(\d{4})(?:[.\s]?(\d{2}))?")
UNIT = re.compile(r"[A-Z]{1,3}\.[A-Z0-9]{2,12}(?:\.[A-Z0-9]{2,8}){1,3}(?:\.\d{1,2})?", re.I)


@dataclass(frozen=True)
class Bridge:
    scheme: Scheme
    code: str
    label: str
    kind: WordKind
    entry: str | None


@dataclass(frozen=True)
class Found:
    """What a file held: each code once, and what could not be read."""

    bridges: list[Bridge]
    faults: list[Fault]


class _Names:
    """Every name of every entry -> its ids; unlike for resolving, a name of two entries has both."""

    def __init__(self, entries: Iterable[Occupation | Skill]) -> None:
        self._ids: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for name in (entry.label, entry.english, *entry.aliases, *getattr(entry, "ambiguous", ())):
                self._ids[plain(name)].add(entry.id)

    def sole(self, labels: Iterable[str], among: set[str] | None = None) -> str | None:
        """The one entry that any of the labels names exactly, of those `among`."""
        found = {id for label in labels for id in self._ids.get(plain(label), ())}
        if among is not None:
            found &= among
        return found.pop() if len(found) == 1 else None


def esco(given: Iterable[Sheet], words: Vocabulary) -> Found:
    """Occupations by ISCO group and an equal name, skills by an equal name. Raises Unreadable.

    An occupation's further labels count where no other occupation of ESCO has them: a laser beam welder is called
    "welder" too, and is not what we mean by it. Further labels of skills are too loose to be sure of.
    """
    sound = [each for each in given if _is_esco(each)]
    if not sound:
        raise Unreadable(f"No file with the columns of ESCO: {ESCO_COLUMNS}.")
    owned = Counter(label for sheet in sound for row in sheet.rows for label in _labels(row))
    trades, skills = _Names(words.occupations.values()), _Names(words.skills.values())
    groups = _grouped(words)
    bridges: list[Bridge] = []
    faults: list[Fault] = []
    for sheet in sound:
        faults += sheet.faults
        for row in sheet.rows:
            code, label = row.first(ESCO_CODE), row.first(ESCO_LABEL)
            if reason := _missing(code, label):
                faults.append(Fault(sheet.name, row.number, reason))
            elif "iscogroup" in sheet.columns:
                own = [label, *(each for each in _labels(row) if owned[each] == 1)]
                entry = trades.sole(own, groups.get(row.first(("iscogroup",)), set()))
                bridges.append(Bridge(Scheme.ESCO, code, label, WordKind.OCCUPATION, entry))
            else:
                bridges.append(Bridge(Scheme.ESCO, code, label, WordKind.SKILL, skills.sole([label])))
    return _once(bridges, faults)


def _labels(row: Row) -> set[str]:
    """Plain labels of one concept, each once."""
    further = re.split(r"[\n|]", row.first(("altlabels",)))
    return {plain(each) for each in (row.first(ESCO_LABEL), *further) if each.strip()}


def kbji(given: Iterable[Sheet], words: Vocabulary, edition: int) -> Found:
    """Occupations by code, of several by title. The codes of the vocabulary are those of 2014, so another edition is
    matched by an equal title within the same ISCO group. Raises Unreadable."""
    scheme = Scheme.KBJI_2014 if edition == 2014 else Scheme.KBJI_2026
    names, groups = _Names(words.occupations.values()), _grouped(words)
    coded: dict[str, set[str]] = defaultdict(set)
    for trade in words.occupations.values():
        coded[trade.kbji].add(trade.id)
    bridges: list[Bridge] = []
    faults: list[Fault] = []
    for sheet in _with(given, "KBJI: code (kode), title (judul)", KBJI_CODE, KBJI_TITLE):
        faults += sheet.faults
        for row in sheet.rows:
            code, label = row.first(KBJI_CODE), row.first(KBJI_TITLE)
            found = KBJI.fullmatch(code)
            if reason := _missing(code, label):
                faults.append(Fault(sheet.name, row.number, reason))
            elif found:
                code = ".".join(part for part in found.groups() if part)
                own = coded.get(code, set()) if scheme is Scheme.KBJI_2014 else set()
                entry = (
                    next(iter(own))
                    if len(own) == 1
                    else names.sole([label], own or groups.get(found[1], set()))
                )
                bridges.append(Bridge(scheme, code, label, WordKind.OCCUPATION, entry))
            elif not re.fullmatch(r"\d{1,3}", code):
                reason = f"“{code[:30]}” is no KBJI code; expected 7212 or 7212.01."
                faults.append(Fault(sheet.name, row.number, reason))
    return _once(bridges, faults)


def skkni(given: Iterable[Sheet], words: Vocabulary) -> Found:
    """Units by the codes that skills carry; documents are kept by their number. Raises Unreadable."""
    coded: dict[str, set[str]] = defaultdict(set)
    for skill in words.skills.values():
        for code in skill.skkni:
            coded[code.upper()].add(skill.id)
    bridges: list[Bridge] = []
    faults: list[Fault] = []
    for sheet in given:
        units = sheet.has(UNIT_CODE, UNIT_TITLE)
        if not units and not sheet.has(DOCUMENT_CODE, DOCUMENT_TITLE):
            raise Unreadable(_columns(sheet, "SKKNI: kode_unit, judul_unit; or nomor_skkni, judul_skkni"))
        faults += sheet.faults
        for row in sheet.rows:
            code = row.first(UNIT_CODE).upper() if units else row.first(DOCUMENT_CODE)
            label = row.first(UNIT_TITLE if units else DOCUMENT_TITLE)
            reason = _missing(code, label)
            if not reason and units and not UNIT.fullmatch(code):
                reason = f"“{code[:30]}” is no code of a unit; expected one like C.24LAS01.003.1."
            if reason:
                faults.append(Fault(sheet.name, row.number, reason))
                continue
            own = coded.get(code, set())
            entry = next(iter(own)) if len(own) == 1 else None
            bridges.append(Bridge(Scheme.SKKNI, code, label, WordKind.SKILL, entry))
    return _once(bridges, faults)


def _is_esco(sheet: Sheet) -> bool:
    """Of a whole download only the occupations and the skills; collections and hierarchies repeat them."""
    kind = sheet.rows[0].first(("concepttype",)) if sheet.rows else ""
    if not sheet.has(ESCO_CODE, ESCO_LABEL) or "broaderconcepturi" in sheet.columns:
        return False
    return ("iscogroup" in sheet.columns and kind in ("", "Occupation")) or (
        "skilltype" in sheet.columns and "reuselevel" in sheet.columns
    )


def _with(given: Iterable[Sheet], expected: str, *choices: tuple[str, ...]) -> Iterable[Sheet]:
    for sheet in given:
        if not sheet.has(*choices):
            raise Unreadable(_columns(sheet, expected))
        yield sheet


def _columns(sheet: Sheet, expected: str) -> str:
    has = ", ".join(column[:30] for column in sheet.columns[:12])
    return f"{sheet.name} lacks the columns of {expected}. It has: {has}."


def _missing(code: str, label: str) -> str:
    if not code or not label:
        return "the code is empty." if not code else "the title is empty."
    return f"the code is longer than {LONGEST_CODE} characters." if len(code) > LONGEST_CODE else ""


def _grouped(words: Vocabulary) -> Mapping[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for trade in words.occupations.values():
        groups[trade.isco].add(trade.id)
    return groups


def _once(bridges: list[Bridge], faults: list[Fault]) -> Found:
    """A code that stands twice keeps its first title: later ones are other spellings of it."""
    first: dict[str, Bridge] = {}
    for bridge in bridges:
        first.setdefault(bridge.code, bridge)
    return Found(list(first.values()), faults)

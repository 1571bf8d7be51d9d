"""A match said in words: to the person it is about, to their caseworker, and to the employer who reads their card."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jobs.matching.facts import Evidence, Occupation
from jobs.matching.parts import NEARNESS, avoids_occupation, nearness
from jobs.matching.score import Match, Name
from jobs.matching.words import WORDS

NAMED = 4  # So many things are named in one line, the rest are counted.
HOURS = ("day", "evening", "night")
# The card tells distance in steps, so that cards for several workplaces do not add up to an address.
CARD_STEP_KM = 5


class Listener(StrEnum):
    """Who reads the reasons; the value is the ending of the words meant for them."""

    PERSON = ""
    STAFF = ".staff"
    CARD = ".card"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation. `icon` names a symbol of the icon sheet, or bars stand in its place: how many
    of the skills asked for are there. `lacks` is true for what speaks against, or is still to be done."""

    icon: str
    text: str
    lacks: bool = False
    bars: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What ids are called on the screen, in the language asked for. An id without a label is shown as it is."""

    skills: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    employment_types: Mapping[str, str] = field(default_factory=dict)
    occupations: Mapping[str, str] = field(default_factory=dict)
    licence_notes: Mapping[str, str] = field(default_factory=dict)
    """What a licence is for, as a sentence."""


def for_client(match: Match, labels: Labels, language: str = "id") -> list[Reason]:
    """The reasons as said to the person: first what fits, then what lacks, then what to prepare.

    Raises KeyError for a language that has no words.
    """
    return _ordered(_Speaker(match, labels, language, Listener.PERSON))


def for_staff(match: Match, labels: Labels, language: str = "id") -> list[Reason]:
    """The reasons of `for_client`, said about the person to whoever accompanies them."""
    return _ordered(_Speaker(match, labels, language, Listener.STAFF))


def for_card(match: Match, labels: Labels, language: str = "id") -> list[Reason]:
    """The reasons as said to the employer. The card is silent about the wage the person hopes for and the
    types of employment they accept: those would only weaken them in the talk about terms."""
    return _ordered(_Speaker(match, labels, language, Listener.CARD))


def by_part(match: Match, labels: Labels, language: str, listener: Listener) -> dict[Name, list[Reason]]:
    """What each part of the score rests on, in the words of the reasons; no part about which nothing is to be said."""
    speaker = _Speaker(match, labels, language, listener)
    said = {part.name: list(speaker.of(part.name)) for part in match.parts}
    return {name: reasons for name, reasons in said.items() if reasons}


def _ordered(speaker: "_Speaker") -> list[Reason]:
    reasons = list(speaker.reasons())
    return [reason for reason in reasons if not reason.lacks] + [reason for reason in reasons if reason.lacks]


class _Speaker:
    """One match, in one language, to one listener."""

    def __init__(self, match: Match, labels: Labels, language: str, listener: Listener) -> None:
        self.match, self.labels, self.listener = match, labels, listener
        self.card = listener is Listener.CARD
        self.profile, self.vacancy = match.profile, match.vacancy
        self.words = WORDS[language]

    def reasons(self) -> Iterator[Reason]:
        """Everything there is to say, the weightiest first; what lacks stands beside what fits."""
        yield from self.skills()
        yield from self.near_skills()
        yield from self.licences()
        yield from self.missing_skills()
        yield from self.occupation()
        yield from self.experience()
        yield from self.distance()
        yield from self.hours()
        if not self.card:
            yield from self.wage()
            yield from self.employment()
            yield from self.wishes()
        yield from self.education()
        if not self.card and self.vacancy.documents:
            names = self.names(self.vacancy.documents, self.labels.documents)
            yield Reason("letter", self.say("document", names=names), lacks=True)

    def of(self, name: Name) -> Iterator[Reason]:
        """The reasons that speak of one part."""
        if name is Name.SKILLS:
            yield from self.skills()
            yield from self.near_skills()
            yield from self.missing_skills()
        else:
            yield from getattr(self, name.value)()

    def say(self, key: str, **facts: object) -> str:
        text = self.words.get(key + self.listener, self.words[key]).format(**facts)
        return text[:1].upper() + text[1:]

    def names(self, ids: Iterable[str], labels: Mapping[str, str]) -> str:
        """The labels in the order given (a set: by label), the first few named and the rest counted."""
        said = [within(labels.get(id, id)) for id in ids]
        if isinstance(ids, frozenset):
            said.sort()
        return self.counted(said)

    def counted(self, said: list[str]) -> str:
        names = ", ".join(said[:NAMED])
        more = len(said) - NAMED
        return self.words["and more"].format(names=names, count=more) if more > 0 else names

    def skills(self) -> Iterator[Reason]:
        asked = self.vacancy.essential or self.vacancy.useful
        met = [met.skill for met in self.match.skills if met.skill in asked]
        if met:
            bars = (len(met), len(asked))
            facts = {"have": len(met), "total": len(asked), "names": self.names(met, self.labels.skills)}
            yield Reason("", self.say("skills", **facts), bars=bars)
        for certified in self.match.skills:
            if certified.evidence is Evidence.CERTIFIED:
                name = within(self.labels.skills.get(certified.skill, certified.skill))
                yield Reason("award", self.say("certificate", name=name))
        useful = [met.skill for met in self.match.skills if met.skill not in asked]
        if useful:
            yield Reason("has", self.say("useful", names=self.names(useful, self.labels.skills)))

    def near_skills(self) -> Iterator[Reason]:
        if self.match.near:
            pairs = [
                self.words["near pair"].format(
                    held=within(self.labels.skills.get(each.held, each.held)),
                    asked=within(self.labels.skills.get(each.skill, each.skill)),
                )
                for each in self.match.near
            ]
            yield Reason("has", self.say("near skills", names=self.counted(pairs)))

    def missing_skills(self) -> Iterator[Reason]:
        missing = frozenset(self.match.missing_essential)
        if missing and self.profile.skills is not None:
            yield Reason(
                "lacks", self.say("missing", names=self.names(missing, self.labels.skills)), lacks=True
            )

    def licences(self) -> Iterator[Reason]:
        held = self.vacancy.licences & (self.profile.licences or frozenset())
        if held:
            yield Reason("has", self.say("licence", name=self.names(held, self.labels.licences)))
        if self.match.gates:
            names = self.names(frozenset(self.match.gates), self.labels.licences)
            yield Reason("lacks", self.say("missing", names=names), lacks=True)

    def occupation(self) -> Iterator[Reason]:
        if self.vacancy.occupation is None:
            return
        worked = _nearest(self.profile.occupations or (), self.vacancy.occupation)
        if worked == 1:
            yield Reason("has", self.say("worked"))
        elif _nearest(self.profile.wished or (), self.vacancy.occupation) == 1:
            yield Reason("has", self.say("wished"))
        elif worked >= NEARNESS[3]:
            yield Reason("has", self.say("worked near"))

    def experience(self) -> Iterator[Reason]:
        value, asked = self.match.part(Name.EXPERIENCE), self.vacancy.experience_months
        if value is None or asked is None:
            return
        if asked <= 0:
            yield Reason("has", self.say("no experience"))
        elif value >= 1:
            yield Reason("has", self.say("experience", time=self.time(asked)))
        else:
            yield Reason("lacks", self.say("experience short", time=self.time(asked)), lacks=True)

    def time(self, months: int) -> str:
        """1 tahun 4 bulan."""
        counted = ((months // 12, "year"), (months % 12, "month"))
        return " ".join(self.words[word if n == 1 else f"{word}s"].format(n=n) for n, word in counted if n)

    def distance(self) -> Iterator[Reason]:
        far, limit = self.match.distance_km, self.profile.travel_km
        if far is None:
            return
        if limit is not None and far > limit:
            yield Reason("lacks", self.say("too far", km=round(limit)), lacks=True)
            return
        step = CARD_STEP_KM if self.card else 1
        km = step * round(far / step)
        yield Reason("pin", self.say("distance", km=km) if km else self.say("near"))

    def hours(self) -> Iterator[Reason]:
        if self.profile.hours is None or not self.vacancy.hours:
            return
        refused = self.vacancy.hours - self.profile.hours
        if refused:
            yield Reason("lacks", self.say("hours lack", names=self.hour_names(refused)), lacks=True)
        else:
            yield Reason("has", self.say("hours", names=self.hour_names(self.vacancy.hours)))

    def hour_names(self, hours: frozenset[str]) -> str:
        names = [self.words[f"hours {code}"] for code in HOURS if code in hours]
        names += sorted(hours.difference(HOURS))
        and_ = self.words["and"]
        return f" {and_} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    def wage(self) -> Iterator[Reason]:
        value, hope = self.match.part(Name.WAGE), self.profile.wage_min
        if value is None or hope is None:
            return
        ends = [end for end in (self.vacancy.wage_min, self.vacancy.wage_max) if end is not None]
        if value >= 1:
            yield Reason("has", self.say("wage"))
        elif max(ends) >= hope:
            yield Reason("has", self.say("wage may"))
        else:
            yield Reason("lacks", self.say("wage short"), lacks=True)

    def employment(self) -> Iterator[Reason]:
        value, code = self.match.part(Name.EMPLOYMENT), self.vacancy.employment_type
        if value is None or code is None:
            return
        name = within(self.labels.employment_types.get(code, code))
        if value:
            yield Reason("has", self.say("employment", name=name))
        else:
            yield Reason("lacks", self.say("employment lack", name=name), lacks=True)

    def wishes(self) -> Iterator[Reason]:
        """What the person keeps away from; said to them and their office, and to no employer."""
        if self.match.part(Name.WISHES) != 0:
            return
        tags = sorted(self.vacancy.tags & (self.profile.avoid or frozenset()))
        names = [self.words.get(f"tag {tag}", tag) for tag in tags]
        theirs = self.vacancy.occupation
        if theirs and avoids_occupation(self.profile, theirs):
            code = theirs.id or theirs.isco or ""
            names.append(within(self.labels.occupations.get(code, code)))
        if self.vacancy.employer and self.vacancy.employer in (self.profile.avoid_employers or ()):
            names.append(self.vacancy.employer)
        yield Reason("lacks", self.say("avoided", names=", ".join(names)), lacks=True)

    def education(self) -> Iterator[Reason]:
        own, asked = self.profile.education, self.vacancy.education
        if asked is None or (own is None and asked > 0):
            return
        if own is None or asked <= 0:
            yield Reason("has", self.say("no school"))
            return
        facts = {"own": self.school(own), "asked": self.school(asked)}
        if own < asked:
            yield Reason("lacks", self.say("school short", **facts), lacks=True)
        else:
            yield Reason("has", self.say("school same" if own == asked else "school more", **facts))

    def school(self, level: int) -> str:
        """The level, or the highest named one below it."""
        return self.words[f"school {max(0, min(50, level // 10 * 10))}"]


def _nearest(own: Iterable[Occupation], occupation: Occupation) -> float:
    return max((nearness(one, occupation) for one in own), default=0.0)


def within(label: str) -> str:
    """A label as it stands inside a sentence: `Las SMAW` becomes `las SMAW`, but `SIM C` and `K3` stay.

    A proper name cannot be told from a word: labels begin with a common one (`Pengolah kata (Word)`).
    """
    first = label.split(" ", 1)[0]
    plain = first[1:].islower() and not any(letter.isdigit() for letter in first)
    return label[:1].lower() + label[1:] if plain else label

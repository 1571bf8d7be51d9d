"""What the form of a course may hold. All of it but the provider's name is read by clients."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from portal.clients import home
from portal.disclosure import discloses
from portal.forms import Form
from training.forms import MOST_WORDS, Ids, check_region, split_words
from training.tables import CertificateKind, EnrolmentState, Programme, ProviderKind
from training.vocabulary import vocabulary
from training.vocabulary.resolving import skills_for
from training.vocabulary.searching import tell_skills, without_meant

MOST_SKILLS = 30
MOST_TOLD = 5
"""Unknown words named with what may have been meant."""
READ_BY_CLIENTS = ("title", "certificate", "locality", "address", "about", "how")


class Starts(StrEnum):
    ON = "on"
    ANYTIME = "anytime"


class Cost(StrEnum):
    FREE = "free"
    PAID = "paid"


class ProgrammeForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {
        "title": "Tulis nama pelatihannya, paling banyak 120 huruf.",
        "provider_kind": "Pilih salah satu.",
        "provider": "Tulis nama penyelenggara, paling banyak 120 huruf.",
        "region": "Pilih kabupaten atau kota dari daftar.",
        "skills": "Pilih dari daftar.",
        "hours": "Tulis jumlah jam pelajaran dengan angka, misalnya 160.",
        "weeks": "Tulis lamanya dalam minggu dengan angka, misalnya 4.",
        "seats": "Tulis jumlah tempat dengan angka, misalnya 16.",
        "amount": "Tulis biayanya dengan angka saja, misalnya 250000.",
        "how": "Tulis cara mendaftar, paling banyak 2000 huruf.",
    }
    seen: Annotated[str, Meta(max_length=40)] = ""
    """When the course that the browser showed was last changed; empty for a new one."""
    office: int | None = None
    """Whose it is; administrators choose, staff record for their own."""
    title: Annotated[str, Meta(max_length=120)]
    provider_kind: ProviderKind
    provider: Annotated[str, Meta(max_length=120)]
    region: Annotated[str, Meta(max_length=5)]
    locality: Annotated[str, Meta(max_length=80)] = ""
    address: Annotated[str, Meta(max_length=300)] = ""
    about: Annotated[str, Meta(max_length=3000)] = ""
    gives: Annotated[str, Meta(max_length=1500)] = ""
    """Skills in words, one a line or with commas."""
    skills: Ids = []
    certificate_kind: CertificateKind | None = None
    certificate: Annotated[str, Meta(max_length=120)] = ""
    licence: Annotated[str, Meta(max_length=60)] = ""
    starts: Starts = Starts.ON
    begins_on: date | None = None
    ends_on: date | None = None
    hours: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    weeks: Annotated[int, Meta(ge=1, le=260)] | None = None
    seats: Annotated[int, Meta(ge=1, le=9999)] | None = None
    cost: Cost = Cost.FREE
    amount: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    how: Annotated[str, Meta(min_length=1, max_length=2000)]

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_region(values)
        for field in READ_BY_CLIENTS:
            if words := [each for each in discloses(values.get(field, "")) if each.startswith("kata ")]:
                yield (
                    field,
                    f"Bagian ini dibaca klien, dan HP bisa terbaca orang lain. Tulis tanpa {', '.join(words)}.",
                )
        yield from _check_skills(values)
        if (licence := values.get("licence")) and licence not in vocabulary().licences:
            yield "licence", "Pilih dari daftar."
        if values.get("certificate") and not values.get("certificate_kind"):
            yield "certificate_kind", "Pilih jenis sertifikatnya."
        begins, ends = values.get("begins_on"), values.get("ends_on")
        if values.get("starts", Starts.ON) == Starts.ANYTIME:
            begins = None
        elif begins is None:
            yield "begins_on", "Tulis tanggal mulai, atau pilih “kapan saja”."
        if begins and ends and ends < begins:
            yield "ends_on", "Tanggal selesai lebih awal daripada tanggal mulai."
        if values.get("cost") == Cost.PAID and not values.get("amount"):
            yield "amount", "Tulis biayanya, atau pilih gratis."

    def facts(self) -> dict[str, Any]:
        """Columns of Programme."""
        same = (
            "title", "provider_kind", "provider", "address", "about", "certificate_kind", "certificate",
            "ends_on", "hours", "weeks", "seats", "how",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in same},
            **home(self.region, self.locality),
            "licence": self.licence or None,
            "begins_on": self.begins_on if self.starts == Starts.ON else None,
            "cost": self.amount or 0 if self.cost == Cost.PAID else 0,
        }

    def all_skills(self) -> list[str]:
        """Ids of what was ticked and of what was written, in this order."""
        return list(dict.fromkeys([*self.skills, *tell_skills(split_words(self.gives))[0]]))


class MoveForm(Form, kw_only=True):
    to: EnrolmentState
    seen: EnrolmentState
    """Where the enrolment stood on the page that was read."""


def typed_from(programme: Programme, skills: list[str]) -> dict[str, Any]:
    """What the form shows of a course that exists."""
    return ProgrammeForm.typed_from(programme) | {
        "seen": programme.changed_at.isoformat(),
        "skills": skills,
        "starts": (Starts.ON if programme.begins_on else Starts.ANYTIME).value,
        "cost": (Cost.PAID if programme.cost else Cost.FREE).value,
        "amount": str(programme.cost or ""),
    }


def unknown_words(typed: dict[str, Any]) -> list[str]:
    """What was typed as a skill and is none that the vocabulary knows, nor explained by a box ticked beside it."""
    known = vocabulary().skills
    _, unknown = tell_skills(split_words(typed.get("gives", ""))[:MOST_WORDS])
    return without_meant(unknown, (known[id] for id in typed.get("skills", []) if id in known))


def _check_skills(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    ticked, words = values.get("skills", []), split_words(values.get("gives", ""))
    if any(id not in vocabulary().skills for id in ticked):
        yield "skills", "Pilih dari daftar."
    if len(words) > MOST_WORDS or len(ticked) > MOST_SKILLS:
        yield "gives", f"Paling banyak {MOST_WORDS} sekali simpan."
        return
    if unknown := unknown_words(values):
        yield "gives", " ".join(_meant(word) for word in unknown[:MOST_TOLD])
    elif "gives" in values and "skills" in values and not (ticked or words or values.get("licence")):
        yield (
            "gives",
            "Tulis paling sedikit satu keterampilan: dari sini klien yang membutuhkannya ditemukan.",
        )


def _meant(word: str) -> str:
    near = [vocabulary().skills[each.id].label for each in skills_for(word, limit=3)]
    more = f" Mungkin maksud Anda: {', '.join(near)}." if near else " Coba kata lain."
    return f"“{word[:60]}” belum ada di daftar.{more}"

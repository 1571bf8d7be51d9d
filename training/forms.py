"""What the forms of a skills profile may hold."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from portal.disclosure import discloses
from portal.forms import Form
from portal.places import Level, regions
from portal.tables import Education
from training.tables import CertificateKind, WorkKind, WorkTime
from training.vocabulary import vocabulary
from training.words import EMPLOYMENT_TYPES

MOST_WORDS = 20
LONGEST_WORD = 80
FROM_LIST = "Pilih dari daftar."
Line = Annotated[str, Meta(max_length=120)]
Box = Annotated[str, Meta(max_length=1500)]
Ids = Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=200)]


def split_words(text: str) -> list[str]:
    """What was typed with commas, semicolons or one a line, each once."""
    words = (" ".join(part.split()) for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(word for word in words if word))


def check_words(field: str, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    words = split_words(values.get(field, ""))
    if len(words) > MOST_WORDS:
        yield field, f"Paling banyak {MOST_WORDS} sekali simpan. Sisanya bisa ditambahkan sesudah ini."
    elif any(len(word) > LONGEST_WORD for word in words):
        yield field, "Pisahkan dengan koma, supaya setiap kata bisa dikenali."


def check_region(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    region = regions().get(values.get("region", ""))
    if "region" in values and (region is None or region.level is not Level.REGENCY):
        yield "region", "Pilih kabupaten atau kota dari daftar."


class HomeForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {"region": "Pilih kabupaten atau kota."}
    region: str
    locality: Annotated[str, Meta(max_length=80)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_region(values)


class EducationForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {"education": "Pilih salah satu.", "licences": FROM_LIST}
    education: Education | None = None
    licences: Ids = []

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if not set(values.get("licences", [])) <= vocabulary().licences.keys():
            yield "licences", FROM_LIST


class SkillsForm(Form, kw_only=True):
    """Skills by words as people type them, and skills ticked."""

    messages: ClassVar[dict[str, str]] = {"skills": FROM_LIST, "practised": FROM_LIST}
    q: Box = ""
    skills: Ids = []
    practised: Ids = []
    """Ticked among the skills of work the client has done."""
    replaces: Annotated[str, Meta(max_length=255)] = ""
    """The unknown word that was meant by what is added."""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_words("q", values)
        ticked = {*values.get("skills", []), *values.get("practised", [])}
        if not ticked <= vocabulary().skills.keys():
            yield "skills", FROM_LIST
        if "skills" in values and not (values.get("q") or ticked):
            yield "q", "Tulis satu keterampilan, atau centang yang bisa dikerjakan."


class RemovalForm(Form, kw_only=True):
    """Skills to take off, or an unknown word to forget."""

    messages: ClassVar[dict[str, str]] = {"skills": FROM_LIST}
    skills: Ids = []
    word: Annotated[str, Meta(max_length=255)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if "skills" in values and not (values["skills"] or values.get("word")):
            yield "skills", "Centang dulu yang mau dihapus."


class ExperienceForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {
        "title": "Tulis pekerjaannya, paling banyak 120 huruf.",
        "kind": "Pilih salah satu.",
        "amount": "Tulis lamanya dengan angka, misalnya 6.",
        "unit": "Pilih bulan atau tahun.",
    }
    title: Line
    kind: WorkKind
    amount: Annotated[int, Meta(ge=1, le=720)]
    unit: str

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        unit = values.get("unit", "months")
        if unit not in ("months", "years"):
            yield "unit", cls.messages["unit"]
        elif values.get("amount", 0) > (60 if unit == "years" else 720):
            yield "amount", "Paling banyak 60 tahun."

    @property
    def months(self) -> int:
        return self.amount * (12 if self.unit == "years" else 1)


class NamingForm(Form, kw_only=True):
    occupation: str

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("occupation") not in vocabulary().occupations:
            yield "occupation", FROM_LIST


class CertificateForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {
        "kind": "Pilih salah satu.",
        "title": "Tulis nama sertifikatnya, paling banyak 120 huruf.",
        "hours": "Tulis jumlah jam dengan angka, misalnya 240.",
        "skills": FROM_LIST,
    }
    kind: CertificateKind
    title: Line
    scheme: Line = ""
    issuer: Line = ""
    number: Annotated[str, Meta(max_length=60)] = ""
    hours: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    proves: Box = ""
    skills: Ids = []

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_words("proves", values)
        if not set(values.get("skills", [])) <= vocabulary().skills.keys():
            yield "skills", FROM_LIST
        # A card leaves out what discloses; better to say so while the paper is at hand.
        if words := discloses(values.get("scheme", "")):
            yield "scheme", f"Bagian ini dilihat pemberi kerja. Tulis tanpa {', '.join(words)}."
        issued, expires = values.get("issued_on"), values.get("expires_on")
        if issued and issued > date.today():
            yield "issued_on", "Tanggal terbit belum lewat. Periksa tahunnya."
        if issued and expires and expires < issued:
            yield "expires_on", "Berlaku sampai harus sesudah tanggal terbit."

    def facts(self) -> dict[str, Any]:
        """The columns of Certificate."""
        names = ("kind", "title", "scheme", "issuer", "number", "hours", "issued_on", "expires_on")
        return {name: getattr(self, name) for name in names}


class HopesForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {
        "travel_km": "Tulis jarak dalam kilometer, 0 sampai 5000.",
        "wage_min": "Tulis upah per bulan dengan angka, misalnya 3500000.",
        "work_times": FROM_LIST,
        "employment_types": FROM_LIST,
        "wished": FROM_LIST,
    }
    wishes: Box = ""
    wished: Ids = []
    """Occupations ticked below the box."""
    travel_km: Annotated[int, Meta(ge=0, le=5000)] | None = None
    work_times: list[WorkTime] = []
    employment_types: Ids = []
    wage_min: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    available_from: date | None = None

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_words("wishes", values)
        if not set(values.get("wished", [])) <= vocabulary().occupations.keys():
            yield "wishes", FROM_LIST
        if not set(values.get("employment_types", [])) <= EMPLOYMENT_TYPES.keys():
            yield "employment_types", FROM_LIST

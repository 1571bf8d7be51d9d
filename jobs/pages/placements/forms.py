"""Forms about work: what a check-in found, how work ended, work begun outside the portal."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from jobs.placements import ENDS
from jobs.tables import EndReason, Finding, FindingSource, Placement
from jobs.words import END_REASONS, FINDING_SOURCES, FINDINGS
from portal.forms import Form
from portal.once import new_key
from portal.tables import Client
from training.tables import WorkKind
from training.vocabulary.resolving import occupation_of
from training.words import WORK_KINDS

AHEAD = timedelta(days=30)
"""Work may be noted before it begins, when its beginning is agreed."""
Name = Annotated[str, Meta(max_length=120)]


USUAL = {"source": FindingSource.CLIENT.value}
"""What the form of a finding begins with: most is heard from the client. What was found is never presumed."""


class FindingForm(Form):
    """What a check-in found. Reason and day belong to an end, and are asked for only then (`against`)."""

    messages: ClassVar[dict[str, str]] = {
        "finding": "Pilih bagaimana pekerjaannya.",
        "source": "Pilih dari siapa Anda tahu.",
        "end_reason": "Pilih alasannya.",
    }
    finding: Finding
    source: FindingSource | None = None
    note: Annotated[str, Meta(max_length=1000)] = ""
    end_reason: EndReason | None = None
    ended_on: date | None = None

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        found = values.get("finding")
        if found and found != Finding.UNREACHABLE and not values.get("source"):
            yield "source", "Pilih dari siapa Anda tahu."

    def against(self, placement: Placement) -> Iterator[tuple[str, str]]:
        """What is wrong about the end this finding brings to the placement, as (field, sentence)."""
        if self.finding not in ENDS or placement.ended_on:
            return
        if self.end_reason is None:
            yield "end_reason", "Pilih alasannya."
        if self.ended_on is None:
            yield "ended_on", "Tulis hari terakhir bekerja, kira-kira pun boleh."
        else:
            yield from _end_day(self.ended_on, placement)


class EndForm(Form):
    messages: ClassVar[dict[str, str]] = {"end_reason": "Pilih alasannya."}
    end_reason: EndReason
    ended_on: date

    def against(self, placement: Placement) -> Iterator[tuple[str, str]]:
        yield from _end_day(self.ended_on, placement)


class WorkForm(Form, kw_only=True):
    """Work begun outside the portal; a business of one's own has no employer."""

    messages: ClassVar[dict[str, str]] = {
        "kind": "Pilih jenisnya.",
        "wage": "Tulis angka rupiah sebulan, misalnya 3.500.000.",
    }
    kind: WorkKind
    title: Annotated[str, Meta(min_length=2, max_length=120)]
    employer_name: Name = ""
    occupation: Name = ""
    started_on: date
    wage: Annotated[int, Meta(ge=1, le=999_999_999)] | None = None

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("kind") == WorkKind.EMPLOYED and not values.get("employer_name"):
            yield "employer_name", "Tulis nama tempat kerjanya."
        if (said := values.get("occupation")) and occupation_of(said) is None:
            yield "occupation", "Kata ini belum kami kenal. Coba kata lain, atau kosongkan."
        if (day := values.get("started_on")) and day > date.today() + AHEAD:
            yield "started_on", "Terlalu jauh di depan. Catat paling cepat 30 hari sebelum mulai."

    def against(self, client: Client) -> Iterator[tuple[str, str]]:
        if self.started_on < client.opened_on:
            yield (
                "started_on",
                "Lebih awal daripada catatan klien ini dibuka. Pekerjaan lama dicatat di profil, bagian pengalaman.",
            )

    @property
    def occupation_id(self) -> str | None:
        """The trade meant by the words given for it, else by the title; None where that is not sure."""
        found = occupation_of(self.occupation or self.title)
        return found.id if found else None


def choices() -> dict[str, Any]:
    """What the form of a finding offers."""
    return {
        "findings": list(FINDINGS.items()),
        "finding_labels": FINDINGS,
        "sources": list(FINDING_SOURCES.items()),
        "source_labels": FINDING_SOURCES,
        "reasons": list(END_REASONS.items()),
        "kind_labels": WORK_KINDS,
        "key": new_key(),
        "today": date.today().isoformat(),
    }


def _end_day(day: date, placement: Placement) -> Iterator[tuple[str, str]]:
    if day > date.today():
        yield "ended_on", "Tanggal ini belum tiba."
    elif day < placement.started_on:
        yield "ended_on", "Lebih awal daripada hari mulainya."

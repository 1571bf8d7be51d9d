"""What stands between a vacancy's page and an application: who the client is to it, and the form they send."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import msgspec

from jobs.tables import OutsideApplication, State
from portal.disclosure import discloses, names_in
from portal.forms import Form
from portal.html import on
from portal.people import Actor
from portal.tables import Client

LONGEST_NOTE = 600


class Start(StrEnum):
    """When the client can begin."""

    NOW = "now"
    DAY = "day"
    LATER = "later"


class ApplicationForm(Form):
    """What a client sends with their card."""

    messages: ClassVar[dict[str, str]] = {
        "start": "Pilih kapan Anda siap mulai.",
        "start_on": "Tulis tanggal yang benar.",
        "note": f"Catatan paling banyak {LONGEST_NOTE} huruf. Dua atau tiga kalimat cukup.",
    }
    start: Start
    start_on: date | None = None
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""
    agree: bool = False
    card: str = ""
    """Fingerprint of the card as it was shown (jobs.cards)."""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("start") == Start.DAY:
            if values.get("start_on") is None:
                yield "start_on", "Pilih tanggal Anda siap mulai."
            elif values["start_on"] < date.today():
                yield "start_on", "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."
        if not values.get("agree"):
            yield "agree", "Centang ini supaya kami boleh mengirim kartu Anda."

    @property
    def starts(self) -> str:
        """When they can begin, in the words an employer reads."""
        return starts_in_words(self.start, self.start_on)


def starts_in_words(start: str, start_on: date | None) -> str:
    if start == Start.DAY and start_on:
        return on(start_on)
    return {Start.NOW: "segera", Start.LATER: "lain waktu, bisa dibicarakan"}.get(Start(start), "")


def note_error(note: str, name: str) -> str | None:
    """What has to go from a note before an employer may read it, in a sentence; `name` is the client's."""
    if len(note) > LONGEST_NOTE:
        return ApplicationForm.messages["note"]
    found = discloses(note)
    if names_in(note, name):
        found.append("nama")
    if not found:
        return None
    *first, last = found
    things = f"{', '.join(first)} dan {last}" if first else last
    if all(thing.startswith("kata ") for thing in found):
        return f"Hapus {things} dari catatan. Pemberi kerja tidak perlu tahu itu untuk menilai lamaran."
    return f"Hapus {things} dari catatan. Nama dan kontak baru dibuka saat ada undangan wawancara."


@dataclass(frozen=True, slots=True)
class Applicant:
    """A client in front of one vacancy."""

    client: Client
    application: int | None
    state: State | None
    marked: bool
    """Whether they noted that they applied directly."""

    @property
    def involved(self) -> bool:
        return self.application is not None or self.marked


MINE = """
SELECT (SELECT id FROM application WHERE vacancy = {} AND client = {}) AS application,
       (SELECT state FROM application WHERE vacancy = {} AND client = {}) AS state,
       EXISTS (SELECT FROM outside_application WHERE vacancy = {} AND client = {}) AS marked
"""


async def applicant_of(actor: Actor, vacancy: int) -> Applicant:
    """The acting client and what they have to do with the vacancy so far."""
    client = await Client.objects().get(Client.id == actor.client)
    if client is None:
        raise LookupError(actor.client)
    [row] = await OutsideApplication.raw(MINE, *((vacancy, client.id) * 3))
    state = State(row["state"]) if row["state"] else None
    return Applicant(client, row["application"], state, row["marked"])

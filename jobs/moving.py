"""The moves of an application as forms: which are drawn for whom, and what each has to bring."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated, Any, ClassVar

import msgspec

from jobs import applications
from jobs.tables import Application, DeclineReason, State
from portal.clock import moment
from portal.forms import REQUIRED, Form
from portal.people import Actor

FORWARD = {
    State.IN_REVIEW: "Tandai sedang ditinjau",
    State.INTERVIEW: "Undang wawancara",
    State.OFFERED: "Tawarkan pekerjaan",
    State.HIRED: "Terima bekerja",
    State.DECLINED: "Belum terpilih",
    State.WITHDRAWN: "Batalkan lamaran",
}
BACK = {
    (State.IN_REVIEW, State.SENT): "Kembalikan ke lamaran baru",
    (State.INTERVIEW, State.IN_REVIEW): "Urungkan undangan",
    (State.OFFERED, State.INTERVIEW): "Urungkan tawaran",
    (State.HIRED, State.OFFERED): "Urungkan penerimaan",
    (State.DECLINED, State.IN_REVIEW): "Urungkan jawaban",
    (State.WITHDRAWN, State.SENT): "Kirim lagi lamaran ini",
}
ASKING = frozenset({State.INTERVIEW, State.DECLINED, State.WITHDRAWN})
"""Moves with something to fill in; the others are one button."""
OPENS = {state.value: state for state in ASKING} | {"decline": State.DECLINED}
"""Names in an address of the form to open."""
SAID = {
    State.SENT: "Lamaran kembali ke daftar baru.",
    State.IN_REVIEW: "Kandidat sedang ditinjau.",
    State.INTERVIEW: "Undangan wawancara terkirim.",
    State.OFFERED: "Tawaran tersampaikan.",
    State.HIRED: "Kandidat diterima. Kabar baik sudah dikirim.",
    State.DECLINED: "Jawaban terkirim.",
    State.WITHDRAWN: "Lamaran dibatalkan.",
}
# Each can be sent as it stands: it thanks, says why in a way that can be used, and leaves the door open.
THANKS = "Terima kasih sudah melamar."
AGAIN = "Silakan melamar lagi pada lowongan kami berikutnya."
KIND_WORDS: dict[str, str] = {
    "": f"{THANKS} Kali ini kami belum bisa melanjutkan lamaran Anda. {AGAIN}",
    DeclineReason.SKILLS: f"{THANKS} Kali ini kami mencari orang dengan keterampilan yang sedikit berbeda. {AGAIN}",
    DeclineReason.EXPERIENCE: f"{THANKS} Untuk pekerjaan ini kami butuh orang yang lebih lama berpengalaman. {AGAIN}",
    DeclineReason.FILLED: f"{THANKS} Posisi ini sudah terisi sebelum giliran Anda tiba. {AGAIN}",
    DeclineReason.HOURS: f"{THANKS} Jam kerja kami kali ini tidak bertemu dengan waktu Anda. {AGAIN}",
    DeclineReason.DISTANCE: f"{THANKS} Tempat kerja ini terlalu jauh untuk pulang pergi setiap hari. {AGAIN}",
    DeclineReason.PAPERS: f"{THANKS} Masih ada surat yang belum lengkap. Bila sudah siap, silakan melamar lagi.",
    DeclineReason.NO_SHOW: f"{THANKS} Kami belum sempat bertemu pada waktu wawancara. Bila masih berminat, silakan melamar lagi.",
    DeclineReason.OTHER: f"{THANKS} Kali ini kami memilih kandidat lain. {AGAIN}",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move as it is drawn."""

    to: State
    label: str
    asks: bool
    back: bool


def steps_open_to(actor: Actor, state: State | str) -> list[Step]:
    """The moves this person may make now: forward ones in their order, then those that take something back."""
    seen = State(state)
    steps = [
        Step(to, BACK[seen, to], False, True)
        if (seen, to) in applications.BACK
        else Step(to, FORWARD[to], to in ASKING, False)
        for to in applications.moves_open_to(actor, seen)
    ]
    return sorted(steps, key=lambda step: step.back)


PAST = "Waktu ini sudah lewat. Pilih waktu yang akan datang."
Words = Annotated[str, msgspec.Meta(max_length=1000)]


class MoveForm(Form):
    """A move, the state its sender saw, and the facts of a move that has some."""

    messages: ClassVar[dict[str, str]] = {
        "to": "Pilih langkah berikutnya.",
        "seen": "Muat ulang halaman ini, lalu coba lagi.",
        "interview_on": "Pilih tanggal wawancara.",
        "decline_reason": "Pilih satu alasan.",
    }
    to: State
    seen: State
    interview_on: date | None = None
    interview_time: str = ""
    interview_place: Annotated[str, msgspec.Meta(max_length=300)] = ""
    decline_reason: DeclineReason | None = None
    decline_message: Words = ""
    employer_note: Words = ""
    withdrawal_note: Words = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        to, seen = values.get("to"), values.get("seen")
        if (seen, to) in applications.BACK:
            return
        if to == State.INTERVIEW:
            if not values.get("interview_on"):
                yield "interview_on", cls.messages["interview_on"]
            elif values["interview_on"] < date.today() - timedelta(days=1):
                yield "interview_on", PAST
            if _time(values.get("interview_time", "")) is None:
                yield "interview_time", "Tulis jamnya, misalnya 09.00."
            if not values.get("interview_place"):
                yield "interview_place", "Tulis di mana wawancaranya."
        if to == State.DECLINED:
            if not values.get("decline_reason"):
                yield "decline_reason", cls.messages["decline_reason"]
            if not values.get("decline_message"):
                yield "decline_message", f"{REQUIRED} Kandidat menunggu kabar yang baik."

    @property
    def back(self) -> bool:
        return (self.seen, self.to) in applications.BACK

    def interview_at(self, zone: timezone) -> datetime | None:
        at = _time(self.interview_time)
        return moment(self.interview_on, at, zone) if self.interview_on and at else None

    def too_early(self, zone: timezone) -> dict[str, str]:
        """What is wrong with an interview that lies in the past on the clock of the workplace."""
        at = None if self.back or self.to != State.INTERVIEW else self.interview_at(zone)
        if at is None or at > datetime.now(UTC):
            return {}
        return {"interview_on": PAST}

    def facts(self, zone: timezone) -> dict[str, Any]:
        """The columns this move writes."""
        names = () if self.back else applications.FACTS.get(self.to, ())
        at = {"interview_at": self.interview_at(zone)}
        return {name: at.get(name, getattr(self, name, None)) for name in names}


async def make(application: Application, form: MoveForm, zone: timezone, *, by: Actor) -> None:
    """Moves what the sender saw. Raises applications.NotPossible if it is no longer there, with nothing changed."""
    application.state = form.seen
    await applications.move(application, form.to, by=by, **form.facts(zone))


def first_typed(workplace: str) -> dict[str, Any]:
    """The answer forms before anybody typed."""
    return {
        "interview_time": "09:00",
        "interview_place": workplace,
        "decline_message": KIND_WORDS[""],
        "employer_note": "",
    }


def _time(text: str) -> time | None:
    """09.00, 9:00 or 09:00:00"""
    hour, _, minute = text.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute[:2]))
    except ValueError:
        return None

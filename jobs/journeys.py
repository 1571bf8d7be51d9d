"""The dated path of an application, told from its events to whoever may read it."""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from jobs import applications
from jobs.tables import Application, State
from portal.people import Actor
from portal.tables import Event, Role

TO_CLIENT = {
    State.SENT: "Terkirim",
    State.IN_REVIEW: "Sedang ditinjau pemberi kerja",
    State.INTERVIEW: "Diundang wawancara",
    State.OFFERED: "Ditawari pekerjaan",
    State.HIRED: "Diterima bekerja",
    State.DECLINED: "Belum terpilih",
    State.WITHDRAWN: "Lamaran dibatalkan",
}
TO_EMPLOYER = {
    State.SENT: "Lamaran masuk",
    State.IN_REVIEW: "Sedang ditinjau",
    State.INTERVIEW: "Diundang wawancara",
    State.OFFERED: "Ditawari pekerjaan",
    State.HIRED: "Diterima bekerja",
    State.DECLINED: "Diberi kabar belum terpilih",
    State.WITHDRAWN: "Dibatalkan kandidat",
}
TAKEN_BACK = {
    State.IN_REVIEW: "Kembali ke lamaran baru",
    State.INTERVIEW: "Undangan diurungkan",
    State.OFFERED: "Tawaran diurungkan",
    State.HIRED: "Penerimaan diurungkan",
    State.DECLINED: "Ditinjau kembali",
    State.WITHDRAWN: "Dikirim lagi",
}
"""By the state that was left."""
AHEAD = (State.INTERVIEW, State.OFFERED, State.HIRED)
STILL_AHEAD = {State.INTERVIEW: "Wawancara", State.OFFERED: "Tawaran", State.HIRED: "Mulai bekerja"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One dated line; `state` is '' (done), 'now' or 'todo'."""

    title: str
    date: datetime | None = None
    note: str = ""
    state: str = ""


async def path_of(application: Application, client: int, reader: Actor, zone: timezone) -> list[Stage]:
    """What happened, oldest first, and what may still come. `client` is the candidate's person id.

    An employer is not told who acted for a candidate: that somebody does would give away a caseworker.
    """
    events = (
        await Event.select(Event.action, Event.by, Event.at)
        .where(Event.subject == f"application:{application.id}")
        .order_by(Event.id)
    )
    stages, before = [], None
    for event in (each for each in events if each["action"] in TO_CLIENT):
        to = State(event["action"])
        stages.append(_stage(event, before, to, client, reader, zone))
        before = to
    if stages and application.state in applications.OPEN:
        stages[-1] = Stage(stages[-1].title, stages[-1].date, stages[-1].note, "now")
        reached = AHEAD.index(State(application.state)) + 1 if application.state in AHEAD else 0
        stages += [Stage(STILL_AHEAD[state], state="todo") for state in AHEAD[reached:]]
    return stages


def _stage(
    event: dict[str, Any], before: State | None, to: State, client: int, reader: Actor, zone: timezone
) -> Stage:
    words = TO_EMPLOYER if reader.role == Role.EMPLOYER else TO_CLIENT
    title = TAKEN_BACK[before] if before and (before, to) in applications.BACK else words[to]
    note = ""
    if reader.role != Role.EMPLOYER:
        clients_side = to == State.WITHDRAWN or (to == State.SENT and before in (None, State.WITHDRAWN))
        if clients_side and event["by"] != client:
            note = "oleh pendamping"
        elif to in applications.IDENTIFIED and before not in applications.IDENTIFIED:
            note = "nama dan kontak kini terlihat oleh pemberi kerja ini"
        elif before in applications.IDENTIFIED and to not in applications.IDENTIFIED:
            note = "nama dan kontak tertutup lagi"
    return Stage(title, event["at"].astimezone(zone), note)

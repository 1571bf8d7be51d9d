"""What the forms of an allocation hold."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from jobs.tables import AllocationOf
from portal.disclosure import discloses
from portal.forms import Form

LOWEST, HIGHEST = 20, 95
FARTHEST = 500
USUAL: dict[str, Any] = {"floor": "40", "reach_km": "30", "whose": AllocationOf.MINE.value}


class AllocationForm(Form):
    """`clients` counts for `chosen` alone; `office` is an administrator's to say."""

    messages: ClassVar[dict[str, str]] = {
        "whose": "Pilih klien siapa.",
        "clients": "Pilih klien dari daftar ini.",
        "floor": f"Tulis angka {LOWEST} sampai {HIGHEST}.",
        "reach_km": f"Tulis kilometer, 1 sampai {FARTHEST}.",
        "name": "Paling banyak 80 huruf.",
        "note": "Paling banyak 500 huruf.",
    }
    whose: AllocationOf
    floor: Annotated[int, Meta(ge=LOWEST, le=HIGHEST)]
    reach_km: Annotated[int, Meta(ge=1, le=FARTHEST)]
    clients: list[int] = []
    name: Annotated[str, Meta(max_length=80)] = ""
    note: Annotated[str, Meta(max_length=500)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if values.get("whose") == AllocationOf.CHOSEN and values.get("clients") == []:
            yield "clients", "Pilih paling sedikit satu klien."
        for name in ("name", "note"):
            if words := [each for each in discloses(values.get(name, "")) if each.startswith("kata ")]:
                yield name, f"Layar kantor terlihat orang lain. Hapus dulu: {', '.join(words)}."


class AssignmentForm(Form):
    """`vacancy` empty takes the vacancy away."""

    messages: ClassVar[dict[str, str]] = {
        "vacancy": "Pilih satu dari daftar ini.",
        "version": "Muat ulang halaman ini.",
    }
    version: int
    vacancy: int | None = None


class SendingForm(Form):
    messages: ClassVar[dict[str, str]] = {"version": "Muat ulang halaman ini."}
    version: int

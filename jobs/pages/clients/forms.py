"""What the forms about a client may hold."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from portal.forms import Form
from portal.people import age_on, normal_email, normal_phone
from training.forms import check_region

OLDEST = 110
TAKEN = {
    "phone": "Nomor ini sudah dipakai di portal. Pakai nomor lain, atau kosongkan.",
    "email": "Email ini sudah dipakai di portal. Pakai email lain, atau kosongkan.",
}
"""What staff read of a contact that somebody has: never whose it is, nor in what role."""


class DetailsForm(Form, kw_only=True):
    """Who a client is and how they are reached: registering asks it, and it is edited later."""

    messages: ClassVar[dict[str, str]] = {
        "name": "Tulis nama, paling banyak 120 huruf.",
        "born_on": "Isi tanggal lahir: tanggal, bulan, dan tahun.",
        "region": "Pilih kabupaten atau kota.",
        "phone": "Tulis nomor HP lengkap, misalnya 0812 3456 7890.",
    }
    name: Annotated[str, Meta(max_length=120)]
    born_on: date
    region: str
    locality: Annotated[str, Meta(max_length=80)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    email: str = ""
    contact_note: Annotated[str, Meta(max_length=1000)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        today = date.today()
        if (born_on := values.get("born_on")) and not 0 <= age_on(born_on, today) <= OLDEST:
            yield "born_on", "Periksa tahun lahirnya."
        yield from check_region(values)
        if values.get("phone") and not normal_phone(values["phone"]):
            yield "phone", cls.messages["phone"]
        if values.get("email") and not normal_email(values["email"]):
            yield "email", "Tulis email lengkap, misalnya nama@contoh.com."

    def facts(self) -> dict[str, Any]:
        """As portal.clients takes them."""
        return {
            "name": " ".join(self.name.split()),
            "born_on": self.born_on,
            "region": self.region,
            "locality": self.locality,
            "phone": normal_phone(self.phone),
            "email": normal_email(self.email),
            "contact_note": self.contact_note,
        }


class RegistrationForm(DetailsForm, kw_only=True):
    """The same for a new client, and who follows them: asked only of those who do not themselves."""

    caseworker: int | None = None


class SearchForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {"name": "Tulis nama atau sebagian nama klien."}
    name: Annotated[str, Meta(max_length=120)]


class HandoverForm(Form, kw_only=True):
    messages: ClassVar[dict[str, str]] = {"to": "Pilih pendamping yang baru."}
    to: int

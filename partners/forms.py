"""Forms about partners."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from partners.tables import Size
from partners.words import INDUSTRIES
from portal.forms import Form
from portal.people import normal_email, normal_phone
from portal.places import regions

WRONG_PHONE = "Tulis nomor telepon yang benar, misalnya 0251 8765432."


class DescriptionForm(Form, kw_only=True):
    """What a partner itself may change."""

    address: Annotated[str, Meta(max_length=300)] = ""
    about: Annotated[str, Meta(max_length=2000)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if (phone := values.get("phone")) and normal_phone(phone) is None:
            yield "phone", WRONG_PHONE


class PartnerForm(DescriptionForm, kw_only=True):
    messages: ClassVar[dict[str, str]] = {
        "name": "Tulis nama perusahaan atau usaha, paling banyak 120 huruf.",
        "nib": "NIB terdiri atas 13 angka.",
    }
    name: Annotated[str, Meta(max_length=120)]
    region: Annotated[str, Meta(max_length=5)]
    industry: Annotated[str, Meta(max_length=1)]
    size: Size = Size.MICRO_SMALL
    nib: Annotated[str, Meta(pattern="^[0-9]{13}$")] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from super().check(values)
        if (region := values.get("region")) and ("." not in region or region not in regions()):
            yield "region", "Pilih kabupaten atau kota dari daftar."
        if (industry := values.get("industry")) and industry not in INDUSTRIES:
            yield "industry", "Pilih dari daftar."

    def facts(self) -> dict[str, Any]:
        """Columns of Partner."""
        return {
            "industry": self.industry,
            "size": self.size,
            "nib": self.nib or None,
            "address": self.address,
            "about": self.about,
        }


class InvitationForm(Form, kw_only=True):
    name: Annotated[str, Meta(max_length=120)]
    email: Annotated[str, Meta(max_length=254)] = ""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if (email := values.get("email")) and normal_email(email) is None:
            yield "email", "Tulis email yang benar, misalnya nama@contoh.id."


LABELS: dict[str, str] = {
    "name": "Nama",
    "region": "Kabupaten atau kota",
    "industry": "Lapangan usaha",
    "size": "Ukuran usaha",
    "nib": "NIB",
    "address": "Alamat",
    "about": "Tentang",
    "phone": "Telepon",
    "email": "Email",
}

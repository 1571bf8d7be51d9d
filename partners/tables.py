"""Employers: what an organisation is as a partner."""

from enum import StrEnum

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from portal.tables import EMPTY, MAYBE, Organisation, Person, one_of


class Size(StrEnum):
    """Micro and small businesses are exempt from minimum wages (PP 36/2021, art. 36)."""

    MICRO_SMALL = "micro_small"
    LARGER = "larger"


class Partner(Table):
    """An employer. Its name, region and phone are its organisation's."""

    id: Serial
    organisation = ForeignKey(Organisation, unique=True, null=False, on_delete=OnDelete.restrict)
    industry = Varchar(length=1, **EMPTY)
    """KBLI 2025 category, A to V."""
    size = Varchar(choices=Size, default=Size.MICRO_SMALL)
    nib = Varchar(length=13, **EMPTY)
    """Business number, 13 digits; only its shape is checked."""
    about = Text(default="")
    address = Text(default="")
    verified_at = Timestamptz(**EMPTY)
    verified_by = ForeignKey(Person, **MAYBE)
    size_is_known = one_of("size", Size)
    industry_is_a_category = Check("industry ~ '^[A-V]$'")
    nib_has_13_digits = Check("nib ~ '^[0-9]{13}$'")

"""The three time zones of Indonesia, and moments said in them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

from portal.html import on

# Keppres 41/1987, with the provinces made since; none has summer time, so fixed offsets are right.
WIB = timezone(timedelta(hours=7), "WIB")
WITA = timezone(timedelta(hours=8), "WITA")
WIT = timezone(timedelta(hours=9), "WIT")
CENTRAL = frozenset(("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"))
EASTERN = frozenset(("81", "82", "91", "92", "93", "94", "95", "96", "97"))
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def zone_of(region: str | None) -> timezone:
    """The zone of a region by its Kemendagri code; western time where none is known."""
    province = (region or "")[:2]
    return WITA if province in CENTRAL else WIT if province in EASTERN else WIB


def moment(day: date, at: time, zone: timezone) -> datetime:
    """A day and a time on the clock of the zone, in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def said(when: datetime, zone: timezone) -> str:
    """Selasa, 25 November 2025, pukul 09.00 WIB"""
    here = when.astimezone(zone)
    return f"{WEEKDAYS[here.weekday()]}, {on(here)}, pukul {here:%H.%M} {zone.tzname(None)}"

"""Slows the guessing of passwords and codes, without letting anybody lock somebody else out.

Three counts over the last 15 minutes, kept as rows that hold keyed hashes (portal.pruning deletes them after a day):

- *login from one place*: 5 failures are free, then each is followed by a wait of 15 s, 30 s, 1 min ... at most 8 min.
  Some 1,000 guesses a day, for one login, from one place.
- *one place, all logins*: after 50 failures nothing more until the oldest of them is 15 minutes ago. An IPv6 place is
  its /64 network. Loopback is exempt: behind a proxy on the same machine everybody has that address.
- *one login, all places*: never a refusal, because that would let strangers lock its owner out. After 20 failures each
  attempt from an unknown device is answered 2 s later.

A place is the visitor's address, or the device if this person has signed in on it before: a signed cookie says so. On
their own device people therefore wait for nobody's mistakes but their own.

The address is that of the connection; `X-Forwarded-For` is not believed, because anybody can write one. Behind a proxy
on another machine have the server take the address from the proxy, or all visitors share one.
"""

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from portal.blinding import blinded
from portal.database import change, connection
from portal.tables import Failure

WINDOW = timedelta(minutes=15)
FREE = 5
FREE_CODES = 20
"""One-time codes are typed by many people on one computer in an office, and are 37 bits of chance."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=8)
FROM_ONE_ADDRESS = 50
FROM_EVERYWHERE = 20
DELAY = timedelta(seconds=2)

DEVICE_COOKIE = "portal_device"
DEVICE_KNOWN = timedelta(days=180)


class TooMany(Exception):
    """Too many failures; `wait` says how long no further attempt is looked at."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(sentence(wait))


def sentence(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    much = f"{seconds} detik" if seconds < 90 else f"{-(-seconds // 60)} menit"
    return (
        f"Terlalu banyak percobaan. Tunggu {much}, lalu coba lagi. "
        "Petugas kami bisa memberi kode masuk sekali pakai."
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try that counts as failed until `succeeded` says otherwise. `delay` is how long to wait before it is looked at."""

    row: int
    login: str
    place: str
    delay: timedelta = timedelta()


def wait_after(failures: int, free: int = FREE) -> timedelta:
    """How long the next attempt has to wait after so many failures."""
    if failures < free:
        return timedelta()
    return min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)


def place_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that an IPv6 visitor moves about in."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return "loopback"
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


async def attempt(login: str, address: str, *, device: str | None = None, free: int = FREE) -> Attempt:
    """Counts an attempt for `login` before it is looked at, so that a hundred at once are a hundred.

    `device` is the known device, if it is one. Raises TooMany, and then counts nothing.
    """
    whose = blinded("login", login)
    place = place_of(address)
    where = blinded("place", device or place)
    async with change(by=None):
        await _one_at_a_time(where)
        now = datetime.now(UTC)
        recent = Failure.select(Failure.at).where(Failure.at > now - WINDOW).order_by(Failure.at)
        here = [
            row["at"]
            for row in await recent.where(Failure.address_hash == where, Failure.login_hash == whose)
        ]
        if here and (left := here[-1] + wait_after(len(here), free) - now) > timedelta():
            raise TooMany(left)
        if not device and place != "loopback":
            # The newest fifty are enough to know when the place is free again.
            newest = (
                Failure.select(Failure.at)
                .where(Failure.at > now - WINDOW, Failure.address_hash == where)
                .order_by(Failure.at, ascending=False)
                .limit(FROM_ONE_ADDRESS)
            )
            times = [row["at"] for row in await newest]
            if len(times) == FROM_ONE_ADDRESS:
                raise TooMany(times[-1] + WINDOW - now)
        everywhere = await Failure.count().where(Failure.at > now - WINDOW, Failure.login_hash == whose)
        row = Failure(login_hash=whose, address_hash=where, at=now)
        await row.save()
    slow = not device and everywhere >= FROM_EVERYWHERE
    return Attempt(row.id, whose, where, DELAY if slow else timedelta())


async def succeeded(done: Attempt) -> None:
    """Takes back the attempt, and forgives the failures of this login in this place."""
    await Failure.delete().where(Failure.login_hash == done.login, Failure.address_hash == done.place)


async def withdraw(done: Attempt) -> None:
    """Takes back this attempt alone, where success says nothing about those before it, as with codes."""
    await Failure.delete().where(Failure.id == done.row)


async def _one_at_a_time(where: str) -> None:
    """Attempts from one place queue here, or those that run together would not see each other."""
    await connection().execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", where)


def new_device(person: int) -> str:
    """A cookie value by which this device is known to be the person's."""
    device = secrets.token_urlsafe(12)
    return f"{device}.{_signature(device, person)}"


def known_device(cookie: str | None, person: int | None) -> str | None:
    """The device's id, if `cookie` was made here for this person."""
    device, _, signature = (cookie or "").partition(".")
    if person is None or not hmac.compare_digest(signature.encode(), _signature(device, person).encode()):
        return None
    return f"device:{device}"


def _signature(device: str, person: int) -> str:
    return blinded("device", device, person)[:32]

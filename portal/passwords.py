"""Passwords: which ones are accepted, how they are kept, how one is checked."""

import asyncio
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.people import normal_phone
from portal.tables import Person

SHORTEST, LONGEST = 10, 200

# argon2id with the library's parameters (RFC 9106, low memory): 64 MiB for each hash. Two threads bound both the
# memory and the cores that a flood of sign-ins can take.
HASHER = PasswordHasher()
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


@cache
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _dummy() -> str:
    return HASHER.hash("nobody has this password")


def _same(password: str) -> str:
    """One form for what looks the same: keyboards disagree on how they write accents (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def problem(password: str, *logins: str | None) -> str | None:
    """Why `password` is refused for somebody who signs in with `logins`, as a sentence; None if it is fine."""
    if len(password) < SHORTEST:
        return f"Paling sedikit {SHORTEST} huruf. Tiga kata yang mudah Anda ingat sudah cukup."
    if len(password) > LONGEST:
        return f"Paling banyak {LONGEST} huruf."
    plain = re.sub(r"\s", "", _same(password).lower())
    taken = {login.lower() for login in logins if login}
    if plain in taken or normal_phone(plain) in taken or plain in {login.split("@")[0] for login in taken}:
        return "Jangan memakai nomor HP atau email sebagai kata sandi."
    if plain in _common() or len(set(plain)) < 4:
        return "Kata sandi ini terlalu mudah ditebak. Pakai yang lain."
    return None


async def hashed(password: str) -> str:
    """The argon2id hash to keep; takes some tens of milliseconds, in another thread."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, HASHER.hash, _same(password))


async def matches(person: Person | None, password: str) -> bool:
    """Whether this is the person's password. Nobody, or somebody without one, takes just as long to refuse."""
    kept = person.password if person else None
    # No password is longer, and to bring a million accents into one form would stop everything else for minutes.
    password = password[: LONGEST + 1]
    right = await asyncio.get_running_loop().run_in_executor(THREADS, _verify, kept or _dummy(), password)
    if not (person and kept and right):
        return False
    if HASHER.check_needs_rehash(kept):
        # Only if nobody has changed it in between.
        await Person.update({Person.password: await hashed(password)}).where(
            Person.id == person.id, Person.password == kept
        )
    return True


def _verify(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, _same(password))
    except (VerificationError, InvalidHashError):
        return False

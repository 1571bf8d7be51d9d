"""Keyed hashes, for what the database must recognise but is short enough to be guessed from a plain hash."""

import hashlib
import hmac
from functools import cache

from portal import settings


@cache
def _key() -> bytes:
    return settings.read().secret.encode()


def blinded(*parts: object) -> str:
    """HMAC-SHA-256 of `parts` under the installation's secret, as 64 hexadecimal digits."""
    text = "\x1f".join(str(part) for part in parts)
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()

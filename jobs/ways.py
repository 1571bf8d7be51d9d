"""Where one applies directly: a link, an e-mail address, a telephone number or a place to go to."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.people import normal_email, normal_phone

HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\s)", re.IGNORECASE)


@dataclass(frozen=True)
class Contact:
    kind: str
    """`link`, `email`, `phone` or `address`."""
    text: str
    href: str | None
    """What a page may put into a link; only http, https, mailto and tel ever come out of here."""


def contact(text: str) -> Contact | None:
    """How to read what somebody wrote, or None if it is no way to reach anybody. Links: http and https only."""
    text = " ".join(text.split())
    if re.match(r"www\.\S+$", text, re.IGNORECASE):
        text = "https://" + text
    if re.match(r"https?://", text, re.IGNORECASE):
        return Contact("link", text, text) if _is_link(text) else None
    if email := normal_email(text):
        return (
            Contact("email", email, f"mailto:{email}") if re.fullmatch(r"[\w.+-]+@[\w.-]+", email) else None
        )
    if phone := normal_phone(text):
        return Contact("phone", text, f"tel:{phone}")
    # Any other scheme is a link nobody should follow; an address has letters and more than one word.
    if SCHEME.match(text) or "<" in text or not re.search(r"[^\W\d_]{3}", text) or " " not in text:
        return None
    return Contact("address", text, None)


def _is_link(text: str) -> bool:
    """A plain web address: a host with a dot, nobody's name or password before it, nothing that breaks out of it."""
    if not re.fullmatch(r"[^\s<>\"'\\^`{|}]+", text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return "@" not in parts.netloc and bool(parts.hostname and HOST.fullmatch(parts.hostname))

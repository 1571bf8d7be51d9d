"""Everything the environment decides, read and checked in one place."""

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


class WrongSetting(Exception):
    """A value in the environment cannot be used; the message says which one and what to write instead."""


@dataclass(frozen=True)
class Meilisearch:
    """A server to index vacancies with."""

    url: str
    key: str = field(default="", repr=False)
    beside: bool = False
    """The portal that serves from this data folder has started it."""


@dataclass(frozen=True)
class Settings:
    var_dir: Path
    """Folder for everything the portal writes: the embedded database, the secret, pid files."""
    database_url: str | None
    """None means the embedded PostgreSQL below `var_dir`."""
    meilisearch: Meilisearch | None
    """None means that PostgreSQL alone answers searches."""
    host: str
    port: int
    public_url: str
    """Address people open, without a trailing slash; decides links in mail and whether cookies are secure."""
    proxies: tuple[str, ...]
    """Networks of web servers in front of this one, whose word about where a visitor comes from counts."""
    workers: int
    smtp_url: str | None
    """`smtp://user:password@host:587` or `smtps://...`; None keeps notices inside the portal."""
    mail_from: str
    secret: str
    """Signs CSRF tokens and blinds what the brake remembers; kept in `var_dir` unless given."""

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in `environment`. Raises WrongSetting with a sentence that names the variable."""
    var_dir = Path(environment.get("VAR_DIR") or ROOT / "var").expanduser().resolve()
    host = environment.get("HOST") or "127.0.0.1"
    port = _typed(environment, "PORT", _port, 8000, "a port between 1 and 65535, for example 8000")
    return Settings(
        var_dir=var_dir,
        database_url=_typed(
            environment,
            "DATABASE_URL",
            _database,
            None,
            "an address such as postgres://user:password@host:5432/name",
        ),
        meilisearch=_meilisearch(environment, var_dir),
        host=host,
        port=port,
        public_url=_typed(
            environment,
            "PUBLIC_URL",
            _web,
            f"http://{host}:{port}",
            "an address such as https://kerja.example.org",
        ),
        proxies=_typed(
            environment, "PROXIES", _networks, (), "addresses or networks such as 127.0.0.1,10.0.0.0/8"
        ),
        workers=_typed(
            environment, "WORKERS", _positive, os.cpu_count() or 1, "a whole number of at least 1"
        ),
        smtp_url=_typed(
            environment,
            "SMTP_URL",
            _smtp,
            None,
            "an address such as smtp://user:password@mail.example.org:587",
        ),
        mail_from=environment.get("MAIL_FROM") or "Bina Karya <kabar@localhost>",
        secret=environment.get("SECRET_KEY") or _kept_secret(var_dir),
    )


def meilisearch_file(var_dir: Path) -> Path:
    """Where `portal serve` says how to reach the Meilisearch it has started, to commands that are run beside it."""
    return var_dir / "meilisearch" / "running.json"


def _meilisearch(environment: Mapping[str, str], var_dir: Path) -> Meilisearch | None:
    url = _typed(
        environment,
        "MEILISEARCH_URL",
        _server,
        None,
        "an address such as http://127.0.0.1:7700, without a key",
    )
    key = environment.get("MEILISEARCH_KEY", "").strip()
    if not re.fullmatch(r"[!-~]*", key):
        # What is wrong with it is not printed: it may be nearly right.
        raise WrongSetting("MEILISEARCH_KEY must be a key of letters, digits and signs without spaces.")
    return Meilisearch(url, key) if url else _beside(var_dir)


def _beside(var_dir: Path) -> Meilisearch | None:
    try:
        told = json.loads(meilisearch_file(var_dir).read_text())
        return Meilisearch(told["url"], told["key"], beside=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _typed(
    environment: Mapping[str, str], name: str, parse: Callable[[str], T], default: T, wanted: str
) -> T:
    raw = environment.get(name, "").strip()
    if not raw:
        return default
    try:
        return parse(raw)
    except ValueError:
        raise WrongSetting(f"{name} must be {wanted}; it is {raw!r}.") from None


def _port(raw: str) -> int:
    port = int(raw)
    if not 1 <= port <= 65535:
        raise ValueError
    return port


def _networks(raw: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part.strip())) for part in raw.split(","))


def _positive(raw: str) -> int:
    number = int(raw)
    if number < 1:
        raise ValueError
    return number


def _address(raw: str, *schemes: str) -> str:
    parts = urlsplit(raw)
    # A local PostgreSQL has its socket folder in the query and no host.
    if parts.scheme not in schemes or not (parts.hostname or parts.query):
        raise ValueError
    return raw.rstrip("/")


def _database(raw: str) -> str | None:
    return _address(raw, "postgres", "postgresql")


def _server(raw: str) -> str | None:
    parts = urlsplit(raw)
    # A key in the address would end in logs.
    if parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
        raise ValueError
    return _web(raw)


def _web(raw: str) -> str:
    return _address(raw, "http", "https")


def _smtp(raw: str) -> str | None:
    return _address(raw, "smtp", "smtps")


def _kept_secret(var_dir: Path) -> str:
    """Made once per data folder, so that a restart signs nobody out; every process reads the same."""
    path = var_dir / "secret"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text()

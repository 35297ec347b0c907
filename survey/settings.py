"""Settings of a process, read once from its environment where it starts."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from survey.errors import (
    DatabaseUrlRefused,
    DebugRefused,
    PlainHttpRefused,
    SecretTooWeak,
    SettingInvalid,
    SettingMissing,
)
from survey.mail_server import MailServer, read_mail_server

Network = IPv4Network | IPv6Network

DATABASE_FILE = "minyi.sqlite3"
_SHARED_COUNTERS = ("redis", "rediss", "valkey", "valkeys")
_SECRET_BYTES = 32
_SECRET_MIN_LETTERS = 10
_KNOWN_IN_SECRETS = ("changeme", "change-me", "change_me", "secret", "password", "default", "minyi")
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


@dataclass(frozen=True)
class Settings:
    """What a process must know before it starts."""

    database_url: str
    secret_key: bytes = field(repr=False)
    public_origin: str  # scheme, host and port as people reach it, without a slash at the end
    data_dir: Path
    workers: int = 1
    is_demo: bool = False
    writing_connections: int = 1
    trusted_proxies: tuple[Network, ...] = ()  # whose word on a client's address is taken
    print_font: Path | None = None  # TrueType; else one is looked for on the machine
    mail_server: MailServer | None = None  # None: invitations are not sent by e-mail
    limits_url: str | None = None  # a server that several processes share their counters on

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the `MINYI_…` variables; a bad one stops the start with its name."""
        if _switch(environ, "MINYI_DEBUG"):
            raise DebugRefused(name="MINYI_DEBUG")
        data_dir = Path(environ.get("MINYI_DATA_DIR") or "data")
        is_demo = _switch(environ, "MINYI_DEMO")
        return cls(
            database_url=_database_url(environ, data_dir),
            secret_key=_secret_key(environ),
            public_origin=_public_origin(environ, is_demo=is_demo),
            data_dir=data_dir,
            workers=_count(environ, "MINYI_WORKERS"),
            is_demo=is_demo,
            writing_connections=_count(environ, "MINYI_WRITING_CONNECTIONS"),
            trusted_proxies=_networks(environ, "MINYI_TRUSTED_PROXIES"),
            limits_url=_limits_url(environ, "MINYI_LIMITS_URL"),
            mail_server=read_mail_server(environ),
            print_font=_font_file(environ, "MINYI_PRINT_FONT"),
        )

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on a database server."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))

    def key(self, purpose: str) -> bytes:
        """Return the key of one purpose, made from the secret key."""
        return hmac.digest(self.secret_key, f"minyi {purpose}".encode(), hashlib.sha256)


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _YES + _NO:
        raise SettingInvalid(name=name, value=value, expected="1 / 0")
    return value in _YES


def _count(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "").strip() or "1"
    if not (value.isascii() and value.isdigit()) or int(value) < 1:
        raise SettingInvalid(name=name, value=value, expected="1, 2, 3 …")
    return int(value)


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    value = environ.get(name, "").strip()
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise SettingInvalid(name=name, value=value, expected="10.0.0.5, 10.1.0.0/24") from None


def _limits_url(environ: Mapping[str, str], name: str) -> str | None:
    value = environ.get(name, "").strip()
    if value and urlsplit(value).scheme not in _SHARED_COUNTERS:
        scheme = value.partition(":")[0]  # what follows may hold a password
        raise SettingInvalid(name=name, value=scheme, expected="redis://127.0.0.1:6379")
    return value or None


def _font_file(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name, "").strip()
    if value and not (value.lower().endswith((".ttf", ".ttc")) and Path(value).is_file()):
        raise SettingInvalid(name=name, value=value, expected="/…/NotoSansSC-Regular.ttf")
    return Path(value) if value else None


def _secret_key(environ: Mapping[str, str]) -> bytes:
    name = "MINYI_SECRET_KEY"
    secret = environ.get(name, "")
    if not secret:
        raise SettingMissing(name=name)
    is_known = any(word in secret.lower() for word in _KNOWN_IN_SECRETS)
    if len(secret.encode()) < _SECRET_BYTES or len(set(secret)) < _SECRET_MIN_LETTERS or is_known:
        raise SecretTooWeak(name=name)
    return secret.encode()


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    name = "MINYI_DATABASE_URL"
    url = environ.get(name) or f"sqlite:///{data_dir / DATABASE_FILE}"
    scheme, _, rest = url.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.strip("/") and ":memory:" not in rest and "?" not in rest:
        return url
    raise DatabaseUrlRefused(name=name)


def _public_origin(environ: Mapping[str, str], *, is_demo: bool) -> str:
    name = "MINYI_PUBLIC_ORIGIN"
    origin = environ.get(name, "").strip().removesuffix("/")
    if not origin:
        raise SettingMissing(name=name)
    invalid = partial(SettingInvalid, name=name, value=origin, expected="https://survey.example.cn")
    try:
        parts = urlsplit(origin)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise invalid() from None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise invalid()
    if parts.path or parts.query or parts.fragment or not origin.isascii() or " " in origin:
        raise invalid()
    if parts.scheme == "http" and not _may_be_plain(host, is_demo=is_demo):
        raise PlainHttpRefused(name=name, value=origin)
    return origin.lower()


def _may_be_plain(host: str, *, is_demo: bool) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or (is_demo and address.is_private and not address.is_unspecified)

"""The mail server of the settings: where it is, how it is spoken to, who sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

from survey.errors import SettingInvalid, SettingMissing
from survey.rules.ways_in.invitation import is_address

URL_NAME, SENDER_NAME = "MINYI_SMTP_URL", "MINYI_MAIL_FROM"
_EXAMPLE = "smtp://user:password@mail.example.cn:587"
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes our mails; the connection is encrypted unless the setting says not."""

    host: str
    port: int
    sender: str  # the address, with or without a name before it
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False  # encrypted from the first byte (smtps)
    starts_tls: bool = False  # becomes encrypted before anything is said (STARTTLS)

    @property
    def sender_address(self) -> str:
        """The address alone."""
        return parseaddr(self.sender)[1]


def read_mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """Return the mail server, None where none is set; a bad setting stops the start by name."""
    url, sender = (environ.get(name, "").strip() for name in (URL_NAME, SENDER_NAME))
    if not url:
        return None
    if not sender:
        raise SettingMissing(name=SENDER_NAME)
    if not is_address(parseaddr(sender)[1]) or not sender.isprintable():
        raise SettingInvalid(name=SENDER_NAME, value=sender, expected="pingyi@example.cn")
    invalid = SettingInvalid(name=URL_NAME, value=_without_password(url), expected=_EXAMPLE)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise invalid from None
    starttls = options.pop("starttls", "on")
    if parts.scheme not in _PORTS or not host or parts.path.strip("/") or options:
        raise invalid
    if starttls not in ("on", "off") or (parts.scheme == "smtps" and starttls == "off"):
        raise invalid
    user = unquote(parts.username or "")
    has_no_need = _is_this_machine(host) and "starttls" not in parts.query
    return MailServer(
        host=host,
        port=port or (_SUBMISSION if user and parts.scheme == "smtp" else _PORTS[parts.scheme]),
        sender=sender,
        user=user,
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        starts_tls=parts.scheme == "smtp" and starttls == "on" and not has_no_need,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _without_password(url: str) -> str:
    """Return an address fit for a message; a password in it stays hidden."""
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}…@{rest.rpartition('@')[2]}" if "@" in rest else url

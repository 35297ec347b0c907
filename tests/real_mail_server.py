"""A real SMTP server on this machine: keeps what it takes, and refuses what it is told to."""

import email
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from survey.mail_server import MailServer

SENDER = "民意 <pingyi@example.cn>"


class Postbox:
    """What arrived, newest last; `replies` by address, and `on_mail` runs before the reply."""

    def __init__(self) -> None:
        self.mails = []
        self.replies: dict[str, str] = {}
        self.data_reply = "250 taken"
        self.on_mail: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.replies.get(address, "250 ok")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        if not self.data_reply.startswith("250"):
            return self.data_reply
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        self.on_mail()
        return self.data_reply

    def to(self, address):
        return [mail for mail in self.mails if mail["To"] == address]

    def token_to(self, address, which=-1):
        return token_in(self.to(address)[which])


def text_of(mail) -> str:
    return mail.get_content().replace("\r\n", "\n")


def token_in(mail) -> str:
    found = set(re.findall(r"/a/([\w-]{22})\n", text_of(mail)))
    assert len(found) == 1
    return found.pop()


@contextmanager
def a_mail_server(
    user: str = "", password: str = "", certificate: Path | None = None
) -> Iterator[tuple[Postbox, MailServer]]:
    """Run a server on a free port; with a certificate it wants STARTTLS, the user and password."""
    postbox = Postbox()
    port = _free_port()
    given = {}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        right = LoginPassword(user.encode(), password.encode())
        given = {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": lambda *a: AuthResult(success=a[-1] == right, handled=False),
        }
    controller = Controller(postbox, hostname="127.0.0.1", port=port, **given)
    controller.start()
    try:
        yield (
            postbox,
            MailServer("127.0.0.1", port, SENDER, user, password, starts_tls=bool(certificate)),
        )
    finally:
        controller.stop()


def a_certificate(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1 that nobody vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "mail.pem"
    file.write_bytes(key.private_bytes(*plain) + certificate.public_bytes(Encoding.PEM))
    return file


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

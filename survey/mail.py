"""Hand plain-text mails to the mail server, and tell what it said."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from survey.errors import MailServerUnavailable
from survey.mail_server import MailServer
from survey.rules.ways_in.invitation import Words

_TIMEOUT_SECONDS = 15.0
_LONGEST_REASON = 300
_PERMANENT = 500


class Refused(Exception):
    """The server will never take this mail; says why in the server's words."""


class PutOff(Exception):
    """The server did not take this mail now, or broke off; it may later."""


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Yield a connection over which mails can be sent, or raise `MailServerUnavailable`."""
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerUnavailable(
            host=server.host, port=server.port, reason=_said(error)
        ) from None
    try:
        yield connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def send(
    connection: smtplib.SMTP, server: MailServer, address: str, words: Words, now: datetime
) -> None:
    """Hand over one mail; raise `Refused` or `PutOff` with what the server said."""
    message = _message(server, address, words, now)
    try:
        connection.send_message(message, server.sender_address, [address])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = error.recipients[address]
        raise _of_code(code, said) from None
    except smtplib.SMTPDataError as error:
        raise _of_code(error.smtp_code, error.smtp_error) from None
    except (OSError, smtplib.SMTPException) as error:  # also a sender refused: not this address
        raise PutOff(_said(error)) from None


def _connect(server: MailServer) -> smtplib.SMTP:
    name = server.sender_address.rpartition("@")[2]
    safely = ssl.create_default_context()
    if server.is_tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=_TIMEOUT_SECONDS, context=safely
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, name, timeout=_TIMEOUT_SECONDS)
    try:
        if server.starts_tls:
            connection.starttls(context=safely)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _message(server: MailServer, address: str, words: Words, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = address
    message["Subject"] = words.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid("invitation", server.sender_address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text)
    return message


def _of_code(code: int, said: bytes | str) -> Refused | PutOff:
    words = _plain(said)
    return Refused(words) if code >= _PERMANENT else PutOff(words)


def _said(error: Exception) -> str:
    said = getattr(error, "smtp_error", None)
    return _plain(said if said is not None else str(error) or type(error).__name__)


def _plain(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return re.sub(r"[^\S ]+|[^\x20-\x7e\u00a0-\uffef]+", " ", text).strip()[:_LONGEST_REASON]

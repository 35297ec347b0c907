"""The postman: takes mails out of the outbox one by one and hands them to the mail server."""

import logging
from collections.abc import Callable

from survey.clock import Clock
from survey.errors import MailServerUnavailable
from survey.mail import PutOff, Refused, connected, send
from survey.mail_server import MailServer
from survey.outbox import OutgoingMail, note_put_off, note_refused, note_sent, take_next
from survey.settings import Settings
from survey.storage.database import Database
from survey.storage.queries.invitations import next_due_mail

_MAILS_A_CONNECTION = 50  # many servers hang up on more

_log = logging.getLogger(__name__)


class Postman:
    """Sends what is due; `trouble` is what keeps the mail server from being reached, if any."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self.trouble: MailServerUnavailable | None = None

    def deliver(self, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Send every mail that is due, and return how many the server took.

        An unreachable server costs no mail an attempt: the mails wait, and it is tried again.
        """
        server = self._settings.mail_server
        sent_count = 0
        while server is not None and not is_stopping() and self._has_due():
            try:
                sent_count += self._round(server, is_stopping)
            except MailServerUnavailable as error:
                self.trouble = error
                _log.warning("the mail server cannot be reached; mails wait")
                break
        if sent_count:
            _log.info("sent %d mails", sent_count)
        return sent_count

    def _has_due(self) -> bool:
        with self._database.reading() as session:
            return next_due_mail(session, self._clock()) is not None

    def _round(self, server: MailServer, is_stopping: Callable[[], bool]) -> int:
        """Send some mails over one connection; it ends early where the server breaks off."""
        sent_count = 0
        with connected(server) as connection:
            self.trouble = None
            for _ in range(_MAILS_A_CONNECTION):
                if is_stopping():
                    break
                with self._database.writing() as session:
                    mail = take_next(session, self._settings, self._clock())
                if mail is None:
                    break
                try:
                    send(connection, server, mail.address, mail.words, self._clock())
                except Refused as refused:
                    self._note_refused(mail, str(refused))
                except PutOff as put_off:
                    self._note_put_off(mail, str(put_off))
                else:
                    sent_count += 1
                    self._note_sent(mail)
                if connection.sock is None:
                    break
        return sent_count

    def _note_sent(self, mail: OutgoingMail) -> None:
        with self._database.writing() as session:
            note_sent(session, mail, self._clock())

    def _note_refused(self, mail: OutgoingMail, reason: str) -> None:
        with self._database.writing() as session:
            note_refused(session, mail, reason)

    def _note_put_off(self, mail: OutgoingMail, reason: str) -> None:
        with self._database.writing() as session:
            note_put_off(session, mail, reason)

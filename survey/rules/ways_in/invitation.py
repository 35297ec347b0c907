"""Invitations by e-mail: states of delivery, pauses, words with their placeholders, reminders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from survey.errors import FieldRefused
from survey.rules.scoring.suppression import PROGRESS_STEP
from survey.rules.sheets.serving import LOCAL_TIME

LONGEST_ADDRESS = 254
LONGEST_SUBJECT, LONGEST_TEXT = 120, 4_000
REMIND_EVERY = timedelta(days=2)
RETRY_AFTER = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
)

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_PLACEHOLDER = re.compile(r"\{(link|unit|closes)\}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class Delivery(StrEnum):
    """What became of the invitation to an address."""

    LISTED = "listed"  # not asked to be sent yet
    WAITING = "waiting"
    SENT = "sent"  # the mail server took it
    REFUSED = "refused"


class MailSort(StrEnum):
    """The sorts of mails that have words of their own."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class MailKind(StrEnum):
    """A mail in the outbox."""

    INVITATION = "invitation"
    REMINDER = "reminder"  # dropped where the link has been used by then
    REMINDER_TO_ALL = "reminder_to_all"  # sent alike, so that not even a mail server learns more

    @property
    def sort(self) -> MailSort:
        """Whose words it carries."""
        return MailSort.INVITATION if self is MailKind.INVITATION else MailSort.REMINDER


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of a mail, with {link}, {unit} and {closes} where these are to stand."""

    subject: str
    text: str

    def filled(self, link: str, unit: str, closes_at: datetime) -> "Words":
        """Return the words of one mail; whatever else looks like a template stays as it is."""
        values = {
            "link": link,
            "unit": " ".join(unit.split()),
            "closes": f"{closes_at.astimezone(LOCAL_TIME):%Y-%m-%d %H:%M}",
        }
        return Words(_fill(self.subject, values), _fill(self.text, values))


def check_words(words: Words) -> None:
    """Raise `FieldRefused` for words that cannot be sent as a mail."""
    if not words.subject or len(words.subject) > LONGEST_SUBJECT or "\n" in words.subject:
        raise FieldRefused("mail_subject", longest=LONGEST_SUBJECT)
    if len(words.text) > LONGEST_TEXT:
        raise FieldRefused("mail_text_long", length=len(words.text), longest=LONGEST_TEXT)
    if _CONTROL.search(words.subject + words.text):
        raise FieldRefused("mail_control")
    if "{link}" in words.subject:
        raise FieldRefused("mail_link_in_subject")
    if "{link}" not in words.text:
        raise FieldRefused("mail_without_link")


def is_address(text: str) -> bool:
    """Whether mail can be sent to this: an address in plain letters, without a name."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def pause_after(attempts: int) -> timedelta:
    """Return how long a mail rests after so many attempts; the pauses grow."""
    return RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1]


def is_given_up(attempts: int) -> bool:
    """Whether a mail that was put off so often is not tried again."""
    return attempts > len(RETRY_AFTER)


def most_reminded(delivered_count: int, used_count: int) -> int:
    """Return at most how many are reminded, from the used links in steps of five only.

    It says no more than the progress in the same steps: not a second grid to be laid over it.
    """
    left = delivered_count - used_count // PROGRESS_STEP * PROGRESS_STEP
    return min(delivered_count, max(left, PROGRESS_STEP))


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)

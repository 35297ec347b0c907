"""The outbox: mails are ordered in the deed's own transaction, and survive a kill.

Each is sent with a token made at that moment, whose keyed hash is committed before the mail
leaves. A mail that left and was not noted as sent goes out again, with another token of the same
link: whoever gets both can answer once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from survey.errors import LaunchRefused
from survey.language import LOCALES, messages
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.invitation import (
    Delivery,
    MailKind,
    MailSort,
    Words,
    is_given_up,
    pause_after,
)
from survey.rules.ways_in.link import new_token, token_hash
from survey.settings import Settings
from survey.storage.keys import key_of
from survey.storage.queries.invitations import is_used, mail_words_of, next_due_mail
from survey.storage.tables import (
    Campaign,
    LinkToken,
    OutboxMail,
    Reminder,
    RosterEntry,
    Unit,
    table_of,
)

_BETWEEN_LANGUAGES = "\n\n— — —\n\n"


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail in the hands of the postman; its words hold a token, so they are never shown."""

    key: int
    attempts: int
    is_invitation: bool
    address: str = field(repr=False)
    words: Words = field(repr=False)


def hold_campaign(session: Session, campaign: Campaign) -> None:
    """Let the campaign not be wound up by another process until we commit."""
    found = session.execute(
        select(col(Campaign.wound_up_at))
        .where(col(Campaign.id) == key_of(campaign))
        .with_for_update(read=True)
    )
    if found.scalar_one() is not None:
        raise LaunchRefused("launch_is_over")


def order_mails(
    session: Session, entries: Sequence[RosterEntry], kind: MailKind, due_at: datetime
) -> None:
    """Put a mail to each address into the outbox, due at an instant."""
    rows = [
        {"roster_entry_id": key_of(entry), "kind": kind, "due_at": due_at, "attempts": 0}
        for entry in entries
    ]
    session.flush()
    if rows:
        session.connection().execute(table_of(OutboxMail).insert(), rows)


def take_next(session: Session, settings: Settings, now: datetime) -> OutgoingMail | None:
    """Take the next mail that is due: make its token, and put the mail off in case we are killed.

    A reminder whose link has been used in the meantime is dropped.
    """
    while found := next_due_mail(session, now, for_update=True):
        mail, entry, link, campaign = found
        kind = MailKind(mail.kind)
        if kind is not MailKind.REMINDER or not is_used(link):
            break
        session.delete(mail)
        session.flush()
    if not found:
        return None
    hold_campaign(session, campaign)
    unit = session.get_one(Unit, link.unit_id)
    token = new_token()
    session.add(
        LinkToken(token_hash=token_hash(settings.key("links"), token), link_id=key_of(link))
    )
    mail.attempts += 1
    mail.due_at = now + pause_after(mail.attempts)
    session.flush()
    return OutgoingMail(
        key=key_of(mail),
        attempts=mail.attempts,
        is_invitation=kind is MailKind.INVITATION,
        address=entry.address,
        words=words_of(session, campaign, kind.sort).filled(
            f"{settings.public_origin}/a/{token}", unit.name, campaign.closes_at
        ),
    )


def note_sent(session: Session, mail: OutgoingMail, now: datetime) -> None:
    """Note that the mail server took a mail."""
    entry = _over(session, mail)
    if entry is not None and mail.is_invitation:
        entry.delivery, entry.refusal = Delivery.SENT, ""
        entry.delivered_on = now.astimezone(LOCAL_TIME).date()


def note_refused(session: Session, mail: OutgoingMail, reason: str) -> None:
    """Note that a mail will not be taken.

    Of a reminder nothing is noted: it would tell that its addressee had not answered.
    """
    entry = _over(session, mail)
    if entry is not None and mail.is_invitation:
        entry.delivery, entry.refusal = Delivery.REFUSED, reason


def note_put_off(session: Session, mail: OutgoingMail, reason: str) -> None:
    """Note that a mail was not taken now; it is due again after a pause, seven times at most."""
    if is_given_up(mail.attempts):
        note_refused(session, mail, reason)
        return
    kept = session.get(OutboxMail, mail.key)
    if kept is not None and mail.is_invitation:
        session.get_one(RosterEntry, kept.roster_entry_id).refusal = reason


def words_of(session: Session, campaign: Campaign, sort: MailSort) -> Words:
    """Return what the mails of a campaign say: its own words, else ours in both languages."""
    kept = mail_words_of(session, key_of(campaign), sort)
    return Words(kept.subject, kept.text) if kept is not None else ready_words(campaign, sort)


def ready_words(campaign: Campaign, sort: MailSort) -> Words:
    """Return our own words, in both languages, with their placeholders."""
    blanks = {name: f"{{{name}}}" for name in ("link", "unit", "closes")}

    def said(part: str, between: str) -> str:
        return between.join(
            messages().phrase(
                f"mail.{sort}_{part}",
                locale,
                asked_by=campaign.asked_by or messages().phrase("mail.office", locale),
                **blanks,
            )
            for locale in LOCALES
        )

    return Words(said("subject", " / "), said("text", _BETWEEN_LANGUAGES))


def forget_roster(session: Session, campaign_id: int) -> None:
    """Erase every address of a campaign, and the mails and reminders that wait."""
    entries, mails = table_of(RosterEntry), table_of(OutboxMail)
    of_campaign = entries.c.campaign_id == campaign_id
    connection = session.connection()
    connection.execute(
        delete(mails).where(mails.c.roster_entry_id.in_(select(entries.c.id).where(of_campaign)))
    )
    connection.execute(delete(entries).where(of_campaign))
    connection.execute(
        delete(Reminder).where(
            col(Reminder.campaign_id) == campaign_id, col(Reminder.begun_at).is_(None)
        )
    )


def _over(session: Session, mail: OutgoingMail) -> RosterEntry | None:
    """Take a mail out of the outbox and return whom it was for, None if the roster is erased."""
    kept = session.get(OutboxMail, mail.key)
    if kept is None:
        return None
    entry = session.get_one(RosterEntry, kept.roster_entry_id)
    session.delete(kept)
    session.flush()
    return entry

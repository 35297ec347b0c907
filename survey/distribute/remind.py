"""Remind those who have not answered, on planned days; nobody is told who they are."""

from datetime import datetime

from sqlmodel import Session

from survey.distribute.launch import check_may_link
from survey.errors import InvitationRefused
from survey.outbox import hold_campaign, order_mails
from survey.rules.sheets.serving import LOCAL_TIME
from survey.rules.ways_in.invitation import REMIND_EVERY, MailKind, most_reminded
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.database import Database
from survey.storage.keys import key_of
from survey.storage.queries.invitations import delivered_entries, due_reminders, reminders_of
from survey.storage.tables import Campaign, Reminder


def plan_reminder(
    session: Session, campaign: Campaign, due_at: datetime, *, is_to_all: bool, now: datetime
) -> Reminder:
    """Plan a reminder, two days or more from every other one and before the close."""
    hold_campaign(session, campaign)
    check_may_link(campaign, LinkKind.PERSONAL)
    if now >= campaign.closes_at:
        raise InvitationRefused("invitation_is_over")
    if not max(now, campaign.opens_at) <= due_at < campaign.closes_at:
        raise InvitationRefused("reminder_outside")
    for other in reminders_of(session, key_of(campaign)):
        if abs((other.begun_at or other.due_at) - due_at) < REMIND_EVERY:
            at = (other.begun_at or other.due_at).astimezone(LOCAL_TIME)
            raise InvitationRefused("reminder_too_near", other=f"{at:%Y-%m-%d %H:%M}")
    reminder = Reminder(campaign_id=key_of(campaign), due_at=due_at, is_to_all=is_to_all)
    session.add(reminder)
    session.flush()
    return reminder


def cancel_reminder(session: Session, campaign: Campaign, reminder_id: int) -> None:
    """Take back a reminder that has not begun."""
    for reminder in reminders_of(session, key_of(campaign)):
        if reminder.id == reminder_id and reminder.begun_at is None:
            session.delete(reminder)
            session.flush()
            return
    raise InvitationRefused("reminder_has_begun")


def begin_due_reminders(database: Database, now: datetime) -> int:
    """Put the mails of reminders whose time has come into the outbox; return how many began."""
    with database.reading() as session:
        if not due_reminders(session, now):
            return 0
    with database.writing() as session:
        due = due_reminders(session, now)
        for reminder in due:
            hold_campaign(session, session.get_one(Campaign, reminder.campaign_id))
            _begin(session, reminder, now)
        return len(due)


def _begin(session: Session, reminder: Reminder, now: datetime) -> None:
    """Order the mails, and keep how many there may be in steps of five.

    Whoever was invited less than two days ago is left in peace.
    """
    latest = (now - REMIND_EVERY).astimezone(LOCAL_TIME).date()
    delivered = delivered_entries(session, reminder.campaign_id)
    rested = [e for e in delivered if e[0].delivered_on is None or e[0].delivered_on <= latest]
    kind = MailKind.REMINDER_TO_ALL if reminder.is_to_all else MailKind.REMINDER
    order_mails(
        session,
        [e for e, state in rested if reminder.is_to_all or state == LinkState.UNUSED],
        kind,
        now,
    )
    used_count = sum(state == LinkState.USED for _, state in delivered)
    reminder.begun_at = now
    reminder.most_count = (
        len(rested) if reminder.is_to_all else most_reminded(len(delivered), used_count)
    )
    session.flush()

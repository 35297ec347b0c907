"""Rosters, mails that wait, words and reminders; nothing here says who has answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from survey.rules.ways_in.invitation import Delivery
from survey.rules.ways_in.link import LinkState
from survey.storage.tables import (
    Campaign,
    Link,
    MailWords,
    OutboxMail,
    Reminder,
    RosterEntry,
    Unit,
)


def listed_addresses(session: Session, campaign_id: int) -> dict[str, str]:
    """Return the addresses of a campaign's roster in small letters, with their units' codes."""
    rows = session.exec(
        select(RosterEntry.address, Unit.code)
        .join(Link, col(Link.id) == RosterEntry.link_id)
        .join(Unit, col(Unit.id) == Link.unit_id)
        .where(RosterEntry.campaign_id == campaign_id)
    ).all()
    return {address.lower(): code for address, code in rows}


def entries_in(session: Session, campaign_id: int, delivery: Delivery) -> Sequence[RosterEntry]:
    """Return the entries whose invitation stands so, by address."""
    return session.exec(
        select(RosterEntry)
        .where(RosterEntry.campaign_id == campaign_id, RosterEntry.delivery == delivery)
        .order_by(RosterEntry.address)
    ).all()


def refused_entries(session: Session, campaign_id: int) -> Sequence[tuple[RosterEntry, Unit]]:
    """Return the entries whose invitation was refused, with their units, by unit and address."""
    return session.exec(
        select(RosterEntry, Unit)
        .join(Link, col(Link.id) == RosterEntry.link_id)
        .join(Unit, col(Unit.id) == Link.unit_id)
        .where(RosterEntry.campaign_id == campaign_id, RosterEntry.delivery == Delivery.REFUSED)
        .order_by(col(Unit.code), RosterEntry.address)
    ).all()


def delivery_counts(session: Session, campaign_id: int) -> Mapping[str, Mapping[Delivery, int]]:
    """Return, by unit code, how many invitations stand how; reminders are not in it."""
    rows = session.exec(
        select(Unit.code, RosterEntry.delivery, func.count())
        .join(Link, col(Link.id) == RosterEntry.link_id)
        .join(Unit, col(Unit.id) == Link.unit_id)
        .where(RosterEntry.campaign_id == campaign_id)
        .group_by(col(Unit.code), col(RosterEntry.delivery))
    ).all()
    counts: dict[str, dict[Delivery, int]] = {}
    for code, delivery, count in rows:
        counts.setdefault(code, {})[Delivery(delivery)] = count
    return counts


def delivered_entries(session: Session, campaign_id: int) -> Sequence[tuple[RosterEntry, str]]:
    """Return the entries that an invitation has reached, with the state of their links.

    For reminding and nothing else: no page may show it.
    """
    return session.exec(
        select(RosterEntry, Link.state)
        .join(Link, col(Link.id) == RosterEntry.link_id)
        .where(RosterEntry.campaign_id == campaign_id, RosterEntry.delivery == Delivery.SENT)
        .order_by(col(RosterEntry.id))
    ).all()


def mail_words_of(session: Session, campaign_id: int, sort: str) -> MailWords | None:
    """Return what officers wrote for mails of a sort, None where the ready words stand."""
    return session.get(MailWords, (campaign_id, sort))


def reminders_of(session: Session, campaign_id: int) -> Sequence[Reminder]:
    """Return the reminders of a campaign, earliest first."""
    return session.exec(
        select(Reminder)
        .where(Reminder.campaign_id == campaign_id)
        .order_by(col(Reminder.due_at), col(Reminder.id))
    ).all()


def due_reminders(session: Session, now: datetime) -> Sequence[Reminder]:
    """Return the reminders that are to begin: their day has come, and the campaign is open."""
    return session.exec(
        select(Reminder)
        .join(Campaign, col(Campaign.id) == Reminder.campaign_id)
        .where(Reminder.due_at <= now, col(Reminder.begun_at).is_(None), *_takes_answers(now))
        .order_by(col(Reminder.id))
    ).all()


def next_due_mail(
    session: Session, now: datetime, *, for_update: bool = False
) -> tuple[OutboxMail, RosterEntry, Link, Campaign] | None:
    """Return the mail that has waited longest, of a campaign that takes answers now."""
    asked = (
        select(OutboxMail, RosterEntry, Link, Campaign)
        .join(RosterEntry, col(RosterEntry.id) == OutboxMail.roster_entry_id)
        .join(Link, col(Link.id) == RosterEntry.link_id)
        .join(Campaign, col(Campaign.id) == RosterEntry.campaign_id)
        .where(OutboxMail.due_at <= now, *_takes_answers(now))
        .order_by(col(OutboxMail.due_at), col(OutboxMail.id))
        .limit(1)
    )
    if for_update:
        asked = asked.with_for_update(skip_locked=True, of=OutboxMail)
    return session.exec(asked).first()


def is_used(link: Link) -> bool:
    """Whether an answer came by a link; for dropping a reminder and nothing else."""
    return link.state != LinkState.UNUSED


def _takes_answers(now: datetime) -> tuple[Any, ...]:
    return (
        col(Campaign.is_draft).is_(False),
        col(Campaign.is_paused).is_(False),
        col(Campaign.opens_at) <= now,
        col(Campaign.closes_at) > now,
        col(Campaign.wound_up_at).is_(None),
    )

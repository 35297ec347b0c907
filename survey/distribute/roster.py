"""The roster: one personal link for each address, its invitation ordered, wrong ones corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from survey.distribute.launch import check_may_link
from survey.errors import InvitationRefused
from survey.outbox import hold_campaign, order_mails
from survey.rules.ways_in.invitation import Delivery, MailKind, Words, check_words, is_address
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.invitations import (
    entries_in,
    listed_addresses,
    mail_words_of,
    refused_entries,
)
from survey.storage.tables import Campaign, Link, MailWords, RosterEntry


@dataclass(frozen=True, slots=True)
class Invitee:
    """An address, and the unit whose staff it belongs to."""

    unit_code: str
    address: str


def add_to_roster(
    session: Session, campaign: Campaign, invitees: Sequence[Invitee], now: datetime
) -> dict[str, int]:
    """Make a link for each address that has none yet; return how many are new, by unit code.

    The links have no token, so nobody can use them before the mail that makes one.
    """
    _check_open(session, campaign, now)
    unit_ids = {unit.code: key_of(unit) for _, unit in units_of_campaign(session, key_of(campaign))}
    listed = listed_addresses(session, key_of(campaign))
    new = [invitee for invitee in invitees if invitee.address.lower() not in listed]
    links = [
        Link(
            campaign_id=key_of(campaign),
            unit_id=unit_ids[invitee.unit_code],
            kind=LinkKind.PERSONAL,
            state=LinkState.UNUSED,
        )
        for invitee in new
    ]
    session.add_all(links)
    session.flush()
    session.add_all(
        RosterEntry(
            campaign_id=key_of(campaign),
            link_id=key_of(link),
            address=invitee.address,
            delivery=Delivery.LISTED,
        )
        for invitee, link in zip(new, links, strict=True)
    )
    session.flush()
    counts: dict[str, int] = {}
    for invitee in new:
        counts[invitee.unit_code] = counts.get(invitee.unit_code, 0) + 1
    return counts


def send_invitations(session: Session, campaign: Campaign, now: datetime) -> int:
    """Order an invitation for every address that has had none, and return how many.

    Before the campaign opens they wait for its opening.
    """
    _check_open(session, campaign, now)
    listed = entries_in(session, key_of(campaign), Delivery.LISTED)
    if not listed:
        raise InvitationRefused("invitation_none_listed")
    _order(session, listed, max(now, campaign.opens_at))
    return len(listed)


def send_again(
    session: Session, campaign: Campaign, entry_id: int, address: str, now: datetime
) -> None:
    """Send a refused invitation again, to a corrected address.

    Only a refused one: whoever could redirect a delivered invitation would learn from the new
    mail whether its owner has answered.
    """
    _check_open(session, campaign, now)
    refused = [entry for entry, _ in refused_entries(session, key_of(campaign))]
    entry = next((entry for entry in refused if entry.id == entry_id), None)
    if entry is None:
        raise InvitationRefused("invitation_not_refused")
    if not is_address(address):
        raise InvitationRefused("invitation_address", address=address)
    is_other = address.lower() != entry.address.lower()
    if is_other and address.lower() in listed_addresses(session, key_of(campaign)):
        raise InvitationRefused("invitation_listed", address=address)
    entry.address = address
    _order(session, [entry], now)


def send_all_again(session: Session, campaign: Campaign, now: datetime) -> int:
    """Send every refused invitation again as it stands, and return how many."""
    _check_open(session, campaign, now)
    refused = entries_in(session, key_of(campaign), Delivery.REFUSED)
    _order(session, refused, now)
    return len(refused)


def keep_words(session: Session, campaign: Campaign, sort: str, words: Words) -> None:
    """Keep the words of a campaign's invitations or reminders, from the next mail on."""
    check_words(words)
    kept = mail_words_of(session, key_of(campaign), sort)
    kept = kept or MailWords(campaign_id=key_of(campaign), sort=sort, subject="", text="")
    kept.subject, kept.text = words.subject, words.text
    session.add(kept)
    session.flush()


def _order(session: Session, entries: Sequence[RosterEntry], due_at: datetime) -> None:
    for entry in entries:
        entry.delivery, entry.refusal = Delivery.WAITING, ""
    order_mails(session, entries, MailKind.INVITATION, due_at)


def _check_open(session: Session, campaign: Campaign, now: datetime) -> None:
    hold_campaign(session, campaign)
    check_may_link(campaign, LinkKind.PERSONAL)
    if now >= campaign.closes_at:
        raise InvitationRefused("invitation_is_over")

"""Cards: one-time codes on paper, drawn blind from a box; more than once only by two persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from survey.audit import record
from survey.distribute.invite import single_use_links
from survey.distribute.launch import check_may_link
from survey.errors import CodesRefused, LaunchRefused
from survey.rules.proposal import ProposalKind
from survey.rules.ways_in.link import LinkKind
from survey.rules.ways_in.short_code import new_short_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.code_batches import hold_campaign, issued_by_unit
from survey.storage.tables import Campaign, CodeBatch, Proposal, Unit
from survey.two_person import carry_out

MOST_CARDS = 5_000  # in one file


@dataclass(frozen=True, slots=True)
class CardOrder:
    """The cards of one unit that are to be printed, as their codes."""

    unit: Unit
    codes: Sequence[str]


def cards_for(head_count: int) -> int:
    """Return how many cards a unit gets: 1.2 for each head, so that the last one still chooses."""
    return -(-head_count * 6 // 5)


def order_first_cards(
    session: Session, campaign: Campaign, unit_codes: Sequence[str], now: datetime
) -> list[CardOrder]:
    """Return the cards of units that have none yet; nothing is stored before `issue_cards`."""
    _check(campaign, now)
    printed = issued_by_unit(session, key_of(campaign), LinkKind.CARD)
    asked = {unit.code: (row, unit) for row, unit in units_of_campaign(session, key_of(campaign))}
    counts: dict[str, int] = {}
    for code in dict.fromkeys(unit_codes):
        if code not in asked:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=code)
        row, unit = asked[code]
        if row.unit_id in printed:
            raise CodesRefused("cards_printed", unit=unit.name)
        if not row.head_count:
            raise CodesRefused("cards_head_count", unit=unit.name)
        counts[code] = cards_for(row.head_count)
    return _orders({code: unit for code, (_, unit) in asked.items()}, counts)


def order_more_cards(
    session: Session, campaign: Campaign, proposal: Proposal, now: datetime
) -> list[CardOrder]:
    """Return the cards that two persons agreed on."""
    _check(campaign, now)
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    return _orders(units, proposal.details["counts"])


def issue_cards(
    session: Session,
    campaign: Campaign,
    orders: Sequence[CardOrder],
    link_key: bytes,
    *,
    issued_by: str,
    now: datetime,
    proposal_code: str | None = None,
) -> None:
    """Make the cards of a printed file valid; without a proposal only a unit's first ones."""
    hold_campaign(session, key_of(campaign))
    session.refresh(campaign)
    _check(campaign, now)
    if proposal_code is None:
        printed = issued_by_unit(session, key_of(campaign), LinkKind.CARD)
        twice = [order.unit.name for order in orders if key_of(order.unit) in printed]
        if twice:
            raise CodesRefused("cards_printed", unit=twice[0])
    else:
        carry_out(session, proposal_code, ProposalKind.MORE_CARDS, campaign.code, issued_by, now)
    for order in orders:
        _store(session, campaign, order, link_key, issued_by, now)
    record(
        session,
        actor=issued_by,
        action="cards.printed",
        subject=campaign.code,
        now=now,
        details={"counts": {order.unit.code: len(order.codes) for order in orders}},
    )


def check_more_cards(
    session: Session, campaign: Campaign, counts: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """Return how many more cards are to be proposed, by unit code, or say what is wrong."""
    _check(campaign, now)
    printed = issued_by_unit(session, key_of(campaign), LinkKind.CARD)
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    wanted = {code: count for code, count in counts.items() if count}
    if not wanted:
        raise CodesRefused("cards_none")
    for code in wanted:
        if code not in units:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=code)
        if key_of(units[code]) not in printed:
            raise CodesRefused("cards_first", unit=units[code].name)
    _check_total(sum(wanted.values()))
    return wanted


def _store(
    session: Session,
    campaign: Campaign,
    order: CardOrder,
    link_key: bytes,
    issued_by: str,
    now: datetime,
) -> None:
    single_use_links(session, campaign, order.unit, LinkKind.CARD, order.codes, link_key)
    session.add(
        CodeBatch(
            campaign_id=key_of(campaign),
            unit_id=key_of(order.unit),
            kind=LinkKind.CARD,
            count=len(order.codes),
            issued_by=issued_by,
            issued_at=now,
        )
    )


def _check(campaign: Campaign, now: datetime) -> None:
    check_may_link(campaign, LinkKind.CARD)
    if campaign.closes_at <= now:
        raise LaunchRefused("launch_is_over")


def _orders(units: Mapping[str, Unit], counts: Mapping[str, int]) -> list[CardOrder]:
    if not counts:
        raise CodesRefused("cards_none")
    _check_total(sum(counts.values()))
    return [
        CardOrder(units[code], [new_short_code() for _ in range(count)])
        for code, count in counts.items()
    ]


def _check_total(count: int) -> None:
    if count > MOST_CARDS:
        raise CodesRefused("cards_many", count=count, most=MOST_CARDS)

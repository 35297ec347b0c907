"""Issue single-use links; the tokens are returned once and only their keyed hashes are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from survey.distribute.launch import check_may_link
from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.link import LinkKind, LinkState, new_token, token_hash
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import rating_pairs_of, units_of_campaign
from survey.storage.tables import Campaign, Link, RatingPair, Unit

MOST_LINKS = 10_000


@dataclass(frozen=True, slots=True)
class PartnerOffice:
    """An office that is to rate a unit; its code is the unit code where it is a unit itself."""

    code: str
    name: str
    unit: Unit


def issue_personal_links(
    session: Session, campaign: Campaign, unit: Unit, count: int, link_key: bytes
) -> list[str]:
    """Issue links to a unit's staff and return their tokens, in an order that is not kept."""
    check_may_link(campaign, LinkKind.PERSONAL)
    if not 1 <= count <= MOST_LINKS:
        raise LaunchRefused("launch_link_count", most=MOST_LINKS)
    _check_asked_about(session, campaign, [unit])
    tokens = [new_token() for _ in range(count)]
    session.add_all(
        Link(
            campaign_id=key_of(campaign),
            unit_id=key_of(unit),
            kind=LinkKind.PERSONAL,
            state=LinkState.UNUSED,
            token_hash=hashed,
        )
        for hashed in sorted(token_hash(link_key, token) for token in tokens)
    )
    session.flush()
    return tokens


def issue_partner_links(
    session: Session, campaign: Campaign, offices: Sequence[PartnerOffice], link_key: bytes
) -> list[str]:
    """Issue one link per office and unit and return their tokens in the order of the offices."""
    check_may_link(campaign, LinkKind.PARTNER)
    _check_asked_about(session, campaign, [office.unit for office in offices])
    _check_offices(session, campaign, offices)
    pairs = [
        RatingPair(
            campaign_id=key_of(campaign),
            unit_id=key_of(office.unit),
            rater_code=office.code,
            rater_name=office.name,
        )
        for office in offices
    ]
    session.add_all(pairs)
    session.flush()
    tokens = [new_token() for _ in pairs]
    session.add_all(
        Link(
            campaign_id=key_of(campaign),
            unit_id=pair.unit_id,
            kind=LinkKind.PARTNER,
            state=LinkState.UNUSED,
            token_hash=token_hash(link_key, token),
            rating_pair_id=pair.id,
        )
        for pair, token in zip(pairs, tokens, strict=True)
    )
    session.flush()
    return tokens


def _check_asked_about(session: Session, campaign: Campaign, units: Sequence[Unit]) -> None:
    asked_about = {unit.id for _, unit in units_of_campaign(session, key_of(campaign))}
    for unit in units:
        if unit.id not in asked_about:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=unit.code)


def _check_offices(session: Session, campaign: Campaign, offices: Sequence[PartnerOffice]) -> None:
    pairs = rating_pairs_of(session, key_of(campaign))
    for office in offices:
        is_own = office.code == office.unit.code
        if is_own and campaign.audience != Audience.SELF:
            raise LaunchRefused("launch_own_unit", unit=office.unit.name)
        if not is_own and campaign.audience == Audience.SELF:
            raise LaunchRefused("launch_other_unit", rater=office.name, unit=office.unit.name)
        if (office.code, office.unit.id) in pairs:
            raise LaunchRefused("launch_pair_twice", rater=office.name, unit=office.unit.name)
        pairs.add((office.code, key_of(office.unit)))

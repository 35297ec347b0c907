"""Issue single-use links; the tokens are returned once and only their keyed hashes are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from survey.distribute.launch import check_may_link
from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.link import LinkKind, LinkState, new_token, token_hash
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import raters_of, rating_pairs_of, units_of_campaign
from survey.storage.tables import Campaign, Link, LinkToken, Rater, RatingPair, Unit, table_of

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
    single_use_links(session, campaign, unit, LinkKind.PERSONAL, tokens, link_key)
    return tokens


def single_use_links(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    kind: LinkKind,
    tokens: Sequence[str],
    link_key: bytes,
) -> list[Link]:
    """Make an unused link for each token, in the order of the hashes, which says nothing."""
    hashes = sorted(token_hash(link_key, token) for token in tokens)
    links = [
        Link(
            campaign_id=key_of(campaign),
            unit_id=key_of(unit),
            kind=kind,
            state=LinkState.UNUSED,
        )
        for _ in hashes
    ]
    session.add_all(links)
    session.flush()
    session.connection().execute(
        table_of(LinkToken).insert(),
        [
            {"token_hash": hashed, "link_id": key_of(link)}
            for hashed, link in zip(hashes, links, strict=True)
        ],
    )
    return links


def issue_partner_links(
    session: Session, campaign: Campaign, offices: Sequence[PartnerOffice], link_key: bytes
) -> dict[str, str]:
    """Note who rates whom, issue one link to each office that has none, and return its token.

    The tokens are by office code; an office that has a link finds the new units behind it.
    """
    check_may_link(campaign, LinkKind.PARTNER)
    _check_asked_about(session, campaign, [office.unit for office in offices])
    _check_offices(session, campaign, offices)
    raters = raters_of(session, key_of(campaign))
    new = {office.code: office.name for office in offices if office.code not in raters}
    for code, name in new.items():
        raters[code] = Rater(campaign_id=key_of(campaign), code=code, name=name)
        session.add(raters[code])
    session.flush()
    session.add_all(
        RatingPair(
            campaign_id=key_of(campaign),
            unit_id=key_of(office.unit),
            rater_id=key_of(raters[office.code]),
        )
        for office in offices
    )
    session.flush()
    return {code: _link_rater(session, campaign, raters[code], 1, link_key) for code in new}


def _link_rater(
    session: Session, campaign: Campaign, rater: Rater, quota_place: int, link_key: bytes
) -> str:
    link = Link(
        campaign_id=key_of(campaign),
        kind=LinkKind.PARTNER,
        state=LinkState.UNUSED,
        rater_id=key_of(rater),
        quota_place=quota_place,
    )
    session.add(link)
    session.flush()
    token = new_token()
    session.add(LinkToken(token_hash=token_hash(link_key, token), link_id=key_of(link)))
    session.flush()
    return token


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

"""Let offices rate: take a list of who rates whom, give each quota place a link, or a fresh one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from survey.distribute.launch import check_may_link
from survey.errors import OfficeNotFound, PairsRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState, new_token, token_hash
from survey.rules.ways_in.rating_pairs import KnownPairs, PairDefinition
from survey.rules.ways_in.rating_pairs import check_pairs as check_against
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import raters_of, rating_pairs_of, units_of_campaign
from survey.storage.tables import Campaign, Link, LinkToken, Rater, RatingPair


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link that was just made for a quota place of an office; its token is kept nowhere."""

    rater_code: str
    rater_name: str
    quota_place: int
    token: str


def known_pairs(session: Session, campaign: Campaign) -> KnownPairs:
    """Return what a list of pairs is checked against."""
    units = units_of_campaign(session, key_of(campaign))
    codes = {key_of(unit): unit.code for _, unit in units}
    pairs = rating_pairs_of(session, key_of(campaign))
    return KnownPairs(
        units=frozenset(codes.values()),
        raters={code: rater.name for code, rater in raters_of(session, key_of(campaign)).items()},
        pairs=frozenset((rater, codes[unit_id]) for rater, unit_id in pairs),
        is_self=campaign.audience == Audience.SELF,
    )


def issue_partner_links(
    session: Session, campaign: Campaign, pairs: Sequence[PairDefinition], link_key: bytes
) -> list[IssuedLink]:
    """Note who rates whom, and issue a link to each quota place that has none.

    A quota place that has a link finds the new units behind it.
    """
    check_may_link(campaign, LinkKind.PARTNER)
    refused = check_against(pairs, known_pairs(session, campaign))
    if refused:
        raise PairsRefused(refused)
    raters = _raters(session, campaign, pairs)
    units = {unit.code: key_of(unit) for _, unit in units_of_campaign(session, key_of(campaign))}
    session.add_all(
        RatingPair(
            campaign_id=key_of(campaign),
            unit_id=units[pair.unit_code],
            rater_id=key_of(raters[pair.rater_code]),
            quota=pair.quota,
        )
        for pair in pairs
    )
    session.flush()
    quotas: dict[str, int] = {}
    for pair in pairs:
        quotas[pair.rater_code] = max(pair.quota, quotas.get(pair.rater_code, 0))
    return _link_places(session, campaign, raters, quotas, link_key)


def renew_partner_link(
    session: Session, campaign: Campaign, rater_code: str, quota_place: int, link_key: bytes
) -> IssuedLink:
    """Give a quota place a fresh link; the one it had leads nowhere any more."""
    check_may_link(campaign, LinkKind.PARTNER)
    rater = raters_of(session, key_of(campaign)).get(rater_code)
    link = session.exec(
        select(Link).where(
            Link.rater_id == (rater.id if rater else None), Link.quota_place == quota_place
        )
    ).one_or_none()
    if rater is None or link is None:
        raise OfficeNotFound
    of_link = col(LinkToken.link_id) == key_of(link)
    session.connection().execute(delete(LinkToken).where(of_link))
    return IssuedLink(rater.code, rater.name, quota_place, _new_token(session, link, link_key))


def _raters(
    session: Session, campaign: Campaign, pairs: Sequence[PairDefinition]
) -> dict[str, Rater]:
    """Return the campaign's offices, those of the list among them."""
    raters = raters_of(session, key_of(campaign))
    for pair in pairs:
        if pair.rater_code not in raters:
            raters[pair.rater_code] = Rater(
                campaign_id=key_of(campaign), code=pair.rater_code, name=pair.rater_name
            )
            session.add(raters[pair.rater_code])
    session.flush()
    return raters


def _link_places(
    session: Session,
    campaign: Campaign,
    raters: dict[str, Rater],
    quotas: dict[str, int],
    link_key: bytes,
) -> list[IssuedLink]:
    linked: dict[int | None, int] = dict(
        session.execute(
            select(col(Link.rater_id), func.max(col(Link.quota_place)))
            .where(Link.campaign_id == key_of(campaign), col(Link.rater_id).is_not(None))
            .group_by(col(Link.rater_id))
        ).all()
    )
    links = [
        (raters[code], _new_link(session, campaign, raters[code], place))
        for code, quota in sorted(quotas.items())
        for place in range(linked.get(raters[code].id, 0) + 1, quota + 1)
    ]
    session.flush()
    return [
        IssuedLink(
            rater.code, rater.name, link.quota_place or 1, _new_token(session, link, link_key)
        )
        for rater, link in links
    ]


def _new_link(session: Session, campaign: Campaign, rater: Rater, place: int) -> Link:
    link = Link(
        campaign_id=key_of(campaign),
        kind=LinkKind.PARTNER,
        state=LinkState.UNUSED,
        rater_id=key_of(rater),
        quota_place=place,
    )
    session.add(link)
    return link


def _new_token(session: Session, link: Link, link_key: bytes) -> str:
    token = new_token()
    session.add(LinkToken(token_hash=token_hash(link_key, token), link_id=key_of(link)))
    session.flush()
    return token

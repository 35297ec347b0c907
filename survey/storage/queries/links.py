"""Links: where a code leads, and how many of them are in which state."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from survey.errors import LinkNotFound
from survey.rules.audience import Audience
from survey.rules.link import PUBLIC_KINDS, LinkKind, LinkState, Way, is_token, token_hash
from survey.storage.keys import may_be_code
from survey.storage.tables import (
    Campaign,
    CampaignUnit,
    Evaluation,
    Link,
    LinkToken,
    OfficeSheet,
    Rater,
    RatingPair,
    Unit,
)

_WAYS: Any = (
    select(  # type: ignore[call-overload]
        Link.kind,
        Link.id.label("link_id"),  # type: ignore[union-attr]
        Link.campaign_id,
        Unit.id.label("unit_id"),  # type: ignore[union-attr]
        Unit.name.label("unit_name"),  # type: ignore[attr-defined]
        Link.place,
        Campaign.audience,
        Campaign.opens_at,
        Campaign.closes_at,
        Campaign.is_paused,
        Campaign.wound_up_at,
        Campaign.questionnaire_version_id,
        RatingPair.id.label("rating_pair_id"),  # type: ignore[union-attr]
        Link.state,
        Evaluation.name.label("evaluation_name"),  # type: ignore[attr-defined]
        Evaluation.is_demo,
        Link.is_kiosk,
        Link.rater_id,
        Rater.name.label("rater_name"),  # type: ignore[attr-defined]
        Link.quota_place,
        Campaign.asked_by,
        Campaign.legal_basis,
        Campaign.contact,
        Campaign.kept_until,
        Campaign.counts_only,
        CampaignUnit.statement,
    )
    .join(Campaign, col(Campaign.id) == Link.campaign_id)
    .join(Evaluation, col(Evaluation.id) == Campaign.evaluation_id)
    .outerjoin(Rater, col(Rater.id) == Link.rater_id)
    .outerjoin(
        RatingPair,
        (col(RatingPair.rater_id) == Link.rater_id) & (col(RatingPair.quota) >= Link.quota_place),
    )
    .join(Unit, col(Unit.id) == func.coalesce(Link.unit_id, RatingPair.unit_id))
    .outerjoin(
        CampaignUnit,
        (col(CampaignUnit.campaign_id) == Link.campaign_id)
        & (col(CampaignUnit.unit_id) == Unit.id),
    )
    .order_by(col(Unit.code))
)


def way_by_code(session: Session, code: str, link_key: bytes) -> Way:
    """Return where an open code or a single-use token leads, or raise `LinkNotFound`."""
    if not may_be_code(code):
        raise LinkNotFound
    row = session.execute(_WAYS.where(_known_by(code, link_key))).mappings().first()
    if row is None:
        raise LinkNotFound
    values = dict(row)
    wound_up_at = values.pop("wound_up_at")
    values["kind"] = LinkKind(values["kind"])
    values["state"] = LinkState(values["state"])
    values["audience"] = Audience(values["audience"])
    return Way(**values, is_wound_up=wound_up_at is not None)


def _known_by(code: str, link_key: bytes) -> Any:
    if not is_token(code):
        return col(Link.code) == code
    found = select(LinkToken.link_id).where(LinkToken.token_hash == token_hash(link_key, code))
    return col(Link.id) == found.scalar_subquery()


def open_links_of(session: Session, campaign_id: int) -> Sequence[Link]:
    """Return the open codes of a campaign, by unit and place."""
    return session.exec(
        select(Link)
        .where(Link.campaign_id == campaign_id, col(Link.kind).in_(PUBLIC_KINDS))
        .order_by(col(Link.unit_id), func.coalesce(Link.place, ""), col(Link.id))
    ).all()


def link_counts(session: Session, campaign_id: int) -> dict[int, dict[LinkState, int]]:
    """Return, per unit of a campaign, how many single-use links are in which state.

    Of partner offices each quota place of a pair counts; it is used once a sheet has come.
    """
    rows = session.exec(
        select(Link.unit_id, Link.state, func.count())
        .where(
            Link.campaign_id == campaign_id,
            col(Link.kind).not_in(PUBLIC_KINDS | {LinkKind.PARTNER}),
        )
        .group_by(col(Link.unit_id), col(Link.state))
    ).all()
    counts: dict[int, dict[LinkState, int]] = {}
    for unit_id, state, count in rows:
        if unit_id is not None:
            counts.setdefault(unit_id, {})[LinkState(state)] = count
    return counts or _quota_counts(session, campaign_id)


def _quota_counts(session: Session, campaign_id: int) -> dict[int, dict[LinkState, int]]:
    places = session.exec(
        select(RatingPair.unit_id, func.sum(RatingPair.quota))
        .where(RatingPair.campaign_id == campaign_id)
        .group_by(col(RatingPair.unit_id))
    ).all()
    came = (
        select(RatingPair.unit_id, OfficeSheet.rating_pair_id, OfficeSheet.quota_place)
        .join(OfficeSheet, col(OfficeSheet.rating_pair_id) == RatingPair.id)
        .where(RatingPair.campaign_id == campaign_id)
        .distinct()
        .subquery()
    )
    used = dict(
        session.execute(select(came.c.unit_id, func.count()).group_by(came.c.unit_id)).all()
    )
    return {
        unit_id: {
            LinkState.UNUSED: count - used.get(unit_id, 0),
            LinkState.USED: used.get(unit_id, 0),
        }
        for unit_id, count in places
    }

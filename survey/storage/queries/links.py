"""Links: where a code leads, and how many of them are in which state."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from survey.errors import LinkNotFound
from survey.rules.audience import Audience
from survey.rules.ways_in.link import PUBLIC_KINDS, LinkKind, LinkState, Way, is_token, token_hash
from survey.rules.ways_in.short_code import read_short_code
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

_Sibling = aliased(Unit)
_WAYS: Any = (
    select(  # type: ignore[call-overload, misc]
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
        Unit.code.label("unit_code"),  # type: ignore[attr-defined]
        _Sibling.name.label("sibling_name"),  # type: ignore[attr-defined]
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
    .outerjoin(_Sibling, col(_Sibling.id) == CampaignUnit.merge_into_unit_id)
    .order_by(col(Unit.code))
)


def way_by_code(session: Session, code: str, link_key: bytes) -> Way:
    """Return where an open code or a token leads, or raise `LinkNotFound`.

    Of an office's link it is the first unit; `ways_by_code` returns them all.
    """
    return ways_by_code(session, code, link_key)[0]


def ways_by_code(session: Session, code: str, link_key: bytes) -> tuple[Way, ...]:
    """Return the units a code or a token leads to, by their codes, or raise `LinkNotFound`."""
    if not may_be_code(code):
        raise LinkNotFound
    rows = session.execute(_WAYS.where(_known_by(code, link_key))).mappings().all()
    if not rows:
        raise LinkNotFound
    return tuple(_way(dict(row)) for row in rows)


def _way(values: dict[str, Any]) -> Way:
    wound_up_at = values.pop("wound_up_at")
    values["kind"] = LinkKind(values["kind"])
    values["state"] = LinkState(values["state"])
    values["audience"] = Audience(values["audience"])
    return Way(**values, is_wound_up=wound_up_at is not None)


def _known_by(code: str, link_key: bytes) -> Any:
    token = code if is_token(code) else read_short_code(code)
    if token is None:
        return col(Link.code) == code
    found = select(LinkToken.link_id).where(LinkToken.token_hash == token_hash(link_key, token))
    return col(Link.id) == found.scalar_subquery()


def open_links_of(session: Session, campaign_id: int) -> Sequence[Link]:
    """Return the printed public codes of a campaign, by unit and place."""
    return _public_links(session, campaign_id, LinkKind.OPEN)


def screens_of(session: Session, campaign_id: int) -> Sequence[Link]:
    """Return the screens of a campaign that are in use, by unit and place."""
    return _public_links(session, campaign_id, LinkKind.ROTATING)


def screen_by_code(session: Session, campaign_id: int, code: str) -> Link | None:
    """Return a screen of a campaign that is in use."""
    return next((link for link in screens_of(session, campaign_id) if link.code == code), None)


def _public_links(session: Session, campaign_id: int, kind: LinkKind) -> Sequence[Link]:
    return session.exec(
        select(Link)
        .where(Link.campaign_id == campaign_id, Link.kind == kind, Link.state == LinkState.OPEN)
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

"""Links: where a code leads, and how many of them are in which state."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from survey.errors import LinkNotFound
from survey.rules.audience import Audience
from survey.rules.link import LinkKind, LinkState, Way, is_token, token_hash
from survey.storage.keys import may_be_code
from survey.storage.tables import Campaign, Evaluation, Link, RatingPair, Unit

_WAYS: Any = (
    select(  # type: ignore[call-overload]
        Link.kind,
        Link.id.label("link_id"),  # type: ignore[union-attr]
        Link.campaign_id,
        Link.unit_id,
        Unit.name.label("unit_name"),  # type: ignore[attr-defined]
        Link.place,
        Campaign.audience,
        Campaign.opens_at,
        Campaign.closes_at,
        Campaign.is_paused,
        Campaign.wound_up_at,
        Campaign.questionnaire_version_id,
        Link.rating_pair_id,
        Link.state,
        Evaluation.name.label("evaluation_name"),  # type: ignore[attr-defined]
        Evaluation.is_demo,
        RatingPair.rater_name,
    )
    .join(Campaign, col(Campaign.id) == Link.campaign_id)
    .join(Unit, col(Unit.id) == Link.unit_id)
    .join(Evaluation, col(Evaluation.id) == Campaign.evaluation_id)
    .outerjoin(RatingPair, col(RatingPair.id) == Link.rating_pair_id)
)


def way_by_code(session: Session, code: str, link_key: bytes) -> Way:
    """Return where an open code or a single-use token leads, or raise `LinkNotFound`."""
    if not may_be_code(code):
        raise LinkNotFound
    known_by = (
        col(Link.token_hash) == token_hash(link_key, code)
        if is_token(code)
        else col(Link.code) == code
    )
    row = session.execute(_WAYS.where(known_by)).mappings().one_or_none()
    if row is None:
        raise LinkNotFound
    values = dict(row)
    wound_up_at = values.pop("wound_up_at")
    values["kind"] = LinkKind(values["kind"])
    values["state"] = LinkState(values["state"])
    values["audience"] = Audience(values["audience"])
    return Way(**values, is_wound_up=wound_up_at is not None)


def open_links_of(session: Session, campaign_id: int) -> Sequence[Link]:
    """Return the open codes of a campaign, by unit and place."""
    return session.exec(
        select(Link)
        .where(Link.campaign_id == campaign_id, Link.kind == LinkKind.OPEN)
        .order_by(col(Link.unit_id), func.coalesce(Link.place, ""), col(Link.id))
    ).all()


def link_counts(session: Session, campaign_id: int) -> dict[int, dict[LinkState, int]]:
    """Return, per unit of a campaign, how many single-use links are in which state."""
    rows = session.exec(
        select(Link.unit_id, Link.state, func.count())
        .where(Link.campaign_id == campaign_id, Link.kind != LinkKind.OPEN)
        .group_by(col(Link.unit_id), col(Link.state))
    ).all()
    counts: dict[int, dict[LinkState, int]] = {}
    for unit_id, state, count in rows:
        counts.setdefault(unit_id, {})[LinkState(state)] = count
    return counts

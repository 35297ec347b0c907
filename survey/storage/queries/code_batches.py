"""Batches of cards and receipt codes: what was handed out, never which code."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from survey.rules.ways_in.link import LinkKind
from survey.storage.tables import Campaign, CodeBatch, Link


def hold_campaign(session: Session, campaign_id: int) -> None:
    """Let no other process hand out codes of this campaign until the transaction ends."""
    session.execute(
        select(col(Campaign.id)).where(col(Campaign.id) == campaign_id).with_for_update()
    )


def batches_of(session: Session, campaign_id: int, kind: LinkKind) -> Sequence[CodeBatch]:
    """Return the batches of a campaign, in the order they were handed out."""
    return session.exec(
        select(CodeBatch)
        .where(CodeBatch.campaign_id == campaign_id, CodeBatch.kind == kind)
        .order_by(col(CodeBatch.id))
    ).all()


def batch_of_request(session: Session, campaign_id: int, request_key: str) -> CodeBatch | None:
    """Return the batch that was handed out for a request of another system."""
    return session.exec(
        select(CodeBatch).where(
            CodeBatch.campaign_id == campaign_id, CodeBatch.request_key == request_key
        )
    ).one_or_none()


def issued_by_unit(session: Session, campaign_id: int, kind: LinkKind) -> dict[int, int]:
    """Return how many codes of a kind each unit was handed."""
    rows = session.exec(
        select(CodeBatch.unit_id, func.sum(CodeBatch.count))
        .where(CodeBatch.campaign_id == campaign_id, CodeBatch.kind == kind)
        .group_by(col(CodeBatch.unit_id))
    ).all()
    return {unit_id: int(count) for unit_id, count in rows}


def links_by_unit(session: Session, campaign_id: int, kind: LinkKind) -> dict[int, int]:
    """Return how many links of a kind each unit has, whatever became of them."""
    rows = session.exec(
        select(Link.unit_id, func.count())
        .where(Link.campaign_id == campaign_id, Link.kind == kind)
        .group_by(col(Link.unit_id))
    ).all()
    return {unit_id: count for unit_id, count in rows if unit_id is not None}

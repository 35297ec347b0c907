"""Campaigns that are being prepared, and what a new one may take over from one before it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from survey.storage.keys import may_be_code
from survey.storage.tables import Campaign


def drafts_of(session: Session, evaluation_id: int) -> Sequence[Campaign]:
    """Return the campaigns of an evaluation that are being prepared, the newest first."""
    return session.exec(
        select(Campaign)
        .where(Campaign.evaluation_id == evaluation_id, col(Campaign.is_draft).is_(True))
        .order_by(col(Campaign.id).desc())
    ).all()


def draft_by_code(session: Session, code: str) -> Campaign | None:
    """Return the campaign of that code, if it is still being prepared."""
    if not may_be_code(code):
        return None
    return session.exec(
        select(Campaign).where(Campaign.code == code, col(Campaign.is_draft).is_(True))
    ).one_or_none()


def newest_campaign(session: Session, evaluation_id: int) -> Campaign | None:
    """Return the campaign of an evaluation that was begun last."""
    return session.exec(
        select(Campaign)
        .where(Campaign.evaluation_id == evaluation_id)
        .order_by(col(Campaign.id).desc())
        .limit(1)
    ).first()

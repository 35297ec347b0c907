"""Proposals: by code, and those of a campaign or of all."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from survey.rules.proposal import ProposalKind, ProposalState
from survey.storage.keys import may_be_code
from survey.storage.tables import Proposal

_MOST_LISTED = 200


def proposal_by_code(session: Session, code: str) -> Proposal | None:
    """Return a proposal, held until the transaction ends so that it is decided once."""
    if not may_be_code(code):
        return None
    return session.exec(
        select(Proposal).where(Proposal.code == code).with_for_update()
    ).one_or_none()


def newest_proposals(session: Session) -> Sequence[Proposal]:
    """Return the latest proposals, newest first."""
    return session.exec(
        select(Proposal).order_by(col(Proposal.id).desc()).limit(_MOST_LISTED)
    ).all()


def proposals_about(
    session: Session, subject: str, kind: ProposalKind, *states: ProposalState
) -> Sequence[Proposal]:
    """Return the proposals of a kind about a campaign that stand in one of the states."""
    return session.exec(
        select(Proposal)
        .where(Proposal.subject == subject, Proposal.kind == kind, col(Proposal.state).in_(states))
        .order_by(col(Proposal.id))
    ).all()

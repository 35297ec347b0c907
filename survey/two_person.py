"""Steps that need two persons: one proposes with a reason, another approves or refuses."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from survey.audit import record
from survey.errors import ProposalNotFound, ProposalRefused
from survey.rules.proposal import ProposalKind, ProposalState, may_decide
from survey.rules.ways_in.link import CODE_LETTERS
from survey.storage.queries.proposals import proposal_by_code
from survey.storage.tables import Proposal

LONGEST_REASON = 500
_CODE_LENGTH = 12


def propose(
    session: Session,
    kind: ProposalKind,
    subject: str,
    details: Mapping[str, Any],
    reason: str,
    officer: str,
    now: datetime,
) -> Proposal:
    """Put a step before a second person; `subject` is the code of the campaign it is about."""
    if not reason.strip():
        raise ProposalRefused("proposal_reason")
    if len(reason) > LONGEST_REASON:
        raise ProposalRefused("proposal_reason_long", longest=LONGEST_REASON, length=len(reason))
    proposal = Proposal(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE_LENGTH)),
        kind=kind,
        subject=subject,
        details=dict(details),
        reason=reason.strip(),
        state=ProposalState.OPEN,
        proposed_by=officer,
        proposed_at=now,
    )
    session.add(proposal)
    session.flush()
    _note(session, proposal, "proposal.made", officer, now)
    return proposal


def decide(session: Session, code: str, officer: str, now: datetime, *, approve: bool) -> Proposal:
    """Approve or refuse what another officer proposed; it is decided once."""
    proposal = _held(session, code)
    if proposal.state != ProposalState.OPEN:
        raise ProposalRefused("proposal_decided")
    if not may_decide(proposal.proposed_by, officer):
        raise ProposalRefused("proposal_own")
    proposal.state = ProposalState.APPROVED if approve else ProposalState.REFUSED
    proposal.decided_by, proposal.decided_at = officer, now
    action = "proposal.approved" if approve else "proposal.refused"
    _note(session, proposal, action, officer, now)
    return proposal


def carry_out(
    session: Session, code: str, kind: ProposalKind, subject: str, officer: str, now: datetime
) -> Proposal:
    """Return an approved proposal to be done in this transaction; it is done once."""
    proposal = _held(session, code)
    if proposal.kind != kind or proposal.subject != subject:
        raise ProposalNotFound
    if proposal.state != ProposalState.APPROVED:
        raise ProposalRefused("proposal_not_approved")
    proposal.state = ProposalState.DONE
    _note(session, proposal, "proposal.done", officer, now)
    return proposal


def _held(session: Session, code: str) -> Proposal:
    proposal = proposal_by_code(session, code)
    if proposal is None:
        raise ProposalNotFound
    return proposal


def _note(session: Session, proposal: Proposal, action: str, actor: str, now: datetime) -> None:
    record(
        session,
        actor=actor,
        action=action,
        subject=proposal.subject,
        now=now,
        details={"proposal": proposal.code, "kind": proposal.kind, **proposal.details},
    )
    session.flush()

"""Officers, their sessions and tokens; failed sign-ins; the audit trail."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from survey.storage.tables import ApiToken, AuditEntry, Officer, OfficerSession, SignInFailure


def officer_by_name(session: Session, name: str) -> Officer | None:
    """Return the officer of that name, if there is one."""
    return session.exec(select(Officer).where(Officer.name == name)).one_or_none()


def officer_of_session(
    session: Session, token_hash: bytes
) -> tuple[Officer, OfficerSession] | None:
    """Return a signed-in browser's officer and session, if they exist."""
    query = (
        select(Officer, OfficerSession)
        .join(OfficerSession, col(OfficerSession.officer_id) == col(Officer.id))
        .where(OfficerSession.token_hash == token_hash)
    )
    return session.exec(query).one_or_none()


def officer_of_token(session: Session, token_hash: bytes) -> Officer | None:
    """Return the officer whose feed token this is, unless it was revoked."""
    query = (
        select(Officer)
        .join(ApiToken, col(ApiToken.officer_id) == col(Officer.id))
        .where(ApiToken.token_hash == token_hash, col(ApiToken.revoked_at).is_(None))
    )
    return session.exec(query).one_or_none()


def failures(session: Session, keys: Sequence[bytes]) -> Sequence[SignInFailure]:
    """Return what is counted under these keys."""
    return session.exec(select(SignInFailure).where(col(SignInFailure.key).in_(keys))).all()


def last_audit_entry(session: Session) -> AuditEntry | None:
    """Return the newest entry of the trail."""
    return session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).first()


def audit_entries_of(session: Session, subject: str, action: str) -> Sequence[AuditEntry]:
    """Return what was done of one kind with one thing, the oldest first."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.subject == subject, AuditEntry.action == action)
        .order_by(col(AuditEntry.id))
    ).all()


def audit_entries(session: Session) -> Sequence[AuditEntry]:
    """Return the whole trail, oldest first."""
    return session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()

"""Evaluations, the units that take part, and units by their code."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from survey.storage.keys import may_be_code
from survey.storage.tables import Campaign, Cycle, Evaluation, EvaluationUnit, Unit


def evaluations(session: Session) -> Sequence[Evaluation]:
    """Return every evaluation, the newest year first."""
    return session.exec(
        select(Evaluation).order_by(
            col(Evaluation.year).desc(), col(Evaluation.created_at).desc(), col(Evaluation.id)
        )
    ).all()


def evaluation_by_code(session: Session, code: str) -> Evaluation | None:
    """Return the evaluation of that code, if there is one."""
    if not may_be_code(code):
        return None
    return session.exec(select(Evaluation).where(Evaluation.code == code)).one_or_none()


def units_of(session: Session, evaluation_id: int) -> Sequence[Unit]:
    """Return the units of an evaluation, in the order of their codes."""
    return session.exec(
        select(Unit)
        .join(EvaluationUnit, col(EvaluationUnit.unit_id) == Unit.id)
        .where(EvaluationUnit.evaluation_id == evaluation_id)
        .order_by(col(Unit.code))
    ).all()


def units_by_code(session: Session, codes: Iterable[str]) -> dict[str, Unit]:
    """Return the units of these codes; a code without a unit is left out."""
    units = session.exec(select(Unit).where(col(Unit.code).in_(list(codes)))).all()
    return {unit.code: unit for unit in units}


def evaluation_of_campaign(session: Session, campaign: Campaign) -> Evaluation:
    """Return the evaluation a campaign belongs to."""
    return session.exec(select(Evaluation).where(Evaluation.id == campaign.evaluation_id)).one()


def cycles(session: Session) -> Sequence[Cycle]:
    """Return the cycles that hold no demo, the earliest first."""
    of_demos = select(Evaluation.cycle_id).where(col(Evaluation.is_demo).is_(True))
    return session.exec(
        select(Cycle).where(col(Cycle.id).not_in(of_demos)).order_by(col(Cycle.starts_on))
    ).all()


def cycle_covering(session: Session, year: int) -> Cycle | None:
    """Return the cycle that holds the whole year; a demo's is none."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    covering = (c for c in cycles(session) if c.starts_on <= first and last <= c.ends_on)
    return next(covering, None)

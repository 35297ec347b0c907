"""Indicator trees: versions, their nodes in order, and the mappings of their leaves."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from survey.storage.tables import Indicator, IndicatorMapping, IndicatorTreeVersion


def tree_version(session: Session, tree_version_id: int) -> IndicatorTreeVersion:
    """Return a version of a tree."""
    return session.exec(
        select(IndicatorTreeVersion).where(IndicatorTreeVersion.id == tree_version_id)
    ).one()


def tree_version_by_number(
    session: Session, tree_id: str, version: int
) -> IndicatorTreeVersion | None:
    """Return a published version, or None where that number is still free."""
    return session.exec(
        select(IndicatorTreeVersion).where(
            IndicatorTreeVersion.tree_id == tree_id, IndicatorTreeVersion.version == version
        )
    ).one_or_none()


def indicators_of(session: Session, tree_version_id: int) -> Sequence[Indicator]:
    """Return the nodes of a tree in their order, parents before their children."""
    return session.exec(
        select(Indicator)
        .where(Indicator.tree_version_id == tree_version_id)
        .order_by(col(Indicator.position))
    ).all()


def mappings_of(session: Session, tree_version_id: int) -> Mapping[int, IndicatorMapping]:
    """Return the mappings of a tree's leaves, by indicator."""
    rows = session.exec(
        select(IndicatorMapping)
        .join(Indicator, col(Indicator.id) == IndicatorMapping.indicator_id)
        .where(Indicator.tree_version_id == tree_version_id)
    ).all()
    return {row.indicator_id: row for row in rows}

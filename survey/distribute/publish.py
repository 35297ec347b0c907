"""Publish questionnaires and indicator trees: from then on a version never changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from scales import read_questionnaire
from survey.errors import QuestionnaireVersionTaken, TreeRefused
from survey.language import LOCALES
from survey.rules.indicator import IndicatorDefinition, TreeDefinition, branch_points_bp, check_tree
from survey.rules.scoring.scoring_plan import read_sources, write_sources
from survey.storage.keys import key_of
from survey.storage.queries.indicators import indicators_of, mappings_of, tree_version_by_number
from survey.storage.queries.questionnaires import questionnaire_version_by_number
from survey.storage.tables import (
    Indicator,
    IndicatorMapping,
    IndicatorTreeVersion,
    QuestionnaireVersion,
)


def publish_questionnaire(session: Session, content: bytes, now: datetime) -> QuestionnaireVersion:
    """Keep a questionnaire file for good; the same bytes again give the same version."""
    questionnaire = read_questionnaire(content)
    known = questionnaire_version_by_number(session, questionnaire.id, questionnaire.version)
    if known is not None:
        if known.content != content:
            raise QuestionnaireVersionTaken(
                questionnaire=questionnaire.id, version=questionnaire.version
            )
        return known
    version = QuestionnaireVersion(
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        content=content,
        published_at=now,
    )
    session.add(version)
    session.flush()
    return version


def publish_tree(session: Session, tree: TreeDefinition, now: datetime) -> IndicatorTreeVersion:
    """Keep an indicator tree for good; one that does not sum to 100 points is refused."""
    levels = check_tree(tree, LOCALES)
    known = tree_version_by_number(session, tree.tree_id, tree.version)
    if known is not None:
        if _stored_tree(session, known) != tree:
            raise TreeRefused("tree_version_taken", tree=tree.tree_id, version=tree.version)
        return known
    version = IndicatorTreeVersion(
        tree_id=tree.tree_id, version=tree.version, title=dict(tree.title), published_at=now
    )
    session.add(version)
    session.flush()
    _keep_indicators(session, version, tree, levels)
    return version


def _keep_indicators(
    session: Session,
    version: IndicatorTreeVersion,
    tree: TreeDefinition,
    levels: Mapping[str, int],
) -> None:
    points_bp = branch_points_bp(tree)
    kept: dict[str, Indicator] = {}
    for position, definition in enumerate(tree.indicators):
        parent = kept[definition.parent] if definition.parent is not None else None
        kept[definition.code] = Indicator(
            tree_version_id=key_of(version),
            parent_id=key_of(parent) if parent is not None else None,
            code=definition.code,
            level=levels[definition.code],
            position=position,
            title=dict(definition.title),
            points_bp=points_bp[definition.code],
            source=definition.source,
            standard=definition.standard,
            method=definition.method,
        )
        session.add(kept[definition.code])
        session.flush()
        if definition.sources:
            session.add(
                IndicatorMapping(
                    indicator_id=key_of(kept[definition.code]),
                    sources=write_sources(definition.sources),
                )
            )
    session.flush()


def _stored_tree(session: Session, version: IndicatorTreeVersion) -> TreeDefinition:
    indicators = indicators_of(session, key_of(version))
    mappings = mappings_of(session, key_of(version))
    codes = {indicator.id: indicator.code for indicator in indicators}
    return TreeDefinition(
        tree_id=version.tree_id,
        version=version.version,
        title=version.title,
        indicators=tuple(
            IndicatorDefinition(
                code=indicator.code,
                title=indicator.title,
                parent=codes.get(indicator.parent_id),
                points_bp=indicator.points_bp if indicator.source is not None else None,
                sources=read_sources(mappings[key_of(indicator)].sources)
                if key_of(indicator) in mappings
                else (),
                standard=indicator.standard,
                method=indicator.method,
            )
            for indicator in indicators
        ),
    )

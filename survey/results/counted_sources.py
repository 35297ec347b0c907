"""The survey scores that an evaluation counts: in its indicators, and in its plan."""

from sqlmodel import Session

from survey.rules.scoring.scoring_plan import Source, read_plan, read_sources
from survey.storage.keys import key_of
from survey.storage.queries.figures import newest_plan
from survey.storage.queries.indicators import mappings_of
from survey.storage.tables import Evaluation


def sources_of(session: Session, evaluation: Evaluation) -> list[Source]:
    """Return every source that the newest plan and the tree's mappings name; often twice."""
    plan = newest_plan(session, key_of(evaluation))
    sources = list(read_plan(plan.content).unit_score) if plan is not None else []
    if evaluation.tree_version_id is not None:
        for mapping in mappings_of(session, evaluation.tree_version_id).values():
            sources.extend(read_sources(mapping.sources))
    return sources

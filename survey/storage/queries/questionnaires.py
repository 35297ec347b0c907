"""Questionnaire versions: the frozen bytes, and what they say."""

from collections.abc import Sequence
from functools import lru_cache

from sqlmodel import Session, col, select

from scales import Questionnaire, read_questionnaire
from survey.errors import QuestionnaireVersionNotFound
from survey.storage.tables import QuestionnaireDraft, QuestionnaireVersion

_KEPT = 256


def questionnaire_of(session: Session, version_id: int) -> Questionnaire:
    """Return what a stored version says; the same content is read once."""
    content = session.exec(
        select(QuestionnaireVersion.content).where(QuestionnaireVersion.id == version_id)
    ).one_or_none()
    if content is None:
        raise QuestionnaireVersionNotFound(version_id=version_id)
    return _said_by(content)


def questionnaire_version_by_number(
    session: Session, questionnaire_id: str, version: int
) -> QuestionnaireVersion | None:
    """Return a published version, or None where that number is still free."""
    return session.exec(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id,
            QuestionnaireVersion.version == version,
        )
    ).one_or_none()


def questionnaire_versions(session: Session) -> Sequence[QuestionnaireVersion]:
    """Return every published version, by id and number."""
    return session.exec(
        select(QuestionnaireVersion).order_by(
            col(QuestionnaireVersion.questionnaire_id), col(QuestionnaireVersion.version)
        )
    ).all()


def newest_version(
    session: Session, questionnaire_id: str, below: int | None = None
) -> QuestionnaireVersion | None:
    """Return the published version of the highest number, or the highest below one."""
    query = select(QuestionnaireVersion).where(
        QuestionnaireVersion.questionnaire_id == questionnaire_id
    )
    if below is not None:
        query = query.where(col(QuestionnaireVersion.version) < below)
    return session.exec(query.order_by(col(QuestionnaireVersion.version).desc()).limit(1)).first()


def questionnaire_drafts(session: Session) -> Sequence[QuestionnaireDraft]:
    """Return every draft, the one edited last first."""
    return session.exec(
        select(QuestionnaireDraft).order_by(
            col(QuestionnaireDraft.edited_at).desc(), col(QuestionnaireDraft.id).desc()
        )
    ).all()


def draft_by_code(
    session: Session, code: str, *, is_edited: bool = False
) -> QuestionnaireDraft | None:
    """Return a draft; one that is edited waits for whoever edits it at the same moment."""
    query = select(QuestionnaireDraft).where(QuestionnaireDraft.code == code)
    return session.exec(query.with_for_update() if is_edited else query).one_or_none()


@lru_cache(_KEPT)
def _said_by(content: bytes) -> Questionnaire:
    return read_questionnaire(content)

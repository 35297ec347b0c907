"""Drafts of questionnaires: begun, saved one after the other, thrown away."""

from datetime import datetime

from sqlmodel import Session

from survey.edit_questionnaire.document import Document, read_document
from survey.edit_questionnaire.write import write_document
from survey.errors import EditRefused
from survey.rules.ways_in.link import new_code
from survey.storage.tables import QuestionnaireDraft

MOST_BYTES = 500_000


def start_draft(
    session: Session, content: bytes, *, officer: str, now: datetime
) -> QuestionnaireDraft:
    """Keep a file as a new draft, byte for byte until it is edited."""
    document = _usable(content)
    draft = QuestionnaireDraft(
        code=new_code(),
        questionnaire_id=document.tables["id"],
        content=content,
        edited_by=officer,
        edited_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def save_draft(
    session: Session,
    draft: QuestionnaireDraft,
    document: Document,
    *,
    officer: str,
    now: datetime,
) -> None:
    """Keep an edited document; one that the editor could not open again is refused."""
    content = write_document(document)
    _usable(content)
    draft.content = content
    draft.questionnaire_id = document.tables["id"]
    draft.revision += 1
    draft.edited_by = officer
    draft.edited_at = now
    session.add(draft)
    session.flush()


def delete_draft(session: Session, draft: QuestionnaireDraft) -> None:
    """Throw a draft away."""
    session.delete(draft)
    session.flush()


def _usable(content: bytes) -> Document:
    if len(content) > MOST_BYTES:
        raise EditRefused("edit_too_long", most=MOST_BYTES // 1000)
    return read_document(content)

"""QuestionnaireVersion, QuestionnaireDraft: frozen files, and files still being written."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class QuestionnaireVersion(SQLModel, table=True):
    """One published version; the same id and version with other bytes is refused."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        UniqueConstraint("questionnaire_id", "version", name="one_content_per_version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    questionnaire_id: str
    version: int
    digest: str
    content: bytes
    published_at: datetime = Field(sa_type=UtcDateTime)


class QuestionnaireDraft(SQLModel, table=True):
    """A questionnaire file as it is being edited; publishing freezes its bytes as a version."""

    __tablename__ = "questionnaire_draft"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    questionnaire_id: str
    content: bytes
    revision: int = 1  # two editors never overwrite each other unseen
    edited_by: str
    edited_at: datetime = Field(sa_type=UtcDateTime)

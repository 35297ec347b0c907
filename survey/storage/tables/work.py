"""Work in hand, and what must happen once: jobs, proposals, imports, spent challenges."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from survey.storage.columns import UtcDateTime


class Job(SQLModel, table=True):
    """Long work for an officer, with its progress; its file is kept for a day."""

    __tablename__ = "job"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    kind: str  # the name its handler is registered under
    subject: str  # code of the campaign it is about
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str  # survey.rules.job.JobState: waiting, running, done, failed
    done_count: int = 0
    total_count: int = 0
    try_count: int = 0  # a job that breaks off again and again is given up
    file_name: str | None = None
    problem: str = ""  # JSON: code and values of a sentence
    ordered_by: str
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    beat_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # last sign of life


class Proposal(SQLModel, table=True):
    """A step that needs two persons: one proposes, another approves or refuses."""

    __tablename__ = "proposal"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    kind: str  # survey.rules.proposal.ProposalKind
    subject: str  # code of the campaign it is about
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str = ""
    state: str  # survey.rules.proposal.ProposalState: open, approved, refused
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportedFile(SQLModel, table=True):
    """A file of answers that a campaign took in; the same file again changes nothing."""

    __tablename__ = "imported_file"
    __table_args__ = (UniqueConstraint("campaign_id", "digest", name="one_import_per_file"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    digest: str
    name: str
    report: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    imported_by: str
    imported_at: datetime = Field(sa_type=UtcDateTime)


class ImportedRow(SQLModel, table=True):
    """A row of a file that was imported, as a keyed hash, so that a later export brings only news.

    It leads to no sheet, and is erased when the campaign is wound up.
    """

    __tablename__ = "imported_row"
    __table_args__ = {"sqlite_with_rowid": False}  # stored by hash, not in the order of the file

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    row_hash: bytes = Field(primary_key=True)


class SpentChallenge(SQLModel, table=True):
    """What can be used once only, until it expires: a solved challenge, a page of paper entry."""

    __tablename__ = "spent_challenge"
    __table_args__ = {"sqlite_with_rowid": False}

    challenge_hash: bytes = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)

"""Every table of the database; importing this package registers them all."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from survey.storage.tables.answers import (
    AnswerCount,
    AnswerSheet,
    EvidenceFile,
    InboxSheet,
    OfficeSheet,
    OpenAnswer,
    RestoredSheet,
    SheetDraft,
)
from survey.storage.tables.campaigns import Campaign, CampaignUnit
from survey.storage.tables.evaluations import Cycle, Evaluation, EvaluationUnit, Unit
from survey.storage.tables.indicators import (
    Indicator,
    IndicatorMapping,
    IndicatorTreeVersion,
    IndicatorValue,
    ManualValue,
)
from survey.storage.tables.invitations import MailWords, OutboxMail, Reminder, RosterEntry
from survey.storage.tables.people import (
    ApiToken,
    AuditEntry,
    Officer,
    OfficerSession,
    SignInFailure,
)
from survey.storage.tables.questionnaires import QuestionnaireDraft, QuestionnaireVersion
from survey.storage.tables.scoring import ScoringPlan, ScoringRun
from survey.storage.tables.ways import CodeBatch, Link, LinkToken, Rater, RatingPair
from survey.storage.tables.work import ImportedFile, ImportedRow, Job, Proposal, SpentChallenge

__all__ = [
    "AnswerCount",
    "AnswerSheet",
    "ApiToken",
    "AuditEntry",
    "Campaign",
    "CampaignUnit",
    "CodeBatch",
    "Cycle",
    "Evaluation",
    "EvaluationUnit",
    "EvidenceFile",
    "ImportedFile",
    "ImportedRow",
    "InboxSheet",
    "Indicator",
    "IndicatorMapping",
    "IndicatorTreeVersion",
    "IndicatorValue",
    "Job",
    "Link",
    "LinkToken",
    "MailWords",
    "ManualValue",
    "OfficeSheet",
    "Officer",
    "OfficerSession",
    "OpenAnswer",
    "OutboxMail",
    "Proposal",
    "QuestionnaireDraft",
    "QuestionnaireVersion",
    "Rater",
    "RatingPair",
    "Reminder",
    "RestoredSheet",
    "RosterEntry",
    "ScoringPlan",
    "ScoringRun",
    "SheetDraft",
    "SignInFailure",
    "SpentChallenge",
    "Unit",
    "table_of",
]


def table_of(model: type[SQLModel]) -> Table:
    """Return the table behind a model, for statements that carry many rows."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table

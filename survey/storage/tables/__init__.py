"""Every table of the database; importing this package registers them all."""

from survey.storage.tables.answers import (
    AnswerSheet,
    InboxSheet,
    OfficeSheet,
    OpenAnswer,
    RestoredSheet,
)
from survey.storage.tables.campaigns import Campaign, CampaignUnit, Link, RatingPair
from survey.storage.tables.evaluations import Cycle, Evaluation, EvaluationUnit, Unit
from survey.storage.tables.indicators import (
    Indicator,
    IndicatorMapping,
    IndicatorTreeVersion,
    IndicatorValue,
    ManualValue,
)
from survey.storage.tables.people import (
    ApiToken,
    AuditEntry,
    Officer,
    OfficerSession,
    SignInFailure,
)
from survey.storage.tables.questionnaires import QuestionnaireVersion
from survey.storage.tables.scoring import ScoringPlan, ScoringRun

__all__ = [
    "AnswerSheet",
    "ApiToken",
    "AuditEntry",
    "Campaign",
    "CampaignUnit",
    "Cycle",
    "Evaluation",
    "EvaluationUnit",
    "InboxSheet",
    "Indicator",
    "IndicatorMapping",
    "IndicatorTreeVersion",
    "IndicatorValue",
    "Link",
    "ManualValue",
    "OfficeSheet",
    "Officer",
    "OfficerSession",
    "OpenAnswer",
    "QuestionnaireVersion",
    "RatingPair",
    "RestoredSheet",
    "ScoringPlan",
    "ScoringRun",
    "SignInFailure",
    "Unit",
]

"""Which rules of quality cannot look at the sheets of a questionnaire, and why."""

from dataclasses import dataclass

from sqlmodel import Session

from scales import QualityLimits, Questionnaire, rules_not_checked
from survey.results.figures import Title
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Evaluation

_WITHOUT_ARRIVALS = {"burst": "no_arrivals"}


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that does not look at a questionnaire; `reason` is a key of [score.not_checked]."""

    rule: str
    title: Title
    reason: str


def not_checked_of(
    questionnaire: Questionnaire, limits: QualityLimits, *, has_arrivals: bool
) -> dict[str, str]:
    """Return the rules that cannot flag a collected sheet of a questionnaire, with the reasons."""
    found = rules_not_checked(questionnaire, limits)
    return found if has_arrivals else found | _WITHOUT_ARRIVALS


def rules_without_reach(
    session: Session, evaluation: Evaluation, limits: QualityLimits
) -> tuple[NotChecked, ...]:
    """Return, for every questionnaire asked in an evaluation, the rules that do not look at it."""
    asked = {
        campaign.questionnaire_version_id: questionnaire_of(
            session, campaign.questionnaire_version_id
        )
        for campaign in campaigns_of(session, key_of(evaluation))
    }
    return tuple(
        NotChecked(rule, questionnaire.title, reason)
        for questionnaire in asked.values()
        for rule, reason in rules_not_checked(questionnaire, limits).items()
    )

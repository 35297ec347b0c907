"""The newest run with its plan, and what surrounds it: campaigns, questionnaires, units."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from scales import Questionnaire
from survey.results.figures import EvaluationInfo, RunInfo, Title, WithdrawnRatings
from survey.rules.audience import Audience
from survey.rules.scoring.run import RunContent
from survey.rules.scoring.scoring_plan import PlanContent, read_plan
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of, units_of_campaign
from survey.storage.queries.evaluations import units_of
from survey.storage.queries.figures import newest_run, plan_of_run, read_run
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, Evaluation


@dataclass(frozen=True, slots=True)
class AskedCampaign:
    """A campaign with its questionnaire and the codes of the units it asks about."""

    campaign: Campaign
    questionnaire: Questionnaire
    unit_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewestRun:
    """A run as it is read: its content, its plan, and the campaigns it counted."""

    info: RunInfo
    content: RunContent
    plan: PlanContent
    campaigns: Mapping[str, AskedCampaign]

    def scale_title(self, audience: Audience, questionnaire: str, scale: str) -> Title:
        """Return what a scale is called, its id where no campaign asks it."""
        for asked in self.campaigns.values():
            if (asked.campaign.audience, asked.questionnaire.id) == (audience, questionnaire):
                for each in asked.questionnaire.scales:
                    if each.id == scale:
                        return each.title
        return {}

    def has_asked(self, audience: Audience, questionnaire: str, unit_code: str) -> bool:
        """Whether a campaign asked this audience about the unit."""
        return any(
            (asked.campaign.audience, asked.questionnaire.id) == (audience, questionnaire)
            and unit_code in asked.unit_codes
            for asked in self.campaigns.values()
        )


def newest(session: Session, evaluation: Evaluation) -> NewestRun | None:
    """Return the newest run of an evaluation, or None as long as nothing was scored."""
    run = newest_run(session, key_of(evaluation))
    if run is None:
        return None
    plan = plan_of_run(session, run)
    content = read_run(run)
    info = RunInfo(
        code=run.code,
        number=run.number,
        made_at=run.made_at,
        plan_version=plan.version,
        plan_digest=plan.digest,
        inputs_digest=run.inputs_digest,
        digest=run.digest,
        withdrawn=_withdrawn(content),
    )
    campaigns = {
        campaign.code: AskedCampaign(
            campaign,
            questionnaire_of(session, campaign.questionnaire_version_id),
            tuple(unit.code for _, unit in units_of_campaign(session, key_of(campaign))),
        )
        for campaign in campaigns_of(session, key_of(evaluation))
        if campaign.code in content.inputs.campaigns
    }
    return NewestRun(info, content, read_plan(plan.content), campaigns)


def _withdrawn(content: RunContent) -> tuple[WithdrawnRatings, ...]:
    """Return how many offices withdrew after the close from each unit, over all campaigns."""
    counts: Counter[str] = Counter()
    for campaign in content.inputs.campaigns.values():
        counts.update(campaign.withdrawn)
    units = content.inputs.units
    return tuple(
        WithdrawnRatings(units[code].name if code in units else code, count)
        for code, count in counts.items()
    )


def evaluation_info(session: Session, evaluation: Evaluation) -> EvaluationInfo:
    """Return an evaluation as it is listed."""
    return EvaluationInfo(
        code=evaluation.code,
        name=evaluation.name,
        year=evaluation.year,
        is_demo=evaluation.is_demo,
        unit_count=len(units_of(session, key_of(evaluation))),
        campaign_count=len(campaigns_of(session, key_of(evaluation))),
    )

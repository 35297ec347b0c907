"""One campaign: what each of its scales is worth, over the cells that are shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from survey.results.campaigns.campaign_phase import phase_of
from survey.results.figures import CampaignReliability, EvaluationInfo, NotShown, RunInfo, Title
from survey.results.newest import evaluation_info, newest
from survey.results.reliability import campaign_reliability
from survey.rules.audience import Audience
from survey.rules.campaign import Phase
from survey.rules.scoring.judgement import DEFAULT_LIMITS, JudgementLimits
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """A campaign with its scales, and where bands begin.

    `figures` is None as long as no run counted the campaign; `not_shown` says so.
    """

    evaluation: EvaluationInfo
    code: str
    name: str
    audience: Audience
    title: Title
    questionnaire_version: int
    phase: Phase
    run: RunInfo | None
    figures: CampaignReliability | None
    limits: JudgementLimits
    not_shown: NotShown | None


def campaign_report(session: Session, campaign: Campaign, now: datetime) -> CampaignReport:
    """Return what the newest run found for a campaign."""
    evaluation = evaluation_of_campaign(session, campaign)
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    run = newest(session, evaluation)
    asked = run.campaigns.get(campaign.code) if run is not None else None
    figures = campaign_reliability(run, asked) if run is not None and asked is not None else None
    return CampaignReport(
        evaluation=evaluation_info(session, evaluation),
        code=campaign.code,
        name=campaign.name,
        audience=Audience(campaign.audience),
        title=questionnaire.title,
        questionnaire_version=questionnaire.version,
        phase=phase_of(session, campaign, now),
        run=run.info if run is not None else None,
        figures=figures,
        limits=run.plan.judgement if run is not None else DEFAULT_LIMITS,
        not_shown=None if figures is not None else NotShown("no_run"),
    )

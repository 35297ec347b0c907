"""What arrived so far, and whether a run would find more."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from scales import Questionnaire
from survey.results.figures import EvaluationInfo, NotShown, RunInfo
from survey.results.newest import evaluation_info, newest
from survey.results.progress_figures import (
    CampaignProgress,
    EvaluationOverview,
    OpenCode,
    UnitProgress,
)
from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.batch import missing_count, most_valid
from survey.rules.campaign import phase_at
from survey.rules.link import ADMITTED_BY, LinkKind, LinkState
from survey.rules.scoring_plan import SMALLEST_BATCH, read_plan
from survey.rules.suppression import PROGRESS_STEP, progress_shown
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of, received_counts, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign, evaluations
from survey.storage.queries.figures import newest_plan, newest_run, read_run
from survey.storage.queries.indicators import tree_version
from survey.storage.queries.links import link_counts, open_links_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, CampaignUnit, Evaluation


def evaluation_list(session: Session) -> tuple[EvaluationInfo, ...]:
    """Return every evaluation, newest year first."""
    return tuple(evaluation_info(session, evaluation) for evaluation in evaluations(session))


def evaluation_overview(
    session: Session, evaluation: Evaluation, now: datetime
) -> EvaluationOverview:
    """Return an evaluation's campaigns, its newest run, and what waits to be scored."""
    run = newest(session, evaluation)
    info: RunInfo | None = run.info if run is not None else None
    tree = (
        tree_version(session, evaluation.tree_version_id)
        if evaluation.tree_version_id is not None
        else None
    )
    campaigns = tuple(
        campaign_progress(session, campaign, now)
        for campaign in campaigns_of(session, key_of(evaluation))
    )
    return EvaluationOverview(
        evaluation=evaluation_info(session, evaluation),
        run=info,
        tree=tree.tree_id if tree is not None else None,
        tree_version=tree.version if tree is not None else None,
        campaigns=campaigns,
        ready_unit_count=sum(u.missing_count == 0 for c in campaigns for u in c.units),
    )


def campaign_progress(session: Session, campaign: Campaign, now: datetime) -> CampaignProgress:
    """Return what a campaign received, unit by unit."""
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    evaluation = evaluation_of_campaign(session, campaign)
    units = _unit_progress(session, campaign, questionnaire)
    return CampaignProgress(
        code=campaign.code,
        name=campaign.name,
        evaluation=evaluation.code,
        audience=Audience(campaign.audience),
        questionnaire=questionnaire.id,
        questionnaire_version=questionnaire.version,
        questionnaire_digest=questionnaire.digest,
        title=questionnaire.title,
        phase=phase_at(campaign.opens_at, campaign.closes_at, now, is_paused=campaign.is_paused),
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        is_exact=_is_open_to_all(campaign),
        is_winding_up=campaign.closes_at <= now and campaign.wound_up_at is None,
        received_count=sum(unit.received_count or 0 for unit in units),
        units=units,
    )


def _unit_progress(
    session: Session, campaign: Campaign, questionnaire: Questionnaire
) -> tuple[UnitProgress, ...]:
    received = received_counts(session, key_of(campaign))
    links = link_counts(session, key_of(campaign))
    codes: dict[int, list[OpenCode]] = {}
    for link in open_links_of(session, key_of(campaign)):
        codes.setdefault(link.unit_id, []).append(OpenCode(link.code or "", link.place))
    missing = _missing_counts(session, campaign, questionnaire, received)
    progress = []
    for row, unit in units_of_campaign(session, key_of(campaign)):
        count = received.get(row.unit_id, 0)
        shown = count if _is_open_to_all(campaign) else progress_shown(count)
        progress.append(
            UnitProgress(
                code=unit.code,
                name=unit.name,
                category=unit.category,
                received_count=shown,
                issued_count=_issued(row, links.get(row.unit_id)),
                missing_count=missing.get(row.unit_id),
                open_codes=tuple(codes.get(row.unit_id, ())),
                not_shown=None if shown is not None else NotShown("too_few", PROGRESS_STEP),
            )
        )
    return tuple(progress)


def _missing_counts(
    session: Session,
    campaign: Campaign,
    questionnaire: Questionnaire,
    received: Mapping[int, int],
) -> dict[int, int]:
    """Return how many more sheets each open-code cell needs to move, by unit.

    Not for questionnaires that an option may end: not every sheet received counts there.
    """
    may_end = any(item.ends for item in questionnaire.items)
    if not _is_open_to_all(campaign) or campaign.wound_up_at is not None or may_end:
        return {}
    minima, batch = _rules(session, campaign)
    run = newest_run(session, campaign.evaluation_id)
    counted = read_run(run).inputs.campaigns.get(campaign.code) if run is not None else None
    missing = {}
    for row, unit in units_of_campaign(session, key_of(campaign)):
        cell = counted.cells.get(unit.code) if counted is not None else None
        lacking = missing_count(
            most_valid(received.get(row.unit_id, 0), cell),
            cell.sheet_count if cell is not None else None,
            minimum=minima.shown,
            batch=batch,
        )
        missing[row.unit_id] = max(0, lacking)
    return missing


def _rules(session: Session, campaign: Campaign) -> tuple[Minima, int]:
    audience = Audience(campaign.audience)
    plan = newest_plan(session, campaign.evaluation_id)
    if plan is None:
        return DEFAULT_MINIMA[audience], SMALLEST_BATCH
    rules = read_plan(plan.content)
    return rules.minima[audience], rules.batch


def _issued(row: CampaignUnit, links: Mapping[LinkState, int] | None) -> int | None:
    if row.issued_count is not None:
        return row.issued_count
    return sum(links.values()) if links is not None else None


def _is_open_to_all(campaign: Campaign) -> bool:
    return ADMITTED_BY[Audience(campaign.audience)] is LinkKind.OPEN

"""What arrived so far, and whether a run would find more."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from scales import Questionnaire
from survey.results.campaigns.campaign_phase import phase_of
from survey.results.campaigns.missing import missing_counts
from survey.results.campaigns.progress_channels import channels_by_unit, channels_of_campaign
from survey.results.campaigns.progress_figures import (
    CampaignProgress,
    EvaluationOverview,
    OpenCode,
    UnitProgress,
)
from survey.results.figures import EvaluationInfo, NotShown, RunInfo
from survey.results.newest import evaluation_info, newest
from survey.rules.audience import Audience
from survey.rules.scoring.suppression import (
    PROGRESS_STEP,
    is_too_small_for_progress,
    progress_shown,
)
from survey.rules.ways_in.link import LinkState, is_open_to_all, is_signed
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaigns_of, received_counts, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign, evaluations
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
    units = _unit_progress(session, campaign, questionnaire, now)
    return CampaignProgress(
        code=campaign.code,
        name=campaign.name,
        evaluation=evaluation.code,
        audience=Audience(campaign.audience),
        questionnaire=questionnaire.id,
        questionnaire_version=questionnaire.version,
        questionnaire_digest=questionnaire.digest,
        title=questionnaire.title,
        phase=phase_of(session, campaign, now),
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        is_exact=_is_exact(campaign),
        is_settled=campaign.wound_up_at is not None,
        is_winding_up=campaign.closes_at <= now and campaign.wound_up_at is None,
        received_count=sum(unit.received_count or 0 for unit in units),
        head_count=_sum(unit.head_count for unit in units),
        rate_percent=_rate(
            campaign,
            sum(unit.received_count or 0 for unit in units),
            _sum(u.head_count for u in units),
        ),
        channels=channels_of_campaign(session, campaign, units),
        asked_by=campaign.asked_by,
        legal_basis=campaign.legal_basis,
        contact=campaign.contact,
        kept_until=campaign.kept_until,
        counts_only=campaign.counts_only,
        units=units,
    )


def _unit_progress(
    session: Session, campaign: Campaign, questionnaire: Questionnaire, now: datetime
) -> tuple[UnitProgress, ...]:
    received = received_counts(session, key_of(campaign))
    links = link_counts(session, key_of(campaign))
    codes: dict[int, list[OpenCode]] = {}
    for link in open_links_of(session, key_of(campaign)):
        codes.setdefault(link.unit_id or 0, []).append(OpenCode(link.code or "", link.place))
    missing: dict[int, int] = {}
    if now < campaign.closes_at:
        missing = missing_counts(session, campaign, questionnaire, received)
    channels = channels_by_unit(session, campaign)
    progress = []
    for row, unit in units_of_campaign(session, key_of(campaign)):
        count = received.get(row.unit_id, 0)
        issued = _issued(row, links.get(row.unit_id))
        shown, reason = _shown(campaign, count, row.head_count, issued)
        progress.append(
            UnitProgress(
                code=unit.code,
                name=unit.name,
                category=unit.category,
                received_count=shown,
                issued_count=issued,
                head_count=row.head_count,
                rate_percent=_rate(campaign, shown, row.head_count),
                missing_count=missing.get(row.unit_id),
                open_codes=tuple(codes.get(row.unit_id, ())),
                channels=channels.get(row.unit_id, ()),
                not_shown=reason,
            )
        )
    return tuple(progress)


def _shown(
    campaign: Campaign, count: int, head_count: int | None, issued: int | None
) -> tuple[int | None, NotShown | None]:
    """Return what may be said of a unit's count, or why nothing."""
    if _is_exact(campaign):
        return count, None
    people = None
    if campaign.audience == Audience.STAFF:
        people = min((known for known in (head_count, issued) if known), default=None)
    if is_too_small_for_progress(people):
        return None, NotShown("few_people", PROGRESS_STEP)
    shown = progress_shown(count, people)
    return shown, None if shown is not None else NotShown("too_few", PROGRESS_STEP)


def _rate(campaign: Campaign, received: int | None, people: int | None) -> float | None:
    """Return the share of a unit's people who answered: only staff are its people."""
    if campaign.audience != Audience.STAFF:
        return None
    return min(received / people, 1.0) * 100 if received and people else None


def _sum(counts: Iterable[int | None]) -> int | None:
    known = list(counts)
    return sum(count or 0 for count in known) if known and None not in known else None


def _issued(row: CampaignUnit, links: Mapping[LinkState, int] | None) -> int | None:
    if row.issued_count is not None:
        return row.issued_count
    return sum(links.values()) if links is not None else None


def _is_exact(campaign: Campaign) -> bool:
    """Whether counts are told one by one: of citizens always, of those who sign after the close."""
    audience = Audience(campaign.audience)
    return is_open_to_all(audience) or (is_signed(audience) and campaign.wound_up_at is not None)

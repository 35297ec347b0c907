"""The quality of a campaign's sheets: valid and rejected, flags, seconds, scores without flags.

Counts come from the newest run, so that they move with the figures, in whole batches; only when
open codes' sheets came is told as it happens, as their number is.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from survey.results.campaigns.arrivals import arrivals_of
from survey.results.campaigns.campaign_phase import phase_of
from survey.results.figures import NotShown
from survey.results.flagged_scores import flagged_scores
from survey.results.newest import newest
from survey.results.quality_figures import CampaignQuality, FlagCount, UnitQuality
from survey.results.quality_seconds import seconds_bars
from survey.results.rejected import is_open_code
from survey.results.rule_reach import not_checked_of
from survey.results.trust import trust_counts
from survey.rules.audience import Audience, Minima
from survey.rules.scoring.batch import most_valid, rules_of_cell
from survey.rules.scoring.flags import SAMPLE_RULES
from survey.rules.scoring.run import CountedCampaign, CountedCell, SheetCounts
from survey.rules.scoring.scoring_plan import PlanContent
from survey.rules.scoring.suppression import is_shown
from survey.rules.scoring.validity import RULES
from survey.rules.ways_in.arrival import ARRIVAL_RULES
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import received_counts, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.figures import newest_sheet_rules
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign


def campaign_quality(
    session: Session, campaign: Campaign, plan: PlanContent, now: datetime
) -> CampaignQuality:
    """Return what there is to say about the sheets of a campaign."""
    evaluation = evaluation_of_campaign(session, campaign)
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    run = newest(session, evaluation)
    counted = run.content.inputs.campaigns.get(campaign.code) if run is not None else None
    minima = (run.plan if run is not None else plan).minima[Audience(campaign.audience)]
    shown = [
        cell
        for cell in (counted.cells.values() if counted is not None else ())
        if is_shown(cell.sheet_count, minima.shown)
    ]
    counts = [cell.sheets for cell in shown if cell.sheets is not None]
    newest_rules = newest_sheet_rules(session, campaign, plan)
    units = _units(session, campaign, counted, plan, minima.shown)
    waiting = [unit.waiting_count for unit in units if unit.waiting_count is not None]
    judged = sum(sum(c.seconds.values()) for c in counts)
    may_tell = is_shown(judged, minima.subgroup or minima.shown) and not campaign.counts_only
    not_checked = not_checked_of(questionnaire, plan.quality, has_arrivals=is_open_code(campaign))
    of_phones = () if is_open_code(campaign) else ARRIVAL_RULES
    seconds = _added([c.seconds for c in counts]) if may_tell else {}
    return CampaignQuality(
        code=campaign.code,
        name=campaign.name,
        evaluation=evaluation.code,
        audience=Audience(campaign.audience),
        title=questionnaire.title,
        phase=phase_of(session, campaign, now),
        is_open_code=is_open_code(campaign),
        is_wound_up=campaign.wound_up_at is not None,
        run=run.info if run is not None else None,
        rules=()
        if campaign.counts_only
        else tuple(r for r in RULES if r in newest_rules.rules and r not in of_phones),
        limits=plan.quality.as_dict(),
        units=units,
        valid_count=sum(cell.sheet_count for cell in shown),
        by_rule=_by_rule(counts),
        ended_count=sum(c.ended for c in counts),
        waiting_count=sum(waiting) if waiting else None,
        flags=_flags(counts, judged, plan, {*not_checked, *of_phones}) if may_tell else (),
        flagged_share=sum(c.flagged for c in counts) / judged if may_tell else None,
        flags_not_shown=None if may_tell else _why_no_flags(campaign, minima),
        seconds=seconds_bars(seconds, plan, questionnaire),
        unknown_seconds_count=seconds.get("", 0),
        arrivals=arrivals_of(session, campaign, plan.quality) if is_open_code(campaign) else None,
        scores=flagged_scores(run, counted, questionnaire, minima)
        if run and counted and not campaign.counts_only
        else (),
        not_checked=not_checked,
        trust=trust_counts(counts) if is_open_code(campaign) else {},
        grades_open_alone=plan.grades_open_alone,
    )


def _why_no_flags(campaign: Campaign, minima: Minima) -> NotShown:
    if campaign.counts_only:
        return NotShown("counts_only")
    return NotShown("too_few", minima.subgroup or minima.shown)


def _units(
    session: Session,
    campaign: Campaign,
    counted: CountedCampaign | None,
    plan: PlanContent,
    minimum: int,
) -> tuple[UnitQuality, ...]:
    is_open = is_open_code(campaign)
    received = received_counts(session, key_of(campaign)) if is_open else {}
    units = []
    for row, unit in units_of_campaign(session, key_of(campaign)):
        cell = counted.cells.get(unit.code) if counted is not None else None
        is_told = cell is not None and is_shown(cell.sheet_count, minimum)
        sheets = cell.sheets if cell is not None and is_told else None
        arrived = received.get(row.unit_id, 0)
        units.append(
            UnitQuality(
                code=unit.code,
                name=unit.name,
                valid_count=cell.sheet_count if cell is not None and is_told else None,
                rejected_count=sum(sheets.rejected.values()) if sheets is not None else None,
                ended_count=sheets.ended if sheets is not None else None,
                by_rule=dict(sheets.rejected) if sheets is not None and is_open else None,
                waiting_count=_waiting(arrived, cell if is_told else None) if is_open else None,
                kept_by=_kept_by(campaign, counted, unit.code, plan)
                if is_told and not campaign.counts_only
                else None,
                not_shown=None if is_told else _why_hidden(counted, unit.code, minimum),
            )
        )
    return tuple(units)


def _why_hidden(counted: CountedCampaign | None, unit_code: str, minimum: int) -> NotShown:
    if counted is not None and unit_code in counted.merged:
        return NotShown("merged")
    return NotShown("too_few", minimum)


def _waiting(arrived: int, cell: CountedCell | None) -> int:
    """Return how many sheets came that no run has counted."""
    counted = cell.sheet_count if cell is not None else 0
    return max(0, most_valid(arrived, cell) - counted)


def _kept_by(
    campaign: Campaign, counted: CountedCampaign | None, unit_code: str, plan: PlanContent
) -> str | None:
    """Return why the newest rules do not hold for a unit, or None where they do."""
    is_open, is_wound_up = is_open_code(campaign), campaign.wound_up_at is not None
    newest_rules = plan.sheet_rules().as_dict()
    own = rules_of_cell(counted, unit_code, plan.sheet_rules(), may_change=is_open and is_wound_up)
    if own.as_dict() == newest_rules:
        return None
    return "until_close" if is_open else "for_good"


def _added(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _by_rule(counts: Sequence[SheetCounts]) -> dict[str, int]:
    rejected = _added([each.rejected for each in counts])
    return {rule: rejected[rule] for rule in RULES if rejected.get(rule)}


def _flags(
    counts: Sequence[SheetCounts], judged: int, plan: PlanContent, not_checked: Collection[str]
) -> tuple[FlagCount, ...]:
    """Count by rule; one that does not look is there only where earlier limits let it flag."""
    flagged = _added([each.flags for each in counts])
    return tuple(
        FlagCount(
            rule=rule,
            count=flagged.get(rule, 0),
            share=flagged.get(rule, 0) / judged,
            rejects=rule in plan.validity,
            compares=rule in SAMPLE_RULES,
        )
        for rule in (*RULES, *SAMPLE_RULES)
        if flagged.get(rule) or (rule in flagged and rule not in not_checked)
    )

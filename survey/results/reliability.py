"""How dependable a campaign's scales are, over the cells that are shown."""

from dataclasses import replace

from pydantic import TypeAdapter

from scales import ItemAnalysis, Scale, ScaleAnalysis
from survey.results.dependability import shown_agreement, shown_share
from survey.results.figures import CampaignReliability, NotShown, ScaleReliability
from survey.results.newest import AskedCampaign, NewestRun
from survey.rules.scoring.suppression import is_shown

_ANALYSIS = TypeAdapter(ScaleAnalysis)
_FEWEST_UNITS = 2  # of one unit alone, counts by answer would be a group nobody decided to show


def campaign_reliabilities(run: NewestRun) -> tuple[CampaignReliability, ...]:
    """Return the campaigns a run counted, each with its scales."""
    return tuple(campaign_reliability(run, asked) for asked in run.campaigns.values())


def campaign_reliability(run: NewestRun, asked: AskedCampaign) -> CampaignReliability:
    """Return a campaign's scales and the sheets of its shown cells."""
    campaign = run.content.inputs.campaigns[asked.campaign.code]
    minimum = run.plan.minima[campaign.audience].shown
    shown = [c.sheet_count for c in campaign.cells.values() if is_shown(c.sheet_count, minimum)]
    return CampaignReliability(
        campaign=asked.campaign.code,
        name=asked.campaign.name,
        audience=campaign.audience,
        questionnaire=campaign.questionnaire,
        questionnaire_version=campaign.version,
        questionnaire_digest=campaign.digest,
        is_closed=campaign.is_closed,
        sheet_count=sum(shown) if shown else None,
        unit_count=len(shown),
        scales=tuple(_scale_reliability(run, asked, s) for s in asked.questionnaire.scales),
    )


def _scale_reliability(run: NewestRun, asked: AskedCampaign, scale: Scale) -> ScaleReliability:
    audience = run.content.inputs.campaigns[asked.campaign.code].audience
    pooled = run.content.outputs.pooled[asked.campaign.code].get(scale.id)
    minima = run.plan.minima[audience]
    minimum = minima.subgroup or minima.shown
    agreement = shown_agreement(run, asked.campaign.code, scale.id)
    if pooled is None:
        too_few = NotShown("too_few", minimum)
        return ScaleReliability(
            scale.id, scale.title, None, 0, too_few, too_few, agreement=agreement
        )
    analysis = _ANALYSIS.validate_python(pooled.analysis)
    units = pooled.unit_count if pooled.item_unit_count is None else pooled.item_unit_count
    reason = _items_not_shown(analysis, units, minimum)
    if reason is not None:
        hidden = {name: _without_answers(item) for name, item in analysis.by_item.items()}
        analysis = replace(analysis, by_item=hidden)
    top = None
    if reason is None and pooled.top is not None:
        people = min(item.n for item in analysis.by_item.values())
        top = shown_share(pooled.top, people, scale.format, minima)
    return ScaleReliability(
        scale=scale.id,
        title=scale.title,
        analysis=analysis,
        unit_count=pooled.unit_count,
        not_shown=None,
        items_not_shown=reason,
        item_unit_count=units,
        top=top,
        agreement=agreement,
    )


def _items_not_shown(analysis: ScaleAnalysis, unit_count: int, minimum: int) -> NotShown | None:
    """Return why the answers to the items may not be shown, or None where they may.

    All items or none: with the scale's mean, the others would give the hidden one away.
    """
    items = analysis.by_item.values()
    if unit_count < _FEWEST_UNITS:
        return NotShown("one_unit")
    if any(not is_shown(item.n, minimum) for item in items):
        return NotShown("too_few", minimum)
    if any(not item.sd for item in items):
        return NotShown("all_alike")
    return None


def _without_answers(item: ItemAnalysis) -> ItemAnalysis:
    return replace(
        item,
        mean=None,
        sd=None,
        skew=None,
        kurtosis=None,
        counts=None,
        floor_share=None,
        ceiling_share=None,
    )

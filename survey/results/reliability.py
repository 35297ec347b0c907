"""How dependable a campaign's scales are, over the cells that are shown."""

from pydantic import TypeAdapter

from scales import Scale, ScaleAnalysis
from survey.results.figures import CampaignReliability, NotShown, ScaleReliability
from survey.results.newest import AskedCampaign, NewestRun
from survey.rules.suppression import is_shown

_ANALYSIS = TypeAdapter(ScaleAnalysis)


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
    if pooled is None:
        minima = run.plan.minima[audience]
        minimum = minima.subgroup or minima.shown
        return ScaleReliability(scale.id, scale.title, None, 0, NotShown("too_few", minimum))
    analysis = _ANALYSIS.validate_python(pooled.analysis)
    return ScaleReliability(scale.id, scale.title, analysis, pooled.unit_count, None)

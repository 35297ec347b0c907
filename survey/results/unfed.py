"""Scores that nothing counts: of a questionnaire no indicator and no unit score names."""

from collections.abc import Iterator

from survey.results.newest import NewestRun
from survey.rules.audience import Audience
from survey.rules.scoring.reach import is_fed
from survey.rules.scoring.scoring_plan import Source
from survey.rules.scoring.suppression import is_shown


def has_unfed_answers(run: NewestRun, audience: Audience, unit_code: str) -> bool:
    """Whether enough sheets of this audience came in a questionnaire that nothing counts."""
    sources = list(_sources(run))
    minimum = run.plan.minima[audience].shown
    for code, campaign in run.content.inputs.campaigns.items():
        cell = campaign.cells.get(unit_code)
        if campaign.audience != audience or cell is None or code not in run.campaigns:
            continue
        scales = [scale.id for scale in run.campaigns[code].questionnaire.scales]
        is_counted = is_fed(sources, audience, campaign.questionnaire, scales)
        if not is_counted and is_shown(cell.sheet_count, minimum):
            return True
    return False


def _sources(run: NewestRun) -> Iterator[Source]:
    yield from run.plan.unit_score
    for leaf in run.content.inputs.leaves.values():
        yield from leaf.sources

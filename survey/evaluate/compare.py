"""Compare audiences that answered the same scale, from what is shown of each campaign."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, sqrt

import numpy as np

from scales import (
    GroupSummary,
    Questionnaire,
    Scale,
    Undefined,
    congruence,
    games_howell,
    welch_anova,
)
from survey.evaluate.invariance import Pooled, with_items
from survey.evaluate.measure import CellFigures
from survey.evaluate.pool import exact_units
from survey.rules.audience import Minima
from survey.rules.scoring.run import PooledScale, RunInputs, ScaleFigure
from survey.rules.scoring.same_scale import ScaleAsked, scale_asked
from survey.rules.scoring.standing import AudienceComparison, AudienceDifference, AudienceScore


def compare_audiences(
    inputs: RunInputs,
    cells: Mapping[str, CellFigures],
    pooled: Pooled,
    questionnaires: Mapping[str, Questionnaire],
    minima: Mapping[str, Minima],
) -> tuple[AudienceComparison, ...]:
    """Compare the campaigns that asked the very same scale, over the units shown exactly.

    People of one unit are taken for independent of each other; where units differ much, the
    intervals are too narrow, and the agreement of each campaign says so. Campaigns of which only
    counts are kept have no deviation to compare by, and are left out.
    """
    asked: dict[ScaleAsked, list[AudienceScore]] = {}
    scales: dict[ScaleAsked, Scale] = {}
    for code, questionnaire in sorted(questionnaires.items()):
        for scale in questionnaire.scales:
            if scale.id in pooled[code] and not inputs.campaigns[code].counts_only:
                score = _score(code, scale.id, inputs, cells, minima[code])
                name = scale_asked(questionnaire, scale)
                asked.setdefault(name, []).append(score)
                scales[name] = scale
    return tuple(
        with_items(
            _comparison(name[0], name[1], scores, pooled),
            scales[name],
            inputs.campaigns,
            pooled,
            minima,
        )
        for name, scores in asked.items()
        if len({score.audience for score in scores}) > 1
    )


def _score(
    code: str, scale: str, inputs: RunInputs, cells: Mapping[str, CellFigures], minima: Minima
) -> AudienceScore:
    units = exact_units(cells[code], scale, minima)
    group = _together([cells[code][unit][scale] for unit in units])
    audience = inputs.campaigns[code].audience
    return AudienceScore(code, audience, group.n, len(units), group.mean, group.sd)


def _together(figures: Sequence[ScaleFigure]) -> GroupSummary:
    """Return the people of several units as one group."""
    n = sum(figure.n for figure in figures)
    mean = fsum(figure.n * (figure.mean_percent or 0.0) for figure in figures) / n
    squares = fsum(
        (f.n - 1) * (f.sd_percent or 0.0) ** 2 + f.n * ((f.mean_percent or 0.0) - mean) ** 2
        for f in figures
    )
    return GroupSummary(n, mean, sqrt(squares / (n - 1)) if n > 1 else 0.0)


def _comparison(
    questionnaire: str, scale: str, scores: Sequence[AudienceScore], pooled: Pooled
) -> AudienceComparison:
    groups = {s.campaign: GroupSummary(s.n, s.mean_percent, s.sd_percent) for s in scores}
    try:
        welch = welch_anova(list(groups.values()))
        pairs = games_howell(groups)
    except Undefined as reason:
        differences = tuple(
            AudienceDifference((one, two), groups[two].mean - groups[one].mean)
            for one, two in combinations(groups, 2)
        )
        return AudienceComparison(
            questionnaire, scale, tuple(scores), None, None, None, differences, (reason.code,)
        )
    differences = tuple(
        AudienceDifference(
            campaigns=(pair.first, pair.second),
            difference_percent=pair.difference,
            ci95_percent=pair.ci95,
            p=pair.p,
            hedges_g=pair.hedges_g.value,
            congruence=_congruence(pooled[pair.first][scale], pooled[pair.second][scale]),
        )
        for pair in pairs
    )
    return AudienceComparison(
        questionnaire=questionnaire,
        scale=scale,
        scores=tuple(scores),
        f=welch.f,
        degrees=(welch.df1, welch.df2),
        p=welch.p,
        differences=differences,
        warnings=(),
    )


def _congruence(one: PooledScale, other: PooledScale) -> float | None:
    """Return how alike the loadings of two audiences are, where both have them all."""
    loadings = [
        np.array([item["loading"] for item in pooled.analysis["by_item"].values()], dtype=float)
        for pooled in (one, other)
    ]
    try:
        return congruence(*loadings)  # a loading that is None is NaN here
    except Undefined:
        return None

"""weighted_analysis: means and the interval of percent with weights."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.errors import InvalidAnswer
from scales.figures.reasons import if_defined
from scales.figures.result import ScaleAnalysis, WeightedCounts
from scales.scoring import respondent_percent, respondent_points
from scales.weighting.means import design_effect, effective_n, weighted_interval, weighted_mean

Points = NDArray[np.float64]


def weighted_analysis(
    analysis: ScaleAnalysis, aligned: Points, scale: Scale, weights: Points, total_rows: int | None
) -> ScaleAnalysis:
    """Replace the means and the interval of percent by weighted ones."""
    rows = len(aligned) if total_rows is None else total_rows
    if weights.shape != (len(aligned),) or rows < len(aligned):
        raise InvalidAnswer(f"{len(weights)} weights for {len(aligned)} of {rows} sheets")
    points, percent = respondent_points(aligned, scale), respondent_percent(aligned, scale)
    scored = weights[~np.isnan(percent)]
    return replace(
        analysis,
        mean_points=if_defined(lambda: weighted_mean(points, weights)),
        mean_percent=if_defined(lambda: weighted_mean(percent, weights)),
        ci95_percent=if_defined(lambda: weighted_interval(percent, weights, rows)),
        weighted=WeightedCounts(
            len(scored),
            if_defined(lambda: effective_n(scored)),
            if_defined(lambda: design_effect(scored)),
        ),
    )

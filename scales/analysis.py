"""analyse_moments, analyse_scale, analyse_points: all figures of one scale as one frozen result."""

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scales.counting import is_complete, scale_moments
from scales.definition import Scale
from scales.errors import InvalidAnswer
from scales.figures.counted import Counted
from scales.figures.item_answers import answers_in_counts, answers_in_points
from scales.figures.of_scale import figures_of
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ScaleAnalysis, WeightedCounts
from scales.keying import align_keying, unpack
from scales.moments import Moments
from scales.reliability.item_score import item_score_r, item_score_r_of_points
from scales.reliability.matrices import covariances, point_covariances
from scales.satisfaction import summarise_moments, summarise_scores
from scales.scoring import respondent_percent, respondent_points
from scales.weighting import design_effect, effective_n, weighted_interval, weighted_mean

Points = NDArray[np.float64]
Missing = Literal["pairwise", "listwise"]


def analyse_moments(moments: Moments, scale: Scale) -> ScaleAnalysis:
    """Analyse a scale from its moments alone, under the pairwise policy.

    Parameters
    ----------
    moments : Moments
        Of all sheets.
    scale : Scale
        Gives items, keying, range, percent table and the missing-answer rule.

    Returns
    -------
    ScaleAnalysis

    Raises
    ------
    InvalidAnswer
        If the moments are not of this scale.
    """
    return _analyse_counts(moments, moments, moments.any_answer_count, scale)


def analyse_scale(
    packed: NDArray[np.uint8],
    scale: Scale,
    *,
    missing: Missing = "pairwise",
    weights: Points | None = None,
    total_rows: int | None = None,
) -> ScaleAnalysis:
    """Analyse a scale from packed answers.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    scale : Scale
        Gives items, keying, range, percent table and the missing-answer rule.
    missing : {"pairwise", "listwise"}
        Whose answers reliability and item figures are of.
    weights : (n_respondents,) array, optional
        Positive weights for `mean_points`, `mean_percent` and `ci95_percent`.
    total_rows : int, optional
        All rows of the file, when `packed` is a group of them; for the weighted interval.

    Returns
    -------
    ScaleAnalysis

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, a position lies off the format, or a weight is not
        a number above zero.
    """
    everybody = scale_moments(packed, scale)
    if missing == "listwise":
        complete = scale_moments(packed[is_complete(packed, scale)], scale)
        analysis = _analyse_counts(complete, everybody, complete.rows, scale)
    else:
        analysis = analyse_moments(everybody, scale)
    if weights is None:
        return analysis
    aligned = align_keying(unpack(packed, scale), scale)
    return _weighted(analysis, aligned, scale, weights, total_rows)


def analyse_points(
    raw: Points,
    scale: Scale,
    *,
    missing: Missing = "pairwise",
    weights: Points | None = None,
    total_rows: int | None = None,
    is_dont_know: NDArray[np.bool_] | None = None,
) -> ScaleAnalysis:
    """Analyse a scale whose answers may be fractions; there are no counts.

    Parameters
    ----------
    raw : (n_respondents, n_items) array of points
        Points as answered, in item order; NaN marks a missing answer.
    scale : Scale
        Gives items, keying, range, percent table and the missing-answer rule.
    missing, weights, total_rows
        As in `analyse_scale`.
    is_dont_know : (n_respondents, n_items) array of bool, optional
        Which of the missing answers are “don't know”.

    Returns
    -------
    ScaleAnalysis

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, an answer lies off the format, or a weight is not
        a number above zero.
    """
    aligned = align_keying(raw, scale)
    is_unanswered = np.isnan(aligned)
    dont_know = np.zeros_like(is_unanswered) if is_dont_know is None else is_dont_know
    has_all = ~is_unanswered.any(axis=1)
    is_counted = has_all if missing == "listwise" else ~is_unanswered.all(axis=1)
    counted = aligned[is_counted]
    reasons = Reasons()
    material = Counted(
        scale,
        summarise_scores(respondent_points(aligned, scale), respondent_percent(aligned, scale)),
        int(has_all.sum()),
        len(counted),
        point_covariances(counted),
        item_score_r_of_points(counted),
        answers_in_points(counted, is_unanswered & ~dont_know, dont_know, scale, reasons),
    )
    analysis = figures_of(material, reasons)
    return analysis if weights is None else _weighted(analysis, aligned, scale, weights, total_rows)


def _analyse_counts(
    counted: Moments, everybody: Moments, people: int, scale: Scale
) -> ScaleAnalysis:
    reasons = Reasons()
    material = Counted(
        scale,
        summarise_moments(everybody, scale),
        everybody.complete_count,
        people,
        covariances(counted),
        item_score_r(counted),
        answers_in_counts(counted, everybody, scale, reasons),
    )
    return figures_of(material, reasons)


def _weighted(
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

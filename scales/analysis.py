"""analyse_moments, analyse_scale, analyse_points: all figures of one scale as one frozen result."""

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scales.counting import is_complete, scale_moments
from scales.definition import Scale
from scales.figures.counted import Counted
from scales.figures.item_answers import answers_in_counts, answers_in_points
from scales.figures.of_scale import figures_of
from scales.figures.ordinal import align_pairs
from scales.figures.reasons import Reasons
from scales.figures.result import ScaleAnalysis
from scales.figures.weighted import weighted_analysis
from scales.keying import align_keying, unpack
from scales.moments import Integers, Moments
from scales.reliability.bootstrap import bootstrap_intervals
from scales.reliability.covariance import complete_covariances, covariances, point_covariances
from scales.reliability.item_score import item_score_r, item_score_r_of_points
from scales.satisfaction.scores import summarise_moments, summarise_scores
from scales.scoring import respondent_percent, respondent_points

Points = NDArray[np.float64]
Missing = Literal["pairwise", "listwise"]


def analyse_moments(moments: Moments, scale: Scale, *, ordinal: bool = True) -> ScaleAnalysis:
    """Analyse a scale from its moments alone, under the pairwise policy.

    Parameters
    ----------
    moments : Moments
        Of all sheets. Ordinal figures need moments with pairs.
    scale : Scale
        Gives items, keying, range, percent table and the missing-answer rule.
    ordinal : bool
        Whether to compute ordinal figures, which take longer than all the others.

    Returns
    -------
    ScaleAnalysis

    Raises
    ------
    InvalidAnswer
        If the moments are not of this scale.
    """
    pairs = moments.pairs if ordinal else None
    return _analyse_counts(moments, moments, pairs, moments.any_answer_count, scale)


def analyse_scale(
    packed: NDArray[np.uint8],
    scale: Scale,
    *,
    missing: Missing = "pairwise",
    weights: Points | None = None,
    total_rows: int | None = None,
    ordinal: bool = True,
    bootstrap: int = 0,
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
    ordinal : bool
        Whether to compute ordinal figures.
    bootstrap : int
        How often to draw the people again for intervals of figures without a closed form.

    Returns
    -------
    ScaleAnalysis

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, a position lies off the format, or a weight is not
        a number above zero.
    """
    is_listwise = missing == "listwise"
    everybody = scale_moments(packed, scale, with_pairs=ordinal and not is_listwise)
    if is_listwise:
        has_all = is_complete(packed, scale)
        complete = scale_moments(packed[has_all], scale, with_pairs=ordinal)
        analysis = _analyse_counts(complete, everybody, complete.pairs, complete.rows, scale)
    else:
        analysis = analyse_moments(everybody, scale)
    if bootstrap and everybody.any_answer_count > 1:
        drawn = bootstrap_intervals(packed, scale, missing=missing, resamples=bootstrap)
        analysis = replace(analysis, bootstrap=drawn)
    if weights is None:
        return analysis
    aligned = align_keying(unpack(packed, scale), scale)
    return weighted_analysis(analysis, aligned, scale, weights, total_rows)


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
    covariance = point_covariances(counted)
    reasons = Reasons()
    material = Counted(
        scale,
        summarise_scores(respondent_points(aligned, scale), respondent_percent(aligned, scale)),
        int(has_all.sum()),
        len(counted),
        covariance,
        covariance if has_all.sum() == len(counted) else point_covariances(aligned[has_all]),
        "ordinal_needs_points",
        item_score_r_of_points(counted),
        answers_in_points(counted, is_unanswered & ~dont_know, dont_know, scale, reasons),
    )
    analysis = figures_of(material, reasons)
    return (
        analysis
        if weights is None
        else weighted_analysis(analysis, aligned, scale, weights, total_rows)
    )


def _analyse_counts(
    counted: Moments, everybody: Moments, pairs: Integers | None, people: int, scale: Scale
) -> ScaleAnalysis:
    covariance = covariances(counted)
    is_all_complete = counted.complete_count == counted.any_answer_count
    reasons = Reasons()
    material = Counted(
        scale,
        summarise_moments(everybody, scale),
        everybody.complete_count,
        people,
        covariance,
        covariance if is_all_complete else reasons.ask(lambda: complete_covariances(counted)),
        "ordinal_not_counted" if pairs is None else align_pairs(pairs, scale),
        item_score_r(counted),
        answers_in_counts(counted.counts, everybody.counts, everybody.rows, scale, reasons),
    )
    return figures_of(material, reasons)

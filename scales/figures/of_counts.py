"""analyse_answer_counts: what the counts of each item's answers say of a scale, without people."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.errors import InvalidAnswer
from scales.figures.item_answers import ItemAnswers, answers_in_counts
from scales.figures.reasons import Reasons, if_defined
from scales.figures.result import ItemAnalysis, ScaleAnalysis
from scales.keying import is_reverse
from scales.satisfaction.levels import checked_levels
from scales.satisfaction.shares import Share, wilson_interval

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class CountSummary:
    """The mean of the items' means; `n` is the answers of the item that has the fewest.

    The means are None where an item has no answer. `is_alike` says that no item got two different
    answers.
    """

    n: int
    mean_points: float | None
    mean_percent: float | None
    is_alike: bool


def summarise_answer_counts(counts: Counts, scale: Scale) -> CountSummary:
    """Summarise a scale of which only the counts of each item's answers are known.

    Parameters
    ----------
    counts : (n_items, points + 2) array of answers
        By raw position: skipped, 1…points, don't know.
    scale : Scale
        Gives keying, range and percent table.

    Returns
    -------
    CountSummary

    Raises
    ------
    InvalidAnswer
        If the counts are not of this scale.

    Notes
    -----
    ``mean = (1/k) · Σ_i Σ_a n_ia·w_a / n_i``: every item weighs the same, however many answered
    it. It equals the mean of the people's scores where everybody answered every item.
    """
    aligned = _aligned(counts, scale)
    answers = aligned.sum(axis=1)
    n = int(answers.min())
    is_alike = bool((np.count_nonzero(aligned, axis=1) <= 1).all())
    if n == 0:
        return CountSummary(0, None, None, is_alike)

    def mean_of(worth: NDArray[np.float64]) -> float:
        return math.fsum((aligned @ worth / answers).tolist()) / len(answers)

    points = np.arange(scale.lowest, scale.highest + 1, dtype=np.float64)
    percents = np.array(scale.format.percent, dtype=np.float64)
    return CountSummary(n, mean_of(points), mean_of(percents), is_alike)


def share_in_counts(counts: Counts, scale: Scale, levels: tuple[int, ...]) -> Share | None:
    """Return the share of all answers on some levels, None where nobody answered.

    Parameters
    ----------
    counts : (n_items, points + 2) array of answers
        By raw position.
    scale : Scale
        Gives keying and range.
    levels : tuple of int
        The aligned points that count.

    Returns
    -------
    Share
        Its interval takes the answers of one person to be all alike: nothing tells otherwise.

    References
    ----------
    Wilson (1927), see `wilson_interval`. Kish, L. (1965). *Survey sampling*. Wiley: design effect.
    """
    aligned = _aligned(counts, scale)
    counted = checked_levels(scale.format, levels)
    offsets = [point - scale.lowest for point in counted]
    total, on_levels = int(aligned.sum()), int(aligned[:, offsets].sum())
    if not total:
        return None
    effect = len(scale.items)
    interval = wilson_interval(on_levels / effect, total / effect)
    return Share(
        counted, on_levels, total, on_levels / total, interval, float(effect), is_cautious=True
    )


def analyse_answer_counts(counts: Counts, scale: Scale) -> ScaleAnalysis:
    """Analyse a scale of which only the counts of each item's answers are known.

    Parameters
    ----------
    counts : (n_items, points + 2) array of answers
        By raw position: skipped, 1…points, don't know.
    scale : Scale
        Gives keying, range and percent table.

    Returns
    -------
    ScaleAnalysis
        `n` is the answers of the item that has the fewest; whatever needs two answers of one
        person is None, and ``counts_only`` says why.

    Raises
    ------
    InvalidAnswer
        If the counts are not of this scale.
    """
    summary = summarise_answer_counts(counts, scale)
    reasons = Reasons()
    reasons.note("counts_only")
    rows = int(counts.sum(axis=1).max())
    answers = answers_in_counts(counts, counts, rows, scale, reasons)
    by_item = {found.item.id: _item(found) for found in answers}
    without = dict.fromkeys(_OF_PEOPLE)
    return ScaleAnalysis(
        items=tuple(by_item),
        n=summary.n,
        n_complete=0,
        mean_points=summary.mean_points,
        mean_percent=summary.mean_percent,
        warnings=reasons.codes,
        by_item=by_item,
        **without,
    )


def _aligned(counts: Counts, scale: Scale) -> Counts:
    if counts.shape != (len(scale.items), scale.format.points + 2):
        raise InvalidAnswer(f"the counts are not of scale {scale.id}")
    answered = counts[:, 1:-1]
    return np.where(is_reverse(scale)[:, None], answered[:, ::-1], answered)


def _item(found: ItemAnswers) -> ItemAnalysis:
    spread = found.spread
    without = dict.fromkeys(_OF_ITEM_AND_OTHERS)
    return ItemAnalysis(
        keyed=found.item.keying.value,
        n=found.n,
        mean=spread.mean if spread else None,
        sd=if_defined(spread.sd) if spread else None,
        skew=if_defined(spread.skew) if spread else None,
        kurtosis=if_defined(spread.kurtosis) if spread else None,
        counts=found.counts,
        floor_share=found.floor_share,
        ceiling_share=found.ceiling_share,
        missing_share=found.missing_share,
        dont_know_share=found.dont_know_share,
        **without,
    )


_OF_PEOPLE = (
    "sd_points",
    "ci95_percent",
    "alpha",
    "alpha_ci95",
    "alpha_standardized",
    "lambda2",
    "lambda6",
    "omega_total",
    "omega_total_ml",
    "ordinal_alpha",
    "ordinal_omega",
    "split_half",
    "average_r",
    "median_r",
    "first_eigenvalue",
    "sem_points",
)
_OF_ITEM_AND_OTHERS = (
    "r_drop",
    "r_total",
    "r_total_standardized",
    "r_corrected",
    "alpha_if_dropped",
    "alpha_standardized_if_dropped",
    "lambda6_if_dropped",
)

"""A person's score on a scale: the missing-answer rule, points and percent."""

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.keying import check_columns


def respondent_points(aligned: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """Score each person as the mean of the answered items, on the format's range.

    A person who answered fewer than ``scale.needed_count`` items has no score.

    Parameters
    ----------
    aligned : (n_respondents, n_items) array of points
        Points after mirroring; NaN marks a missing answer.
    scale : Scale
        Gives the missing-answer rule.

    Returns
    -------
    (n_respondents,) array of points
        NaN where there is no score.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items.
    """
    check_columns(aligned, scale)
    return _mean_of_answered(aligned, scale)


def respondent_percent(aligned: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """Score each person in percent: every aligned point through the table, then the mean.

    Parameters
    ----------
    aligned : (n_respondents, n_items) array of points
        Points after mirroring; NaN marks a missing answer.
    scale : Scale
        Gives the percent table and the missing-answer rule.

    Returns
    -------
    (n_respondents,) array of percent, 0–100 under the usual table
        NaN where there is no score.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items.
    """
    check_columns(aligned, scale)
    return _mean_of_answered(points_to_percent(aligned, scale), scale)


def points_to_percent(aligned: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """Look aligned points up in the format's percent table.

    Between two points, which only fractional formats allow, the table is interpolated linearly.

    Parameters
    ----------
    aligned : array of points, any shape
        Points after mirroring; NaN stays NaN.
    scale : Scale
        Gives the percent table.

    Returns
    -------
    array of percent, same shape
    """
    table = np.array(scale.format.percent)
    if np.ptp(np.diff(table)) < 1e-12:  # a straight line: far quicker than a search in the table
        share = (aligned - scale.lowest) * (table[-1] - table[0]) / (len(table) - 1)
        return np.asarray(table[0] + share)
    return np.asarray(np.interp(aligned, np.arange(scale.lowest, scale.highest + 1), table))


def _mean_of_answered(values: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    is_answered = ~np.isnan(values)
    answered_count = is_answered.sum(axis=1)
    totals = np.where(is_answered, values, 0.0).sum(axis=1)
    scores = np.full(len(values), np.nan)
    np.divide(totals, answered_count, out=scores, where=answered_count >= scale.needed_count)
    return scores

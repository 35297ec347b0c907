"""unpack, align_keying: positions → points → mirrored points."""

import numpy as np
from numpy.typing import NDArray

from scales.definition import DONT_KNOW, SKIPPED, Keying, Scale
from scales.errors import InvalidAnswer


def unpack(packed: NDArray[np.uint8], scale: Scale) -> NDArray[np.float64]:
    """Turn packed positions into points as answered.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    scale : Scale
        Gives the answer range and the number of items.

    Returns
    -------
    (n_respondents, n_items) array of points
        Raw points; NaN where the item was skipped or “don't know” was ticked.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, or a position lies off the format.
    """
    check_columns(packed, scale)
    points_at = np.full(256, np.inf)
    points_at[[SKIPPED, DONT_KNOW]] = np.nan
    points_at[1 : scale.format.points + 1] = np.arange(scale.lowest, scale.highest + 1)
    raw = points_at[packed]
    if np.isinf(raw).any():
        raise InvalidAnswer(f"a position lies above {scale.format.points}")
    return raw


def align_keying(raw: NDArray[np.float64], scale: Scale) -> NDArray[np.float64]:
    """Mirror the reverse items of an answer matrix.

    A reverse item answered ``x`` becomes ``lowest + highest - x``.

    Parameters
    ----------
    raw : (n_respondents, n_items) array of points
        Points as answered, in item order; NaN marks a missing answer.
    scale : Scale
        Gives the answer range and each item's keying.

    Returns
    -------
    (n_respondents, n_items) array of points
        A new array; NaN stays NaN.

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, or an answer lies off the format.
    """
    check_columns(raw, scale)
    if np.nanmin(raw, initial=scale.highest) < scale.lowest:
        raise InvalidAnswer(f"answers below {scale.lowest}")
    if np.nanmax(raw, initial=scale.lowest) > scale.highest:
        raise InvalidAnswer(f"answers above {scale.highest}")

    return np.where(is_reverse(scale), scale.lowest + scale.highest - raw, raw)


def is_reverse(scale: Scale) -> NDArray[np.bool_]:
    """Return, per item, whether a higher answer is worse, shape ``(n_items,)``."""
    return np.array([item.keying is Keying.REVERSE for item in scale.items])


def check_columns(answers: NDArray[np.generic], scale: Scale) -> None:
    """Refuse a matrix that does not have one column for each item of the scale.

    Raises
    ------
    InvalidAnswer
        If `answers` is not of shape ``(n_respondents, n_items)``.
    """
    if answers.ndim != 2 or answers.shape[1] != len(scale.items):
        raise InvalidAnswer(f"expected {len(scale.items)} columns, got shape {answers.shape}")

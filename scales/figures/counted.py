"""Counted: what the figures of a scale are made of, whether from moments or from points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.figures.item_answers import ItemAnswers
from scales.figures.reasons import if_defined
from scales.reliability.matrices import Matrix, correlations
from scales.satisfaction import ScoreSummary

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Counted:
    """What the figures of a scale are made of.

    Attributes
    ----------
    scale : Scale
        What was measured.
    scores : ScoreSummary
        Of all people with a score.
    complete_count : int
        People who answered every item.
    people : int
        People behind the covariances, for alpha's interval.
    covariance : (n_items, n_items) array
        Of the aligned items; NaN where fewer than two people answered both.
    r_total : (n_items,) array
        Each item against the person's mean of the answered items.
    items : tuple of ItemAnswers
        In the scale's order.
    """

    scale: Scale
    scores: ScoreSummary
    complete_count: int
    people: int
    covariance: Matrix
    r_total: Vector
    items: tuple[ItemAnswers, ...]


def correlations_or_none(covariance: Matrix) -> Matrix | None:
    """Return correlations, or None: alpha or an item then has the reason."""
    if len(covariance) < 2:
        return None
    return if_defined(lambda: correlations(covariance))

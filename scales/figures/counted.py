"""Counted: what the figures of a scale are made of, whether from moments or from points."""

from dataclasses import dataclass

from scales.definition import Scale
from scales.figures.item_answers import ItemAnswers
from scales.figures.reasons import if_defined
from scales.moments import Integers
from scales.reliability.matrices import Matrix, Vector, correlations
from scales.satisfaction.scores import ScoreSummary


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
    complete_covariance : (n_items, n_items) array, optional
        The same over the people who answered every item; None where it was not counted.
    pairs : (n_pairs, points, points) array of people, or a code
        Aligned tables of each two items; else why there are none.
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
    complete_covariance: Matrix | None
    pairs: Integers | str
    r_total: Vector
    items: tuple[ItemAnswers, ...]


def correlations_or_none(covariance: Matrix) -> Matrix | None:
    """Return correlations, or None: alpha or an item then has the reason."""
    if len(covariance) < 2:
        return None
    return if_defined(lambda: correlations(covariance))

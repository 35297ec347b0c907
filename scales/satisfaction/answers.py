"""The mean of all answers to a scale under any table, with an error that respects people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Scale
from scales.errors import InvalidAnswer, Undefined
from scales.keying import is_reverse
from scales.moments import Moments
from scales.satisfaction.scores import t_quantile

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class AnswerMean:
    """The mean of all answers, in the unit of the table.

    `standard_error` is None with fewer than two people. `design_effect` says by what factor its
    square exceeds that of as many answers from as many people; `is_cautious` that the answers of
    one person were taken to be all alike, because the pairs were not counted or nothing varies.
    """

    n_answers: int
    n_people: int
    mean: float
    standard_error: float | None
    design_effect: float
    is_cautious: bool

    @property
    def ci95(self) -> tuple[float, float] | None:
        """The t-interval at 95 % with people − 1 degrees of freedom."""
        if self.standard_error is None:
            return None
        half_width = t_quantile(self.n_people - 1, 0.95) * self.standard_error
        return self.mean - half_width, self.mean + half_width


def answer_counts(moments: Moments, scale: Scale) -> NDArray[np.int64]:
    """Count the answers to each item by aligned point, lowest first.

    Parameters
    ----------
    moments : Moments
        Of the scale.
    scale : Scale
        Gives the keying.

    Returns
    -------
    (n_items, points) array of answers

    Raises
    ------
    InvalidAnswer
        If the moments are not of this scale.
    """
    if moments.counts.shape != (len(scale.items), scale.format.points + 2):
        raise InvalidAnswer(f"the moments are not of scale {scale.id}")
    by_position = moments.counts[:, 1:-1]
    return np.where(is_reverse(scale)[:, None], by_position[:, ::-1], by_position)


def mean_of_answers(moments: Moments, scale: Scale, table: Sequence[float]) -> AnswerMean:
    """Return the mean of all answers to a scale, each worth what a table says.

    With the percents of the levels the table gives the satisfaction degree (满意度); with ones
    and zeros the share of the levels with a one.

    Parameters
    ----------
    moments : Moments
        Of the scale; where they hold no pairs, the error is the largest that is likely.
    scale : Scale
        Gives the keying.
    table : sequence of float
        The worth of each aligned point, lowest first.

    Returns
    -------
    AnswerMean
        In the unit of the table.

    Raises
    ------
    InvalidAnswer
        If the moments are not of this scale, or the table has not one number for each point.
    Undefined
        ``nobody_answered``.

    Notes
    -----
    ``m = Σx / Σa`` over people, x the worth of a person's answers together and a how many they
    are; ``se = √(P/(P−1) · Σ(x − m·a)²) / Σa`` over the P people with an answer.
    R: ``survey::svyratio(~x, ~a, svydesign(ids = ~1, weights = ~1, data))``

    References
    ----------
    Cochran, W. G. (1977). *Sampling techniques* (3rd ed.), ch. 9. Wiley: cluster sampling.
    """
    worth = np.asarray(table, dtype=np.float64)
    if worth.shape != (scale.format.points,) or not np.isfinite(worth).all():
        raise InvalidAnswer(f"the table needs {scale.format.points} numbers")
    counts = answer_counts(moments, scale)
    n, people = int(counts.sum()), moments.any_answer_count
    if not n:
        raise Undefined("nobody_answered")
    mean = float((counts @ worth).sum() / n)
    between = _sum_of_squares(moments, scale, worth - mean)
    within = float((counts @ (worth - mean) ** 2).sum())
    alike = float(moments.n.sum()) / n  # the design effect, were a person's answers all the same
    if between is None or not within or people < 2:
        effect, is_cautious = alike, len(scale.items) > 1
    else:
        effect, is_cautious = between / within, False
    if people < 2:
        return AnswerMean(n, people, mean, None, effect, is_cautious)
    error = math.sqrt(people / (people - 1) * effect * within) / n
    return AnswerMean(n, people, mean, error, effect, is_cautious)


def _sum_of_squares(moments: Moments, scale: Scale, centred: Vector) -> float | None:
    """Return ``Σ(Σ c)²`` over people, c the centred worth of an answer; None without pairs."""
    by_item = np.where(is_reverse(scale)[:, None], centred[::-1], centred)
    own = float((moments.counts[:, 1:-1] * by_item**2).sum())
    if len(scale.items) == 1:
        return own
    if moments.pairs is None:
        return None
    first, second = np.triu_indices(len(scale.items), 1)
    cross = np.einsum("pab,pa,pb->", moments.pairs, by_item[first], by_item[second])
    return max(0.0, own + 2.0 * float(cross))

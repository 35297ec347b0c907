"""Shares of answers: the top-box share (满意率) with its levels, CSAT, Wilson's interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Format, Scale
from scales.errors import InvalidAnswer, Undefined
from scales.moments import Moments
from scales.satisfaction.answers import answer_counts, mean_of_answers
from scales.satisfaction.levels import checked_levels

Interval = tuple[float, float]


@dataclass(frozen=True)
class Share:
    """The share of the answers that lie on some levels.

    `levels` are the points that count, aligned, lowest first. `design_effect` is how many answers
    weigh as little as one would if each came from another person; `is_cautious` says that it is
    the largest that is likely.
    """

    levels: tuple[int, ...]
    n_on_levels: int
    n_answers: int
    share: float
    ci95: Interval
    design_effect: float
    is_cautious: bool = False


def wilson_interval(count: float, n: float, level: float = 0.95) -> Interval:
    """Return Wilson's score interval of a share, without continuity correction.

    Parameters
    ----------
    count, n : float
        Answers that count, and all answers; fractions where answers are weighted down.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper limit, within 0–1.

    Raises
    ------
    InvalidAnswer
        If `count` is not between 0 and `n`.
    Undefined
        ``nobody_answered``.

    Notes
    -----
    ``(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)``
    R: ``prop.test(count, n, correct = FALSE)$conf.int``

    References
    ----------
    Wilson, E. B. (1927). Probable inference. *Journal of the American Statistical Association*,
    22, 209–212.
    """
    if not 0 <= count <= n:
        raise InvalidAnswer(f"{count} of {n} is no share")
    if n == 0:
        raise Undefined("nobody_answered")
    squared, p = normal_quantile(level) ** 2, count / n
    centre = p + squared / (2 * n)
    half_width = math.sqrt(squared * (p * (1 - p) / n + squared / (4 * n**2)))
    lower, upper = ((centre + side * half_width) / (1 + squared / n) for side in (-1, 1))
    return (0.0 if count == 0 else max(0.0, lower)), (1.0 if count == n else min(1.0, upper))


def top_share(moments: Moments, scale: Scale, levels: Sequence[int] | None = None) -> Share:
    """Return the share of all answers to a scale that lie on the levels that count (满意率).

    Parameters
    ----------
    moments : Moments
        Of the scale; without pairs the interval is cautious.
    scale : Scale
        Gives the format and the keying.
    levels : sequence of int, optional
        The aligned points that count; the two highest if not given.

    Returns
    -------
    Share
        Of the answers given; skipped and “don't know” are none.

    Raises
    ------
    InvalidAnswer
        If a level is off the format, or the moments are not of this scale.
    Undefined
        ``nobody_answered``.

    Notes
    -----
    ``share = answers on the levels / all answers``. The interval is Wilson's with
    ``n = answers / max(1, design effect)``, because one person's answers resemble each other.
    R: ``mean(answers >= 4, na.rm = TRUE)``

    References
    ----------
    Wilson (1927), see `wilson_interval`. Kish, L. (1965). *Survey sampling*. Wiley: design effect.
    """
    counted = checked_levels(scale.format, levels)
    table = [float(point in counted) for point in range(scale.lowest, scale.highest + 1)]
    answers = mean_of_answers(moments, scale, table)
    on_levels = int(answer_counts(moments, scale)[:, _offsets(scale.format, counted)].sum())
    effect = max(1.0, answers.design_effect)
    interval = wilson_interval(on_levels / effect, answers.n_answers / effect)
    return Share(
        counted,
        on_levels,
        answers.n_answers,
        on_levels / answers.n_answers,
        interval,
        effect,
        answers.is_cautious,
    )


def csat(
    counts: NDArray[np.int64], item_format: Format, levels: Sequence[int] | None = None
) -> Share:
    """Return the customer satisfaction score of one item: its share of satisfied answers.

    Parameters
    ----------
    counts : (points,) array of answers
        By aligned point, lowest first.
    item_format : Format
        The answer points.
    levels : sequence of int, optional
        The aligned points that count as satisfied; the two highest if not given.

    Returns
    -------
    Share
        Times 100 it is the figure usually printed.

    Raises
    ------
    InvalidAnswer
        If a level is off the format, or `counts` do not fit it.
    Undefined
        ``nobody_answered``.

    Notes
    -----
    ``CSAT = answers on the levels / answers``, interval of Wilson.
    R: ``prop.test(sum(counts[4:5]), sum(counts), correct = FALSE)``

    References
    ----------
    Wilson (1927), see `wilson_interval`.
    """
    if np.shape(counts) != (item_format.points,):
        raise InvalidAnswer(f"{item_format.points} counts needed, got shape {np.shape(counts)}")
    counted = checked_levels(item_format, levels)
    n, on_levels = int(counts.sum()), int(counts[_offsets(item_format, counted)].sum())
    interval = wilson_interval(on_levels, n)
    return Share(counted, on_levels, n, on_levels / n, interval, 1.0)


def normal_quantile(level: float) -> float:
    """Return the factor of a two-sided interval under the normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2.0))


def _offsets(item_format: Format, levels: tuple[int, ...]) -> list[int]:
    return [level - item_format.lowest for level in levels]

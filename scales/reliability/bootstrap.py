"""bootstrap_intervals: how far the figures of a scale would move with other people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scales.counting import is_complete, scale_moments
from scales.definition import Scale
from scales.errors import Undefined
from scales.keying import check_columns
from scales.moments import Moments
from scales.reliability import resampled
from scales.reliability.pair_counts import count_pairs
from scales.reliability.resampled import Figures, Resamples

DEFAULT_SEED = 20_260_101
MOST_GROUPS = 400
FEWEST_DEFINED = 0.9  # share of the resamples in which a figure must exist
LIMITS = (0.025, 0.975)

FIGURES: Mapping[str, Callable[[Resamples], Figures]] = {
    "mean_percent": lambda resamples: resamples.mean_percent,
    "alpha": lambda resamples: resampled.alphas(resamples.covariances),
    "alpha_standardized": lambda resamples: resampled.alphas(resamples.correlations),
    "lambda2": lambda resamples: resampled.lambdas2(resamples.covariances),
    "lambda6": lambda resamples: resampled.lambdas6(resamples.correlations),
    "omega_total": lambda resamples: resampled.omegas_total(resamples.correlations),
    "omega_total_ml": lambda resamples: resampled.omegas_total_ml(resamples.complete_covariances),
    "spearman_brown": lambda resamples: resampled.spearman_browns(resamples.covariances),
    "ordinal_alpha": lambda resamples: resampled.ordinal_alphas(resamples),
}
"""What intervals are given for, and how a figure is computed in all resamples together."""


@dataclass(frozen=True)
class Bootstrap:
    """Intervals from resampling the people behind the answers.

    Attributes
    ----------
    resamples : int
        How often people were drawn.
    seed : int
        Of the random numbers: the same answers and seed give the same intervals.
    groups : int
        How many groups of people were drawn from; each person is one where there are few.
    ci95 : mapping of figure → (lower, upper)
        Without the figures that do not exist in at least nine of ten resamples.
    """

    resamples: int
    seed: int
    groups: int
    ci95: Mapping[str, tuple[float, float]]


def bootstrap_intervals(
    packed: NDArray[np.uint8],
    scale: Scale,
    *,
    missing: str = "pairwise",
    resamples: int = 1000,
    seed: int = DEFAULT_SEED,
    figures: Sequence[str] = tuple(FIGURES),
) -> Bootstrap:
    """Return percentile intervals of a scale's figures at 95 %.

    People with any answer are split at random into at most 400 groups of (nearly) equal size;
    each resample draws as many groups as there are, with replacement, and adds up their moments.
    With 400 people or fewer that is the usual bootstrap; with more, its cost no longer depends on
    the number of people, and an interval is as certain as one with 399 degrees of freedom. The
    order of the sheets does not matter.

    Percentile intervals are somewhat narrow for few people. In simulated samples of four items with
    five points, intervals of 95 % held the true alpha in 91 % of 300 samples of 30 people, 93 % of
    600 of 60, 94 % of 300 of 200, 93 % of 1 500 of 2 000 (in groups of five); lambda-6, which few
    people make too high, in 87 %, 91 %, 95 % and (of 300) 92 %.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        The scale's columns: 0 skipped, 1…k the position ticked, 255 don't know.
    scale : Scale
        Gives keying, range, percent table and the missing-answer rule.
    missing : {"pairwise", "listwise"}
        Whose answers the reliability figures are of.
    resamples : int
        How often to draw.
    seed : int
        Of the random numbers.
    figures : sequence of str
        Keys of `FIGURES`.

    Returns
    -------
    Bootstrap

    Raises
    ------
    InvalidAnswer
        If the columns do not match the items, or a position lies off the format.
    Undefined
        ``too_few_for_interval`` with fewer than two people.

    Notes
    -----
    ``the 2.5 % and 97.5 % quantiles of the figure over the resamples``
    R: ``boot::boot.ci(boot::boot(x, figure, R = 1000), type = "perc")``

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An introduction to the bootstrap*, ch. 13.
    Chapman & Hall.
    """
    check_columns(packed, scale)
    random = np.random.default_rng(seed)
    is_complete_only = missing == "listwise"
    groups = _groups(packed, scale, random, "ordinal_alpha" in figures, is_complete_only)
    draws = random.multinomial(len(groups), np.full(len(groups), 1.0 / len(groups)), resamples)
    drawn = Resamples.of(groups, scale, draws.astype(np.float64), is_complete_only)
    ci95 = {key: _quantiles(FIGURES[key](drawn)) for key in figures}
    return Bootstrap(
        resamples, seed, len(groups), {key: limits for key, limits in ci95.items() if limits}
    )


def _groups(
    packed: NDArray[np.uint8],
    scale: Scale,
    random: "np.random.Generator",  # quoted: numpy loads its random numbers when asked
    with_pairs: bool,
    is_complete_only: bool,
) -> list[Moments]:
    """Return the moments of each group of people, who are dealt out at random."""
    answered = packed[((packed - np.uint8(1)) < scale.format.points).any(axis=1)]
    if len(answered) < 2:
        raise Undefined("too_few_for_interval")
    dealt = answered[_order(answered)[random.permutation(len(answered))]]
    group_count = min(MOST_GROUPS, len(dealt))
    moments = [scale_moments(group, scale) for group in np.array_split(dealt, group_count)]
    if not with_pairs:
        return moments
    paired = dealt * is_complete(dealt, scale)[:, None] if is_complete_only else dealt
    tables = [
        count_pairs(group, scale.format.points) for group in np.array_split(paired, group_count)
    ]
    return [replace(of, pairs=pairs) for of, pairs in zip(moments, tables, strict=True)]


def _order(packed: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return an order of the sheets that depends on what is in them only, by a number for each."""
    columns = int(packed.shape[1])
    factors = np.random.default_rng(0).integers(1, 2**62, columns, dtype=np.uint64)
    number = np.zeros(len(packed), dtype=np.uint64)
    for column in range(columns):
        number = (number + packed[:, column]) * (2 * factors[column] + np.uint64(1))
    return np.argsort(number)


def _quantiles(values: Figures) -> tuple[float, float] | None:
    defined = values[np.isfinite(values)]
    if len(defined) < FEWEST_DEFINED * len(values):
        return None
    lower, upper = np.quantile(defined, LIMITS)
    return float(lower), float(upper)

"""rater_agreement: six intraclass correlations of raters who all rated the same targets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scales.agreement.two_way import TwoWay, two_way
from scales.errors import Undefined

Interval = tuple[float, float]


@dataclass(frozen=True)
class IntraclassCorrelation:
    """One of Shrout and Fleiss's six, with its F test and its interval.

    `f` and `p` are None where raters do not differ at all, so that F would be infinite.
    """

    icc: float
    f: float | None
    df1: int
    df2: int
    p: float | None
    interval: Interval


@dataclass(frozen=True)
class RaterAgreement:
    """How far raters of the same targets agree.

    Attributes
    ----------
    targets, raters : int
        Every rater rated every target.
    ms_targets, ms_raters, ms_error, ms_within : float
        Mean squares; `ms_within` is of raters and error together.
    icc : mapping of kind to IntraclassCorrelation
        ICC1, ICC2, ICC3 of a single rater, ICC1k, ICC2k, ICC3k of the mean of all raters. 1:
        every target has other raters; 2: these raters stand for others, and their level counts;
        3: only these raters, and their level does not count.
    level : float
        Confidence of the intervals.
    """

    targets: int
    raters: int
    ms_targets: float
    ms_raters: float
    ms_error: float
    ms_within: float
    icc: Mapping[str, IntraclassCorrelation]
    level: float


def rater_agreement(ratings: NDArray[np.float64], *, level: float = 0.95) -> RaterAgreement:
    """Return the intraclass correlations of ratings, from mean squares.

    Parameters
    ----------
    ratings : (n_targets, n_raters) array
        Every rating present.
    level : float
        Confidence of the intervals, between 0 and 1.

    Returns
    -------
    RaterAgreement

    Raises
    ------
    InvalidAnswer
        If a rating is missing, or the array is not a table.
    Undefined
        ``too_few_targets``, ``too_few_raters`` with fewer than two; ``ratings_do_not_vary``,
        ``targets_do_not_differ`` where their mean square is 0, ``targets_differ_too_little`` where
        it is that of error less raters, over n.

    Notes
    -----
    ``ICC1 = (T − W)/(T + (k − 1)W)``, ``ICC2 = (T − E)/(T + (k − 1)E + k(R − E)/n)``,
    ``ICC3 = (T − E)/(T + (k − 1)E)``, ``ICC1k = (T − W)/T``, ``ICC2k = (T − E)/(T + (R − E)/n)``,
    ``ICC3k = (T − E)/T``; T, R, E, W mean squares of targets, raters, error and within targets, n
    targets, k raters
    R: ``psych::ICC(x, lmer = FALSE)``

    References
    ----------
    Shrout, P. E., & Fleiss, J. L. (1979). Intraclass correlations: Uses in assessing rater
    reliability. *Psychological Bulletin*, 86, 420–428.
    """
    squares = two_way(ratings)
    singles = {"ICC1": _icc1, "ICC2": _icc2, "ICC3": _icc3}
    single = {kind: correlation(squares, level) for kind, correlation in singles.items()}
    means = {f"{kind}k": _of_mean(one, squares.k) for kind, one in single.items()}
    return RaterAgreement(
        squares.n,
        squares.k,
        squares.targets,
        squares.raters,
        squares.error,
        squares.within,
        single | means,
        level,
    )


def _icc1(squares: TwoWay, level: float) -> IntraclassCorrelation:
    return _one_way(squares, squares.within, squares.n * (squares.k - 1), level)


def _icc3(squares: TwoWay, level: float) -> IntraclassCorrelation:
    return _one_way(squares, squares.error, (squares.n - 1) * (squares.k - 1), level)


def _one_way(squares: TwoWay, noise: float, df2: int, level: float) -> IntraclassCorrelation:
    """Return the correlation of targets against within or error, its limits by F."""
    t, k, df1 = squares.targets, squares.k, squares.n - 1

    def icc(factor_t: float, factor_noise: float) -> float:
        above, below = factor_t * t, factor_noise * noise
        return (above - below) / (above + (k - 1) * below)

    interval = icc(1.0, _f_quantile(df1, df2, level)), icc(_f_quantile(df2, df1, level), 1.0)
    return _tested(icc(1.0, 1.0), squares, noise, df2, interval)


def _icc2(squares: TwoWay, level: float) -> IntraclassCorrelation:
    n, k, t, r, e = squares.n, squares.k, squares.targets, squares.raters, squares.error
    icc = (t - e) / (t + (k - 1) * e + k * (r - e) / n)
    by_raters, by_error = k * icc * r, (n * (1 + (k - 1) * icc) - k * icc) * e
    if by_raters == by_error == 0:
        interval = icc, icc
    else:
        above = (k - 1) * (n - 1) * (by_raters + by_error) ** 2
        df = above / ((n - 1) * by_raters**2 + by_error**2)
        lower_f, upper_f = _f_quantile(n - 1, df, level), _f_quantile(df, n - 1, level)
        rest = k * r + (k * n - k - n) * e
        interval = (
            n * (t - lower_f * e) / (lower_f * rest + n * t),
            n * (upper_f * t - e) / (rest + n * upper_f * t),
        )
    return _tested(icc, squares, e, (n - 1) * (k - 1), interval)


def _tested(
    icc: float, squares: TwoWay, noise: float, df2: int, interval: Interval
) -> IntraclassCorrelation:
    from scipy.special import fdtrc

    df1 = squares.n - 1
    f = squares.targets / noise if noise else None
    p = None if f is None else float(fdtrc(df1, df2, f))
    return IntraclassCorrelation(icc, f, df1, df2, p, interval)


def _of_mean(one: IntraclassCorrelation, k: int) -> IntraclassCorrelation:
    """Return the correlation of the mean of all raters, by Spearman and Brown."""
    if any(abs(1 + (k - 1) * r) <= 1e-12 for r in (one.icc, *one.interval)):
        raise Undefined("targets_differ_too_little")
    icc, low, high = (k * r / (1 + (k - 1) * r) for r in (one.icc, *one.interval))
    return replace(one, icc=icc, interval=(low, high))


def _f_quantile(df1: float, df2: float, level: float) -> float:
    from scipy.special import fdtri

    return float(fdtri(df1, df2, 0.5 + level / 2.0))

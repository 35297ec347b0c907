"""compare_pairs: the same people before and after."""

import math
from dataclasses import dataclass

from scales.comparison.effect_sizes import EffectSize, hedges_correction, noncentral_interval
from scales.comparison.independent import MeanTest, mean_test, scaled
from scales.comparison.summary import PairSummary
from scales.errors import Undefined


@dataclass(frozen=True)
class PairedComparison:
    """After minus before: the mean change in the unit of the scores, its test, effect sizes.

    `d_z` divides by the deviation of the changes, `g_z` is the same without its bias. `d_av`
    divides by the root of the mean variance before and after, so that it can be set beside a
    difference of two groups; `g_av` is the same without its bias, `d_av_mean_sd` divides by the
    mean deviation. `d_rm` is `d_z` as if the scores did not go together.
    """

    summary: PairSummary
    mean_change: float
    sd_change: float
    test: MeanTest
    d_z: EffectSize
    g_z: EffectSize
    d_av: float
    g_av: float
    d_av_mean_sd: float
    d_rm: float


def compare_pairs(summary: PairSummary) -> PairedComparison:
    """Compare the scores of the same people before and after.

    Parameters
    ----------
    summary : PairSummary
        Of the people with both scores.

    Returns
    -------
    PairedComparison

    Raises
    ------
    Undefined
        ``too_few_to_compare`` with fewer than two pairs; ``no_variance`` where all changes, all
        scores before or all scores after are equal.

    Notes
    -----
    ``t = mean change / (sd of changes / √n)``, df = n − 1;
    ``d_z = mean change / sd of changes``, ``g_z = J·d_z``;
    ``d_av = mean change / √((s₁² + s₂²)/2)``, ``g_av = J·d_av``; ``d_rm = d_z · √(2(1−r))``.
    The interval of d_z is that of the noncentral t divided by √n, that of g_z is J times it.
    R: ``effectsize::hedges_g(after, before, paired = TRUE)``

    References
    ----------
    Lakens, D. (2013). Calculating and reporting effect sizes. *Frontiers in Psychology*, 4, 863.
    Hedges, L. V. (1981), see `hedges_correction`.
    """
    one, two = summary.sd_before**2, summary.sd_after**2
    covariance = summary.retest_r * summary.sd_before * summary.sd_after
    variance = one + two - 2 * covariance
    if summary.n < 2:
        raise Undefined("too_few_to_compare")
    if not (one > 0 and two > 0) or variance <= 1e-12 * (one + two):
        raise Undefined("no_variance")
    change, sd = summary.mean_after - summary.mean_before, math.sqrt(variance)
    test = mean_test(change, sd / math.sqrt(summary.n), summary.n - 1)
    correction = hedges_correction(test.df)
    lower, upper = noncentral_interval(test.t, test.df)
    root = math.sqrt(summary.n)
    d_z = EffectSize(change / sd, (lower / root, upper / root))
    d_av = change / math.sqrt((one + two) / 2)
    return PairedComparison(
        summary,
        change,
        sd,
        test,
        d_z,
        scaled(d_z, correction),
        d_av,
        correction * d_av,
        change / ((summary.sd_before + summary.sd_after) / 2),
        d_z.value * math.sqrt(2 * (1 - summary.retest_r)),
    )

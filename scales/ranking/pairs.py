"""not_distinguishable: which units cannot be told from which."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scales.ranking.intervals import check_ranked

Vector = NDArray[np.float64]


def not_distinguishable(
    means: Vector,
    standard_errors: Vector,
    *,
    degrees: Vector | None = None,
    level: float = 0.95,
    family: Literal["pair", "all"] = "pair",
) -> tuple[tuple[int, ...], ...]:
    """Return for each unit the others whose means may well be the same as its own.

    Parameters
    ----------
    means, standard_errors, degrees
        As in `rank_intervals`.
    level : float
        Confidence, between 0 and 1.
    family : {"pair", "all"}
        Whether the confidence is that of one comparison, or of all pairs at once (Šidák).

    Returns
    -------
    tuple of tuple of int
        By unit, the indices of the others, best first. Not transitive: a may not be told from b,
        nor b from c, and yet a from c.

    Raises
    ------
    InvalidAnswer
        As `rank_intervals`.

    Notes
    -----
    ``|mᵢ − mⱼ| ≤ q·√(seᵢ² + seⱼ²)``, q the two-sided quantile of the normal, or of t with Welch's
    degrees; over all m pairs at the level ``level^(1/m)``
    R: ``2 * pt(-abs(m1 - m2) / sqrt(se1^2 + se2^2), df) > 1 - level``

    References
    ----------
    Goldstein, H., & Healy, M. J. R. (1995). The graphical presentation of a collection of means.
    *Journal of the Royal Statistical Society A*, 158, 175–177.
    """
    from scipy.special import ndtri, stdtrit

    freedom = check_ranked(means, standard_errors, degrees)
    pairs = max(1, len(means) * (len(means) - 1) // 2)
    upper = 0.5 + (level ** (1.0 / pairs) if family == "all" else level) / 2.0
    variances = standard_errors**2
    variance = variances[:, np.newaxis] + variances
    quantile: Vector = np.full(variance.shape, ndtri(upper))
    if degrees is not None:
        parts = variances**2 / freedom
        below = parts[:, np.newaxis] + parts
        welch = np.divide(variance**2, below, out=np.full_like(variance, np.inf), where=below > 0)
        quantile = np.where(np.isinf(welch), quantile, stdtrit(np.minimum(welch, 1e12), upper))
    is_alike = np.abs(means[:, np.newaxis] - means) <= quantile * np.sqrt(variance)
    np.fill_diagonal(is_alike, False)
    order = np.argsort(-means, kind="stable")
    return tuple(tuple(order[row[order]].tolist()) for row in is_alike)

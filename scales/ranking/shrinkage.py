"""shrunken_means: what the mean of few answers is worth beside all the others."""

import numpy as np
from numpy.typing import NDArray

from scales.agreement.dependability import reliability_of_unit_mean

Vector = NDArray[np.float64]


def shrunken_means(means: Vector, n: NDArray[np.int64], icc1: float, centre: float) -> Vector:
    """Draw every unit's mean towards the centre, the more so the less dependable it is.

    Shown beside the raw mean, never instead of it.

    Parameters
    ----------
    means : (n_units,) array
        The units' means; NaN where nobody has a score.
    n : (n_units,) array of people
        Who stand behind each mean.
    icc1 : float
        ICC(1) of the scale over all units; one of 0 or less draws every mean to the centre.
    centre : float
        The mean of all respondents, in the unit of `means`.

    Returns
    -------
    (n_units,) array
        In the unit of `means`; NaN stays NaN.

    Notes
    -----
    ``centre + λ(mean − centre)`` with ``λ = n·r/(1 + (n − 1)·r)`` and ``r = ICC(1)``
    R: ``lme4::ranef``, there with the variances by REML

    References
    ----------
    Efron, B., & Morris, C. (1977). Stein's paradox in statistics. *Scientific American*, 236(5),
    119–127.
    """
    return np.asarray(centre + reliability_of_unit_mean(n, icc1) * (means - centre))

"""How far a sheet stands from the middle of all complete sheets."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_SINGULAR = 1e-10


def mahalanobis_distances(raw: Matrix) -> Vector:
    """Return the squared Mahalanobis distance of each complete sheet.

    Parameters
    ----------
    raw : (n_sheets, n_items) array of points
        Points as answered; NaN marks a missing answer. Mirroring items changes nothing.

    Returns
    -------
    (n_sheets,) array
        D²; NaN where an answer is missing.

    Raises
    ------
    Undefined
        ``singular_matrix``: no more complete sheets than items, an item that does not vary, or
        items that repeat each other.

    Notes
    -----
    ``(x − m)ᵀ C⁻¹ (x − m)``, m and C (n − 1) of the complete sheets
    R: ``mahalanobis(x, colMeans(x), cov(x))``, ``careless::mahad(x)``

    References
    ----------
    Mahalanobis, P. C. (1936). On the generalised distance in statistics. *Proceedings of the
    National Institute of Sciences of India*, 2, 49–55.
    """
    is_complete = ~np.isnan(raw).any(axis=1)
    complete = raw if is_complete.all() else raw[is_complete]
    count, item_count = complete.shape
    if count <= item_count or item_count == 0:
        raise Undefined("singular_matrix")
    centred = complete - complete.mean(axis=0)
    covariance = centred.T @ centred / (count - 1)
    deviations = np.sqrt(np.diag(covariance))
    if (deviations < _SINGULAR).any():
        raise Undefined("singular_matrix")
    if np.linalg.eigvalsh(covariance / np.outer(deviations, deviations))[0] < _SINGULAR:
        raise Undefined("singular_matrix")
    distances = np.full(len(raw), np.nan)
    inverse = np.linalg.inv(covariance)
    distances[is_complete] = np.einsum("ij,ij->i", centred @ inverse, centred)
    return distances

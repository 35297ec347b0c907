"""Covariances of a scale's aligned items, from moments or from points."""

import numpy as np
from numpy.typing import NDArray

from scales.errors import Undefined
from scales.moments import Integers, Moments
from scales.reliability.matrices import Matrix

INT64_SAFE = 2**62


def covariances(moments: Moments) -> Matrix:
    """Return the pairwise covariances of the aligned items, with n−1.

    Each covariance comes from the people who answered both items; it is computed in integers
    and rounded in the last division.

    Parameters
    ----------
    moments : Moments
        Of one scale.

    Returns
    -------
    (n_items, n_items) array of squared points
        NaN where fewer than two people answered both items.

    Notes
    -----
    ``Cᵢⱼ = (n · Σxᵢxⱼ − Σxᵢ · Σxⱼ) / (n(n − 1))``, n and sums over who answered i and j
    R: ``cov(x, use = "pairwise.complete.obs")``
    """
    return _from_sums(moments.n, moments.sums, moments.products)


def complete_covariances(moments: Moments) -> Matrix:
    """Return the covariances of the aligned items over the people who answered every item.

    Parameters
    ----------
    moments : Moments
        Of one scale.

    Returns
    -------
    (n_items, n_items) array of squared points
        NaN where fewer than two people answered every item.

    Raises
    ------
    Undefined
        ``complete_not_counted`` if some sheets are incomplete and the moments were made without
        the products of complete ones.

    Notes
    -----
    As `covariances`, n and sums over who answered every item
    R: ``cov(x, use = "complete.obs")``
    """
    if moments.complete_count == moments.any_answer_count:
        return covariances(moments)
    if moments.complete_sums is None or moments.complete_products is None:
        raise Undefined("complete_not_counted")
    people = np.full_like(moments.n, moments.complete_count)
    sums = np.repeat(moments.complete_sums[:, np.newaxis], len(people), axis=1)
    return _from_sums(people, sums, moments.complete_products)


def _from_sums(people: Integers, sums: Integers, products: Integers) -> Matrix:
    if int(people.max()) * int(products.max()) >= INT64_SAFE:
        return _from_large_sums(people, sums, products)
    above = people * products - sums * sums.T
    below = people * (people - 1)
    result: Matrix = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def _from_large_sums(people: Integers, sums: Integers, products: Integers) -> Matrix:
    """Do the same in integers of any size, for more sheets than 64 bits can hold."""
    n = people.astype(object)
    above = n * products.astype(object) - sums.astype(object) * sums.T
    below = n * (n - 1)
    return np.array(
        [
            [numerator / denominator if denominator else np.nan for numerator, denominator in pairs]
            for pairs in map(zip, above, below)
        ]
    )


def point_covariances(aligned: NDArray[np.float64]) -> Matrix:
    """Return the pairwise covariances of a matrix of points, with n−1.

    The way for fractional answers, which have no integer moments.

    Parameters
    ----------
    aligned : (n_respondents, n_items) array of points
        Points after mirroring; NaN marks a missing answer.

    Returns
    -------
    (n_items, n_items) array of squared points
        NaN where fewer than two people answered both items.
    """
    is_answered = ~np.isnan(aligned)
    answered = is_answered.astype(np.float64)
    item_n = answered.sum(axis=0)
    centre = np.where(is_answered, aligned, 0.0).sum(axis=0) / np.maximum(item_n, 1.0)
    centred = np.where(is_answered, aligned - centre, 0.0)
    people = answered.T @ answered
    sums = centred.T @ answered
    products = centred.T @ centred
    result = np.full_like(people, np.nan)
    has_two = people >= 2
    np.divide(
        products - sums * sums.T / np.maximum(people, 1.0), people - 1.0, result, where=has_two
    )
    return result

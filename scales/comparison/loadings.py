"""Loadings side by side: do the items hang together in the same way in every group."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class LoadingComparison:
    """The loadings of two groups: how alike they are, and where they differ most.

    `differences` are second minus first, by item.
    """

    first: str
    second: str
    congruence: float
    differences: Mapping[str, float]

    @property
    def most_different_item(self) -> str:
        """The item whose loadings lie farthest apart."""
        return max(self.differences, key=lambda item: abs(self.differences[item]))


def congruence(first: Vector, second: Vector) -> float:
    """Return Tucker's coefficient of congruence of two sets of loadings.

    Parameters
    ----------
    first, second : (n_items,) array
        Loadings of the same items in the same order; a factor's sign does not matter.

    Returns
    -------
    float
        Up to 1. From 0.95 the factors are taken for equal, from 0.85 for fairly alike.

    Raises
    ------
    InvalidAnswer
        If the lengths differ.
    Undefined
        ``no_variance`` where one set is zero throughout, or holds a number that does not exist.

    Notes
    -----
    ``φ = Σab / √(Σa²·Σb²)``
    R: ``psych::factor.congruence(first, second)``

    References
    ----------
    Lorenzo-Seva, U., & ten Berge, J. M. F. (2006). Tucker's congruence coefficient as a meaningful
    index of factor similarity. *Methodology*, 2, 57–64.
    """
    if first.shape != second.shape:
        raise InvalidAnswer(f"{len(first)} loadings but {len(second)}")
    size = math.sqrt(float(first @ first) * float(second @ second))
    if not size > 0.0:
        raise Undefined("no_variance")
    return float(_oriented(first) @ _oriented(second)) / size


def compare_loadings(
    loadings: Mapping[str, Vector], items: Sequence[str]
) -> tuple[LoadingComparison, ...]:
    """Compare the loadings of every two groups.

    Parameters
    ----------
    loadings : mapping of str to (n_items,) array
        By group, of one factor.
    items : sequence of str
        The items' ids, in the order of the loadings.

    Returns
    -------
    tuple of LoadingComparison
        In the order of the groups.

    Raises
    ------
    InvalidAnswer
        If there is not one loading for each item.
    Undefined
        ``one_group``; ``no_variance`` as `congruence`.

    Notes
    -----
    ``φ`` of `congruence`, and the difference of each item's loadings
    R: ``psych::factor.congruence(fa(first)$loadings, fa(second)$loadings)``

    References
    ----------
    Lorenzo-Seva & ten Berge (2006), see `congruence`.
    """
    if any(np.shape(each) != (len(items),) for each in loadings.values()):
        raise InvalidAnswer(f"each group needs {len(items)} loadings")
    if len(loadings) < 2:
        raise Undefined("one_group")
    return tuple(_pair(one, two, loadings, items) for one, two in combinations(loadings, 2))


def _pair(
    one: str, two: str, loadings: Mapping[str, Vector], items: Sequence[str]
) -> LoadingComparison:
    first, second = loadings[one], loadings[two]
    distances = _oriented(second) - _oriented(first)
    differences = {item: float(value) for item, value in zip(items, distances, strict=True)}
    return LoadingComparison(one, two, congruence(first, second), differences)


def _oriented(loadings: Vector) -> Vector:
    return -loadings if loadings.sum() < 0 else loadings

"""GroupSummary and PairSummary: all a comparison of means needs to know of the people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, Undefined

COMPARISON_WARNING_CODES = (
    "one_group",
    "too_few_to_compare",
    "no_variance",
    "groups_not_comparable",
    "no_convergence",
)
"""Why a comparison does not exist."""


@dataclass(frozen=True)
class GroupSummary:
    """People with a score, the mean of the scores and their standard deviation (n − 1)."""

    n: int
    mean: float
    sd: float

    @property
    def variance_of_mean(self) -> float:
        """The squared standard error of the mean."""
        return self.sd**2 / self.n


@dataclass(frozen=True)
class PairSummary:
    """People with a score before and after, and how the two scores go together."""

    n: int
    mean_before: float
    mean_after: float
    sd_before: float
    sd_after: float
    retest_r: float


def summarise_group(scores: NDArray[np.float64]) -> GroupSummary:
    """Summarise the scores of a group.

    Parameters
    ----------
    scores : (n_respondents,) array
        NaN where a person has no score.

    Returns
    -------
    GroupSummary

    Raises
    ------
    Undefined
        ``too_few_to_compare`` with fewer than two scores.
    """
    present = scores[~np.isnan(scores)]
    if len(present) < 2:
        raise Undefined("too_few_to_compare")
    return GroupSummary(len(present), float(present.mean()), float(present.std(ddof=1)))


def summarise_pairs(before: NDArray[np.float64], after: NDArray[np.float64]) -> PairSummary:
    """Summarise the scores of people who were asked twice, leaving out who has only one score.

    Parameters
    ----------
    before, after : (n_respondents,) array
        A person's scores at the same place in both; NaN where there is none.

    Returns
    -------
    PairSummary

    Raises
    ------
    InvalidAnswer
        If the lengths differ.
    Undefined
        ``too_few_to_compare`` with fewer than two pairs; ``no_variance`` where all scores before,
        or all after, are equal.
    """
    before, after = complete_pairs(before, after)
    if len(before) < 2:
        raise Undefined("too_few_to_compare")
    if not np.ptp(before) or not np.ptp(after):
        raise Undefined("no_variance")
    return PairSummary(
        len(before),
        float(before.mean()),
        float(after.mean()),
        float(before.std(ddof=1)),
        float(after.std(ddof=1)),
        float(np.corrcoef(before, after)[0, 1]),
    )


def complete_pairs(
    before: NDArray[np.float64], after: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the scores of the people who have both."""
    if before.shape != after.shape:
        raise InvalidAnswer(f"{len(before)} scores before but {len(after)} after")
    has_both = ~(np.isnan(before) | np.isnan(after))
    return before[has_both], after[has_both]


def check_groups(groups: Sequence[GroupSummary]) -> None:
    """Refuse groups that cannot be compared.

    Raises
    ------
    Undefined
        ``one_group``; ``too_few_to_compare`` where a group has fewer than two people;
        ``no_variance`` where all scores of a group are equal.
    """
    if len(groups) < 2:
        raise Undefined("one_group")
    if any(group.n < 2 for group in groups):
        raise Undefined("too_few_to_compare")
    if any(not group.sd > 0.0 for group in groups):
        raise Undefined("no_variance")

"""Margins of a population: by margin and level, how many people there are; checked."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, MarginsContradict

Targets = Mapping[str, Mapping[str, float]]

SAME_TOTAL = 1e-9  # as a share of the total


def check_targets(margins: Mapping[str, Sequence[str]], targets: Targets) -> None:
    """Refuse targets that are no margins of one population, or not those of these people.

    Raises
    ------
    InvalidAnswer
        If margins and targets are not of the same names, there is none, nobody is there, or the
        margins are of different lengths.
    MarginsContradict
        ``target_not_positive`` and ``totals_differ``.
    """
    if not targets or set(margins) != set(targets):
        raise InvalidAnswer(f"margins {sorted(margins)} but targets {sorted(targets)}")
    lengths = {len(levels) for levels in margins.values()}
    if len(lengths) != 1 or lengths == {0}:
        raise InvalidAnswer(f"margins of {sorted(lengths)} people")
    totals = {margin: _total(margin, levels) for margin, levels in targets.items()}
    first = next(iter(totals.values()))
    for margin, total in totals.items():
        if not math.isclose(total, first, rel_tol=SAME_TOTAL):
            raise MarginsContradict(margin, None, "totals_differ")


def level_of_row(
    margin: str, levels: Sequence[str], target: Mapping[str, float]
) -> NDArray[np.intp]:
    """Return the place of each person's level among the targets of a margin.

    Raises
    ------
    MarginsContradict
        ``no_target`` and ``nobody``.
    """
    names, inverse = np.unique(np.asarray(levels, dtype=np.str_), return_inverse=True)
    place = {level: number for number, level in enumerate(target)}
    for name in names:
        if str(name) not in place:
            raise MarginsContradict(margin, str(name), "no_target")
    present = {str(name) for name in names}
    for level in target:
        if level not in present:
            raise MarginsContradict(margin, level, "nobody")
    return np.array([place[str(name)] for name in names], dtype=np.intp)[inverse]


def _total(margin: str, levels: Mapping[str, float]) -> float:
    for level, target in levels.items():
        if not (math.isfinite(target) and target > 0):
            raise MarginsContradict(margin, level, "target_not_positive")
    if not levels:
        raise MarginsContradict(margin, None, "target_not_positive")
    return math.fsum(levels.values())

"""rake: weights under which a sample has the margins of its population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.errors import InvalidAnswer, MarginsContradict
from scales.weighting.margins import Targets, check_targets, level_of_row
from scales.weighting.means import check_weights, design_effect, effective_n

Vector = NDArray[np.float64]

MAX_ROUNDS = 2_000
MET = 1e-11  # largest distance from a target, as a share of the target


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights of the people, and what weighting costs in precision.

    `weights` sum to the total of the margins; `rounds` is how often all margins were gone through,
    `largest_gap` how far the worst level stays from its target, as a share of the target.
    """

    weights: Vector
    rounds: int
    largest_gap: float
    effective_n: float
    design_effect: float


def rake(
    margins: Mapping[str, Sequence[str]],
    targets: Targets,
    *,
    start: Vector | None = None,
) -> Raked:
    """Find weights under which every margin of the sample is that of the population.

    Iterative proportional fitting: the weights are scaled to one margin after the other until all
    are met. With one margin this is post-stratification.

    Parameters
    ----------
    margins : mapping of str to sequence of str
        By margin, the level each person is on; all of one length.
    targets : mapping of str to mapping of str to float
        By margin and level, how many people the population has, or their share; the levels of each
        margin sum to the same total.
    start : (n_respondents,) array, optional
        Positive weights to begin with; equal ones if not given.

    Returns
    -------
    Raked

    Raises
    ------
    InvalidAnswer
        If margins and targets are not of the same names, lengths differ, or a weight is not a
        positive number.
    MarginsContradict
        Names the margin and the level: a target that is not a positive number; margins of
        different totals; a person on a level without a target; a level without a person; or
        targets that no positive weights can meet together.

    Notes
    -----
    ``w ← w · target / Σw`` over the people on a level, margin by margin, until all are met to 1e-11
    R: ``survey::rake(design, list(~sex, ~age), list(sex_totals, age_totals))``

    References
    ----------
    Deming, W. E., & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency
    table. *Annals of Mathematical Statistics*, 11, 427–444.
    """
    check_targets(margins, targets)
    rows = {margin: level_of_row(margin, margins[margin], targets[margin]) for margin in targets}
    people = len(next(iter(rows.values())))
    weights = np.ones(people) if start is None else np.asarray(start, dtype=np.float64)
    if weights.shape != (people,):
        raise InvalidAnswer(f"{people} people but {weights.size} weights")
    check_weights(weights)
    sizes = tuple(len(levels) for levels in targets.values())
    names, cell_of_row = np.unique(
        np.ravel_multi_index(tuple(rows.values()), sizes), return_inverse=True
    )
    cells = np.stack(np.unravel_index(names, sizes), axis=1)
    before: Vector = np.bincount(cell_of_row, weights, len(cells)).astype(np.float64)
    after, rounds, gap = _fit(before, cells, targets)
    raked = weights * (after / before)[cell_of_row]
    return Raked(raked, rounds, gap, effective_n(raked), design_effect(raked))


def _fit(weights: Vector, cells: NDArray[np.intp], targets: Targets) -> tuple[Vector, int, float]:
    """Return the cells' weights once all margins are met, the rounds needed, and the last gap."""
    wanted = [np.array(list(levels.values()), dtype=np.float64) for levels in targets.values()]
    for rounds in range(1, MAX_ROUNDS + 1):
        for column, target in enumerate(wanted):
            sums = np.bincount(cells[:, column], weights, len(target))
            weights = weights * (target / sums)[cells[:, column]]
        gaps = _gaps(weights, cells, wanted)
        largest = max(float(gap.max()) for gap in gaps)
        if largest <= MET:
            return weights, rounds, largest
    worst = int(np.argmax([gap.max() for gap in gaps]))
    margin = list(targets)[worst]
    level = list(targets[margin])[int(gaps[worst].argmax())]
    raise MarginsContradict(margin, level, "never_met")


def _gaps(weights: Vector, cells: NDArray[np.intp], wanted: Sequence[Vector]) -> list[Vector]:
    return [
        np.abs(np.bincount(cells[:, column], weights, len(target)) / target - 1)
        for column, target in enumerate(wanted)
    ]

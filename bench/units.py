"""1 000 units × 1 000 sheets × 25 items, stored together: all their agreement beside one alpha."""

import numpy as np
from numpy.typing import NDArray

from bench.made_up import ITEMS, answers, five_scales
from bench.scoring import best_of
from scales import (
    Scale,
    agreement_of_moments,
    agreement_of_units,
    covariances,
    cronbach_alpha,
    rank_intervals,
    scale_moments,
)

UNITS, SHEETS = 1_000, 1_000


def one_scale() -> Scale:
    """Return the 25 items as one scale."""
    parts = five_scales().scales
    return Scale("all", {}, tuple(i for part in parts for i in part.items), parts[0].min_answered)


def run() -> None:
    """Print seconds and ratios."""
    for share, name in ((0.0, "complete"), (0.02, "2 % skipped")):
        _beside_one_alpha(answers(UNITS * SHEETS, missing_share=share), name)
    _from_moments(answers(UNITS * 100, missing_share=0.02))
    _ranks()


def _beside_one_alpha(packed: NDArray[np.uint8], name: str) -> None:
    scale, unit_of_row = one_scale(), np.repeat(np.arange(UNITS), SHEETS)
    alpha = best_of(3, lambda: cronbach_alpha(covariances(scale_moments(packed, scale))))
    units = best_of(3, lambda: agreement_of_units(packed, unit_of_row, scale))
    print(
        f"1 000 units × 1 000 × {ITEMS}, {name}: alpha, ICC(1), ICC(2), rwg(j), AD and shrunken "
        f"means of all units {units:.3f} s, one overall alpha {alpha:.3f} s; ×{units / alpha:.2f}"
    )


def _from_moments(packed: NDArray[np.uint8]) -> None:
    scale = one_scale()
    moments = [scale_moments(part, scale) for part in np.split(packed, UNITS)]
    taken = best_of(3, lambda: agreement_of_moments(moments, scale))
    print(f"the same of 1 000 units from stored moments: {taken * 1000:.0f} ms")


def _ranks() -> None:
    random = np.random.default_rng(1)
    means, errors = random.normal(75, 5, UNITS), random.uniform(1, 3, UNITS)
    taken = best_of(3, lambda: rank_intervals(means, errors))
    print(f"rank intervals of 1 000 units, 10 000 draws: {taken:.2f} s")

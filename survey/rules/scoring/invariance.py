"""Whether an item means the same to two audiences: what goes in, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

SIGNIFICANT_BELOW = 0.01
FEWEST_UNITS = 2  # as for answers to items: never of one unit alone


@dataclass(frozen=True, slots=True)
class TotalCounts:
    """The complete sheets of a scale over several units, by total score.

    `rows` are (item, total, aligned point, people), nobody left out; totals and points count from
    0. They are kept with a run and never shown.
    """

    unit_count: int
    people: int
    rows: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class ItemInvariance:
    """An item in two audiences: do people with the same total answer it alike.

    `r2_change` is what the audience explains beyond the total (Nagelkerke), `p` of the two tests
    together, `p_uniform` of a distance that is the same at every total, `p_non_uniform` of one
    that is not. `difference_points` is second minus first at equal totals, on the item's own
    points. They are rounded, lest somebody fits the sheets to the decimals. `warning` says why
    there are none.
    """

    item: str
    loadings: tuple[float | None, float | None]
    r2_change: float | None = None
    p: float | None = None
    p_uniform: float | None = None
    p_non_uniform: float | None = None
    difference_points: float | None = None
    warning: str | None = None

    @property
    def judged_r2(self) -> float | None:
        """Return `r2_change` as it is judged: none where chance may have made it."""
        if self.r2_change is None or self.p is None:
            return None
        return self.r2_change if self.p < SIGNIFICANT_BELOW else 0.0

"""The smallest group that may be shown.

What is not shown enters no figure that is shown: totals, reliability and scores count shown cells
only, so that there is nothing to subtract, between two tables or between two runs.
"""

from dataclasses import dataclass

from survey.rules.audience import Minima

PROGRESS_STEP = 5
BAND_WIDTH = 20.0


@dataclass(frozen=True, slots=True)
class Showing:
    """What may be shown of a score: the figure, a band in its place, or nothing."""

    is_shown: bool
    band_percent: tuple[float, float] | None
    is_enough_for_grade: bool

    @property
    def is_exact(self) -> bool:
        """Whether the figure itself may be shown."""
        return self.is_shown and self.band_percent is None


def is_shown(n: int, minimum: int) -> bool:
    """Whether a group is large enough; nobody is no group."""
    return n >= max(minimum, 1)


def show_score(
    n: int, mean_percent: float | None, sd_percent: float | None, minima: Minima
) -> Showing:
    """Return what may be shown of a cell's score.

    Where more than one person answered and all have the same score, the mean would say what each
    of them answered: a band stands in its place.
    """
    if mean_percent is None or not is_shown(n, minima.shown):
        return Showing(False, None, False)
    is_enough = minima.graded is not None and n >= minima.graded
    if n > 1 and not sd_percent:
        return Showing(True, band_of(mean_percent), is_enough)
    return Showing(True, None, is_enough)


def band_of(percent: float) -> tuple[float, float]:
    """Return the fifth of 0–100 that a percent lies in, closed below."""
    low = min(percent // BAND_WIDTH * BAND_WIDTH, 100.0 - BAND_WIDTH)
    return low, low + BAND_WIDTH


def progress_shown(count: int) -> int | None:
    """Return a count of single-use links in whole steps, None under the first."""
    steps = count // PROGRESS_STEP * PROGRESS_STEP
    return steps or None

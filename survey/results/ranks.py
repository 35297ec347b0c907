"""Why a unit has no rank."""

from survey.results.figures import NotShown
from survey.rules.scoring.run import UnitFigures


def rank_not_shown(figures: UnitFigures) -> NotShown | None:
    """Return the reason where a unit has a total and yet no rank."""
    return NotShown("not_ranked") if figures.band_points is not None else None

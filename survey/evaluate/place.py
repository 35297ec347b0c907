"""Place units within their category, with how far chance may move them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, inf, sqrt

import numpy as np
from numpy.typing import NDArray

from scales import not_distinguishable, rank_intervals
from survey.rules.scoring.run import RunInputs, ScaleFigure, UnitFigures, WeightedFigure
from survey.rules.scoring.standing import Standing

MOST_NAMED = 30

Cells = Mapping[str, Mapping[str, Mapping[str, ScaleFigure]]]  # by campaign, unit, scale
Parts = dict[tuple[str, str], float]  # how much a campaign's scale weighs in a unit's figure


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit's figure with its error, and the degrees of freedom behind the error."""

    category: str
    mean: float
    error: float
    degrees: float


def standings(placed: Mapping[str, Placed]) -> dict[str, Standing]:
    """Return the standing of each unit that has another of its category beside it."""
    found: dict[str, Standing] = {}
    for category in sorted({unit.category for unit in placed.values()}):
        units = sorted(code for code, unit in placed.items() if unit.category == category)
        if len(units) > 1:
            found |= _within(units, [placed[unit] for unit in units])
    return found


def with_standings(
    inputs: RunInputs, cells: Cells, units: Mapping[str, UnitFigures]
) -> dict[str, UnitFigures]:
    """Return the units with the standing of their score and of their total.

    Only exact figures are placed. A total's place is its rank: it is rounded before it is ranked.
    """
    scores: dict[str, Placed] = {}
    totals: dict[str, Placed] = {}
    for code, figures in units.items():
        category = inputs.units[code].category
        score = figures.score
        if score.value is not None and score.band is None:
            _add(scores, code, category, score.value, _parts([(score, 1.0)]), cells)
        if figures.total_points is not None and figures.rank is not None:
            leaves = [
                (leaf, inputs.leaves[name].full_points / 100.0)
                for name, leaf in figures.leaves.items()
            ]
            _add(totals, code, category, figures.total_points, _parts(leaves), cells)
    by_score, by_total = standings(scores), standings(totals)
    return {
        code: replace(
            figures,
            score_standing=by_score.get(code),
            total_standing=_at_rank(by_total.get(code), figures.rank),
        )
        for code, figures in units.items()
    }


def _within(units: Sequence[str], placed: Sequence[Placed]) -> dict[str, Standing]:
    means = np.array([unit.mean for unit in placed])
    errors = np.array([unit.error for unit in placed])
    degrees = np.array([unit.degrees for unit in placed])
    ranks = rank_intervals(means, errors, degrees=degrees)
    alike = not_distinguishable(means, errors, degrees=degrees)
    return {
        unit: Standing(
            place=int(ranks.rank[position]),
            low=int(ranks.low[position]),
            high=int(ranks.high[position]),
            compared_count=len(units),
            alike=tuple(units[other] for other in _nearest(alike[position], position, means)),
            alike_count=len(alike[position]),
        )
        for position, unit in enumerate(units)
    }


def _nearest(others: Sequence[int], position: int, means: NDArray[np.float64]) -> list[int]:
    """Return the others nearest to a unit, best first: a city's list would swell the run."""
    nearest = sorted(others, key=lambda other: abs(means[other] - means[position]))[:MOST_NAMED]
    return [other for other in others if other in nearest]


def _parts(figures: Iterable[tuple[WeightedFigure, float]]) -> Parts:
    """Return what each campaign's scale weighs; points entered by hand have no error."""
    parts: Parts = {}
    for figure, full in figures:
        for source in figure.sources:
            if source.campaign is not None:
                name = (source.campaign, source.source.scale)
                parts[name] = parts.get(name, 0.0) + source.used_weight * full
    return parts


def _add(
    placed: dict[str, Placed], unit: str, category: str, mean: float, parts: Parts, cells: Cells
) -> None:
    """Place a unit by the error of its parts.

    Scales of one campaign were answered by the same people, so their errors are added up as if they
    always went together, which is the most they can do; campaigns are independent. The degrees of
    freedom are Satterthwaite's.
    """
    errors: dict[str, float] = {}
    degrees: dict[str, float] = {}
    for (campaign, scale), weight in parts.items():
        figure = cells[campaign][unit][scale]
        if figure.sd_percent is None:
            return
        error = weight * figure.sd_percent / sqrt(figure.n)
        errors[campaign] = errors.get(campaign, 0.0) + error
        degrees[campaign] = min(degrees.get(campaign, inf), figure.n - 1.0)
    square = fsum(error**2 for error in errors.values())
    below = fsum(error**4 / degrees[campaign] for campaign, error in errors.items())
    freedom = square**2 / below if below > 0 else inf
    placed[unit] = Placed(category, mean, sqrt(square), freedom)


def _at_rank(standing: Standing | None, rank: int | None) -> Standing | None:
    if standing is None or rank is None:
        return None
    low, high = min(standing.low, rank), max(standing.high, rank)
    return replace(standing, place=rank, low=low, high=high)

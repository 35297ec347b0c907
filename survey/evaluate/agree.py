"""Whether units differ on a scale, and what each one's mean is worth beside the others.

Everything is made of n, mean and standard deviation of the cells that are shown exactly, so that
nothing here says more than the scores themselves.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from scales import (
    OneWay,
    Undefined,
    answers_needed,
    more_answers_needed,
    one_way,
    reliability_of_unit_mean,
    shrunken_means,
)
from survey.evaluate.measure import CellFigures
from survey.evaluate.place import Placed, standings
from survey.evaluate.pool import exact_units
from survey.rules.audience import Minima
from survey.rules.scoring.run import ScaleFigure
from survey.rules.scoring.standing import TARGETS, Agreement, ScaleAgreement, UnitDependability

Figure = TypeVar("Figure")


def agree(
    cells: CellFigures, scales: Sequence[str], categories: Mapping[str, str], minima: Minima
) -> dict[str, ScaleAgreement]:
    """Return the agreement on each scale that is shown exactly for a unit; categories by unit."""
    found: dict[str, ScaleAgreement] = {}
    for scale in scales:
        figures = {
            unit: cells[unit][scale]
            for unit in exact_units(cells, scale, minima)
            if cells[unit][scale].sd_percent is not None
        }
        if figures:
            found[scale] = _agreement(figures, categories)
    return found


def _agreement(figures: Mapping[str, ScaleFigure], categories: Mapping[str, str]) -> ScaleAgreement:
    n = np.array([figure.n for figure in figures.values()])
    means = np.array([figure.mean_percent for figure in figures.values()], dtype=np.float64)
    sds = np.array([figure.sd_percent for figure in figures.values()], dtype=np.float64)
    centre = float(n @ means / n.sum())
    warnings: list[str] = []
    squares = _ask(lambda: one_way(n, means, (n - 1) * sds**2, centre), warnings)
    icc1 = _of(squares, OneWay.icc1, warnings)
    placed = {
        unit: Placed(categories[unit], mean, sd / np.sqrt(people), float(people - 1))
        for unit, mean, sd, people in zip(figures, means, sds, n, strict=True)
    }
    places = standings(placed)
    shrunken = shrunken_means(means, n, icc1, centre) if icc1 is not None else None
    return ScaleAgreement(
        over_units=Agreement(
            unit_count=len(figures),
            people=int(n.sum()),
            icc1=icc1,
            icc2=_of(squares, OneWay.icc2, warnings),
            p=_of(squares, OneWay.p, warnings),
            answers_needed={str(t): _needed(icc1, t, warnings) for t in TARGETS},
            warnings=tuple(dict.fromkeys(warnings)),
        ),
        units={
            unit: UnitDependability(
                reliability=_reliability(people, icc1),
                more_answers={str(t): _more(people, icc1, t) for t in TARGETS},
                shrunken_percent=None if shrunken is None else float(shrunken[position]),
                standing=places.get(unit),
            )
            for position, (unit, people) in enumerate(zip(figures, n.tolist(), strict=True))
        },
    )


def _ask(compute: Callable[[], Figure], warnings: list[str]) -> Figure | None:
    try:
        return compute()
    except Undefined as reason:
        warnings.append(reason.code)
        return None


def _of(
    squares: OneWay | None, figure: Callable[[OneWay], float], warnings: list[str]
) -> float | None:
    return None if squares is None else _ask(lambda: figure(squares), warnings)


def _needed(icc1: float | None, target: float, warnings: list[str]) -> int | None:
    return None if icc1 is None else _ask(lambda: answers_needed(icc1, target), warnings)


def _more(people: int, icc1: float | None, target: float) -> int | None:
    return None if icc1 is None else _ask(lambda: more_answers_needed(people, icc1, target), [])


def _reliability(people: int, icc1: float | None) -> float | None:
    return None if icc1 is None else float(reliability_of_unit_mean(people, icc1))

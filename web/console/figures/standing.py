"""The dot-and-whisker chart of ranks: each unit's place, and between which places it may lie."""

from dataclasses import dataclass

from survey.results import RankedUnit, Ranking, UnitReport

_MARGIN = 5.0  # percent of the width that the first and the last place stay away from the edge
_NEIGHBOURS = 12  # units shown on either side, where a category is long
_MOST_TICKS = 8
_STEPS = (1, 5, 10, 20, 50, 100, 200, 500, 1_000, 100_000)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the chart; `dot`, `low` and `high` are percents of its width, None without rank."""

    unit: RankedUnit
    is_this: bool
    is_alike: bool
    dot: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of the chart with the places that are named above it, and how many are left out."""

    lines: tuple[Place, ...]
    ticks: tuple[tuple[int, float], ...]
    before_count: int
    after_count: int


def ranking_key(ranking: Ranking) -> str:
    """Return how a ranking is asked for: total, score, or campaign.scale."""
    if ranking.campaign is None:
        return ranking.by.value
    return f"{ranking.campaign}.{ranking.scale}"


def chosen_ranking(report: UnitReport, wanted: str | None) -> Ranking:
    """Return the ranking asked for, else the first that places the unit, else the first."""
    for ranking in report.rankings:
        if ranking_key(ranking) == wanted:
            return ranking
    placed = (r for r in report.rankings if _standing_in(r, report.unit.code))
    return next(placed, report.rankings[0])


def places_of(ranking: Ranking, unit_code: str) -> Places:
    """Return the chart: all units of a short list, of a long one those around the unit."""
    units = ranking.units
    at = next((n for n, unit in enumerate(units) if unit.code == unit_code), 0)
    first, last = max(0, at - _NEIGHBOURS), min(len(units), at + _NEIGHBOURS + 1)
    this = units[at].standing if units else None
    compared = max((u.standing.compared_count for u in units if u.standing is not None), default=0)
    return Places(
        lines=tuple(
            _place(unit, unit_code, this.alike if this is not None else (), compared)
            for unit in units[first:last]
        ),
        ticks=_ticks(compared),
        before_count=first,
        after_count=len(units) - last,
    )


def alike_names(ranking: Ranking, unit_code: str) -> list[str]:
    """Return the names of the units that cannot be told apart from the unit, best first."""
    standing = next((u.standing for u in ranking.units if u.code == unit_code), None)
    alike = standing.alike if standing is not None else ()
    return [unit.name for unit in ranking.units if unit.code in alike]


def _place(unit: RankedUnit, this: str, alike: tuple[str, ...], compared: int) -> Place:
    standing = unit.standing
    positions = (
        (None, None, None)
        if standing is None
        else tuple(_x(rank, compared) for rank in (standing.place, standing.low, standing.high))
    )
    return Place(unit, unit.code == this, unit.code in alike, *positions)


def _x(rank: int, compared: int) -> float:
    share = (rank - 1) / (compared - 1) if compared > 1 else 0.5
    return round(_MARGIN + share * (100.0 - 2 * _MARGIN), 3)


def _ticks(compared: int) -> tuple[tuple[int, float], ...]:
    if compared == 0:
        return ()
    step = next(step for step in _STEPS if compared <= step * _MOST_TICKS)
    between = range(step, compared, step)
    ranks = [1, *(rank for rank in between if 1 < rank <= compared - (step + 1) // 2), compared]
    return tuple((rank, _x(rank, compared)) for rank in dict.fromkeys(ranks))


def _standing_in(ranking: Ranking, unit_code: str) -> bool:
    return any(unit.code == unit_code and unit.standing is not None for unit in ranking.units)

"""Figures move by whole batches: before the close no run shows what fewer people than a batch did.

Nor may a change of rules: whom figures have shown to be counted stays counted by the same rules.
"""

from survey.rules.scoring.run import CountedCampaign, CountedCell
from survey.rules.scoring.validity import NOTHING_REJECTED, Validity


def missing_count(sheets: int, counted: int | None, *, minimum: int, batch: int) -> int:
    """Return how many more sheets a cell needs before a run counts it; 0 or less: it does now.

    A cell that no run has counted needs the smallest number that may be shown, any other a whole
    batch more than the `counted` sheets.
    """
    return (max(minimum, 1) if counted is None else counted + batch) - sheets


def has_grown_by_a_group(grown: int, smallest: int) -> bool:
    """Whether so many more people are nobody, or enough that none of them can be told apart."""
    return grown == 0 or grown >= smallest


def most_valid(arrived: int, counted: CountedCell | None) -> int:
    """Return how many sheets of a cell can be valid, by what its last count has shown.

    Whether a sheet that came since is valid is not told before it is counted with others.
    """
    if counted is None or counted.sheets is None:
        return arrived
    return arrived - sum(counted.sheets.rejected.values()) - counted.sheets.ended


def rules_of_cell(
    counted: CountedCampaign | None, unit_code: str, newest: Validity, *, may_change: bool
) -> Validity:
    """Return the rules a cell's sheets are judged by: the plan's, or those it was counted by.

    If other rules held for it, the difference between two runs could be a single sheet.
    """
    cell = counted.cells.get(unit_code) if counted is not None else None
    if counted is None or cell is None or may_change:
        return newest
    kept = counted.validities.get(cell.validity)
    return Validity.from_dict(kept) if kept is not None else NOTHING_REJECTED

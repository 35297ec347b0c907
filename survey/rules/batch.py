"""Figures move in batches: a run never shows what fewer people than a batch changed."""


def missing_count(sheets: int, counted: int | None, *, minimum: int, batch: int) -> int:
    """Return how many more sheets a cell needs before a run counts it; 0 or less: it does now.

    A cell that no run has counted needs the smallest number that may be shown, any other a whole
    batch more than the `counted` sheets.
    """
    return (max(minimum, 1) if counted is None else counted + batch) - sheets
